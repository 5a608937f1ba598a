"""Tables in JSON: a list of rows in a file, or a row on each line. A row is an object or a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..findings import CannotRun
from ..package.schema import as_list
from ..reading import TooLong, open_text, read_bytes
from .encoding import Encoding, encoding_of
from .guess import CERTAIN, LIKELY, Guesses, many, quoted

#: The largest JSON file that is read as a whole, and the longest line of JSON Lines.
_LARGEST, _LONGEST = 64 << 20, 16 << 20
#: The most columns.
_WIDEST = 1900
#: Lists of rows are looked for in so many objects inside each other.
_DEEPEST = 3
#: The most lists of rows in a file. Objects by an identifier, each with a list, are not so many tables.
_MOST_LISTS = 100


class ObjectTable:
    """The table in a JSON file."""

    def __init__(
        self,
        file: Path,
        path: str,
        name: str,
        *,
        rows: list[Any] | None = None,
        property_name: str = "",
        encoding: Encoding | None = None,
    ) -> None:
        #: The encoding of the file if it is not UTF-8.
        self._encoding = encoding
        self.name, self.path, self.file, self.by_line = name, path, file, rows is None
        self._property = property_name
        self.guesses = Guesses(name)
        self.natives: dict[int, set[str]] = {}
        self._rows: list[Any] = rows or []
        self._by_name = True
        self.lacks_cells = False
        #: Further words of the resource, such as the path in a zip.
        self.more: dict[str, Any] = {}
        try:
            self.labels = self._find_labels()
        except UnicodeDecodeError:
            self._encoding, self.lacks_cells = encoding_of(file), False
            self.labels = self._find_labels()
        self.width = len(self.labels)
        kind = "objects" if self._by_name else "lists"
        where = "on each line" if self.by_line else "in one list"
        where += f', the property "{property_name}" of the file' if property_name else ""
        self.guesses.add(
            "format", self.words["format"], f"the rows are {kind} of JSON {where}", CERTAIN
        )
        if (found := self._encoding) is not None:
            self.guesses.add("encoding", found.name, found.evidence, found.certainty)

    @property
    def words(self) -> dict[str, Any]:
        """The words of the resource: format, media type, and the property that has the rows."""
        media = "application/x-ndjson" if self.by_line else "application/json"
        words: dict[str, Any] = {"format": "jsonl" if self.by_line else "json", "mediatype": media}
        if self._encoding is not None:
            words["encoding"] = self._encoding.name
        return (
            words
            | self.more
            | ({"dialect": {"property": self._property}} if self._property else {})
        )

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
        codec = self._encoding.codec if self._encoding is not None else "utf-8-sig"
        errors = "replace" if self._encoding is not None else "strict"
        with open_text(self.file, codec, errors=errors) as stream:
            number = 0
            while line := stream.readline(_LONGEST):
                number += 1
                if line.strip():
                    yield _parsed(line, f"line {number:,}")

    def _find_labels(self) -> list[str]:
        """The names of the columns: the keys of all objects, or the first list."""
        labels: dict[str, None] = {}
        lacking = 0
        for number, row in enumerate(self._each()):
            if isinstance(row, list) and not number:
                self._by_name = False
                odd = next((cell for cell in row if not _is_name(cell)), "")
                if odd != "":
                    what = f"the first list is read as the names of the columns, but it has {odd}"
                    self.guesses.add("note", None, f"{what}: write a list of names first", CERTAIN)
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
        known: dict[str, str] = {}
        for label in labels:
            other = known.setdefault(label.casefold(), label)
            if not label.strip():
                raise CannotRun("its objects have a key without letters: rename it")
            if other != label:
                pair = f"{quoted(other)} and {quoted(label)}"
                raise CannotRun(f"the keys {pair} differ only in upper and lower case: rename one")
        return list(labels)


class _Number(str):
    """A number of JSON as it is written."""

    __slots__ = ()


def _is_name(value: Any) -> bool:
    """Whether a value of a first list can be the name of a column."""
    return isinstance(value, str) and not isinstance(value, _Number)


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


def json_lines(file: Path, path: str, name: str) -> Sequence[ObjectTable]:
    """The table in a file of JSON Lines."""
    return [ObjectTable(file, path, name)]


def json_file(file: Path, path: str, name: str) -> Sequence[ObjectTable]:
    """The tables in a JSON file: the list that it is, or those in an object. Raises CannotRun without one."""
    encoding = None
    try:
        data = read_bytes(file, _LARGEST)
        text = data.decode("utf-8-sig")
    except TooLong as error:
        raise CannotRun(str(error)) from error
    except UnicodeDecodeError:
        encoding = encoding_of(file)
        text = data.decode(encoding.codec, "replace")
    value = _parsed(text, "the file")
    if isinstance(value, list):
        return [ObjectTable(file, path, name, rows=value, encoding=encoding)]
    found = dict(_lists(value)) if isinstance(value, dict) else {}
    if not found:
        raise CannotRun("it contains no list of rows")
    if len(found) > _MOST_LISTS:
        raise CannotRun(f"it has {len(found):,} lists of rows: put the rows into one list")
    tables = [
        ObjectTable(file, path, name, rows=rows, property_name=place, encoding=encoding)
        for place, rows in found.items()
    ]
    for table, place in zip(tables, found, strict=True):
        if len(tables) > 1:
            table.name = place.rpartition(".")[2]
    return tables


def _lists(value: dict[str, Any], before: str = "") -> Iterator[tuple[str, list[Any]]]:
    """The lists of rows in an object and in the objects in it, each with the names that lead to it."""
    for key, inner in value.items():
        is_plain = re.fullmatch(r"[\w -]+", key) is not None
        if is_plain and isinstance(inner, list) and _are_rows(inner):
            yield before + key, inner
        elif is_plain and isinstance(inner, dict) and before.count(".") < _DEEPEST:
            yield from _lists(inner, f"{before}{key}.")


def _are_rows(value: list[Any]) -> bool:
    """Whether a list is one of objects, or of lists of which the first has the names of the columns."""
    if value and isinstance(value[0], list):
        names = all(map(_is_name, value[0]))
        return names and len(value) > 1 and all(isinstance(row, list) for row in value)
    return bool(value) and all(isinstance(row, dict) for row in value)
