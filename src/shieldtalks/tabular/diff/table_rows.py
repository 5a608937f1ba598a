"""The rows of a table for a comparison: each cell as it is written, and the value that it means."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..findings import CannotRun
from ..jsontext import JsonObject, dumps
from ..package import Resource
from ..package.schema import kind as field_kind
from ..package.schema import missing_labels, missing_values
from ..reading import open_regular
from ..sources.forms import is_plain
from ..sources.plain import as_csv
from ..sources.standard import is_standard
from ..tables.rows import rows
from ..types import type_of
from .unlike import unlike

#: What reading a table raises if its file, its encoding or its dialect cannot be used.
UNREADABLE = (CannotRun, OSError, ValueError, LookupError, TypeError, csv.Error)

#: Each cell of a row as it is written, by the name of its field.
Texts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One field of one side: what its texts mean."""

    name: str
    missing: frozenset[str]
    #: Codes for a missing value that have a label of their own, such as "refused".
    labelled: frozenset[str]
    read: Callable[[str], Any] | None

    @classmethod
    def of(cls, table: Resource, field: JsonObject) -> Column:
        """The column of a field."""
        missing = frozenset(missing_values(table.schema, field))
        labelled = frozenset(missing_labels(table.schema, field))
        return cls(field["name"], missing, labelled, type_of(field).identity)

    def value(self, text: Any) -> Any:
        """The value of a text, comparable with `==`; None if it is missing without a reason.

        A text that is not of the type stays as it is.
        """
        if text is None or not isinstance(text, str):
            return _comparable(text)
        if text in self.missing:
            return ("missing", text) if text in self.labelled else None
        if self.read is None:
            return text
        try:
            return _comparable(self.read(text))
        except (ValueError, KeyError, TypeError, ArithmeticError):
            return text

    def shown(self, text: Any) -> Any:
        """A cell as it is written; None for an empty cell that means "no value"."""
        return None if text is None or (text == "" and "" in self.missing) else text


def columns(table: Resource) -> dict[str, Column]:
    """Each column of a table by the name of its field, in order."""
    read = as_csv(table)
    return {field["name"]: Column.of(read, field) for field in read.fields}


def texts(table: Resource) -> Iterator[Texts]:
    """The rows of a table as they are written. Raises one of UNREADABLE if they cannot be read."""
    table = as_csv(table)
    fields = [{"name": name, "type": "string", "missingValues": []} for name in table.field_names]
    raw = replace(table, schema={**table.schema, "fields": fields, "missingValues": []})
    return rows(raw)


def unlike_texts(old: Resource, new: Resource) -> tuple[list[Texts], list[Texts]] | None:
    """The rows that only one of two tables has, each in order; None if they must be read in full.

    Both tables must be sound (see `readable.sound`), with the same fields, and equal texts must mean the
    same in both. Raises OSError.
    """
    if not _have_one_form(old, new):
        return None
    with open_regular(old.file) as before, open_regular(new.file) as after:
        if not before.readline() == after.readline() != b"":
            return None
        before.seek(0)
        after.seek(0)
        found = unlike(before, after)
    if found is None:
        return None
    was, now = _parsed(old, found[0]), _parsed(new, found[1])
    return None if was is None or now is None else (was, now)


def _have_one_form(old: Resource, new: Resource) -> bool:
    """Whether two tables are plain CSV files that are read in the same way."""
    for table in (old, new):
        if table.more or not (is_plain(table) and is_standard(table)):
            return False
        if codecs.lookup(table.encoding).name not in ("utf-8", "ascii", "iso8859-1"):
            return False
    return (
        old.dialect == new.dialect
        and old.encoding.lower() == new.encoding.lower()
        and old.field_names == new.field_names
    )


def _parsed(table: Resource, records: list[bytes]) -> list[Texts] | None:
    """The rows of some records of a table; None if one has not as many cells as the table has fields."""
    lines = io.StringIO("".join(record.decode(table.encoding) for record in records), newline="")
    names = table.field_names
    cells = list(csv.reader(lines, delimiter=table.dialect.delimiter))
    if any(len(row) != len(names) for row in cells):
        return None
    return [dict(zip(names, row, strict=True)) for row in cells]


def reads_alike(old: Resource, new: Resource, shared: Mapping[str, str]) -> bool:
    """Whether each shared field has the same meaning on both sides, so that equal texts are equal."""
    before = {field["name"]: field for field in old.fields}
    after = {field["name"]: field for field in new.fields}
    return all(
        _meaning(old, before[earlier]) == _meaning(new, after[name])
        for name, earlier in shared.items()
    )


def _meaning(table: Resource, field: JsonObject) -> tuple[Any, ...]:
    words = frozenset(missing_values(table.schema, field))
    labelled = frozenset(missing_labels(table.schema, field))
    notes = {"title", "description", "name", "constraints", "missingValues", "categories"}
    others = {name: value for name, value in field.items() if name not in notes}
    return words, labelled, dumps(others, sort_keys=True), field_kind(field)


def have_same_rows(old: Resource, new: Resource) -> bool:
    """Whether the rows of one of two tables with the same fields are all in the other one.

    Tables without a value prove nothing. Raises one of UNREADABLE.
    """
    was, now = (Counter(_values(table, table.field_names)) for table in (old, new))
    both = was & now
    return both in (was, now) and any(value is not None for row in both for value in row)


def have_same_values(old: Resource, new: Resource, was: str, now: str) -> bool:
    """Whether the field `was` of one table has the values of the field `now` of the next one.

    They are compared in the rows that both sides have: by primary key, otherwise by the other fields.
    Fields without a value prove nothing. Raises one of UNREADABLE.
    """
    kept = [name for name in new.field_names if name in old.field_names]
    key = new.primary_key
    if key and key == old.primary_key and set(key) <= set(kept):
        before = {row[:-1]: row[-1] for row in _values(old, [*key, was])}
        after = {row[:-1]: row[-1] for row in _values(new, [*key, now])}
        pairs = [(before[row], after[row]) for row in before.keys() & after.keys()]
        return all(a == b for a, b in pairs) and any(a is not None for a, _ in pairs)
    first, second = list(_values(old, [*kept, was])), list(_values(new, [*kept, now]))
    in_order = [row[-1] for row in first] == [row[-1] for row in second]
    both = Counter(first) & Counter(second)
    agree = in_order or both in (Counter(first), Counter(second))
    return agree and any(row[-1] is not None for row in (first if in_order else both))


def _values(table: Resource, names: list[str]) -> Iterator[tuple[Any, ...]]:
    """The values of some fields, row by row."""
    chosen = [column for name, column in columns(table).items() if name in names]
    chosen.sort(key=lambda column: names.index(column.name))
    for row in texts(table):
        yield tuple(column.value(row[column.name]) for column in chosen)


def _comparable(value: Any) -> Any:
    """A value that can be compared with `==` and counted. NaN does not equal itself: it becomes a text."""
    if isinstance(value, dict | list):
        return dumps(value, sort_keys=True)
    return "NaN" if value != value else value
