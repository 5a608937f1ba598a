"""Dates in the words of an article, worked out from the day of publication. They are proposals to check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?!\w)"
)
_YEAR = r"(?P<year>[12][0-9]{3})"

_CALENDAR = re.compile(rf"\b{_MONTH} (?P<day>[0-9]{{1,2}})(?![0-9])(?:, {_YEAR})?")
_DAY_FIRST = re.compile(rf"\b(?P<day>[0-9]{{1,2}}) {_MONTH}(?![a-z])(?: {_YEAR})?")
_IN_MONTH = re.compile(
    rf"\b(?P<how>[Ii]n|[Bb]y|[Ss]ince) {_MONTH}(?! ?[0-9]{{1,2}}\b)(?: {_YEAR})?"
)
_IN_YEAR = re.compile(rf"\b(?P<how>[Ii]n|[Bb]y|[Ss]ince) {_YEAR}\b")
_WEEKDAY = re.compile(
    rf"\b(?:(?P<how>last|next|this) )?(?P<name>{'|'.join(_DAYS)})\b", re.IGNORECASE
)
_UNIT = re.compile(r"\b(?P<how>last|next|this) (?P<unit>week|month|year)\b", re.IGNORECASE)
_NEAR = re.compile(r"\b(?P<name>yesterday|today|tonight|tomorrow)\b", re.IGNORECASE)
#: The place and the day of the report at its start: the day is no date of what is told.
_DATELINE = re.compile(r"(?:[0-9]+\. )?[A-Z][A-Z .'-]+(?:,[^-–—]{2,40})? (?:-{1,2}|–|—) ")
_STEPS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


class Found(NamedTuple):
    """Words of the article that name a date, and the date in EDTF."""

    words: str
    edtf: str
    start: int
    #: The day if it is still to come: only for a weekday that stands alone. Otherwise "".
    coming: str = ""


def dates_in(text: str, published: date) -> list[Found]:
    """The dates that a sentence names, in the order of the text."""
    found: list[Found] = []
    dateline = _DATELINE.match(text)
    taken = set(range(dateline.end() if dateline else 0))
    for match, edtf in _matches(text, published):
        places = range(match.start(), match.end())
        if edtf and taken.isdisjoint(places):
            taken.update(places)
            found.append(Found(match.group(), edtf, match.start(), _coming(match, published)))
    return sorted(found, key=lambda one: one.start)


def _matches(text: str, published: date) -> Iterator[tuple[re.Match[str], str]]:
    """Each match with its date; the most exact kinds come first."""
    for pattern in (_CALENDAR, _DAY_FIRST):
        for match in pattern.finditer(text):
            yield match, _calendar(match, published)
    for match in _IN_MONTH.finditer(text):
        year = int(match["year"]) if match["year"] else _nearest_year(_month(match), published)
        yield match, _bounded(match["how"], f"{year:04}-{_month(match):02}")
    for match in _IN_YEAR.finditer(text):
        yield match, _bounded(match["how"], match["year"])
    for match in _WEEKDAY.finditer(text):
        yield match, _weekday(match["name"], (match["how"] or "").lower(), published)
    for match in _UNIT.finditer(text):
        step = {"last": -1, "this": 0, "next": 1}[match["how"].lower()]
        yield match, _unit(match["unit"].lower(), step, published)
    for match in _NEAR.finditer(text):
        yield match, _shifted(published, _STEPS[match["name"].lower()])


def _shifted(day: date, days: int) -> str:
    try:
        return (day + timedelta(days)).isoformat()
    except OverflowError:
        return ""


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3].lower()) + 1


def _calendar(match: re.Match[str], published: date) -> str:
    month = _month(match)
    year = int(match["year"]) if match["year"] else _nearest_year(month, published)
    try:
        return date(year, month, int(match["day"])).isoformat()
    except ValueError:
        return ""


def _nearest_year(month: int, published: date) -> int:
    """The year in which this month is nearest to the day of publication."""
    difference = month - published.month
    return published.year + (difference < -6) - (difference >= 6)


def _bounded(how: str, edtf: str) -> str:
    return {"by": f"../{edtf}", "since": f"{edtf}/.."}.get(how.lower(), edtf)


def _weekday(name: str, how: str, published: date) -> str:
    """The last such day up to publication; after "next", the first one after it."""
    back = (published.weekday() - _DAYS.index(name.lower())) % 7
    if how == "next":
        return _shifted(published, 7 - back)
    return _shifted(published, -(back or (7 if how == "last" else 0)))


def _coming(match: re.Match[str], published: date) -> str:
    if match.re is not _WEEKDAY or match["how"]:
        return ""
    return _weekday(match["name"], "next", published)


def _unit(unit: str, step: int, published: date) -> str:
    if unit == "year":
        return f"{published.year + step:04}"
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    monday = -published.weekday() + 7 * step
    first, last = _shifted(published, monday), _shifted(published, monday + 6)
    return f"{first}/{last}" if first and last else ""
