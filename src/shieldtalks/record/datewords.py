"""Dates of the record in words, such as "in or before 2013" for `../2013`."""

from __future__ import annotations

from calendar import month_abbr, month_name
from collections.abc import Sequence

_QUALIFIERS = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}


def date_words(edtf: str, *, short: bool = False) -> str:
    """An EDTF date in words. Text that is not a supported EDTF date is returned unchanged.

    With `short`, the names of months have three letters.
    """
    months = list(month_abbr if short else month_name)
    first, slash, last = edtf.partition("/")
    try:
        if not slash:
            return _day(first, months)
        if first == "..":
            return f"{_preposition(last)} or before {_day(last, months)}"
        if last == "..":
            return f"from {_day(first, months)} on"
        return f"between {_day(first, months)} and {_day(last, months)}"
    except (ValueError, IndexError):
        return edtf


def _preposition(value: str) -> str:
    return "on" if value.count("-") == 2 else "in"


def _day(value: str, months: Sequence[str]) -> str:
    qualifier = _QUALIFIERS.get(value[-1:], "")
    year, *rest = value.rstrip("?~%").split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    words += [months[int(rest[0])]] if rest else []
    return qualifier + " ".join([*words, year])
