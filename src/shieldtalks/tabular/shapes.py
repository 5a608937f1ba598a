"""What a cell looks like, as far as the first lines of a file need it to find the dialect."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"[+-]?(\d{1,3}([.,'\u2019 \u00a0\u202f]\d{3})+|\d+)([.,]\d+)?([eE][+-]?\d+)?|[+-]?[.,]\d+"
)
_DATE = re.compile(
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}([T ]\d{1,2}:\d{2}.*)?|\d{1,2}([-/.])\d{1,2}\3\d{2,4}([T ]\d{1,2}:\d{2}.*)?"
    r"|\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?|\d{4}-\d{2}"
)
_WORD = re.compile(r"[^,;|\t\"\n]*")


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with a decimal point or a decimal comma."""
    return _NUMBER.fullmatch(cell) is not None


def is_date(cell: str) -> bool:
    """Whether a cell is a date or a time."""
    return _DATE.fullmatch(cell) is not None


def is_value(cell: str) -> bool:
    """Whether a cell is a number, a date or a time: what a column has, and a header hardly ever."""
    return is_number(cell) or is_date(cell)


def is_year(cell: str) -> bool:
    """Whether a cell is a year of our time, which a header can have."""
    return len(cell) == 4 and cell.isdecimal() and "1500" <= cell <= "2200"


def plainness(cell: str) -> float:
    """How much a cell looks like one, and not like several or like a part of one: from 0 to 1."""
    if is_value(cell):
        return 1
    if _WORD.fullmatch(cell) is None:
        return 0.01
    return 1 if cell == cell.strip() else 0.9
