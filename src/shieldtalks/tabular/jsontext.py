"""A strict reader of JSON: no duplicate keys, no NaN. It also finds the line of each value."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

#: Values nested deeper than this are refused, even if Python could read them.
DEEPEST = 100
_TOO_DEEP = f"the file is nested too deeply: more than {DEEPEST} levels"

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|\n', re.DOTALL)

#: NUL and halves of a surrogate pair: no file name, cell or SQL text can contain them.
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_TEXT = "the file contains U+0000 or half of a surrogate pair, which are not allowed"

#: For a text of at most this many characters, the lines of all places are kept.
_INDEXED = 4_000_000

#: An object of JSON, such as a descriptor, a schema or a field.
JsonObject = dict[str, Any]

#: A place in a document: the keys and indexes that lead to it.
Place = tuple[str | int, ...]


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
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise JsonError(f"the file is not valid JSON ({error.msg})", error.lineno) from error
    except RecursionError as error:
        raise JsonError(_TOO_DEEP) from error
    except _NotInJson as error:
        raise JsonError(str(error), _line_of_token(text, error.token)) from error
    except _RepeatedKey as error:
        raise JsonError(str(error), _line_of_repeat(text)) from error
    except JsonError:
        raise
    except ValueError as error:  # a number with more digits than Python can convert
        raise JsonError(f"the file cannot be read as JSON ({error})") from error
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
    for place, line in _places(text):
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


def line_of(text: str, place: Place) -> int | None:
    """The line of the value at `place`, or of the nearest value around it if there is none."""
    if len(text) <= _INDEXED:
        lines = _index(text)
        return next(
            (lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in lines), None
        )
    best: tuple[int, int] | None = None
    for found, line in _places(text):
        if found == place[: len(found)] and (best is None or len(found) > best[0]):
            best = (len(found), line)
            if found == place:
                break
    return best[1] if best else None


@lru_cache(maxsize=4)
def _index(text: str) -> dict[Place, int]:
    """The line of each place of a text. A descriptor with many faults is read only once."""
    return dict(_places(text))


def _places(text: str) -> Iterable[tuple[Place, int]]:
    """The place and the line of each value of a JSON text, in the order of the text."""
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
            yield tuple(path), line
            if token in "[{":
                expect_key = token == "{"
                path.append("" if expect_key else 0)


def visible(value: Any) -> str:
    """A value as indented JSON for people. Characters that could control a terminal are escaped."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "".join(
        char if char.isprintable() or char == "\n" else json.dumps(char)[1:-1] for char in text
    )
