"""JSON read strictly: no duplicate key, no NaN, and the line on which each value stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|\n', re.DOTALL)

#: A place in a document: the keys and indexes that lead to it.
Place = tuple[str | int, ...]


class JsonError(ValueError):
    """A text that is not JSON as it should be; `line` is where it went wrong, when known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def parse(data: bytes) -> Any:
    """The value of a UTF-8 JSON text. Raises JsonError, with a message for people."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise JsonError("starts with a byte order mark", 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonError("is not UTF-8", data.count(b"\n", 0, error.start) + 1) from error
    if not text.strip():
        raise JsonError("is empty")
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise JsonError(f"is not JSON ({error.msg})", error.lineno) from error
    except RecursionError as error:
        raise JsonError("is nested too deeply") from error
    except JsonError:
        raise
    except ValueError as error:  # a number with more digits than Python converts
        raise JsonError(f"is not usable JSON ({error})") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise JsonError(f'has the key "{twice}" twice in one object')
    return value


def _no_constant(name: str) -> Any:
    raise JsonError(f"has {name}, which is not JSON")


def pointer(place: Iterable[str | int]) -> str:
    """A place in words: `resources[2].schema.fields[0].type`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in place]
    return "".join(parts).lstrip(".")


def line_of(text: str, place: Place) -> int | None:
    """The line of the value at `place` (of the nearest one around it, where it is absent)."""
    best: tuple[int, int] | None = None
    for found, line in _places(text):
        if found == place[: len(found)] and (best is None or len(found) > best[0]):
            best = (len(found), line)
            if found == place:
                break
    return best[1] if best else None


def _places(text: str) -> Iterable[tuple[Place, int]]:
    """Each value of a JSON text with its line, in the order of the text."""
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
