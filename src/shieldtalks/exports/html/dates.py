"""Dates in as few words as a chart or a table has room for."""

from __future__ import annotations

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short(edtf: str | None) -> str:
    """An EDTF value in few words: `by 2013`, `from 5 Nov 2008`."""
    if not edtf:
        return "undated"
    first, slash, last = edtf.partition("/")
    if not slash:
        return _sign(first) + _day(first)
    if first == "..":
        return f"by {_sign(last)}{_day(last)}"
    if last == "..":
        return f"from {_sign(first)}{_day(first)}"
    begin, end = _day(first), _day(last)
    for length in range(3, 0, -1):  # a year or month that both ends share is written once
        shared = end.split(" ")[-length:]
        if begin.split(" ")[-length:] == shared and len(begin.split(" ")) > length:
            begin = " ".join(begin.split(" ")[:-length])
            break
    return f"{_sign(first) or _sign(last)}{begin}–{end}"


def _sign(value: str) -> str:
    """The sign for an approximate or uncertain date; "" for any other."""
    return {"~": "~", "?": "?", "%": "?~"}.get(value[-1:], "")


def _day(value: str) -> str:
    year, *rest = value.rstrip("?~%").split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([MONTHS[int(rest[0]) - 1]] if rest else []), year])
