r"""Lookahead and lookbehind at the ends of a pattern, which is then several patterns in linear time.

`(?!x)y` at the start of a pattern that must match the whole value means: `y` matches, and `x` with
anything after it does not. `y(?<!x)` at the end is the same the other way round, and `((?!x).)*` alone
means that `x` is nowhere in the value. RE2 has none of these, but can test each part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from .patterns import PatternError, matcher
from .xml_patterns import translated

_ANY = r"[\s\S]*"
_AHEAD, _BEHIND = ("(?=", "(?!"), ("(?<=", "(?<!")
_REPEATS = "?*+{"
#: The most that are read at each end.
_MOST = 16
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_TEMPERED = re.compile(r"\((?:\?:)?(\(\?!.*\))\.\)([*+])", re.DOTALL)


class Condition(NamedTuple):
    """A translated pattern that a whole value must match, or must not match."""

    pattern: str
    is_wanted: bool = True


@lru_cache(maxsize=4096)
def conditions(pattern: str) -> tuple[Condition, ...]:
    """What a value must match and must not match, so that it matches a pattern.

    Raises NotAPattern if it is no regular expression, PatternError if it is not supported.
    """
    if not any(opening in pattern for opening in (*_AHEAD, *_BEHIND)):
        return (Condition(translated(pattern)),)
    flags = "(?i)" if pattern.startswith("(?i)") else ""
    rest, found = _split(pattern[len(flags) :])
    if not found or "|" in _tokens(rest):
        return (Condition(translated(pattern)),)  # which refuses it
    tests = [Condition(translated(flags + text), wanted) for text, wanted in found]
    return Condition(translated(flags + rest)), *tests


def fits(pattern: str) -> Callable[[str], bool]:
    """A function that tests whether a whole text matches a pattern. Raises PatternError."""
    tests = [(matcher(one.pattern), one.is_wanted) for one in conditions(pattern)]
    return lambda text: all((test(text) is not None) is wanted for test, wanted in tests)


_Tests = list[tuple[str, bool]]


def _split(pattern: str) -> tuple[str, _Tests]:
    """The pattern without what looks around, and the texts for the tests, each with its sense."""
    rest, found = _leading(pattern)
    rest, more = _trailing(rest)
    found += more
    rest = _unwrapped(rest)
    tempered = _TEMPERED.fullmatch(rest)
    if tempered and _group_end(tempered[1], 0) == len(tempered[1]):
        inner = tempered[1][3:-1]
        if matcher(translated(inner))(""):
            raise PatternError(f'"{tempered[1]}" looks for nothing')
        found.append((f"{_ANY}(?:{inner}){_ANY}", False))
        rest = "." + tempered[2]
    return rest, found


def _leading(pattern: str) -> tuple[str, _Tests]:
    """The pattern without the lookaheads at its start, and these."""
    found: _Tests = []
    rest = pattern.removeprefix("^")
    while rest.startswith(_AHEAD) and len(found) < _MOST:
        end = _group_end(rest, 0)
        if not end or rest[end : end + 1] in tuple(_REPEATS):
            break
        text = "|".join(map(_from_start, _alternatives(rest[3 : end - 1])))
        found.append((text, rest[2] == "="))
        rest = rest[end:].removeprefix("^")
    return rest, found


def _trailing(pattern: str) -> tuple[str, _Tests]:
    """The pattern without the lookbehinds at its end, and these."""
    found: _Tests = []
    rest = _without_end(pattern)
    while len(found) < _MOST and (start := _last_behind(rest)):
        text = rest[start + 4 : -1]
        found.append((f"{_ANY}(?:{text})", rest[start + 3] == "="))
        rest = _without_end(rest[:start])
    return rest, found


def _last_behind(pattern: str) -> int:
    """Where the lookbehind begins with which a pattern ends; 0 if there is none after other parts."""
    for at, depth in _openings(pattern):
        if (
            not depth
            and pattern.startswith(_BEHIND, at)
            and _group_end(pattern, at) == len(pattern)
        ):
            return at
    return 0


def _unwrapped(pattern: str) -> str:
    """`(^x$).*` as `x`: after the end of a value there is nothing."""
    if pattern.startswith(("(^", "(?:^")):
        end = _group_end(pattern, 0)
        inner = pattern[1 : end - 1].removeprefix("?:")
        cut = _without_end(inner)
        if cut != inner and pattern[end:] in ("", ".*") and len(_alternatives(inner)) == 1:
            return cut.removeprefix("^")
    return pattern


def _from_start(alternative: str) -> str:
    """A pattern for whole values that begin like this; they end there if it has an end anchor."""
    alternative = alternative.removeprefix("^")
    cut = _without_end(alternative)
    return cut if cut != alternative else f"(?:{cut}){_ANY}"


def _without_end(pattern: str) -> str:
    return pattern[:-1] if _tokens(pattern)[-1:] == ["$"] else pattern


def _tokens(pattern: str) -> list[str]:
    """The characters, escapes and sets of a pattern; what is inside groups is left out."""
    found, depth = [], 0
    for token in _TOKEN.findall(pattern):
        depth -= token == ")"
        if not depth:
            found.append(token)
        depth += token == "("
    return found


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern, outside its groups."""
    found, depth, start = [], 0, 0
    for token in _TOKEN.finditer(pattern):
        depth += (token[0] == "(") - (token[0] == ")")
        if token[0] == "|" and not depth:
            found.append(pattern[start : token.start()])
            start = token.end()
    return [*found, pattern[start:]]


def _openings(pattern: str) -> Iterator[tuple[int, int]]:
    """Where groups begin, each with the number of groups around it."""
    depth = 0
    for token in _TOKEN.finditer(pattern):
        if token[0] == "(":
            yield token.start(), depth
        depth += (token[0] == "(") - (token[0] == ")")


def _group_end(pattern: str, start: int) -> int:
    """Where the group that begins at `start` ends; 0 if it is never closed."""
    depth = 0
    for token in _TOKEN.finditer(pattern, start):
        depth += (token[0] == "(") - (token[0] == ")")
        if not depth:
            return token.end()
    return 0
