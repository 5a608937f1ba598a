"""Dates in the words of an article, worked out from the day of publication: Thursday, 8 May 2031."""

from __future__ import annotations

from datetime import date

import pytest

from shieldtalks.record.sheet.relative_dates import dates_in
from shieldtalks.record.sheet.sentences import sentences

PUBLISHED = date(2031, 5, 8)


@pytest.mark.parametrize("line", ["PORT TELLAN, 8 May 2031 - ", "2. TELLAN, May 8 — ", "TELLAN – "])
def test_the_day_of_the_report_is_no_date_of_what_is_told(line: str) -> None:
    assert [one.words for one in dates_in(f"{line}It was so on Tuesday.", PUBLISHED)] == ["Tuesday"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("said on Tuesday", "2031-05-06"),
        ("said Thursday", "2031-05-08"),
        ("last Thursday", "2031-05-01"),
        ("next Thursday", "2031-05-15"),
        ("yesterday", "2031-05-07"),
        ("tomorrow", "2031-05-09"),
        ("last week", "2031-04-28/2031-05-04"),
        ("this month", "2031-05"),
        ("next year", "2032"),
        ("on Nov. 5", "2030-11-05"),
        ("on November 5, 2008", "2008-11-05"),
        ("5 November 2008", "2008-11-05"),
        ("on June 3", "2031-06-03"),
        ("in December", "2030-12"),
        ("by 2033", "../2033"),
        ("since March 2030", "2030-03/.."),
        ("in 2030", "2030"),
    ],
)
def test_a_date_in_words(text: str, edtf: str) -> None:
    assert [one.edtf for one in dates_in(f"It was so {text}.", PUBLISHED)] == [edtf]


@pytest.mark.parametrize(
    "text", ["paid for by Marvonia", "in Mayfair", "on June 31", "a Sunday-school", "1871 lamps"]
)
def test_other_words_are_no_dates(text: str) -> None:
    assert [one.words for one in dates_in(text, PUBLISHED) if one.words != "Sunday"] == []


def test_a_date_at_the_end_of_the_calendar_is_left_out() -> None:
    assert dates_in("tomorrow", date.max) == []


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Bram O. Vesterly spoke. Ms. Kerrow did not.", 2),
        ("The U.S. note of Nov. 5 came. “Really?” He left.", 3),
        ("A headline\n\nA sentence that\nwraps.", 2),
        ("It cost 3.5 million.", 1),
        ("", 0),
        ("No promises. Óðinsson said so. Æ. Øst did not. It was e.g. ørn.", 4),
        ("Она ушла. Он остался. «Да.» Нет.", 4),
        ("Er kam. „Nein.“ Sie ging. ¿Qué?", 4),
        ("他来了。他走了！真的？是。", 4),
    ],
)
def test_sentences(text: str, many: int) -> None:
    found = [text[start:end] for start, end in sentences(text)]
    assert len(found) == many, found
