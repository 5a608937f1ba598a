"""Numbers by their digits: exact at any size and length, unlike a double or an integer of 64 bits."""

from __future__ import annotations

import re
from functools import lru_cache

#: The form of a finite number.
FINITE = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
#: The forms of the numbers that have no digits, in any case.
WITHOUT_DIGITS = "[nN][aA][nN]|-?[iI][nN][fF]"

#: The keys of the numbers that have no digits. `NaN` is equal to itself and has no order.
NAN, LOWEST, HIGHEST = "NaN", "!", "~"
_WORDS = {"nan": NAN, "inf": HIGHEST, "-inf": LOWEST}

#: Exponents beyond this one count as this one, so that they fit into the integers of every engine.
FARTHEST = 10**18
#: Added to the place of the first digit, so that it is positive; and the width in which it is written.
ORIGIN, WIDTH = 10**19, 20

_PARTS = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?)([0-9]+))?")
_COMPLEMENT = str.maketrans("0123456789", "9876543210")


def parts(text: str) -> tuple[bool, str, int] | None:
    """A finite number as its sign, its digits and its place; None for any other text.

    The number is 0.DIGITS times ten to the power of the place. The digits neither begin nor end
    with 0; those of 0 are empty. The sign is True if the number is less than 0.
    """
    match = _PARTS.fullmatch(text)
    if match is None or not (match[2] or match[3]):
        return None
    fraction = match[3] or ""
    digits = (match[2] + fraction).lstrip("0")
    place = _exponent(match[4], match[5] or "0") + len(digits) - len(fraction)
    stripped = digits.rstrip("0")
    return match[1] == "-" and bool(stripped), stripped, place if stripped else 0


def _exponent(sign: str, digits: str) -> int:
    digits = digits.lstrip("0")
    size = FARTHEST if len(digits) > len(str(FARTHEST)) else min(int(digits or "0"), FARTHEST)
    return -size if sign == "-" else size


@lru_cache(maxsize=4096)
def number_key(text: str | None) -> str | None:
    """A text that is equal for equal numbers, and whose order is that of the numbers.

    None for a text that is not a number. DuckDB computes the same in SQL (`engine.duckdb_values`).
    """
    if text is None:
        return None
    found = parts(text)
    if found is None:
        return _WORDS.get(text.lower())
    negative, digits, place = found
    if not digits:
        return "0"
    if negative:
        return f"-{ORIGIN - place:0{WIDTH}}{digits.translate(_COMPLEMENT)}~"
    return f"1{ORIGIN + place:0{WIDTH}}{digits}"


def whole_digits(text: str) -> str | None:
    """A whole number without needless zeros and plus; None if the number is not whole, or endless."""
    found = parts(text)
    if found is None:
        return None
    negative, digits, place = found
    if not digits:
        return "0"
    if not len(digits) <= place <= 1_000_000:
        return None
    return "-" * negative + digits.ljust(place, "0")
