"""EDTF dates: which values are read, which days they cover, and who else agrees."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.record import edtf, models
from shieldtalks.record.profile import OURS
from shieldtalks.tabular.engine.sqlite import Sqlite

GOOD = {
    "2008-11-05": ("2008-11-05", "2008-11-05"),
    "2008-11": ("2008-11-01", "2008-11-30"),
    "2008-12": ("2008-12-01", "2008-12-31"),
    "2008": ("2008-01-01", "2008-12-31"),
    "2008-02": ("2008-02-01", "2008-02-29"),
    "2009-02": ("2009-02-01", "2009-02-28"),
    "1900-02": ("1900-02-01", "1900-02-28"),
    "2000-02": ("2000-02-01", "2000-02-29"),
    "2008-02-29": ("2008-02-29", "2008-02-29"),
    "2008-11~": ("2008-11-01", "2008-11-30"),
    "2008-11-05?": ("2008-11-05", "2008-11-05"),
    "2008%": ("2008-01-01", "2008-12-31"),
    "0001": ("0001-01-01", "0001-12-31"),
    "9999-12-31": ("9999-12-31", "9999-12-31"),
    "../2013": (None, "2013-12-31"),
    "../2013-02~": (None, "2013-02-28"),
    "2007-04-23/..": ("2007-04-23", None),
    "2007?/..": ("2007-01-01", None),
    "2007-04/2007-06": ("2007-04-01", "2007-06-30"),
    "2007/2007": ("2007-01-01", "2007-12-31"),
    "2007-04-23/2007": ("2007-04-23", "2007-12-31"),
    "2007/2007-04-23": ("2007-01-01", "2007-04-23"),
    "2007-04~/2008-11-05%": ("2007-04-01", "2008-11-05"),
}

#: Of a form that the pattern of the schema refuses too.
MALFORMED = [
    "",
    " ",
    "..",
    "/",
    "2008/",
    "/2008",
    "2008/2009/2010",
    "2008//2009",
    "08",
    "208",
    "20008",
    "2008-1",
    "2008-11-5",
    "2008-",
    "2008-11-",
    "20081105",
    "2008/11/05",
    "2008-11-05T10:00",
    "2008-11-05Z",
    " 2008",
    "2008 ",
    "2008\n",
    "-2008",
    "+2008",
    "y20080",
    "200X",
    "20XX-11",
    "2008-XX",
    "2008??",
    "2008?~",
    "?2008",
    "2008~-11",
    "..?/2008",
    ".../2008",
    "unknown",
    "2008-21",
    "2008-00",
    "2008-13",
    "2008-11-00",
    "2008-11-32",
    "２００８",
    "٢٠٠٨",
    "2008–11",
    "../..",
    "[2008, 2009]",
    "2008..2009",
]

#: Of the right form, but no days: the pattern lets them pass, the bounds do not.
OFF_THE_CALENDAR = {
    "2008-02-30": "is not in the calendar",
    "2009-02-29": "is not in the calendar",
    "1900-02-29": "is not in the calendar",
    "2008-04-31?": "is not in the calendar",
    "../2008-06-31": "is not in the calendar",
    "2009-02-29/2009-03": "is not in the calendar",
    "0000": "has no valid year",
    "0000-01-01": "has no valid year",
    "../0000": "has no valid year",
    "2009/2008": "ends before it starts",
    "2008-11-06/2008-11-05": "ends before it starts",
    "2008-12/2008-11~": "ends before it starts",
}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@pytest.mark.parametrize(("value", "days"), GOOD.items(), ids=GOOD.keys())
def test_bounds(value: str, days: tuple[str | None, str | None]) -> None:
    earliest, latest = edtf.bounds(value)
    assert (_iso(earliest), _iso(latest)) == days


@pytest.mark.parametrize("value", MALFORMED, ids=ascii)
def test_malformed(value: str) -> None:
    with pytest.raises(
        ValueError, match=r"is not an EDTF date|is not in the calendar|no valid year|open on both"
    ):
        edtf.bounds(value)


@pytest.mark.parametrize(("value", "message"), OFF_THE_CALENDAR.items())
def test_off_the_calendar(value: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        edtf.bounds(value)


# Values of the supported form


def _text(day: date, precision: int, qualifier: str) -> str:
    return day.isoformat()[:precision] + qualifier


_days = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2006, 1, 1), date(2010, 1, 1))
DATES = st.builds(_text, _days, st.sampled_from([4, 7, 10]), st.sampled_from(["", "?", "~", "%"]))


def _closed(first: str, last: str) -> str:
    """The interval between two dates, whichever starts first."""
    return f"{first}/{last}" if edtf.bounds(first)[0] <= edtf.bounds(last)[1] else f"{last}/{first}"  # type: ignore[operator]


CLOSED = st.builds(_closed, DATES, DATES)
OPEN = st.builds("../{}".format, DATES) | st.builds("{}/..".format, DATES)


@given(DATES)
def test_qualifiers_do_not_widen(value: str) -> None:
    assert edtf.bounds(value) == edtf.bounds(value.rstrip("?~%"))


@given(CLOSED)
def test_interval_runs_from_first_to_last_day(value: str) -> None:
    first, _, last = value.partition("/")
    assert edtf.bounds(value) == (edtf.bounds(first)[0], edtf.bounds(last)[1])


# The `edtf` package of the Python index


@pytest.fixture(scope="module")
def peer() -> Callable[[str], tuple[str, str]]:
    """The bounds as that package has them, as ISO days."""
    from edtf import parse_edtf

    def bounds(value: str) -> tuple[str, str]:
        parsed = parse_edtf(value)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        return (
            f"{first.tm_year:04}-{first.tm_mon:02}-{first.tm_mday:02}",
            f"{last.tm_year:04}-{last.tm_mon:02}-{last.tm_mday:02}",
        )

    return bounds


# Importing it draws pyparsing's remarks on the style of its grammar where Python runs with -W.
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:warn_:Warning")
@given(value=DATES | CLOSED)
def test_bounds_agree_with_the_edtf_package(
    peer: Callable[[str], tuple[str, str]], value: str
) -> None:
    assert tuple(map(_iso, edtf.bounds(value))) == peer(value)


# The pattern of the schemas


def _matches(value: str) -> bool:
    return re.compile(models.EDTF).fullmatch(value) is not None


_LOOKALIKES = st.text(st.sampled_from("0123489-/.?~%"), max_size=22) | st.builds(
    "{:04}-{:02}-{:02}{}".format,
    st.integers(0, 2010),
    st.integers(0, 14),
    st.integers(0, 33),
    st.sampled_from(["", "?", "/..", "??", "\n"]),
)


_LONGEST = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def _calendar_error(value: str) -> bool:
    """Whether a value of the right form names no days, or none in order, found by plain counting."""
    sides = [side.rstrip("?~%") for side in value.split("/")]
    for side in sides:
        year, month, day = (*(int(part) for part in side.split("-") if part != ".."), 1, 1, 1)[:3]
        longest = 29 if month == 2 and isleap(year) else _LONGEST[month - 1]
        if side.startswith("0000") or day > longest:
            return True
    first, last = sides[0], sides[-1]
    # As text: filled up to a day before, or after, all days of the month or year.
    return ".." not in sides and _filled(first, "-00-00") > _filled(last, "-99-99")


def _filled(side: str, rest: str) -> str:
    return side + rest[len(side) - 4 :]


@given(DATES | CLOSED | OPEN | _LOOKALIKES | st.builds("{}/{}".format, DATES, DATES))
def test_pattern_accepts_what_has_bounds_calendar_errors_aside(value: str) -> None:
    try:
        edtf.bounds(value)
    except ValueError:
        assert not _matches(value) or _calendar_error(value)
    else:
        assert _matches(value)
        assert not _calendar_error(value)


@pytest.mark.parametrize("value", MALFORMED, ids=ascii)
def test_pattern_refuses_what_is_malformed(value: str) -> None:
    assert not _matches(value)


@pytest.mark.parametrize("value", [*GOOD, *OFF_THE_CALENDAR])
def test_pattern_accepts_the_form(value: str) -> None:
    assert _matches(value)


# The rule in SQL

_TABLES = {
    "sources": ["published_edtf", "published_earliest", "published_latest"],
    "events": ["date_edtf", "date_earliest", "date_latest"],
    "responses": ["date_edtf", "date_earliest", "date_latest"],
    "claims": ["date_edtf", "date_earliest", "date_latest"],
    "references": ["date_edtf", "date_earliest", "date_latest"],
}


def _rule(rows: list[list[str]], table: str) -> set[tuple[Any, ...]]:
    """What validators/date-bounds.sql finds where `table` has these rows and the others none."""
    engine = Sqlite()
    try:
        for name, columns in _TABLES.items():
            engine.create(name, columns)
            engine.insert(name, columns, [[""]] * 3, rows if name == table else [])
        return set(engine.query((OURS.rules / "date-bounds.sql").read_text(encoding="utf-8")))
    finally:
        engine.close()


def _generated() -> list[str]:
    """Days around the ends of months, months and years, plain, qualified, closed and open."""
    ends = [date(year, month, 1) for year in (1900, 2000, 2007, 2008) for month in range(1, 13)]
    days = sorted({end + timedelta(days=step) for end in ends for step in (-1, 0)})
    dates = [day.isoformat()[:precision] for day in days for precision in (4, 7, 10)]
    dates = [text + "?~%"[i % 3] if i % 4 == 0 else text for i, text in enumerate(dates)]
    values = [*dates, *(f"../{text}" for text in dates), *(f"{text}/.." for text in dates)]
    for first in dates[::7]:
        for last in dates[::5]:
            values.append(_closed(first, last))
    return sorted(set(values) | set(GOOD))


def _row(value: str, shift: timedelta | None = None) -> list[str]:
    days = edtf.bounds(value)
    return [value, *(_iso(day + shift if day and shift else day) or "" for day in days)]


@pytest.mark.parametrize("table", _TABLES)
def test_rule_agrees_with_bounds(table: str) -> None:
    rows = [_row(value) for value in _generated()]
    assert _rule([*rows, ["", "", ""]], table) == set()


@pytest.mark.parametrize("table", _TABLES)
def test_rule_finds_every_other_day(table: str) -> None:
    values = [value for value in _generated() if "9999" not in value]
    _, first_field, last_field = _TABLES[table]
    rows, expected = [], set()
    for number, value in enumerate(values, start=1):
        rows.append(_row(value, timedelta(days=1)))
        expected |= {
            (table, number, field, cell)
            for field, cell in zip((first_field, last_field), rows[-1][1:], strict=True)
            if cell
        }
    assert _rule(rows, table) == expected


def test_rule_finds_a_day_too_few_and_one_too_many() -> None:
    rows = [
        ["2008-11", "", "2008-11-30"],
        ["2008-11", "2008-11-01", ""],
        ["../2013", "2013-01-01", "2013-12-31"],
        ["2007/..", "2007-01-01", "2007-12-31"],
        ["", "2007-01-01", ""],
    ]
    assert _rule(rows, "claims") == {
        ("claims", 1, "date_earliest", None),
        ("claims", 2, "date_latest", None),
        ("claims", 3, "date_earliest", "2013-01-01"),
        ("claims", 4, "date_latest", "2007-12-31"),
        ("claims", 5, "date_earliest", "2007-01-01"),
    }
