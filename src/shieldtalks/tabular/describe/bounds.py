"""Bounds that mean something: shares, places on the map, parts of the calendar, counts."""

from __future__ import annotations

from collections.abc import Sequence

from . import names
from .datatype import Draft
from .guess import CERTAIN, LIKELY, Guesses, many

#: Words of a name, with the bounds that follow from them; a column that exceeds them has none.
_BOUNDS: tuple[tuple[frozenset[str], float, float | None, str], ...] = (
    (frozenset(("latitude", "lat", "breitengrad")), -90, 90, "a latitude"),
    (frozenset(("longitude", "lon", "lng", "laengengrad", "längengrad")), -180, 180, "a longitude"),
    (
        frozenset(("percent", "percentage", "pct", "prozent", "pourcentage", "perc")),
        0,
        100,
        "a percentage",
    ),
    (frozenset(("share", "probability", "prob", "proportion", "fraction")), 0, 1, "a share"),
    (frozenset(("month", "monat", "mois")), 1, 12, "a month"),
    (frozenset(("weekday", "wochentag")), 0, 7, "a day of the week"),
    (frozenset(("hour", "stunde", "heure")), 0, 24, "an hour"),
    (frozenset(("quarter", "quartal")), 1, 4, "a quarter"),
    (
        frozenset(("count", "quantity", "qty", "population", "anzahl", "menge", "einwohner")),
        0,
        None,
        "a count",
    ),
    (frozenset(("age", "alter")), 0, None, "an age"),
)
#: Bounds with names that are also used for other things need values that reach far into them.
_SPREAD = 0.3


def bounds(drafts: Sequence[Draft], linked: set[str], guesses: Guesses) -> None:
    """Give numbers the bounds that their names and values call for."""
    for draft in drafts:
        numbers = draft.seen.numbers
        if (
            draft.type not in ("integer", "number")
            or draft.name in linked
            or "enum" in draft.constraints
        ):
            continue
        if numbers.lowest is None or numbers.highest is None or draft.words.get("groupChar"):
            continue
        if numbers.special or _has_nan(draft):  # NaN has no order, and INF is beyond every bound
            continue
        # A number such as -99 that is no missing value is a value like others.
        others = [float(text) for text in draft.seen.sentinels if text not in draft.missing]
        low, high = min(numbers.lowest, *others, 1e300), max(numbers.highest, *others, -1e300)
        found = _found(draft, low, high)
        if found is None:
            continue
        least, most, what = found
        draft.constraints["minimum"] = least
        if most is not None:
            draft.constraints["maximum"] = most
        shown = f"from {least}" + (f" to {most}" if most is not None else " up")
        evidence = f"its name says that it is {what}, and all {many(draft.seen.filled, 'value')} are {shown}"
        certainty = (
            CERTAIN if most is not None and high - low > _SPREAD * (most - least) else LIKELY
        )
        about = "minimum and maximum" if most is not None else "minimum"
        guesses.add(
            about, [least, most] if most is not None else least, evidence, certainty, draft.name
        )


def _has_nan(draft: Draft) -> bool:
    """Whether NaN is a value of a column, and not a text for "no value"."""
    return any(mark.casefold() == "nan" and mark not in draft.missing for mark in draft.seen.marks)


def _found(draft: Draft, low: float, high: float) -> tuple[int, int | None, str] | None:
    percent = draft.words.get("bareNumber") is False and any(
        "%" in unit for unit in draft.seen.numbers.units
    )
    for wanted, least, most, what in _BOUNDS:
        if (
            (
                names.has(draft.name, wanted)
                or (what == "a percentage" and (percent or "%" in draft.name))
            )
            and low >= least
            and (most is None or high <= most)
        ):
            return int(least), None if most is None else int(most), what
    return None
