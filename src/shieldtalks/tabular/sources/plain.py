"""One step in front of every reader: a table that is no plain CSV file becomes one.

`plain(resource)` gives a `Plain`. Its `resource` is what all other modules read: the engines' own
readers, the exact reader, exports, frames, `diff`. An ordinary CSV file stays as it is. A compressed one
is uncompressed. Everything else (`SOURCES`) is read once and written to a private temporary CSV file:
UTF-8, commas, RFC 4180, one header with the names of the fields in the order of the schema.
Delimited text in an unusual dialect stays as it is for validation; `as_csv` makes a copy (see
`standard`). A value that is missing without a text (JSON's null, an empty cell of a workbook) is the
empty text where that means "no value", else a word of its own, which is added to the missing values of
that field.

**To add a source:** write a module with `read(part, note) -> Reading` (see `source`), and list it in
`SOURCES`. `part` is one file of the table. The rows of a `Reading` are all rows as they are written,
with their numbers and their lines, header and comments included; or objects, with cells by name.
A cell is a text, None, or a `Native` where the source itself knows that it is a number, a boolean, a
date, a list. What is done here, for every source: header, comments (`heading`), columns and fields,
rows with too many or too few cells, characters that no cell may have, native values (`natives`).

A fault of a row is in `SourceRow.faults`; a fault of the whole file goes to `note`. A file that cannot be
read any further raises `Damaged`: the rows before it stay, and the rest is never called valid.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import accumulate
from pathlib import Path

from ..findings import CannotRun
from ..jsontext import JsonObject, dumps
from ..package import Resource
from ..package import archive as archives
from ..package.schema import fields_of, kind
from ..reading import check_unchanged, next_step, states_of
from .fault import Fault
from .forms import OF_THE_FILE, SOURCES, is_plain
from .kept import Home, Kept
from .natives import DELIMITERS, Clash
from .notes import Notes
from .octets import TooLarge
from .source import Damaged, Lacking, Source
from .standard import standard
from .writing import PlainPart, Taken, write_part

#: The word for "no value" where the empty text is a value, as in many databases.
NULL = "\\N"


@dataclass(slots=True)
class Plain:
    """A table as a plain CSV file, and where its rows are in the source."""

    #: The table that is read. Its paths are those of the original, its files are not.
    resource: Resource
    original: Resource
    #: Whether the rows were written anew; if not, the lines of `resource` are those of the original.
    is_rewritten: bool = False
    notes: Notes = field(default_factory=Notes)
    #: Fields that the source does not have, and what is wrong with its headers.
    absent: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    header_faults: list[Fault] = field(default_factory=list)
    #: Files that were not read, and why; and whether a file was read in part only.
    unread: list[tuple[Resource, OSError | ValueError | Lacking]] = field(default_factory=list)
    is_cut: bool = False
    parts: list[PlainPart] = field(default_factory=list)
    _before: list[int] = field(default_factory=list)

    def line(self, row: int) -> int:
        """The physical line on which a row starts in the source; 0 if the source has no lines."""
        part, own = self._part(row)
        return part.line(own)

    def place(self, row: int, name: str | None = None) -> str | None:
        """Where a row, or the cell of a field in it, is in a source; None if its line says it all."""
        part, own = self._part(row)
        known = name if name is not None and name in part.columns else ""
        return part.place(part.numbers.line(own), part.columns.get(known), known)

    def _part(self, row: int) -> tuple[PlainPart, int]:
        if not self._before:
            self._before = [*accumulate((part.rows for part in self.parts[:-1]), initial=0)]
        number = bisect_left(self._before, row) - 1
        return self.parts[number], row - self._before[number]


def plain(resource: Resource) -> Plain:
    """A table as a plain CSV file. Nothing is done twice, unless the files or the schema change.

    Raises OSError, TooLarge and Lacking if its only file cannot be read. Of several files, those that
    cannot be read are noted.
    """
    if is_plain(resource):
        return Plain(resource, resource)
    before = states_of(resource.files)

    def make(home: Home) -> Plain:
        made = _in(home, resource)
        check_unchanged(resource.files, before)
        return made

    key = (tuple(zip(resource.files, before, strict=True)), _stated(resource))
    return replace(_kept.get(key, make), original=resource)


def as_csv(resource: Resource) -> Resource:
    """A table as a plain CSV file, for a caller that reads rows and reports no findings.

    Raises CannotRun if a file cannot be read to its end.
    """
    try:
        made = plain(resource)
        for part, wrong in made.unread:
            raise _unreadable(part, str(wrong))
        if made.is_cut:
            raise _unreadable(resource, "it is damaged")
        return standard(made.resource)
    except OSError as error:
        raise _unreadable(resource, error.strerror or str(error), next_step(error)) from error
    except ValueError as error:
        raise _unreadable(resource, str(error)) from error


def _unreadable(part: Resource, why: str, hint: str = "") -> CannotRun:
    message = f'the table "{part.name}" cannot be read: {part.path} ({why})'
    return CannotRun(message, hint or "Run `shieldtalks validate` to see where.")


#: The tables that were made plain.
_kept: Kept[Plain] = Kept(lambda made: made.resource.files)


def _stated(resource: Resource) -> str:
    """All that the descriptor says of a table, apart from its rows."""
    own = {name: value for name, value in resource.descriptor.items() if name != "data"}
    return dumps([resource.index, own, resource.schema], sort_keys=True)


def _in(home: Home, resource: Resource) -> Plain:
    """The plain form of a table, in a temporary folder."""
    parts: list[Resource] = []
    unread: list[tuple[Resource, OSError | ValueError | Lacking]] = []
    for number, part in enumerate(resource.parts):
        try:
            parts.append(
                _uncompressed(part, home.path / f"{number}.part")
            )  # a bomb is refused here
        except (OSError, TooLarge, Damaged) as error:
            if not resource.more:
                raise
            unread.append((part, error))
    if not parts:
        raise unread[0][1]
    whole = replace(resource, file=parts[0].file, path=parts[0].path, held=home)
    whole = replace(whole, more=tuple((part.path, part.file) for part in parts[1:]))
    described = replace(whole, descriptor={**resource.descriptor, "compression": "no"})
    if resource.form in ("csv", "tsv"):
        return Plain(described, resource, unread=unread)
    return _rewritten(Plain(whole, resource, is_rewritten=True, unread=unread), parts, home)


def _uncompressed(part: Resource, target: Path) -> Resource:
    """A file of a table; if it is compressed, a copy that is not."""
    if not part.compression:
        return part
    from .compressed import uncompress

    uncompress(part, target)
    return replace(part, file=target)


def _rewritten(made: Plain, parts: list[Resource], home: Home) -> Plain:
    """Write the rows of each file to a plain CSV file."""
    resource = made.original
    source: Source = import_module(f".{SOURCES[resource.form]}", __package__)
    null, tries, delimiters = NULL, 0, iter(DELIMITERS)
    while True:
        result = replace(made, notes=Notes(), unread=list(made.unread), parts=[], header_faults=[])
        try:
            files = _written(result, source, parts, home, null)
            break
        except Clash:
            schema = _with_delimiter(resource.schema, next(delimiters))
            parts = [replace(part, schema=schema) for part in parts]
        except Taken:  # a cell is just this word; a second look at the rows is rare
            tries += 1
            null = f"{NULL}{tries}" if tries < 4 else f"{NULL}{home.path.name}"
    if not resource.more and result.unread:
        raise result.unread[0][1]
    first, *others = files
    result.resource = replace(
        resource,
        file=first,
        more=tuple((part.path, file) for part, file in zip(parts[1:], others, strict=True)),
        path=parts[0].path,
        descriptor=_descriptor(resource),
        schema=_with_null(parts[0], null),
        held=home,
        dialect_path=None,
    )
    return result


def _written(
    result: Plain, source: Source, parts: list[Resource], home: Home, null: str
) -> list[Path]:
    """Write each file; one that cannot be read becomes an empty table."""
    files: list[Path] = []
    rows = 0
    for number, part in enumerate(parts):
        files.append(home.path / f"{number}.csv")
        made = PlainPart(result.original.field_names)
        with files[-1].open("w", encoding="utf-8", newline="") as out:
            write = csv.writer(out, lineterminator="\n").writerow
            try:
                write_part(result, source, part, made, _bounded(write, part), rows, null)
            except (OSError, TooLarge, Lacking) as error:
                result.unread.append((part, error))
        result.parts.append(made)
        rows += made.rows
    return files


def _bounded(
    write: Callable[[Sequence[str]], int], part: Resource
) -> Callable[[Sequence[str]], None]:
    """What writes a row, and raises TooLarge if a small file has far too much in it."""
    most, shown = archives.limit(part.file.stat().st_size)
    written = 0

    def bounded(cells: Sequence[str]) -> None:
        nonlocal written
        written += write(cells)
        if written > most:
            message = f"as CSV, it is larger than {shown} (see {archives.LIMIT_VARIABLE})"
            raise TooLarge(message)

    return bounded


def _descriptor(resource: Resource) -> JsonObject:
    """The entry of a plain CSV file in a descriptor."""
    kept = {k: v for k, v in resource.descriptor.items() if k not in OF_THE_FILE}
    path: object = [part.path for part in resource.parts] if resource.more else resource.path
    return kept | {"path": path, "format": "csv", "encoding": "utf-8", "compression": "no"}


def _with_null(resource: Resource, null: str) -> JsonObject:
    """The schema, in which a missing value without a text is one of the missing values of each field."""
    fields = [
        entry
        if "" in words
        else entry | {"missingValues": [*_stated_missing(resource, entry), null]}
        for entry, words in zip(resource.fields, resource.missing, strict=True)
    ]
    rest = {k: v for k, v in resource.schema.items() if k != "fieldsMatch"}
    return rest | {"fields": fields}


def _with_delimiter(schema: JsonObject, delimiter: str) -> JsonObject:
    """The schema with another delimiter for all lists."""
    fields = [
        entry | {"delimiter": delimiter} if kind(entry)[0] == "list" else entry
        for entry in fields_of(schema)
    ]
    return schema | {"fields": fields}


def _stated_missing(resource: Resource, entry: JsonObject) -> list[object]:
    """The missing values of a field with their labels."""
    for side in (entry, resource.schema):
        if isinstance(side.get("missingValues"), list):
            return list(side["missingValues"])
    return []
