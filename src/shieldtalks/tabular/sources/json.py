"""JSON: a list of objects or of lists, at the top or at the `property` of the dialect."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from json import JSONDecodeError, JSONDecoder
from typing import Any

from ..jsontext import pointer
from ..package import Resource
from ..package.kinds import INLINE
from ..parser_words import json_words
from ..reading import TooLong, read_bytes
from .cells import decoder, items_of
from .octets import TooLarge
from .source import Damaged, Note, Reading, SourceRow

#: The largest file, in bytes. It is in memory as a whole while its rows are read one by one.
LARGEST = 1 << 30

_BLANK = re.compile(r"[ \t\n\r]*")

#: A step on the way to the rows: a key of an object, or a place in a list.
Step = str | int


def read(part: Resource, note: Note) -> Reading:
    """How to read a JSON file."""
    del note
    dialect = part.declared_dialect
    stated = dialect.get("property") if isinstance(dialect, dict) else None
    return rows_at(part, steps_of(stated))


def steps_of(stated: Any) -> tuple[Step, ...]:
    """The steps of a `property`: names with dots between them, or a JSON Pointer."""
    if not isinstance(stated, str) or not stated:
        return ()
    if stated.startswith("/"):
        parts = stated[1:].split("/")
        return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)
    return tuple(stated.split("."))


def rows_at(part: Resource, steps: Sequence[Step]) -> Reading:
    """How to read the list that these steps lead to."""
    try:
        data = read_bytes(part.file, LARGEST)
    except TooLong as error:
        raise TooLarge(f"it is JSON, and {error}; save it as JSON Lines") from error
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    encoding = "UTF-8" if part.form == INLINE else _shown(part.encoding)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:  # some codecs do not say where
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise Damaged(
            f"the file is not valid {encoding}, so its rows are not read", line, "Save it as UTF-8."
        ) from error
    shown = pointer(steps)
    top = (
        f"{shown}" if part.form == INLINE else f"${'.' if shown and shown[0] != '[' else ''}{shown}"
    )

    def place(number: int, column: int | None, name: str) -> str:
        row = f"{top}[{number - 1}]"
        if column is not None:
            return f"{row}[{column}]"
        return f"{row}.{name}" if name else row

    return Reading(_Text(text).rows(steps, part), place)


def _shown(encoding: str) -> str:
    """An encoding as a message names it."""
    return "UTF-8" if codecs.lookup(encoding).name == "utf-8" else encoding


class _Text:
    """A JSON text that is read one row at a time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._decode: JSONDecoder = decoder()
        #: The last place whose line is known, and that line.
        self._known, self._line = 0, 1
        #: The end of the last value, and the brackets that were opened on the way to the rows.
        self._end, self._open = 0, ""

    def rows(self, steps: Sequence[Step], part: Resource) -> Iterator[SourceRow]:
        """The rows of the list that the steps lead to. Raises Damaged."""
        at = self._start(steps)
        if self._text[at : at + 1] != "[":
            raise self._without_rows(steps, at)
        for number, place in enumerate(self._items(at), start=1):
            line = self._line_at(place)
            value, self._end = self._value(place)
            try:
                row = items_of(value, number, line, part)
            except RecursionError as error:
                raise self._damaged(place, "the file is nested too deeply") from error
            yield row
        if part.form != INLINE:
            self._close()

    def _without_rows(self, steps: Sequence[Step], at: int) -> Damaged:
        """Why there is no list of rows at this place."""
        if at == len(self._text):
            return Damaged("the file is empty", 1, "Put a list of rows into it.")
        if not steps:
            self._value(at)  # raises Damaged if the file is not JSON at all
            message = "the file is not a list of rows"
            hint = 'Write a list of objects or of lists, or name the list as "property" of the dialect.'
            return Damaged(message, self._line_at(at), hint)
        message = f"there is no list of rows at {pointer(steps)} in the file"
        return Damaged(message, self._line_at(at), "Correct the property of the dialect.")

    def _start(self, steps: Sequence[Step]) -> int:
        """Where the value starts that the steps lead to."""
        at = self._skip(0)
        for step in steps:
            found = self._inside(at, step)
            if found is None:
                message = f'there is no "{step}" on the way to the list of rows'
                raise Damaged(message, self._line_at(at), "Correct the property of the dialect.")
            self._open += self._text[at]
            at = found
        return at

    def _inside(self, at: int, step: Step) -> int | None:
        """Where a part of an object or of a list starts; None if there is none."""
        if self._text[at : at + 1] == "{" and isinstance(step, str):
            at = self._skip(at + 1)
            while self._text[at : at + 1] == '"':
                key, at = self._value(at)
                at = self._expect(self._skip(at), ":")
                if key == step:
                    return at
                _, at = self._value(at)
                at = self._skip(at)
                if self._text[at : at + 1] != ",":
                    return None
                at = self._skip(at + 1)
            return None
        if self._text[at : at + 1] == "[" and (isinstance(step, int) or step.isdecimal()):
            for number, place in enumerate(self._items(at)):
                if number == int(step):
                    return place
                _, self._end = self._value(place)
        return None

    def _items(self, at: int) -> Iterator[int]:
        """Where each item of a list starts. The caller moves `_end` to the end of each item."""
        at = self._skip(at + 1)
        if self._text[at : at + 1] == "]":
            self._end = at + 1
            return
        while True:
            yield at
            at = self._skip(self._end)
            if self._text[at : at + 1] == "]":
                self._end = at + 1
                return
            at = self._expect(at, ",")

    def _close(self) -> None:
        """Check that the text after the rows is JSON, too. Values are read one at a time."""
        for bracket in reversed(self._open):
            close, at = ("}" if bracket == "{" else "]"), self._skip(self._end)
            while self._text[at : at + 1] != close:
                at = self._expect(at, ",")
                if bracket == "{":
                    at = self._expect(self._skip(self._value(at)[1]), ":")
                at = self._skip(self._value(at)[1])
            self._end = at + 1
        rest = self._skip(self._end)
        if rest < len(self._text):
            raise self._damaged(rest, "there is more text after the end of the JSON")

    def _value(self, at: int) -> tuple[Any, int]:
        try:
            return self._decode.raw_decode(self._text, at)
        except JSONDecodeError as error:
            raise self._damaged(
                error.pos, f"the file is not valid JSON ({json_words(error.msg)})"
            ) from error
        except RecursionError as error:
            raise self._damaged(at, "the file is nested too deeply") from error
        except ValueError as error:
            raise self._damaged(at, str(error)) from error

    def _expect(self, at: int, mark: str) -> int:
        if self._text[at : at + 1] != mark:
            raise self._damaged(at, f'the file is not valid JSON ("{mark}" is missing)')
        return self._skip(at + 1)

    def _skip(self, at: int) -> int:
        match = _BLANK.match(self._text, at)
        return match.end() if match else at

    def _line_at(self, at: int) -> int:
        if at < self._known:
            self._known, self._line = 0, 1
        self._line += self._text.count("\n", self._known, at)
        self._known = at
        return self._line

    def _damaged(self, at: int, message: str) -> Damaged:
        line = self._text.count("\n", 0, at) + 1
        return Damaged(f"{message}; rows after this place are not read", line, "Fix the JSON.")
