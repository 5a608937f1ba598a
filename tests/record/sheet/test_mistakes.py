"""Typical mistakes in a sheet: what the writer reads, and that it is one message for one mistake."""

from __future__ import annotations

import pytest

from shieldtalks.record.evidence.anchors import read_copy
from shieldtalks.record.sheet.reading import parse_sheet
from shieldtalks.record.sheet.rows import rows_of
from shieldtalks.record.sheet.spans import Article
from shieldtalks.record.starter import general_codes
from shieldtalks.tabular.findings import Finding
from tests.support.article import FILE
from tests.support.sheets import LIGHTHOUSE

MISTAKES = [
    ('move = "defer"', "move = defer", "the value is missing or not valid", "straight quotes"),
    ('move = "defer"', 'move = "defer', "no closing quote on its line", "Put a quote"),
    ('move = "defer"', "move = “defer”", "curly quotes do not begin a text", "straight quotes"),
    ('move = "defer"', 'move: "defer"', 'there is no "="', 'Write key = "value"'),
    ('"Ostrell" }\n', '"Ostrell"\n', "in braces is not closed", "Write it as {"),
    ("2031-05-06", "06.05.2031", "06.05.2031 is not a date", "Write a day as 2031-05-06"),
    ("2031-05-06", "2031-13-06", "2031-13-06 is not a date", "year, month, day"),
    ("2031-05-06", "2031-05", "2031-05 needs quotes", 'Write it as "2031-05"'),
    ("2031-05-06", "../2031-05-06", "../2031-05-06 needs quotes", 'Write it as "../2031-05-06"'),
    ('move = "defer"', 'move\u00a0= "defer"', "a special space here (U+00A0)", "ordinary space"),
    ("2031-05-06", '"2031-02-30"', "is not in the calendar", "Write a date as"),
    ("[source]\n", "[source]\n[source]\n", "this table appears twice", "Remove one of the two"),
    ("[source]\n", "[sources]\n", 'no key "sources"', 'Did you mean "source"?'),
    ("[[event.answer]]", "[[event.proposal.answer]]", '"proposal" is not a list of tables', "two brackets"),
    ('participants = { represented', 'participants = "x" # { represented', "is not a table", None),
    ('scheme = "topic"', 'scheme = "topics"', 'no vocabulary "topics"', 'Did you mean "topic"?'),
    ("[[event.answer]]", "[[event.anwser]]", 'no key "anwser"', 'Did you mean "answer"?'),
    ('"Vesterly", cap', '"Versterly", cap', "no actor", 'Did you mean "Bram O. Vesterly"?'),
    ('move = "defer"', 'move = "defers"', '"defers" is not a code', 'Did you mean "defer"?'),
    ('to = "to weigh it"', 'to = "to wiegh it"', 'It has "to weigh it".', None),
    ('to = "to weigh it"', 'to = "to be or not"', 'It has "to be".', None),
    ('to = "to weigh it"', 'to = "second note"', "They come before it", None),
    ("measure = ", "# measure = ", 'a new proposal needs "measure"', "It is one of signal-books"),
    ('text = "Shared books of signals may', '# text = "Sh', 'a new claim needs "text"', "caution"),
    ('label = "Second note"', 'label = "Second note"\nstatus = "done"', '"done" is not', "Use one"),
    ('move = "defer"', 'move = "defer"\ncodes = ["cameo:010"]', "has no action codes", "Leave"),
    ('from = "Ostrell fears"\nto = "outer islands"', "at = [5]", '"at" needs two numbers', "start"),
    ('to = "outer islands"', 'to = "channel"\nat = [5, 50]', "in one way", None),
    ("[source]\n", "[source]]\n", "after the name of the table", "Write it as [source]"),
    ("[source]\n", "[[source]]\n", '"source" is not a table', "single brackets: [source]"),
    ("[[event]]\n", "[event]\n", "[event] is also written [[event]]", "Write [[event]] each time"),
    ("[[event]]\n", '[[event.claim]]\ntext = "x"\n[[event]]\n', "comes before the [[event]]", "above it"),
    ('reason = "The', 'reason = "A "first" The', "a quote inside a text ends the text", 'Write it as \\"'),
    ('"Ostrell", speaker', '"Ostrell" speaker', "or a comma is missing", "Write it as {"),
    ("[[event.answer]]", "[[event.response]]", 'no key "response"', 'Did you mean "answer"?'),
    ('capacity = "envoy"', 'office = "envoy"', 'no key "office"', "Possible keys: actor, capacity."),
]  # fmt: skip


def found_in(text: str) -> list[Finding]:
    """What is wrong with a sheet for the made-up article."""
    sheet, faults = parse_sheet(text, "sheet.toml")
    if sheet is not None:
        rows_of(sheet, faults, Article(read_copy(FILE)), {"codes": general_codes()})
    return faults.found


@pytest.mark.parametrize(("old", "new", "message", "hint"), MISTAKES)
def test_a_mistake_is_told_once(old: str, new: str, message: str, hint: str | None) -> None:
    text = LIGHTHOUSE.read_text("utf-8")
    assert old in text
    (finding,) = found_in(text.replace(old, new, 1))
    assert message in finding.message
    assert (hint or "") in (finding.hint or "")


def test_the_last_words_have_their_line() -> None:
    text = LIGHTHOUSE.read_text("utf-8").replace('to = "to weigh it"', 'to = "to wait"')
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "to wait" in one)
    assert [finding.line for finding in found_in(text)] == [line]


def test_a_sheet_without_mistakes() -> None:
    assert found_in(LIGHTHOUSE.read_text("utf-8")) == []


def test_names_that_are_there_twice_in_a_sheet_need_other_names() -> None:
    """The identifiers of new rows are no help: nobody knows them yet."""
    text = LIGHTHOUSE.read_text("utf-8")
    text = text.replace('label = "Shared books of signals"', 'label = "The second note"')
    finding, *_ = [one for one in found_in(text) if "several" in one.message]
    assert finding.message == 'several proposals are called "The second note"'
    assert finding.hint == "Give each proposal of the sheet a name that no other has."


def test_a_sheet_without_its_article() -> None:
    text = LIGHTHOUSE.read_text("utf-8")
    begin, end = text.index("[source]"), text.index("[[event]]")
    (finding,) = found_in(text[:begin] + text[end:])
    assert (finding.message, finding.hint) == (
        'the key "source" is missing',
        "Add the table [source].",
    )
