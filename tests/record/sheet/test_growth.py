"""A sheet of many claims: the work grows with its length, counted in lines of the program."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from shieldtalks.record import sheet as package
from shieldtalks.record.agreement.comparison import compare
from shieldtalks.record.evidence.anchors import Copy
from shieldtalks.record.sheet.from_record import sheet_of
from shieldtalks.record.sheet.reading import parse_sheet
from shieldtalks.record.sheet.rows import rows_of
from shieldtalks.record.sheet.spans import Article
from shieldtalks.record.sheet.tables import Row, Tables
from shieldtalks.record.sheet.writing import toml
from shieldtalks.record.starter import general_codes
from tests.support.calls import calls_of

HEAD = """
[source]
kind = "newspaper-article"
title = "A long day"
publisher = "The Tellan Tidings"
published = 2031-05-06

[[actor]]
name = "The Tellan Tidings"
kind = "outlet"
"""
ENTRY = """
[[actor]]
name = "Speaker {n} of the league"
kind = "unnamed-source"
aliases = ["Speaker {n}"]

[[event]]
label = "Word {n}"
sentence = "in hall {n} of the league"
participants = {{ speaker = "Speaker {n}" }}

  [[event.proposal]]
  label = "Offer {n}"
  measure = "any"
  form = "offer"
  proposer = "The Tellan Tidings"
  sentence = "in hall {n} of the league"

  [[event.answer]]
  move = "defer"
  proposal = "Offer {n}"
  sentence = "in hall {n} of the league"

  [[event.claim]]
  proposition = {{ text = "Door {n} is open.", topic = "doors" }}
  from = "Speaker {n} told"
  to = "in hall {n} of the league"
"""
SENTENCE = "Speaker {n} told everybody that door {n} was open in hall {n} of the league.\n"


def lines_of(work: Callable[[], Any]) -> int:
    """The lines of the modules of sheets that run while something is done."""
    home, passed = str(package.__path__[0]), 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        del event, argument
        return line if frame.f_code.co_filename.startswith(home) else None

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal passed
        del frame, event, argument
        passed += 1
        return line

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return passed


def text_and_copy(size: int) -> tuple[str, Copy]:
    """A sheet with this many events, each with a proposal, an answer and a claim, and its article."""
    numbers = range(1000, 1000 + size)
    sheet = HEAD + "".join(ENTRY.format(n=number) for number in numbers)
    return sheet, Copy.of("".join(SENTENCE.format(n=number) for number in numbers))


def coded(text: str, copy: Copy) -> dict[str, list[Row]]:
    """The tables that a sheet gives to an empty collection."""
    sheet, faults = parse_sheet(text, "sheet.toml")
    assert sheet is not None
    found = rows_of(sheet, faults, Article(copy), {"codes": general_codes()})
    assert faults.found == []
    assert len(found.tables()["claims"]) == text.count("[[event.claim]]")
    return found.tables()


def growth(work: Callable[[int], int]) -> tuple[float, float]:
    """How much more work twice the size is, twice."""
    small, middle, large = map(work, (20, 40, 80))
    return middle / small, large / middle


@pytest.mark.slow
def test_coding_a_sheet() -> None:
    assert max(growth(lambda size: lines_of(lambda: coded(*text_and_copy(size))))) < 2.05


@pytest.mark.slow
def test_writing_the_sheet_of_a_coded_article() -> None:
    def work(size: int) -> int:
        text, copy = text_and_copy(size)
        tables = Tables({**coded(text, copy), "codes": general_codes()})
        return lines_of(lambda: toml(sheet_of(tables, "src-0001", None)))

    assert max(growth(work)) < 2.05


def test_comparing_two_codings() -> None:
    def work(size: int) -> int:
        tables = coded(*text_and_copy(size))
        return calls_of(lambda: [compare(tables, tables).disagreements for _ in range(3)])

    assert max(growth(work)) < 2.3
