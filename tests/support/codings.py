"""Made-up codings of claims."""

from __future__ import annotations

from pathlib import Path

from shieldtalks.record.agreement.units import Coding
from shieldtalks.record.models import BY_TABLE
from shieldtalks.record.sheet.from_record import sheet_of
from shieldtalks.record.sheet.tables import Row, Tables
from shieldtalks.record.sheet.writing import toml
from tests.support.tables import read_table

#: A claim: identifier, topic, and start and length of its span.
Claim = tuple[str, str, int, int]


def coding(*claims: Claim, actor: str = "Elba") -> Coding:
    """A coding of these claims, all of them made by one actor."""
    return {
        "actors": [{"actor_id": "act-0001", "name": actor}],
        "claims": [
            {"claim_id": name, "text": f"It is {topic}.", "topic": topic, "claimant_id": "act-0001"}
            for name, topic, _, _ in claims
        ],
        "evidence": [
            {"evidence_id": f"evd-{name}", "source_id": "src-0001", "claim_id": name, "field": ""}
            | {"start": str(start), "length": str(length)}
            for name, _, start, length in claims
        ],
    }


def as_record(folder: Path) -> dict[str, list[Row]]:
    """One of the two raw codings as tables of a record. Each claim has a proposition of its own."""
    tables: dict[str, list[Row]] = {}
    for name, model in BY_TABLE.items():
        file = folder / f"{name}.csv"
        rows = read_table(file) if file.exists() else []
        tables[name] = [{field: row.get(field, "") for field in model.model_fields} for row in rows]
    for row in tables["references"]:
        row["title"] = row["citation"]
    for number, raw in enumerate(read_table(folder / "claims.csv"), 1):
        cells = {name: raw.get(name, "") for name in BY_TABLE["propositions"].model_fields}
        cells["proposition_id"] = tables["claims"][number - 1]["proposition_id"] = (
            f"pos-{number:04}"
        )
        tables["propositions"].append({**cells, "text": f"{raw['text']} ({number})", "notes": ""})
    return tables


def as_sheets(folder: Path, target: Path) -> Path:
    """The sheets of a raw coding, one for each article. Passages are named by position."""
    target.mkdir()
    tables = Tables(as_record(folder))
    for source in tables.old["sources"]:
        text = toml(sheet_of(tables, source["source_id"], None))
        (target / f"{source['source_id']}.toml").write_text(text, "utf-8")
    return target
