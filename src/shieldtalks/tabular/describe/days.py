"""The type of a column of days, times or points in time, and the format in which they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .guess import CERTAIN, LIKELY, quoted
from .moments import DATE, DATETIME, TIME, Way

if TYPE_CHECKING:
    from .datatype import Context, Draft, _Sayer


def as_moment(draft: Draft, say: _Sayer, context: Context) -> bool:
    """Make a column one of days or times. Returns whether it was possible."""
    moments = draft.seen.moments
    if not moments.fit.is_perfect:
        return False
    common = moments.common
    if not common:
        styles = {moments.examples[way]: count for way, count in _styles(moments.ways)}
        shown = [f"{quoted(example)} ({count})" for example, count in styles.items()]
        say.note(
            "type",
            f"dates are written in several ways, such as {', '.join(shown)}; one way is needed",
        )
        return False
    orders = {way[1][:2]: way for way in reversed(common)}
    if len(orders) == 1 or not orders.keys() <= _ORDERS.keys():
        return _one_format(common[0], say)
    if context.day_first is not None and "%y" not in orders:
        way, order = (orders["%d"], "day") if context.day_first else (orders["%m"], "month")
        said = f"are written as {way[1]}; another column of this file shows that the {order} comes first"
        return say.type(way[0], say.all(said), LIKELY, format=way[1])
    _open_order(list(map(orders.__getitem__, sorted(orders, key="%d %m %y".index))), say)
    draft.is_open = True
    return False


#: What comes first in a day, by the beginning of its format.
_ORDERS = {"%d": "the day", "%m": "the month", "%y": "the year"}


def _open_order(ways: list[Way], say: _Sayer) -> None:
    """Say in which orders days can be read."""
    first, last = [_ORDERS[way[1][:2]] for way in ways], [f'"{way[1]}"' for way in ways]
    what = f"no value shows whether {_one_of(first)} comes first, as in {quoted(say.draft.seen.example)}"
    say.note("type", f"{what}; set the type to {ways[0][0]} and the format to {_one_of(last)}")


def _one_of(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]])


def _styles(ways: Mapping[Way, int]) -> list[tuple[Way, int]]:
    """The most usual formats, one for each style."""
    found: dict[str, tuple[Way, int]] = {}
    for way, count in sorted(ways.items(), key=lambda item: -item[1]):
        style = "".join(sorted(way[1].replace("%d", "%m")))
        found.setdefault(style if way[1] != "default" else way[0], (way, count))
    return list(found.values())[:3]


def _one_format(way: Way, say: _Sayer) -> bool:
    kind, form = way
    noun = {DATE: "days", TIME: "times", DATETIME: "points in time"}[kind]
    if form == "default":
        return say.type(kind, say.all(f"are {noun} in the form of ISO 8601"))
    certainty = LIKELY if "%y" in form else CERTAIN
    return say.type(kind, say.all(f"are {noun} written as {form}"), certainty, format=form)
