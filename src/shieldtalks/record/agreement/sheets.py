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
from ..sheet.tables import NewRow
from ..starter import general_codes
from .units import Coding, Row

Kind = TypeVar("Kind", bound=Part)

#: The tables whose rows belong to an event, a proposal or an answer.
_BELOW = frozenset({"participants", "codings"})

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
    #: The copies by identifier of the source. "" is the copy for every other sheet.
    copies: Mapping[str, Copy] = field(default_factory=dict)
    #: The folder with more copies, such as src-0001.txt.
    folder: Path | None = None

    def copy_of(self, source_id: str | None) -> Copy | None:
        """The copy for a sheet of this source."""
        if source_id and source_id in self.copies:
            return self.copies[source_id]
        in_folder = copies_in(self.folder, [source_id]) if self.folder and source_id else {}
        return in_folder.get(source_id or "") or self.copies.get("")


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
        again = {row.key[0]: row for row in coded.again if row.key[0] not in names}
        for row in (*coded.new, *again.values()):
            if row.table in TARGET_OF:
                place = faults.lines.at(row.path)
                one = f"line {place}" if len(files) == 1 else f"{file.name}:{place}"
                names.setdefault(row.key[0], one)
        for row in coded.new:
            if row.table == "claims" and "standing" not in row.paths:
                derived[row.key[0]] = row.cells
        new = coded.tables()
        known = {
            name: [*_as_coded(name, known.get(name, []), again), *new.get(name, [])]
            for name in BY_TABLE
        }
    for claim in {one for one, _ in contradictions_in(known)} & derived.keys():
        derived[claim]["standing"] = "disputed"
    return _named(only_articles(known, articles), names)


def _as_coded(table: str, rows: Sequence[Row], again: Mapping[str, NewRow]) -> list[Row]:
    """Rows that other articles gave: what the sheet says of them counts, not what the collection has."""
    if table not in TARGET_OF:
        return [*rows]
    key = BY_TABLE[table].table.key[0]
    return [again[row[key]].cells if row[key] in again else row for row in rows]


def _article(file: Path, sheet: Sheet, desk: Desk) -> Article | Positions:
    copy = desk.copy_of(sheet.source.id)
    if copy is not None:
        return Article(copy)
    # The passages of other articles have a position anyway.
    own = sheet.model_copy(update={"context": []})
    if all(span.at for span in _parts(own, Span) if names_a_passage(span) and not span.source):
        return Positions({}, hashed=False)
    hint = "Use --copy FILE, or --articles DIR."
    if desk.folder is not None and sheet.source.id:
        hint = f"There is no {sheet.source.id}.txt in {desk.folder}. Add it, or use --copy FILE."
    elif desk.folder is not None:
        hint = 'Use --copy FILE. Or add id = "src-0001" below [source], so that --articles finds its copy.'
    raise CannotRun(
        f"{file} names passages by their words, so the copy of the article is needed", hint
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
    return only_articles(desk.collection, {*others}, also=named)


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


def only_articles(coding: Collection, articles: Set[str], also: Set[str] = frozenset()) -> Coding:
    """A coding with only the events, proposals, answers and claims that have evidence in these articles.

    `also` names rows that are kept without evidence. Tables of other kinds are kept whole.
    """
    evidence = [row for row in coding.get("evidence", []) if row.get("source_id") in articles]
    stated = {row.get(name) for row in evidence for name in TARGET_OF.values()} - {"", None} | also
    found = {**{name: [*rows] for name, rows in coding.items()}, "evidence": evidence}
    for table, name in TARGET_OF.items():
        found[table] = [row for row in coding.get(table, []) if row.get(name) in stated]
    for table in _BELOW & found.keys():
        found[table] = [
            row
            for row in found[table]
            if any(row.get(name) in stated for name in TARGET_OF.values())
        ]
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
