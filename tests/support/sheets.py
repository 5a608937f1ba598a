"""Coding sheets: that of the made-up article, and a collection to code it into."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from shieldtalks.record import starter
from shieldtalks.record.models import BY_TABLE
from shieldtalks.record.sheet.model import TARGET_OF
from shieldtalks.record.sheet.tables import Row, Tables
from shieldtalks.tabular.package import read
from tests.support import EXAMPLES

#: A row without its identifier.
Signature = tuple[str, ...]

_IDENTIFIER = re.compile("[a-z]{3}-[0-9]{4}")

#: The sheet of the made-up article.
LIGHTHOUSE = EXAMPLES / "sheets" / "lighthouse.toml"


def collection(folder: Path) -> Path:
    """A new collection without rows, as `init` makes it."""
    for path, content in starter.files("lighthouse", "Lighthouse", "2031-05-06").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def sheet_with(folder: Path, *changes: tuple[str, str]) -> Path:
    """The sheet of the made-up article, with pieces of its text replaced."""
    text = LIGHTHOUSE.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / "sheet.toml").write_text(text, "utf-8")
    return folder / "sheet.toml"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def tables_in(folder: Path) -> dict[str, list[Row]]:
    """The tables of a package, as text."""
    return dict(Tables.of(read(folder / "datapackage.json")).old)


def signatures(tables: Mapping[str, list[Row]]) -> dict[str, Counter[Signature]]:
    """Each row without its identifier: where it names another row, it has the words of that row.

    Two collections with the same signatures differ in nothing but their identifiers.
    """
    return {table: Counter(some) for table, some in _signed(tables).items()}


def _signed(tables: Mapping[str, list[Row]]) -> dict[str, list[Signature]]:
    keys = {table: BY_TABLE[table].table.identifier for table in tables}
    rows = {row[key]: row for table, key in keys.items() if key for row in tables[table]}

    def words(identifier: str) -> str:
        row = rows.get(identifier, {})
        told = [f"{name}={cell}" for name, cell in row.items() if not _IDENTIFIER.fullmatch(cell)]
        if identifier.startswith("evd"):  # what it supports tells it from others of the same span
            told += [words(cell) for cell in [*row.values()][1:] if _IDENTIFIER.fullmatch(cell)]
        return " ".join(told) or identifier

    def one(table: str, row: Row) -> Signature:
        if row.get("kind") == "excludes":  # it has no direction
            return (
                *sorted(words(row[name]) for name in ("proposition_id", "other_id")),
                "excludes",
            )
        cells = [cell for name, cell in row.items() if name != keys[table] or table == "codes"]
        return tuple(words(cell) if _IDENTIFIER.fullmatch(cell) else cell for cell in cells)

    return {table: [one(table, row) for row in some] for table, some in tables.items()}


def of_source(tables: Mapping[str, list[Row]], source_id: str) -> dict[str, Counter[Signature]]:
    """The signatures of the rows whose evidence is in a source, and of what belongs to them."""
    evidence = [row for row in tables["evidence"] if row["source_id"] == source_id]
    here = {row[name] for row in evidence for name in TARGET_OF.values()} - {""}
    here |= {row["evidence_id"] for row in evidence}
    here |= {row["proposition_id"] for row in tables["claims"] if row["claim_id"] in here}

    def is_here(table: str, row: Row) -> bool:
        if table == "codings":
            return bool({row["event_id"], row["proposal_id"], row["response_id"]} & here)
        return next(iter(row.values())) in here

    signed = _signed(tables)
    names = (*TARGET_OF, "participants", "codings", "propositions", "evidence", "attributions")
    return {
        table: Counter(
            signature
            for signature, row in zip(signed[table], tables[table], strict=True)
            if is_here(table, row)
        )
        for table in names
    }


def owned(tables: Mapping[str, list[Row]]) -> dict[str, dict[Signature, set[str]]]:
    """By table and signature of a row: the sources that have evidence for it."""
    names = {row["source_id"] for row in tables["sources"]}
    found: dict[str, dict[Signature, set[str]]] = {table: {} for table in TARGET_OF}
    for name in names:
        for table in TARGET_OF:
            for signature in of_source(tables, name)[table]:
                found[table].setdefault(signature, set()).add(name)
    return found
