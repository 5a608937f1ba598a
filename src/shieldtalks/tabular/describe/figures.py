"""The type of a column of numbers: whole or not, how they are written, and numbers for "no value"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from . import names
from .guess import CERTAIN, LIKELY, many, quoted
from .missing import in_order
from .numbers_written import Numbers, readable

if TYPE_CHECKING:
    from .datatype import Context, Draft, _Sayer

_NAMES = {
    ".": "a point",
    ",": "a comma",
    " ": "a blank",
    "'": "an apostrophe",
    "\u2019": "an apostrophe",
}
_NAMES |= {
    "\u00a0": "a blank that does not break",
    "\u202f": "a narrow blank",
    "\u2009": "a thin blank",
}


def as_number(draft: Draft, say: _Sayer, context: Context) -> bool:
    """Make a column of numbers an integer or a number. Returns whether it was possible."""
    numbers = draft.seen.numbers
    if numbers.integers.is_perfect:
        say.type("integer", say.all("are whole numbers"))
        _perhaps_days(draft, say)
        _sentinels(draft, say)
        return True
    units = [unit for unit in numbers.units if any(unit)]
    if len(units) > 1:
        shown = ", ".join(quoted("".join(unit)) for unit in units[:3])
        say.note("type", f"numbers with different units: {shown}")
        return False
    way, certainty, why = _way(numbers, context)
    if way is None:
        say.note("type", why)
        return False
    decimal, group = way
    words: dict[str, Any] = {}
    has_decimals = numbers.with_decimals[way] > 0 or numbers.special > 0
    if decimal != "." and has_decimals:
        words["decimalChar"] = decimal
    if group:
        words["groupChar"] = group
    if not has_decimals:
        between = f", with {_NAMES[group]} between thousands" if group else ""
        why = why.replace(_told(way), f"are whole numbers{between}")
    if units:
        words["bareNumber"] = False
        why += f"; they are written with {quoted(''.join(units[0]))}"
    say.type("number" if has_decimals else "integer", say.all(why), certainty, **words)
    _shortened(draft, say)
    _sentinels(draft, say)
    return True


#: The days from 1954 to 2064, as Excel counts them.
_FIRST_DAY, _LAST_DAY = 20_000, 60_000


def _perhaps_days(draft: Draft, say: _Sayer) -> None:
    """Say that whole numbers may be days."""
    seen, low, high = draft.seen, draft.seen.numbers.lowest, draft.seen.numbers.highest
    if seen.moments.fit.is_perfect and seen.natives <= {"number"}:
        choice = 'set the type to date and the format to "%Y%m%d"'
        say.note("type", f"the numbers may be days such as {quoted(seen.example)}; if so, {choice}")
        return
    unit = _since_1970(low, high)
    if unit and names.has(draft.name, names.DATE_WORDS | names.TIME_WORDS):
        said = f"the numbers such as {seen.example} may be {unit} since 1970, for which there is no type"
        say.note("type", f"{said}; they stay whole numbers")
        return
    is_near = low is not None and high is not None and _FIRST_DAY <= low <= high <= _LAST_DAY
    if is_near and names.has(draft.name, names.DATE_WORDS):
        what = f"the numbers such as {seen.example} may be days as Excel counts them"
        say.note("type", f"{what}; if so, format the cells as dates before you save the file")


def _since_1970(low: float | None, high: float | None) -> str:
    """The unit in which whole numbers may be points in time from 1980 to 2100; "" if they may not."""
    if low is None or high is None:
        return ""
    for factor, unit in ((1, "seconds"), (1000, "milliseconds"), (1_000_000, "microseconds")):
        if low / factor >= 315_532_800 and high / factor <= 4_102_444_800:
            return unit
    return ""


#: Long numbers as Excel writes them into a text file.
_SHORTENED = re.compile(r"[0-9][.,][0-9]{1,8}E\+[0-9]{2}")


def _shortened(draft: Draft, say: _Sayer) -> None:
    """Say that Excel has cut long numbers."""
    seen = draft.seen
    if any(map(_SHORTENED.fullmatch, seen.first)) and names.has(
        draft.name, names.DIGIT_WORDS | names.KEY_WORDS
    ):
        example = next(filter(_SHORTENED.fullmatch, seen.first))
        what = (
            f"{quoted(example)} is a long number as Excel writes it, and its last digits are lost"
        )
        say.note("type", f"{what}: format the column as text before you save the file")


def _way(numbers: Numbers, context: Context) -> tuple[tuple[str, str] | None, Any, str]:
    """How all numbers of a column are written, how certain that is, and why."""
    ways = readable(numbers)
    if not ways:
        return None, CERTAIN, "numbers are written in several ways, with points and with commas"
    sure = {char for (what, char), count in numbers.sure.items() if what == "decimal" and count}
    plain = [way for way in ways if not way[1]]
    if sure:
        best = next((way for way in ways if way[0] in sure), ways[0])
        return best, CERTAIN, _told(best)
    if not plain or not numbers.one_group:
        return ways[0], CERTAIN, _told(ways[0])
    # Every mark has three digits after it: decimals, or a group of thousands.
    mark = plain[0][0]
    grouped = next((way for way in ways if way[1] == mark), None)
    if grouped is None or numbers.ungrouped:
        return plain[0], CERTAIN, _told(plain[0])
    if context.decimal:
        best = plain[0] if context.decimal == mark else grouped
        return best, LIKELY, f"{_told(best)}, as in other columns of this file"
    if numbers.integers.fits:
        return grouped, LIKELY, f"{_told(grouped)}: those below a thousand have none"
    if mark == "." and context.delimiter != ";":
        return plain[0], LIKELY, _told(plain[0])
    return None, CERTAIN, f"{_NAMES[mark]} before three digits may begin decimals or thousands"


def _told(way: tuple[str, str]) -> str:
    decimal, group = way
    thousands = f" and {_NAMES[group]} between thousands" if group else ""
    return f"are numbers, with {_NAMES[decimal]} before decimals{thousands}"


def _sentinels(draft: Draft, say: _Sayer) -> None:
    """Numbers such as -99 that stand apart from all others and repeat."""
    seen, numbers = draft.seen, draft.seen.numbers
    low, high = numbers.lowest, numbers.highest
    if low is None or high is None:
        return
    for text, count in sorted(seen.sentinels.items()):
        apart = float(text)
        is_far = abs(apart) > 5 * max(abs(low), abs(high), 1)
        if apart > 0 and is_far and count > 1:
            say.note(
                "missingValues", f"{text} occurs {many(count, 'time')} and is far from all others"
            )
        elif apart < 0 and count > 1 and (low >= 0 or is_far):
            draft.missing.append(text)
            what = "the only number below 0" if low >= 0 else "far from all others"
            evidence = f"{text} occurs {many(count, 'time')} and is {what}"
            say.guesses.add("missingValues", in_order(draft.missing), evidence, LIKELY, draft.name)
