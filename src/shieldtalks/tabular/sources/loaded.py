"""A table that was loaded into an engine, with the faults of the structure of its files."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..findings import CannotRun, Finding, Further, Quota, shortened
from ..jsontext import JsonObject
from ..package import Resource
from . import octets
from .fault import BYTES, Fault, spoiled
from .notes import Notes

if TYPE_CHECKING:
    from .plain import Plain


@dataclass(slots=True, eq=False, repr=False)
class LoadedTable:
    """A loaded table: the number of rows, the columns that exist, and the faults of the file."""

    resource: Resource
    octets: octets.Octets
    rows: int = 0
    #: Fields that are missing from the header. They are not checked.
    absent: set[str] = field(default_factory=set)
    #: Those of them that may be missing, by the `fieldsMatch` of the schema.
    left_out: set[str] = field(default_factory=set)
    header_faults: list[Fault] = field(default_factory=list)
    #: The faults of structure in the rows and in the files as a whole.
    notes: Notes = field(default_factory=Notes)
    #: Rules whose faults are only warnings. They make no cell unreliable.
    lenient: frozenset[str] = frozenset()
    #: How many findings are listed.
    quota: Quota = field(default_factory=Quota)
    #: The physical line on which a row starts.
    line: Callable[[int], int] = lambda row: row + 1
    #: The files of a table in several files, and the number of rows before each.
    parts: Sequence[Resource] = ()
    before: Sequence[int] = ()
    #: Files of a table in several files that were not read, and why. Rows are then missing.
    unread: list[tuple[Resource, OSError | ValueError | CannotRun]] = field(default_factory=list)
    #: Where the rows are in the source, if the table was made a plain CSV file to be read.
    plain: Plain | None = None
    #: The line on which a row starts in the file that was read; it is `line` unless `plain` is given.
    read_line: Callable[[int], int] = lambda row: row + 1
    _fields: dict[str, JsonObject] = field(default_factory=dict)

    def field_of(self, name: str) -> JsonObject:
        """The field of a name in the schema."""
        if not self._fields:
            self._fields = {field["name"]: field for field in self.resource.fields}
        return self._fields[name]

    @property
    def original(self) -> Resource:
        """The table as the descriptor has it."""
        return self.resource if self.plain is None else self.plain.original

    @property
    def is_partial(self) -> bool:
        """Whether rows are missing, because a file was not read to its end."""
        return bool(self.unread) or (self.plain is not None and self.plain.is_cut)

    def take(self, plain: Plain) -> None:
        """Take what was found while the table was made a plain CSV file, for what was found in that."""
        self.plain = plain
        self.unread += plain.unread
        if not plain.is_rewritten:
            return
        # The same table may be read again, so what is marked here must not be marked there.
        self.notes = plain.notes.copy()
        self.header_faults, self.absent = list(plain.header_faults), set(plain.absent)
        self.left_out = set(plain.left_out)
        self.line = plain.line
        if not self.resource.fields:  # objects without a schema became blank lines
            self.rows = sum(part.rows for part in plain.parts)

    def note(self, row: int | None, fault: Fault) -> None:
        """Note a fault of the structure (see `Notes.add`)."""
        self.notes.add(row, fault)

    def trusts(self, row: int, *values: Any) -> bool:
        """Whether these cells of a row are reliable: in the right columns, with no faulty byte or quote."""
        if not self.notes.broken:
            return True
        rules = {rule for rule, rows in self.notes.broken.items() if row in rows} - self.lenient
        return not rules or (rules <= BYTES and not any(map(spoiled, values)))

    def is_broken(self, row: int) -> bool:
        """Whether a row has a fault of structure, so that its cells may be in the wrong columns."""
        return any(
            row in rows for rule, rows in self.notes.broken.items() if rule not in self.lenient
        )

    def broken_rows(self, rule: str) -> Iterable[int]:
        """The rows with a fault of structure of this rule, in order."""
        return self.notes.broken.get(rule, ())

    @property
    def has_broken_rows(self) -> bool:
        """Whether there is such a row."""
        return bool(self.notes.broken.keys() - self.lenient)

    def is_full(self, rule: str) -> bool:
        """Whether no more findings of a rule are listed. Then `further` takes the place of `finding`."""
        return self.quota.is_full(self.resource.name, rule)

    def further(self, rule: str, row: int | None, field: str | None = None) -> Further:
        """A finding that is only counted."""
        return Further(self.resource.name, rule, row, field)

    def part(self, row: int) -> Resource:
        """The table in the file that contains a row."""
        if not self.before:
            return self.resource
        return self.parts[bisect_left(self.before, row) - 1]

    def place(self, row: int, other: int) -> str:
        """The place of a row, as a message about another row names it: its line, and its file if needed."""
        part = self.part(row)
        file = "" if part.path == self.part(other).path else f" of {part.path}"
        line = self.line(row)
        shown = self.shown_place(row)
        if shown is None or not line:
            return f"{shown or f'line {line}'}{file}"
        return f"line {line} ({shown}){file}"

    def shown_place(self, row: int | None, field: str | None = None) -> str | None:
        """Where a row, or a cell in it, is in a source; None if its line says it all."""
        if row is None or self.plain is None or not self.plain.is_rewritten:
            return None
        return self.plain.place(row, field)

    def finding(
        self,
        rule: str,
        message: str,
        *,
        row: int | None = None,
        line: int | None = None,
        path: str | None = None,
        field: str | None = None,
        value: Any = None,
        hint: str | None = None,
        place: str | None = None,
    ) -> Finding:
        """A finding in a file of this table. Unless `line` is given, it is the line of the row."""
        if line is None and row is not None:
            line = self.line(row)
        if path is None:
            path = self.resource.path if row is None else self.part(row).path
        return Finding(
            rule=rule,
            message=message,
            table=self.resource.name,
            file=path,
            line=line or None,
            row=row,
            field=field,
            value=shortened(value),
            hint=hint,
            place=place or self.shown_place(row, field),
        )
