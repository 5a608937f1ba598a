"""Coding sheets as codings: the rows that they would add to a collection that has not coded the article.

A row is named by its line in the sheet, because the writer of the sheet never saw its identifier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ...tabular.findings import CannotRun, Finding
from ..contradictions import contradictions_in
from ..evidence.anchors import Copy, copies_in
from ..models import BY_TABLE
from ..names import folded
from ..sheet.faults import Faults
from ..sheet.model import TARGET_OF, Coded, Part, Sheet, Span
from ..sheet.passages import names_a_passage
from ..sheet.reading import read_sheet
from ..sheet.rows import rows_of
from ..sheet.spans import Article, Positions
from ..starter import general_codes
from .units import Coding, Row

Kind = TypeVar("Kind", bound=Part)

#: The tables of a collection, as text.
Collection = Mapping[str, list[Row]]


class SheetFaults(Exception):
    """A sheet that cannot be compared, because its rows are not complete."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("the sheet has faults")
        self.findings = list(findings)


@dataclass(frozen=True, slots=True)
class Desk:
    """What sheets are read with: the collection that they are for, and the copies of the articles."""

    collection: Collection = field(default_factory=dict)
    #: The copies by identifier of the source. "" is the copy for a sheet without an identifier.
    copies: Mapping[str, Copy] = field(default_factory=dict)
    #: The folder with more copies, such as src-0001.txt.
    folder: Path | None = None

    def copy_of(self, source_id: str | None) -> Copy | None:
        """The copy for a sheet of this source."""
        named = self.copies.get(source_id or "")
        if named or not source_id or not self.folder:
            return named
        return copies_in(self.folder, [source_id]).get(source_id)


def sheets_in(path: Path) -> list[Path]:
    """The sheets that a path names: a TOML file, or those of a folder. Empty if it is something else."""
    if path.suffix == ".toml":
        return [path]
    has_tables = path.is_dir() and ((path / "datapackage.json").exists() or any(path.glob("*.csv")))
    return sorted(path.glob("*.toml")) if path.is_dir() and not has_tables else []


def read_sheets(files: Sequence[Path], desk: Desk) -> Coding:
    """The coding in some sheets. Raises SheetFaults for faults, and CannotRun without a needed copy."""
    sheets: list[tuple[Path, Sheet, Faults]] = []
    for file in files:
        sheet, faults = read_sheet(file)
        if sheet is None:
            raise SheetFaults(faults.found)
        sheets.append((file, sheet, faults))
    sheets.sort(key=lambda one: one[1].source.published or "")
    known = _without_own(desk, [sheet for _, sheet, _ in sheets])
    names: dict[str, str] = {}
    articles: set[str] = set()
    derived: dict[str, Row] = {}
    for file, sheet, faults in sheets:
        coded = rows_of(sheet, faults, _article(file, sheet, desk), known, any_code=True)
        if faults.found:
            raise SheetFaults(faults.found)
        articles.add(coded.source_id)
        for row in coded.new:
            if row.table in TARGET_OF:
                place = faults.lines.at(row.path)
                one = f"line {place}" if len(files) == 1 else f"{file.name}:{place}"
                names.setdefault(row.key[0], one)
            if row.table == "claims" and "standing" not in row.paths:
                derived[row.key[0]] = row.cells
        new = coded.tables()
        known = {name: [*known.get(name, []), *new.get(name, [])] for name in BY_TABLE}
    for claim in {one for one, _ in contradictions_in(known)} & derived.keys():
        derived[claim]["standing"] = "disputed"
    return _named(_stated_in(known, articles), names)


def _article(file: Path, sheet: Sheet, desk: Desk) -> Article | Positions:
    copy = desk.copy_of(sheet.source.id)
    if copy is not None:
        return Article(copy)
    # The passages of other articles have a position anyway.
    own = sheet.model_copy(update={"context": []})
    if all(span.at for span in _parts(own, Span) if names_a_passage(span) and not span.source):
        return Positions({}, hashed=False)
    raise CannotRun(
        f"{file} names passages by their words, so the copy of the article is needed",
        f"Use --articles DIR, or --copy {sheet.source.id or 'src-0001'}=FILE.",
    )


def _without_own(desk: Desk, sheets: Sequence[Sheet]) -> Collection:
    """The collection as it was before anybody coded these articles."""
    if not desk.collection:
        return {"codes": general_codes()}
    named = {entry.id for sheet in sheets for entry in _parts(sheet, Coded) if entry.id}
    hashes = {Article(copy).seal["canon_sha256"] for copy in desk.copies.values()}
    ids = {sheet.source.id for sheet in sheets}
    rows = desk.collection.get("sources", [])
    own = {
        row["source_id"] for row in rows if row["source_id"] in ids or row["canon_sha256"] in hashes
    }
    others = [row["source_id"] for row in rows if row["source_id"] not in own]
    return _stated_in(desk.collection, {*others}, also=named)


def _stated_in(tables: Collection, articles: set[str], also: Set[str] = frozenset()) -> Coding:
    """The tables with only the events, proposals, answers and claims that these articles state."""
    evidence = [row for row in tables.get("evidence", []) if row["source_id"] in articles]
    stated = {row[name] for row in evidence for name in TARGET_OF.values()} - {""} | also
    found = {name: [*tables.get(name, [])] for name in BY_TABLE}
    for name in TARGET_OF:
        key = BY_TABLE[name].table.key[0]
        found[name] = [row for row in found[name] if row[key] in stated]
    events = {row["event_id"] for row in found["events"]}
    found["participants"] = [row for row in found["participants"] if row["event_id"] in events]
    found["codings"] = [
        row
        for row in found["codings"]
        if stated & {row["event_id"], row["proposal_id"], row["response_id"]} - {""}
    ]
    return {**found, "evidence": evidence}


def _named(tables: Coding, names: Mapping[str, str]) -> Coding:
    """The tables with other names for some rows."""
    return {
        table: [{field: names.get(cell, cell) for field, cell in row.items()} for row in rows]
        for table, rows in tables.items()
    }


def _parts(part: Part, kind: type[Kind]) -> Iterator[Kind]:
    """Every table of a sheet of some kind, at any depth."""
    if isinstance(part, kind):
        yield part
    for name in type(part).model_fields:
        value = getattr(part, name)
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, Part):
                yield from _parts(inner, kind)


def only_articles(coding: Coding, articles: Set[str]) -> Coding:
    """A coding with only the rows that have evidence in these articles."""
    evidence = [row for row in coding.get("evidence", []) if row.get("source_id") in articles]
    found = {**coding, "evidence": evidence}
    for table, name in TARGET_OF.items():
        stated = {row.get(name) for row in evidence}
        found[table] = [row for row in coding.get(table, []) if row.get(name) in stated]
    return found


def articles_of(coding: Coding) -> set[str]:
    """The articles in which a coding has evidence."""
    return {row.get("source_id", "") for row in coding.get("evidence", [])}


def same_articles(first: Coding, second: Coding) -> Coding:
    """The second coding with the identifiers of the first one for the same articles.

    They are the same if the hash of the text is the same, or else the title.
    """
    theirs: dict[str, str] = {}
    for row in first.get("sources", []):
        for name in ("title", "canon_sha256"):
            if row.get(name):
                theirs[folded(row[name])] = row["source_id"]
    other: dict[str, str] = {}
    for row in second.get("sources", []):
        same = [theirs.get(folded(row.get(name) or "")) for name in ("canon_sha256", "title")]
        other[row["source_id"]] = next(filter(None, same), row["source_id"])
    evidence = [
        {**row, "source_id": other.get(row["source_id"], row["source_id"])}
        for row in second.get("evidence", [])
    ]
    return {**second, "evidence": evidence}
