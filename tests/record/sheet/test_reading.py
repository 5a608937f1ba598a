"""A sheet that does not fit its layout: each fault with its line and what to do."""

from __future__ import annotations

import pytest

from shieldtalks.record.sheet.reading import parse_sheet

SOURCE = '[source]\nid = "src-0001"\n'


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("[source\n", 1, "the name of a table is not closed", "Write it as [source]"),
        ("a = 1\nb = \n", 2, "not valid, in column 5", "straight quotes"),
        ("", 1, 'the key "source" is missing', "Add the table [source]"),
        (SOURCE + "[[evnt]]\n", 3, 'no key "evnt"', 'Did you mean "event"?'),
        (SOURCE + '[[event]]\nlable = "x"\n', 4, 'no key "lable"', 'Did you mean "label"?'),
        (SOURCE + "[[event]]\nxyzzy = 1\n", 4, 'no key "xyzzy"', "Possible keys: "),
        (SOURCE + "[[event]]\n\nlabel = 5\n", 5, '"label" is not a text', None),
        (SOURCE + "[event]\n", 3, '"event" is not a list', None),
        (SOURCE + "[[claim]]\nat = [1]\n", 4, "", None),
        (SOURCE + "[[claim]]\nproposition = { topic = 'x' }\n", 4, '"text" is missing', "Add"),
        ("a = " + "[" * 50_000, 1, "too many tables within tables", "Use fewer"),
        (SOURCE + "[[proposal" + ".part" * 50 + "]]", 1, "too many tables", "Use fewer"),
        (SOURCE + "a = " + "[" * 90 + "]" * 90, 1, "too many tables", "Use fewer"),
    ],
)
def test_a_fault_of_the_layout(text: str, line: int, message: str, hint: str | None) -> None:
    sheet, faults = parse_sheet(text, "sheet.toml")
    assert sheet is None
    found = faults.found[0]
    assert (found.file, found.line) == ("sheet.toml", line)
    assert message in found.message
    assert hint is None or hint in str(found.hint)


def test_dates_need_no_quotes() -> None:
    sheet, _ = parse_sheet("[source]\npublished = 2031-05-06\n[[event]]\ndate = 2031\n", "s")
    assert sheet is not None
    assert (sheet.source.published, sheet.event[0].date) == ("2031-05-06", "2031")
