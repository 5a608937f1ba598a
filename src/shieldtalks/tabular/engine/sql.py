"""SQL that all engines share, and the few expressions in which they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..types.base import FieldType
from ..types.sql_words import literal as literal

#: The column with the row number in each table. The first data row is 1.
ROW = "_row"


_GLOB_PART = re.compile(
    r"(\[(?:[A-Za-z0-9](?:-[A-Za-z0-9])?)+\])(?:\{([0-9]{1,2})\})?|([A-Za-z0-9_:/#,=-])"
)

#: The most sets in a GLOB. With more, the registered function is faster.
_MOST_SETS = 16


def not_listed(value: str, constants: Sequence[str]) -> str:
    """The condition that a value is none of these constants."""
    return f"{value} NOT IN ({', '.join(constants)})"


def full_match(column: str, pattern: str) -> str:
    """The condition that a whole value matches. For short fixed forms, it is the faster GLOB."""
    short = glob(pattern)
    if short is None:
        return f"regexp_full_match({column}, {literal(pattern)})"
    return f"{column} GLOB {literal(short)}"


def glob(pattern: str) -> str | None:
    """The GLOB for a pattern of characters and sets in fixed numbers; None for any other pattern."""
    parts: list[str] = []
    place = 0
    while place < len(pattern):
        match = _GLOB_PART.match(pattern, place)
        if match is None or (match.end() < len(pattern) and pattern[match.end()] in "?*+{|"):
            return None
        chosen, times, char = match.groups()
        parts += [chosen] * int(times or 1) if chosen else [char]
        place = match.end()
    sets = sum(part.startswith("[") for part in parts)
    return "".join(parts) if parts and sets <= _MOST_SETS else None


class SqlDialect(NamedTuple):
    """The SQL of one engine where the engines differ. `{x}` is a column."""

    name: str
    #: Whether a text is a day that exists in the calendar, as YYYY-MM-DD.
    is_date: str
    #: `types.numerals.number_key` of a column.
    number_key: Callable[[str], str]
    #: `types.instants.instant_key` of a column.
    instant_key: Callable[[str], str]
    #: `types.instants.time_key` of a column.
    time_key: Callable[[str], str]
    #: Whether a text is not a plain integer of usual size: a cheap first test.
    odd_integer: str
    #: The comparison of such an integer with a number (column, operator, number): a cheap first test.
    compare_plain: Callable[[str, str, str], str]
    #: A number as a double, which may be wrong in its last digit.
    double: str
    #: Whether a number has other characters than digits, a point and a minus.
    odd_number: str
    #: What `FieldType.judge` gives for a column, and the first constraint that only Python checks and
    #: that the text breaks; "" if it breaks none.
    judged: Callable[[str, FieldType], str]
    broken: Callable[[str, FieldType], str]
    #: Whether a text has more than `{n}` characters.
    longer: str = "length({x}) > {n}"
    #: The condition that a value is none of these constants.
    not_listed: Callable[[str, Sequence[str]], str] = not_listed
    #: The condition that the whole value of a column matches a pattern.
    full_match: Callable[[str, str], str] = full_match

    def may_exceed_number(self, column: str, operator: str, bound: str) -> str:
        """Cheap SQL that holds at least where a number compares with a bound as `operator` says.

        A double says nothing of a text with unusual characters, or with too many.
        """
        odd = f"{self.odd_number.format(x=column)} OR length({column}) > {_MOST_CHARACTERS}"
        return f"({odd} OR {self.double.format(x=column)} {operator[0]} {_near(column, operator, bound)})"


def identifier(name: str) -> str:
    """A name in SQL, in quotes."""
    return '"' + name.replace('"', '""') + '"'


def without_words(value: str, words: Sequence[str]) -> str:
    """SQL for a value, NULL if it is one of these words. Its size and depth do not multiply."""
    cases = " ".join(f"WHEN {literal(word)} THEN NULL" for word in dict.fromkeys(words))
    return f"CASE {value} {cases} ELSE {value} END" if words else value


def constant(value: str | int | float) -> str:
    """A text or a number as SQL writes it."""
    return literal(value) if isinstance(value, str) else repr(value)


#: Doubles of two different numbers with at most this many digits differ by more than their errors.
_SURE_DIGITS = 14
#: The room for errors, of numbers with few digits and of longer ones, as parts of the number.
_SURE, _UNSURE = 5e-15, 1e-12
#: Plain numbers of at most this many characters are 0 or farther from 0 than `_LEAST`.
_MOST_CHARACTERS, _LEAST, _MOST = 100, 1e-150, 1e300


def _near(column: str, operator: str, bound: str) -> str:
    """SQL for a bound with room for errors: less room for a number of few digits."""
    limits = [_limit(operator, bound, room) for room in (_SURE, _UNSURE)]
    if len(bound.strip("+-").replace(".", "")) > _SURE_DIGITS or bound.strip("+-.0123456789") != "":
        limits[0] = limits[1]
    if limits[0] == limits[1]:
        return repr(limits[0])
    return f"CASE WHEN length({column}) <= {_SURE_DIGITS} THEN {limits[0]!r} ELSE {limits[1]!r} END"


def _limit(operator: str, bound: str, room: float) -> float:
    """The bound as a double, moved so that no error of a double hides what exceeds it."""
    near = float(bound)
    is_zero = not bound.lower().partition("e")[0].strip("+-.0")
    near = min(max(near, -_MOST), _MOST)
    if not is_zero and abs(near) < _LEAST:
        near = _LEAST if not bound.startswith("-") else -_LEAST
    away = max(abs(near) * room, _LEAST / 10)
    if room == _SURE and len(operator) == 1:  # numbers equal to the bound do not exceed it
        away = -away if not is_zero else 0.0
    elif is_zero and len(operator) == 1:
        away = 0.0
    return near + away if operator[0] == "<" else near - away
