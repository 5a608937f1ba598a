"""A strict reader of JSON: no duplicate keys, no NaN. It also finds the line of each value."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from .reading import read_bytes, state_of
from .terminal import HASH_COMMAND

#: Values nested deeper than this are refused, even if Python could read them.
DEEPEST = 100
#: The largest descriptor or schema, in bytes, that is read.
LARGEST_JSON = 64 * 1024 * 1024
_TOO_DEEP = f"the file is nested too deeply: more than {DEEPEST} levels"

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|\n', re.DOTALL)

#: NUL and halves of a surrogate pair: no file name, cell or SQL text can contain them.
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_TEXT = "the file contains U+0000 or half of a surrogate pair, which are not allowed"

#: An object of JSON, such as a descriptor, a schema or a field.
JsonObject = dict[str, Any]

#: A place in a document: the keys and indexes that lead to it.
Place = tuple[str | int, ...]


class LongNumber(float):
    """A decimal number that a double does not hold exactly: the nearest double, with its text."""

    text: str

    def __new__(cls, text: str) -> LongNumber:
        """The nearest double of a text."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]
        return (self.text,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int | float) and _exactly(self) == _exactly(other)

    def __ne__(self, other: object) -> bool:
        return not self == other  # `float` has one of its own

    def __hash__(self) -> int:
        return hash(_exactly(self))

    def __repr__(self) -> str:
        return self.text

    __str__ = __repr__


#: Every number of at most this many characters without an exponent is written as its double is.
MOST_DIGITS = 15


def exact_float(text: str) -> float:
    """A number that keeps all its digits: a plain double if that has them, else a `LongNumber`."""
    number = float(text)
    if len(text) <= MOST_DIGITS and text.strip("+-.0123456789") == "":
        return number
    if number - number != 0 and text.strip("+-").isalpha():  # NaN and INF have no digits to keep
        return number
    long = LongNumber(text)
    return long if long != number else number


def _exactly(number: float) -> object:
    """A number with all its digits, comparable with others; its text if its exponent is too large."""
    from decimal import Decimal, InvalidOperation

    try:
        return Decimal(repr(number))
    except InvalidOperation:
        return repr(number)


class JsonError(ValueError):
    """A file that cannot be used as JSON. `line` is the line of the fault, if it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class _NotInJson(JsonError):
    """A constant of JavaScript that JSON does not have, such as NaN."""

    def __init__(self, token: str) -> None:
        super().__init__(f"the file contains {token}, which JSON does not allow")
        self.token = token


class _RepeatedKey(JsonError):
    """An object with the same key twice."""


def parse(data: bytes) -> Any:
    """The value of a UTF-8 JSON text. Raises JsonError, with a message for people."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise JsonError("the file starts with a byte order mark (BOM)", 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonError(
            "the file is not valid UTF-8", data.count(b"\n", 0, error.start) + 1
        ) from error
    if not text.strip():
        raise JsonError("the file is empty")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_float=exact_float,
        )
    except json.JSONDecodeError as error:
        from .parser_words import json_words  # only a fault needs it

        message = f"the file is not valid JSON: {json_words(error.msg)}, in column {error.colno}"
        raise JsonError(message, error.lineno) from error
    except RecursionError as error:
        raise JsonError(_TOO_DEEP) from error
    except _NotInJson as error:
        raise JsonError(str(error), _line_of_token(text, error.token)) from error
    except _RepeatedKey as error:
        raise JsonError(str(error), _line_of_repeat(text)) from error
    except JsonError:
        raise
    except ValueError as error:  # a number with more digits than Python can convert
        message = "the file contains a whole number with more than 4300 digits"
        raise JsonError(message) from error
    _check_strings_and_depth(value)
    return value


def _check_strings_and_depth(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for item in level:
            if isinstance(item, str) and _UNUSABLE.search(item):
                raise JsonError(_NOT_TEXT)
            if isinstance(item, dict):
                inner += [*item.keys(), *item.values()]
            elif isinstance(item, list):
                inner += item
        level = inner
    if level:
        raise JsonError(_TOO_DEEP)


def _line_of_repeat(text: str) -> int | None:
    """The line of the first value whose key already appeared in the same object."""
    seen: set[Place] = set()
    for path, line, _ in _values(text):
        place = tuple(path)
        if place in seen:
            return line
        seen.add(place)
    return None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        repeated = first_repeated(key for key, _ in pairs)
        raise _RepeatedKey(f'the file has the key "{repeated}" twice in the same object')
    return value


def first_repeated(names: Iterable[str]) -> str | None:
    """The first name that appears again; None if no name does."""
    counts = Counter(names)
    return next((name for name, count in counts.items() if count > 1), None)


def _no_constant(name: str) -> Any:
    raise _NotInJson(name)


def _line_of_token(text: str, token: str) -> int | None:
    """The line on which a token first appears in a JSON text."""
    for match in _TOKEN.finditer(text):
        if match.group() == token:
            return text.count("\n", 0, match.start()) + 1
    return None


def pointer(place: Iterable[str | int]) -> str:
    """A place as text, such as `resources[2].schema.fields[0].type`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in place]
    return "".join(parts).lstrip(".")


class Lines:
    """The line of each value of a JSON text. The text is read only once, however many are asked for."""

    __slots__ = ("_root",)

    def __init__(self, text: str) -> None:
        self._root: Any = None
        # An object or a list is a pair of its line and its parts; any other value is only its line.
        open_parts: list[Any] = []
        for place, line, opens in _values(text):
            node: Any = (line, {} if opens == "{" else []) if opens else line
            del open_parts[len(place) :]
            if not place:
                self._root = node
            elif isinstance(open_parts[-1], dict):
                open_parts[-1][place[-1]] = node
            else:
                open_parts[-1].append(node)
            if isinstance(node, tuple):
                open_parts.append(node[1])

    def of(self, place: Place) -> int | None:
        """The line of the value at `place`, or of the nearest value around it if there is none."""
        node = self._root
        for step in place:
            parts = node[1] if isinstance(node, tuple) else None
            if isinstance(step, int):
                is_known = isinstance(parts, list) and step < len(parts)
            else:
                is_known = isinstance(parts, dict) and step in parts
            if not is_known:
                break
            node = parts[step]  # type: ignore[index]
        line: int | None = node[0] if isinstance(node, tuple) else node
        return line


def line_in(file: Path, place: Place) -> int | None:
    """The line of the value at `place` in a file that was read before, or of the nearest value around it.

    None if the file has changed and is no JSON any more.

    The file is read only once, unless it changes.
    """
    try:
        return _lines_in(file, *state_of(file)).of(place)
    except (OSError, ValueError, IndexError):
        return None


@lru_cache(maxsize=4)
def _lines_in(file: Path, *_state: int) -> Lines:
    return Lines(read_bytes(file, LARGEST_JSON).decode("utf-8"))


def _values(text: str) -> Iterator[tuple[Sequence[str | int], int, str]]:
    """The place, the line and the opening bracket (or "") of each value, in the order of the text.

    The place is valid until the next value.
    """
    line = 1
    path: list[str | int] = []
    key: str | None = None
    expect_key = False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "\n":
            line += 1
        elif token in "]}":
            path.pop()
        elif token == ",":
            expect_key = isinstance(path[-1], str)
            if not expect_key:
                path[-1] = int(path[-1]) + 1
        elif token == ":":
            expect_key = False
            path[-1] = key or ""
        elif expect_key:
            key = json.loads(token)
        else:
            yield path, line, token if token in "[{" else ""
            if token in "[{":
                expect_key = token == "{"
                path.append("" if expect_key else 0)


#: Stands before the text of a long number while a value is written; JSON text has it nowhere else.
_MARK = "\ue000"


def dumps(value: Any, *, indent: int | None = None, sort_keys: bool = False) -> str:
    """A value as JSON. Long numbers keep all their digits, which `json.dumps` would round."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, sort_keys=sort_keys)
    if not _has_long_number(value):
        return text
    mark = _MARK
    while mark in text:
        mark += _MARK
    marked = json.dumps(
        _marked(value, mark), ensure_ascii=False, indent=indent, sort_keys=sort_keys
    )
    return re.sub(f'"{mark}([^"{_MARK}]*)"', r"\1", marked)


def _has_long_number(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_long_number, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_has_long_number, value))
    return type(value) is LongNumber


def _marked(value: Any, mark: str) -> Any:
    """The value, with a text that begins with the mark in the place of each long number."""
    if isinstance(value, dict):
        return {name: _marked(part, mark) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(part, mark) for part in value]
    return mark + value.text if type(value) is LongNumber else value


def visible(value: Any) -> str:
    """A value as indented JSON for people. Nothing in it can control a terminal or a CI system.

    Half of a surrogate pair (from a name that is not UTF-8) is written as the six characters of its
    escape, because strict readers of JSON refuse the escape itself.
    """
    text = dumps(value, indent=2)
    if not text.replace("\n", "").isprintable():
        lines = text.split("\n")
        text = "\n".join(line if line.isprintable() else _escaped(line) for line in lines)
    return HASH_COMMAND.sub(r"\\u0023", text) if "##" in text else text


def _escaped(line: str) -> str:
    """A line of JSON without characters that cannot be printed. All of these are inside strings."""
    return "".join(
        char
        if char.isprintable()
        else f"\\\\u{ord(char):04x}"
        if "\ud800" <= char <= "\udfff"
        else json.dumps(char)[1:-1]
        for char in line
    )
