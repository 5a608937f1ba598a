"""A row of units directly below the header, such as "(km)" and "m/s": it is no row of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..shapes import is_value
from .dialect_found import Dialect
from .guess import LIKELY, few, many
from .names import word_set
from .numbers_written import UNITS

#: Symbols of units, with or without a letter before them that multiplies: km, hPa, mg.
_SYMBOLS = (
    "mol|cd|rad|sr|Hz|Pa|Ω|ohm|lm|lx|Bq|Gy|Sv|bar|eV|cal|Wh|VA|bit|dB|min|yr|"
    "m|g|s|A|K|N|J|W|V|C|F|S|T|H|l|L|t|h|d|a|B|b"
)
#: Units and words for them that stand as they are.
_WORDS = word_set(
    "% ‰ ° °C °F degC degF deg ppm ppb ppt psu pH rpm mph kph ha in ft yd mi kn psi gal lb oz acre px "
    "year years month months week weeks day days hour hours minute minutes second seconds "
    "metre metres meter meters kilometre kilometres kilometer kilometers feet inch inches mile miles "
    "gram grams kilogram kilograms tonne tonnes ton tons litre litres liter liters percent "
    "degree degrees celsius fahrenheit kelvin knot knots"
)
_WHOLE = "|".join(map(re.escape, sorted(_WORDS, key=len, reverse=True)))
_ONE = rf"(?:{_WHOLE}|[kMGTPhcdmµμnp]?(?:{_SYMBOLS}))"
_POWER = r"(?:\^?-?[0-9]|[⁻¹²³]+)?"
_UNIT = re.compile(rf"(?:1/)?{_ONE}{_POWER}(?:[ ./*·×]{_ONE}{_POWER})*")
_IN_BRACKETS = re.compile(r"\(([^()\[\]]{1,16})\)|\[([^()\[\]]{1,16})\]")
#: What is in such a row where a column has no unit.
_NO_UNIT = word_set("- -- – —")

#: This share of the values of a column that has a unit is numbers at least.
_SHARE = 0.6


def find_units(rows: Sequence[list[str]], dialect: Dialect) -> None:
    """Find a row of units directly below the header; the rows keep their places in the file."""
    number = dialect.header_row
    if not number or number >= len(rows):
        return
    units = [_unit(cell.strip()) for cell in rows[number]]
    below = [row for row in rows[number + 1 :] if any(row)]
    if any(unit is None for unit in units) or len(units) > len(dialect.header):
        return
    found = [index for index, unit in enumerate(units) if unit]
    if not found or not all(is_of_values(index, below) for index in found):
        return
    dialect.units = [unit or "" for unit in units]
    shown = few([rows[number][index].strip() for index in found])
    evidence = (
        f"row {number + 1}, below the header, has units of {many(len(found), 'column')}: {shown}; it is left "
        "out of the rows, and the descriptions of the fields have the units"
    )
    dialect.found.append(("commentRows", [number + 1], evidence, LIKELY))


def are_units(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are units, as far as they are filled."""
    units = [_unit(cell.strip()) for cell in cells]
    return None not in units and any(units)


def _unit(cell: str) -> str | None:
    """The unit in a cell, "" if the cell is empty or says that there is none, and None for any other text."""
    if not cell or cell in _NO_UNIT:
        return ""
    inside = _IN_BRACKETS.fullmatch(cell)
    if inside is not None:
        text = (inside[1] or inside[2]).strip()
        return text if text and not is_value(text) else None
    return cell if cell in UNITS or _UNIT.fullmatch(cell) else None


def is_of_values(index: int, below: Sequence[list[str]]) -> bool:
    """Whether a column has numbers, or days and times, below the unit."""
    column = [row[index].strip() for row in below if index < len(row) and row[index].strip()]
    return bool(column) and sum(map(is_value, column)) >= _SHARE * len(column)
