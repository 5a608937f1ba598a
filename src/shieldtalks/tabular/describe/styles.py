"""Ways to write numbers and days that people understand, but that no type of a descriptor reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .guess import quoted
from .names import word_set

_DIGITS = r"[0-9][0-9., \u00a0\u202f'\u2019]*"
_PLAIN = re.compile(rf"[+-]?{_DIGITS}")

#: How numbers can be written, with what it is and what to write instead.
_NUMBERS = (
    (re.compile(rf"{_DIGITS}-"), "numbers with the minus sign at the end", "write it in front"),
    (
        re.compile(rf"\(\$?{_DIGITS}\)"),
        "numbers of which the negative ones are in parentheses",
        "write a minus sign in front",
    ),
    (
        re.compile(rf"[\u2212\u2013]{_DIGITS}"),
        "numbers with a dash as the minus sign",
        'write the sign "-" of the keyboard',
    ),
    (
        re.compile(rf"(<|>|<=|>=|~|ca?\. ?|≤|≥|≈){_DIGITS}"),
        'numbers, some with a sign such as "<" before them',
        "move the sign into a column of its own",
    ),
    (
        re.compile(r"[0-9]{1,4}:[0-5][0-9](:[0-5][0-9])?"),
        "lengths of time",
        "write them as durations such as PT36H15M, or as numbers of minutes",
    ),
)

#: Beginnings of the names of months that are not those of English.
_MONTHS = word_set(
    "jän mär mai okt dez janv févr fev mars avr juin juil août aout déc ene abr ago dic gen mag giu lug "
    "set ott jan fev maio out mrt mei sty lut kwi maj cze lip sie wrz paź lis gru oca şub nis haz tem ağu "
    "eyl eki kas ara led úno bře dub kvě čvn srp zář říj pro янв фев мар апр мая июн июл авг сен окт ноя "
    "дек feb apr jun jul aug sep nov dec"
)
_NAMED_DAY = re.compile(
    r"[0-9]{1,2}(?:er|º)?\.?[-/ ](?:de )?([^\W\d_]{3,10})\.?,?[-/ ](?:de )?(?:[0-9]{4}|[0-9]{2})"
)
_HALF_ZONE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9.]+)?[+-][0-9]{2}")


def style(values: Sequence[str]) -> str:
    """What values seem to be that no type reads, and what to do about it, in words; "" if nothing is."""
    if not values:
        return ""
    for form, what, advice in _NUMBERS:
        odd = [value for value in values if form.fullmatch(value)]
        if odd and all(_PLAIN.fullmatch(value) or form.fullmatch(value) for value in values):
            return f"the values such as {quoted(odd[0])} seem to be {what}; no type reads them: {advice}"
    if all(map(_is_named_day, values)):
        what = f"the values such as {quoted(values[0])} seem to be days with names of months"
        return f"{what} that are not English; no type reads them: write days such as 2021-05-03"
    if all(map(_HALF_ZONE.fullmatch, values)):
        what = f"the values such as {quoted(values[0])} seem to be points in time"
        return f"{what}, but their time zone has no minutes: write +02:00"
    return ""


def _is_named_day(value: str) -> bool:
    found = _NAMED_DAY.fullmatch(value.strip())
    return found is not None and any(found[1].casefold().startswith(month) for month in _MONTHS)
