"""A bench for coders: a folder with which a person's or a model's coding is scored against the record.

It holds the codebook, the rows of the record with their passages (place and hash, never words of an
article), and two programs that need only Python.
"""

from __future__ import annotations

from pathlib import Path

from ...record.agreement.reading import coding_of, rows_as_text
from ...record.agreement.units import FIELDS, SCHEMES, Coding, Row, Unit, units
from ...record.models import BY_TABLE
from ...record.schemas import extras
from ...tabular.files import whole_folder
from ...tabular.findings import CannotRun
from ...tabular.jsontext import JsonObject, dumps
from ..job import Job, check_kind
from .perturb import CHANGES, perturbed

_HERE = Path(__file__).parent

#: The files that are copied as they are.
_COPIED = ("score.py", "perturb.py", "README.md")

#: The seed of the changed codebooks in the folder.
SEED = 1

#: The tables whose models describe a compared field of another table.
_ELSEWHERE = {("claims", "topic"): "propositions"}


def write(job: Job) -> None:
    """Write the folder."""
    check_kind(job.package, "bench")
    coding = coding_of(job.package)
    missing = {*FIELDS, "evidence", "sources", "codes"} - {
        one.name for one in job.package.resources
    }
    if missing:
        raise CannotRun(
            f"bench needs the tables {', '.join(sorted(missing))}",
            "The package does not have them.",
        )
    codebook = _codebook(rows_as_text(job.package, "codes"))
    with whole_folder(job.target, force=job.force) as folder:
        job.tell("writing the bench")
        for name in _COPIED:
            (folder / name).write_bytes((_HERE / name).read_bytes())
        _json(folder / "package.json", {"name": job.package.name, "version": job.package.version})
        _json(folder / "sources.json", _sources(rows_as_text(job.package, "sources")))
        _json(folder / "aliases.json", _aliases(coding))
        (folder / "codebooks").mkdir()
        _json(folder / "codebooks" / "original.json", codebook)
        for change in CHANGES:
            _json(folder / "codebooks" / f"{change}.json", perturbed(codebook, change, SEED))
        gold = _gold(coding, rows_as_text(job.package, "coders"))
        text = "".join(f"{dumps(row)}\n" for row in gold)
        (folder / "gold.jsonl").write_bytes(text.encode("utf-8"))


def _json(file: Path, value: object) -> None:
    file.write_bytes((dumps(value, indent=2) + "\n").encode("utf-8"))


def _sources(rows: list[Row]) -> list[JsonObject]:
    """The articles: how to find each of them, and how to know whether a copy has the same text."""
    names = ("source_id", "title", "url", "canon_version", "canon_length", "canon_sha256")
    return [
        {name: int(row[name]) if name == "canon_length" else row[name] for name in names}
        for row in rows
    ]


def _aliases(coding: Coding) -> dict[str, str]:
    """The other names of the actors, each with the name that the rows use."""
    names = {row["actor_id"]: row["name"] for row in coding.get("actors", [])}
    return {
        row["alias"]: names[row["actor_id"]]
        for row in coding.get("aliases", [])
        if row["actor_id"] in names and row["alias"] not in names.values()
    }


def _codebook(codes: list[Row]) -> JsonObject:
    """What is to be coded: the fields with their meaning, and the codes of each vocabulary."""
    fields = []
    for table, names in FIELDS.items():
        for name in names:
            known = BY_TABLE[_ELSEWHERE.get((table, name), table)].model_fields[name]
            scheme = extras(known).get("vocabulary", "")
            about = known.description or ""
            fields.append({"table": table, "field": name, "scheme": scheme, "about": about})
        for scheme in SCHEMES if table != "claims" else ():
            about = f"The main action code of the row, in the scheme {scheme.upper()}."
            name = f"main {scheme.upper()} code"
            fields.append({"table": table, "field": name, "scheme": scheme, "about": about})
    used = {str(field["scheme"]) for field in fields}
    schemes: dict[str, list[JsonObject]] = {}
    for row in codes:
        if row["scheme"] in used:
            # An action code has its scheme in front, in the field as in the vocabulary.
            code = row["code_id"] if row["scheme"] in SCHEMES else row["code"]
            term = {"code": code, "label": row["label"], "definition": row["definition"]}
            schemes.setdefault(row["scheme"], []).append(term)
    return {"change": "original", "seed": None, "meant": {}, "fields": fields, "schemes": schemes}


def _gold(coding: Coding, coders: list[Row]) -> list[JsonObject]:
    """The rows of the record: passages, values, and whether both of its codings had the row so."""
    settled = {row["record_id"]: row["settled_by"] for row in coders}
    hashes = {
        (row["source_id"], row["start"], row["length"]): row["sha256"] for row in coding["evidence"]
    }
    spans: dict[str, list[JsonObject]] = {}
    for row in coding["evidence"]:
        if row["field"]:
            continue
        for table in FIELDS:
            target = row[f"{table[:-1]}_id"]
            if target:
                place = (row["source_id"], row["start"], row["length"])
                spans.setdefault(target, []).append(
                    {"source_id": place[0], "start": int(place[1]), "length": int(place[2])}
                    | {"sha256": hashes[place]}
                )
    return [
        _row(table, unit, spans.get(unit.unit_id, []), settled.get(unit.unit_id) == "agreement")
        for table in FIELDS
        for unit in sorted(units(coding, table), key=lambda unit: unit.unit_id)
    ]


def _row(table: str, unit: Unit, spans: list[JsonObject], is_agreed: bool) -> JsonObject:
    head = {"table": table, "id": unit.unit_id, "agreed": is_agreed}
    return head | {"spans": spans, "values": unit.coded}
