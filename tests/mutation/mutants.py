"""The shipped record as sheets, and what a slip of the hand makes of it: a mutant."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

Grid = list[list[str]]
T = TypeVar("T")

#: What an operator expects of the checks; `repaired` means that `fmt` gives the original back.
MUST, CANNOT, ARTICLES, REPAIRED = "must", "cannot", "with-articles", "repaired"

#: Of each column (or table) at most this many cells (or rows) are changed, evenly spread.
SPREAD = 4


def lines_of(grid: Grid, delimiter: str = ",") -> list[str]:
    """Each row as it is in a file, line end included."""
    lines = []
    for row in grid:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter, lineterminator="\n").writerow(row)
        lines.append(text.getvalue())
    return lines


def written(grid: Grid) -> bytes:
    """The file of a grid, header first."""
    return "".join(lines_of(grid)).encode("utf-8")


@dataclass
class Sheet:
    """One table: its header, its rows of text and its schema."""

    name: str
    header: list[str]
    rows: Grid
    schema: dict[str, Any]
    book: Book = field(repr=False)

    @cached_property
    def entries(self) -> dict[str, dict[str, Any]]:
        """The schema's fields by name."""
        return {entry["name"]: entry for entry in self.schema["fields"]}

    @cached_property
    def targets(self) -> dict[str, tuple[str, str]]:
        """Table and field that each foreign key refers to."""
        return {
            key["fields"][0]: (
                key["reference"]["resource"] or self.name,
                key["reference"]["fields"][0],
            )
            for key in self.schema.get("foreignKeys", [])
        }

    @property
    def key(self) -> list[str]:
        """The fields of the primary key."""
        return list(self.schema["primaryKey"])

    @property
    def grid(self) -> Grid:
        """Header and rows, to be changed."""
        return [list(self.header), *(list(row) for row in self.rows)]

    def column(self, name: str) -> list[str]:
        """The cells of a column."""
        place = self.header.index(name)
        return [row[place] for row in self.rows]

    def records(self) -> list[dict[str, str]]:
        """The rows by field name."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows]


@dataclass
class Book:
    """The shipped package: every file of it, and its tables as sheets."""

    files: dict[str, bytes]
    sheets: dict[str, Sheet] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path) -> Book:
        """The package whose descriptor is in this folder."""
        paths = [root / "datapackage.json", *(root / "data").iterdir()]
        paths += [path for path in (root / "schemas").rglob("*") if path.is_file()]
        book = cls({path.relative_to(root).as_posix(): path.read_bytes() for path in paths})
        for resource in json.loads(book.files["datapackage.json"])["resources"]:
            text = book.files[resource["path"]].decode("utf-8")
            header, *rows = csv.reader(io.StringIO(text, newline=""))
            schema = json.loads(book.files[resource["schema"]])
            book.sheets[resource["name"]] = Sheet(resource["name"], header, rows, schema, book)
        return book

    @cached_property
    def referring(self) -> set[str]:
        """The values of all foreign keys and of all cells with a code list."""
        found: set[str] = set()
        for sheet in self.sheets.values():
            for name, entry in sheet.entries.items():
                if name in sheet.targets:
                    found.update(sheet.column(name))
                elif scheme := entry.get("vocabulary"):
                    found.update(f"{scheme}:{code}" for code in sheet.column(name) if code)
        return found - {""}

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """The codes of each vocabulary."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.sheets["codes"].records():
            found[row["scheme"]].append(row["code"])
        return dict(found)

    @cached_property
    def whole_row_evidence(self) -> Counter[str]:
        """How many spans support each record as a whole."""
        spans = self.sheets["evidence"].records()
        return Counter(target_of(span) for span in spans if not span["field"])

    @cached_property
    def voiced(self) -> set[str]:
        """The records that somebody put into words."""
        return {
            row[self.sheets[name].key[0]]
            for name in ("proposals", "responses", "claims")
            for row in self.sheets[name].records()
            if row["voiced_by_id"]
        }

    @cached_property
    def spans(self) -> dict[str, dict[str, str]]:
        """The evidence by identifier."""
        return {row["evidence_id"]: row for row in self.sheets["evidence"].records()}

    @cached_property
    def last_hops(self) -> dict[str, int]:
        """The number of the last hop of each chain."""
        hops: dict[str, int] = defaultdict(int)
        for row in self.sheets["attributions"].records():
            hops[row["evidence_id"]] = max(hops[row["evidence_id"]], int(row["hop"]))
        return hops


def target_of(row: dict[str, str]) -> str:
    """The record that a row of evidence or codings is about."""
    names = ("event_id", "proposal_id", "response_id", "claim_id")
    return next((row[name] for name in names if row.get(name)), "")


def enum_of(entry: dict[str, Any]) -> list[str]:
    """The code list of a field."""
    return list(entry.get("constraints", {}).get("enum", []))


@dataclass(frozen=True)
class Mutant:
    """One change of one file; `content` gives the file's new bytes, None where it is taken away."""

    table: str
    row: int
    field: str
    old: str
    new: str
    content: Callable[[], bytes | None]
    operator: str = ""

    @property
    def place(self) -> str:
        """Where and what: table, row, field, old and new value, cut to a line."""
        row = f" row {self.row}" if self.row else ""
        name = f" {self.field}" if self.field else ""
        return f"{self.table}{row}{name}: {self.old[:60]!r} -> {self.new[:60]!r}"


@dataclass(frozen=True)
class Cell:
    """One cell of a sheet."""

    sheet: Sheet
    row: int
    name: str

    @property
    def column(self) -> int:
        """Its place in the row."""
        return self.sheet.header.index(self.name)

    @property
    def value(self) -> str:
        """Its text."""
        return self.sheet.rows[self.row][self.column]

    @property
    def place(self) -> str:
        """Table and field."""
        return f"{self.sheet.name}.{self.name}"

    @property
    def entry(self) -> dict[str, Any]:
        """Its field in the schema."""
        return self.sheet.entries[self.name]

    @property
    def enum(self) -> list[str]:
        """The code list of its field."""
        return enum_of(self.entry)

    @property
    def target(self) -> tuple[str, str] | None:
        """Table and field that it refers to."""
        return self.sheet.targets.get(self.name)

    @property
    def required(self) -> bool:
        """Whether it may not be empty."""
        return bool(self.entry["constraints"].get("required"))

    @property
    def derived(self) -> bool:
        """Whether `fmt` derives it: the first or last day of a date."""
        return self.name.endswith(("_earliest", "_latest"))

    @property
    def free(self) -> bool:
        """Whether it is free text."""
        constraints = self.entry["constraints"]
        return self.entry["type"] == "string" and not {"enum", "pattern"} & set(constraints)

    @property
    def identifier(self) -> bool:
        """Whether it holds an identifier or an action code, its own or another row's."""
        own = self.sheet.key == [self.name]
        return own or self.target is not None

    @property
    def record(self) -> dict[str, str]:
        """Its row by field name."""
        return dict(zip(self.sheet.header, self.sheet.rows[self.row], strict=True))

    def ids(self) -> list[str]:
        """The identifiers that it could hold."""
        table, name = self.target or (self.sheet.name, self.name)
        return self.sheet.book.sheets[table].column(name)

    def to(self, new: str) -> Mutant:
        """The record with another value here."""

        def content() -> bytes:
            grid = self.sheet.grid
            grid[self.row + 1][self.column] = new
            return written(grid)

        return Mutant(self.sheet.name, self.row + 1, self.name, self.value, new, content)


def cells(book: Book) -> Iterator[Cell]:
    """All cells, column by column."""
    for sheet in book.sheets.values():
        for name in sheet.header:
            for row in range(len(sheet.rows)):
                yield Cell(sheet, row, name)


def spread(items: list[T], most: int = SPREAD) -> list[T]:
    """At most so many of the items, evenly spread."""
    if len(items) <= most:
        return items
    return [items[number * len(items) // most] for number in range(most)]


def columns(found: Iterable[Cell], most: int) -> Iterator[Cell]:
    """At most so many cells of each column."""
    by_column: dict[str, list[Cell]] = defaultdict(list)
    for cell in found:
        by_column[cell.place].append(cell)
    for group in by_column.values():
        yield from spread(group, most)


def fits(cell: Cell, value: str) -> bool:
    """Whether a value meets what the schema states of this cell's field."""
    constraints = cell.entry["constraints"]
    if value == "":
        return not cell.required
    if cell.enum:
        return value in cell.enum
    if cell.target and value not in cell.ids():
        return False
    form = {"integer": r"[0-9]+", "number": r"-?[0-9.]+", "date": r"\d{4}-\d\d-\d\d"}
    if not re.fullmatch(form.get(cell.entry["type"], r"(?s).*"), value):
        return False
    if cell.entry["type"] == "integer":
        low, high = constraints.get("minimum", 0), constraints.get("maximum", 10**9)
        return bool(low <= int(value) <= high)
    pattern = constraints.get("pattern")
    longest = constraints.get("maxLength", len(value))
    return (pattern is None or bool(re.fullmatch(pattern, value))) and len(value) <= longest


def of_rows(sheet: Sheet, row: int, what: str, change: Callable[[Grid], Any]) -> Mutant:
    """The record with a change of the rows of one table; `row` counts from 0 without the header."""

    def content() -> bytes:
        grid = sheet.grid
        change(grid)
        return written(grid)

    old = ",".join(sheet.rows[row][:3]) if 0 <= row < len(sheet.rows) else ""
    return Mutant(sheet.name, row + 1, "", old, what, content)


def of_file(
    sheet: Sheet, row: int, what: str, change: Callable[[list[str]], bytes | None]
) -> Mutant:
    """The record with one file as other bytes, made from the lines of its rows."""
    return Mutant(sheet.name, row, "", "", what, lambda: change(lines_of(sheet.grid)))
