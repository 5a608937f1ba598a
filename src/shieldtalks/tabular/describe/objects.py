"""Tables in JSON: a list of rows in a file, or a row on each line. A row is an object or a list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..findings import CannotRun
from ..package.schema import as_list
from ..reading import TooLong, open_text, read_bytes
from .bare import Bare
from .guess import CERTAIN, LIKELY, Guesses, many

#: The largest JSON file that is read as a whole, and the longest line of JSON Lines.
_LARGEST, _LONGEST = 64 << 20, 16 << 20
#: The most columns.
_WIDEST = 1900


class ObjectTable:
    """The table in a JSON file."""

    def __init__(self, file: Path, path: str, name: str, *, by_line: bool) -> None:
        self.name, self.path, self.file, self.by_line = name, path, file, by_line
        self.guesses = Guesses(name)
        self.natives: dict[int, set[str]] = {}
        self._rows: list[Any] = [] if by_line else self._whole()
        self._by_name = True
        self.lacks_cells = False
        self.labels = self._find_labels()
        self.width = len(self.labels)
        kind = "objects" if self._by_name else "lists"
        where = "on each line" if by_line else "in one list"
        self.guesses.add(
            "format", self.words["format"], f"the rows are {kind} of JSON {where}", CERTAIN
        )

    @property
    def words(self) -> dict[str, Any]:
        """The words of the resource: format and media type."""
        media = "application/x-ndjson" if self.by_line else "application/json"
        return {"format": "jsonl" if self.by_line else "json", "mediatype": media}

    @property
    def header_row(self) -> int:
        """1 if the first row is the header, 0 if each row has the names of the columns itself."""
        return 0 if self._by_name else 1

    def rows(self) -> Iterator[list[str]]:
        """The rows as texts. Raises CannotRun if a row is no JSON."""
        places = {label: index for index, label in enumerate(self.labels)}
        for number, row in enumerate(self._each()):
            if isinstance(row, dict):
                cells = [""] * self.width
                for key, value in row.items():
                    if key in places:
                        cells[places[key]] = self._text(places[key], value)
                yield cells
            elif isinstance(row, list):
                if number or self._by_name:
                    yield [self._text(index, value) for index, value in enumerate(row)]
            else:
                raise CannotRun(f"row {number + 1} is no object and no list")

    def _text(self, index: int, value: Any) -> str:
        """A value as text; numbers are texts already, marked as what they are."""
        if value is None:
            return ""
        kind, text = _as_text(value)
        if kind:
            self.natives.setdefault(index, set()).add(kind)
        return text

    def _each(self) -> Iterator[Any]:
        if not self.by_line:
            yield from self._rows
            return
        with open_text(self.file, "utf-8-sig", errors="replace") as stream:
            number = 0
            while line := stream.readline(_LONGEST):
                number += 1
                if line.strip():
                    yield _parsed(line, f"line {number:,}")

    def _whole(self) -> list[Any]:
        try:
            value = _parsed(
                read_bytes(self.file, _LARGEST).decode("utf-8-sig", "replace"), "the file"
            )
        except TooLong as error:
            raise CannotRun(str(error)) from error
        if not isinstance(value, list):
            raise CannotRun("it contains no list of rows")
        return value

    def _find_labels(self) -> list[str]:
        """The names of the columns: the keys of all objects, or the first list."""
        labels: dict[str, None] = {}
        lacking = 0
        for number, row in enumerate(self._each()):
            if isinstance(row, list) and not number:
                self._by_name = False
                return [label if isinstance(label, str) else _as_text(label)[1] for label in row]
            if not isinstance(row, dict):
                raise CannotRun("its rows are not all objects, or all lists")
            lacking += bool(labels) and row.keys() != labels.keys()
            labels.update(dict.fromkeys(as_list(list(row))))
            if len(labels) > _WIDEST:
                raise CannotRun(f"its objects have more than {_WIDEST} different keys")
        if lacking:
            self.lacks_cells = True
            evidence = (
                f"{many(lacking, 'object has', 'objects have')} not the same keys as those before"
            )
            said = f"{evidence}; a key that is missing counts as no value"
            self.guesses.add("fieldsMatch", ["superset"], said, LIKELY)
        return list(labels)


class _Number(str):
    """A number of JSON as it is written."""

    __slots__ = ()


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_int=_Number, parse_float=_Number)
    except (ValueError, RecursionError) as error:
        raise CannotRun(f"{where} is not valid JSON ({error})") from error


def _as_text(value: Any) -> tuple[str, str]:
    """The kind of a value that JSON itself types, or "" for a text, and its text."""
    if isinstance(value, bool):
        return "boolean", "true" if value else "false"
    if isinstance(value, _Number):
        return "number", str(value)
    if isinstance(value, str):
        return "", value
    if value is None:
        return "", ""
    return "json", _dumped(value)


def _dumped(value: Any) -> str:
    """A list or an object as JSON, with its numbers as they are written."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key)}: {_dumped(one)}" for key, one in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_dumped, value)) + "]"
    return str(value) if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)


def json_lines(file: Path, path: str, name: str) -> Sequence[Bare]:
    """The table in a file of JSON Lines."""
    return [ObjectTable(file, path, name, by_line=True)]


def json_file(file: Path, path: str, name: str) -> Sequence[Bare]:
    """The table in a JSON file that contains a list of rows."""
    return [ObjectTable(file, path, name, by_line=False)]
