"""Dates of the record in words, such as "in or before 2013" for `../2013`."""

from __future__ import annotations

from calendar import month_name

_QUALIFIERS = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}


def date_words(edtf: str) -> str:
    """An EDTF date in words. Text that is not a supported EDTF date is returned unchanged."""
    first, slash, last = edtf.partition("/")
    try:
        if not slash:
            return _day(first)
        if first == "..":
            return f"{_preposition(last)} or before {_day(last)}"
        if last == "..":
            return f"from {_day(first)} on"
        return f"between {_day(first)} and {_day(last)}"
    except (ValueError, IndexError):
        return edtf


def _preposition(value: str) -> str:
    return "on" if value.count("-") == 2 else "in"


def _day(value: str) -> str:
    qualifier = _QUALIFIERS.get(value[-1:], "")
    year, *rest = value.rstrip("?~%").split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    words += [month_name[int(rest[0])]] if rest else []
    return qualifier + " ".join([*words, year])
