"""Patterns that match in linear time and have the same meaning on every engine.

Python's `re` is fast, but some patterns make it run forever, and some of its character classes are
wider than those of RE2. So `re` is only used for patterns without these problems, and RE2 otherwise.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import lru_cache

# The parser of the standard library. `re` has no public way to examine a pattern.
from re import _constants as nodes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: The most ways to divide a text among the parts of a pattern.
_MOST_WAYS = 200

#: The most repetitions of a part that RE2 allows.
MOST_TIMES = 1000

#: With fewer characters, repetitions written out, RE2 can use every pattern.
_LARGE = 20_000

_SINGLE = {nodes.LITERAL, nodes.NOT_LITERAL, nodes.ANY}


class PatternError(ValueError):
    """A pattern that is not a regular expression, or that RE2 does not support."""


@lru_cache(maxsize=4096)
def matcher(pattern: str) -> Callable[[str], Any]:
    """A function that tests whether a whole text matches a pattern. Raises PatternError."""
    own = compiled(pattern)
    return own.fullmatch if is_plain(pattern) else _re2(pattern)


def check(pattern: str) -> None:
    """Raise PatternError if an engine cannot use a translated pattern, for example if it is too large."""
    matcher(pattern)
    if not pattern.isascii() or _may_be_large(pattern):
        _re2(pattern)


def _may_be_large(pattern: str) -> bool:
    """Whether RE2, which has a limit, may need much memory for a pattern."""
    times = sum(int(number[:9]) for number in re.findall(r"[{,](\d+)", pattern))
    return len(pattern) * max(times, 1) > _LARGE


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern compiled by Python, without warnings. Raises PatternError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            raise PatternError(str(error)) from error


def _re2(pattern: str) -> Callable[[str], Any]:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        matches: Callable[[str], Any] = re2.compile(pattern, options).fullmatch
    except re2.error as error:
        said = error.args[0] if error.args else error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise PatternError(words) from error
    return matches


def is_plain(pattern: str) -> bool:
    """Whether a pattern takes linear time in `re`, and means the same in `re` and RE2.

    Such a pattern has only characters, plain sets and alternatives outside repetitions. It has no
    nested repetitions, at most one open-ended repetition, and few ways to divide a text among its
    parts.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = parser.parse(pattern)
        except (re.error, OverflowError, RecursionError):
            return False
    if tree.state.flags & ~re.UNICODE:
        return False
    ways = _ways(tree, inside=False)
    return ways is not None and ways[0] <= _MOST_WAYS and ways[1] <= 1


def _ways(tree: Any, *, inside: bool) -> tuple[int, int] | None:
    """The ways to divide a text, and the number of open-ended repetitions; None if a part is not plain."""
    ways, opened = 1, 0
    for kind, value in tree:
        found = _part(kind, value, inside=inside)
        if found is None:
            return None
        ways, opened = ways * found[0], opened + found[1]
    return ways, opened


def _part(kind: Any, value: Any, *, inside: bool) -> tuple[int, int] | None:
    if kind in _SINGLE:
        return 1, 0
    if kind is nodes.IN:
        return None if any(part[0] is nodes.CATEGORY for part in value) else (1, 0)
    if kind is nodes.SUBPATTERN:
        _, added, removed, inner = value
        return None if added or removed else _ways(inner, inside=inside)
    if kind is nodes.BRANCH and not inside:
        found = [_ways(branch, inside=False) for branch in value[1]]
        if None in found:
            return None
        return sum(one[0] for one in found if one), max(one[1] for one in found if one)
    if kind is nodes.MAX_REPEAT:
        return _repeat(*value, inside=inside)
    return None


def _repeat(low: int, high: Any, inner: Any, *, inside: bool) -> tuple[int, int] | None:
    if (low != high and inside) or low > MOST_TIMES:
        return None
    found = _ways(inner, inside=inside or high != 1)
    if found is None or found[1] or (found[0] > 1 and high != 1):
        return None
    if high is nodes.MAXREPEAT:
        return 1, 1
    return (found[0] * (int(high) - low + 1), 0) if high <= MOST_TIMES else None
