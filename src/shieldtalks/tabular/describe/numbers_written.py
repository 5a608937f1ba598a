"""How numbers are written in a column: decimal point or comma, grouped digits, units around them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from math import isfinite

from .missing import SENTINELS
from .names import word_set
from .tracking import Fit, Place

#: The ways to write a number: the decimal character and the one between groups of digits ("" = none).
WAYS: tuple[tuple[str, str], ...] = (
    (".", ""),
    (",", ""),
    (".", ","),
    (",", "."),
    (".", " "),
    (",", " "),
)
WAYS += ((".", "\u00a0"), (",", "\u00a0"), (".", "\u202f"), (",", "\u202f"), (".", "'"), (",", "'"))
WAYS += ((".", "\u2019"), (",", "\u2019"), (".", "\u2009"), (",", "\u2009"))

_GROUPS = "., \u00a0\u202f\u2009'\u2019"
_PLAIN = re.compile(r"[+-]?[0-9]+")
_SIMPLE = re.compile(
    r"[+-]?([0-9]+([.,])[0-9]*|([.,])[0-9]+)([eE][+-]?[0-9]+)?|[+-]?[0-9]+[eE][+-]?[0-9]+"
)
_GROUPED = re.compile(
    rf"[+-]?[1-9][0-9]{{0,2}}([{_GROUPS}])[0-9]{{3}}(\1[0-9]{{3}})*(([.,])[0-9]+)?"
)
#: As in India: thousands, then hundreds of them.
_BY_HUNDREDS = re.compile(r"[+-]?[1-9][0-9]?(,[0-9]{2})+,[0-9]{3}(\.[0-9]+)?")
_SPECIAL = re.compile("nan|-?inf", re.IGNORECASE)
_AROUND = re.compile(
    r"([^0-9+.,-]{0,4}?)([+-]?[0-9][0-9., \u00a0\u202f\u2009'\u2019]*?)([ \u00a0\u202f]?[^0-9 \u00a0.,]{0,4})"
)

#: What may surround a number that is to be read as a number.
UNITS = word_set(
    "% ‰ $ € £ ¥ ₽ ₺ ₹ ₩ ₪ ฿ zł kr Kč Ft TL lei лв 원 円 元 US$ A$ C$ R$ EUR USD GBP CHF JPY CNY KRW INR "
    "TRY RUB PLN CZK HUF SEK NOK DKK BRL CAD AUD"
)
#: Units that may follow a number. One letter needs a blank before it: "5 m" is a length, "5m" may be a name.
_MEASURES = word_set(
    "km m cm mm m² km² m³ ha kg g mg t l ml h min s ms °C °F K V W kW kWh MW MWh GWh Hz kB MB GB pcs Stk"
)

_PLAIN_WAYS = frozenset(WAYS)

# Many values at once: numbers that can be read in one way only, one on each line.
_ALL_WHOLE = re.compile(r"(?:-?[1-9][0-9]{0,17}|0)(?:\n(?:-?[1-9][0-9]{0,17}|0))*")
_ALL_DECIMAL = re.compile(
    r"-?[0-9]{1,17}\.(?:[0-9]{1,2}|[0-9]{4,17})(?:\n-?[0-9]{1,17}\.(?:[0-9]{1,2}|[0-9]{4,17}))*"
)
_POINT_WAYS = [way for way in WAYS if way[0] == "."]


@dataclass(slots=True)
class Numbers:
    """The numbers of a column."""

    integers: Fit = field(default_factory=Fit)
    numbers: Fit = field(default_factory=Fit)
    #: How many values can be read in each way.
    ways: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: How many values can only be read with this decimal character, or with groups of it.
    sure: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: How many values that can be read in a way certainly have decimals then.
    with_decimals: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: What surrounds the numbers, and how often.
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: How many whole numbers begin with a zero that a number does not need.
    padded: int = 0
    #: How many whole numbers begin with a plus sign.
    plus: int = 0
    #: How many values have no digits, such as NaN.
    special: int = 0
    #: How many whole numbers have more than three digits in a row, so that groups are not used.
    ungrouped: int = 0
    #: How many numbers have one group of three digits, which may be decimals.
    one_group: int = 0
    lowest: float | None = None
    highest: float | None = None
    longest: int = 0

    @property
    def is_alive(self) -> bool:
        """Whether the column may still be one of numbers."""
        return not self.numbers.is_given_up

    @property
    def decimals(self) -> int:
        """How many numbers certainly have decimals."""
        return sum(count for (what, _), count in self.sure.items() if what == "decimal")

    def add_alike(self, values: list[str]) -> bool:
        """Count values that are all plain whole numbers, or all have plain decimals; False if they do not."""
        joined = "\n".join(values)
        if joined.count("\n") != len(values) - 1:
            return False
        is_whole = _ALL_WHOLE.fullmatch(joined) is not None
        if not is_whole and _ALL_DECIMAL.fullmatch(joined) is None:
            return False
        count = len(values)
        self.numbers.add_fitting(count)
        self.units["", ""] += count
        if is_whole:
            self.integers.add_fitting(count)
            ways = list(WAYS)
            self._add_whole(values, "-" in joined)
        else:
            if not self.integers.is_given_up:
                self.integers.tested += count
                self.integers.misfits += count
            ways = _POINT_WAYS
            self.sure["decimal", "."] += count
            self.with_decimals.update(dict.fromkeys(ways, count))
            plain = list(map(float, values))
            self._widen(min(plain), max(plain))
        self.ways.update(dict.fromkeys(ways, count))
        return True

    def _add_whole(self, values: list[str], has_signs: bool) -> None:
        """Note the lengths and the bounds of whole numbers without zeros before them."""
        digits = [value.lstrip("-") for value in values] if has_signs else values
        sizes = Counter(map(len, digits))
        shortest, longest = min(sizes), max(sizes)
        self.longest = max(self.longest, longest)
        self.ungrouped += sum(count for size, count in sizes.items() if size > 3)
        if has_signs:
            plain = list(map(int, values))
            self._widen(float(min(plain)), float(max(plain)))
            return
        # Of numbers of one length, the order is that of texts.
        low, high = values, values
        if len(sizes) > 1:
            low = [value for value in values if len(value) == shortest]
            high = [value for value in values if len(value) == longest]
        self._widen(float(min(low)), float(max(high)))

    def add(self, value: str, place: Place) -> None:
        """Count a value."""
        if _PLAIN.fullmatch(value):
            self._plain(value, place)
            return
        self.integers.add(False, value, place)
        before, after, number = "", "", value
        ways = _ways(value, self.sure)
        if not ways and (around := _AROUND.fullmatch(value)) is not None:
            before, number, after = around[1], around[2], around[3]
            if _is_unit(before, after) and value == value.strip():
                ways = _PLAIN_WAYS if _PLAIN.fullmatch(number) else _ways(number, self.sure)
        if _SPECIAL.fullmatch(value):
            self.special += 1
            ways = _PLAIN_WAYS
        self.numbers.add(bool(ways), value, place)
        if not ways:
            return
        self.ways.update(ways)
        self.with_decimals.update(way for way in ways if way[0] in number or "e" in number.lower())
        self.units[before.strip(), after.strip()] += 1
        if _GROUPED.fullmatch(number) and sum(number.count(char) for char in _GROUPS) == 1:
            self.one_group += 1
        self._bounds(number)

    def _plain(self, value: str, place: Place) -> None:
        self.integers.add(True, value, place)
        self.numbers.add(True, value, place)
        self.ways.update(WAYS)
        self.units["", ""] += 1
        digits = value.lstrip("+-")
        self.longest = max(self.longest, len(digits))
        self.plus += value[0] == "+"
        self.padded += len(digits) > 1 and digits[0] == "0"
        self.ungrouped += len(digits) > 3
        self._bounds(value)

    def _bounds(self, text: str) -> None:
        """Keep the bounds. Numbers that may mean "no value" do not count, nor do very long ones."""
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return
        if text in SENTINELS or not isfinite(number):
            return
        self._widen(number, number)

    def _widen(self, low: float, high: float) -> None:
        self.lowest = low if self.lowest is None else min(self.lowest, low)
        self.highest = high if self.highest is None else max(self.highest, high)


def _is_unit(before: str, after: str) -> bool:
    """Whether what is around a number is its unit."""
    first, last = before.strip(), after.strip()
    if not first and last in _MEASURES:
        return len(last) > 1 or after != last
    return {first, last} <= UNITS | {""} and bool(first or last)


def _ways(value: str, sure: Counter[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The ways in which a text that is not only digits can be read as a number."""
    ways: set[tuple[str, str]] = set()
    if (simple := _SIMPLE.fullmatch(value)) is not None:
        decimal = simple[2] or simple[3]
        ways |= {way for way in WAYS if (way[0] == decimal and way[1] != decimal) or not decimal}
    if (grouped := _GROUPED.fullmatch(value)) is not None:
        group, decimal = grouped[1], grouped[4]
        found = {way for way in WAYS if way[1] == group and decimal in (None, way[0])}
        ways |= {way for way in found if way[0] != group}
    if _BY_HUNDREDS.fullmatch(value) is not None:
        ways.add((".", ","))
    if len({way[0] for way in ways}) == 1:
        sure["decimal", next(iter(ways))[0]] += 1
    if ways and len({way[1] for way in ways}) == 1:
        sure["group", next(iter(ways))[1]] += 1
    return frozenset(ways)


def readable(numbers: Numbers) -> list[tuple[str, str]]:
    """The ways in which every number of the column can be read, the plainest first."""
    return [way for way in WAYS if numbers.ways[way] == numbers.numbers.fits]
