"""One function per medium: whatever a text holds, it stays on its line and is only text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.tabular.findings import CannotRun, Finding, Report
from shieldtalks.tabular.jsontext import visible
from shieldtalks.tabular.reports import github
from shieldtalks.tabular.terminal import one_line

#: Texts of what begins a command, a line or an escape sequence, among all other characters.
TEXTS = st.lists(
    st.sampled_from(
        ["::", ":", "#", "##", "[", "vso[", " ", "\n", "\r", "\x1b[", "\u2028", "\udcff"]
    )
    | st.text(st.characters(), max_size=2),
    max_size=8,
).map("".join)


@given(TEXTS)
def test_a_text_stays_on_its_line_and_is_no_command(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert not line.lstrip().startswith("::")
    assert "##[" not in line
    assert "##vso[" not in line
    assert one_line(line) == line
    line.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=20))
def test_ordinary_text_is_not_changed(text: str) -> None:
    if "::" not in text and "##" not in text:
        assert one_line(text) == text


@given(TEXTS, TEXTS)
def test_json_holds_the_same_text(key: str, text: str) -> None:
    document = visible({key: [text]})
    assert all(line.isprintable() for line in document.split("\n"))
    assert "##[" not in document
    document.encode("utf-8")
    if not any("\ud800" <= char <= "\udfff" for char in key + text):
        assert json.loads(document) == {key: [text]}


@given(TEXTS, TEXTS, TEXTS)
def test_a_finding_is_one_command(rule: str, file: str, message: str) -> None:
    finding = Finding(rule=rule, message=message, file=file.replace("/", ""), hint=message)
    report = Report({"name": "", "version": None, "path": "p/datapackage.json"}, [finding])
    (line,) = github.lines(report)
    assert line.isprintable()
    command, properties = line.split("::", 2)[1].split(" ", 1)
    assert command == "error"
    assert [part.partition("=")[0] for part in properties.split(",")] == ["file", "title"]


@pytest.mark.parametrize(
    "mark", ["\u202e", "\u2066", "\u200f", "\u2029", "\x85", "\x9b", "\x7f", "\ufeff"]
)
def test_marks_that_nobody_sees_are_shown(mark: str) -> None:
    assert one_line(f"a{mark}b").startswith("a\\")


def test_a_refusal_keeps_its_message_and_its_hint_apart() -> None:
    error = CannotRun("a\nb", "c")
    assert (error.message, error.hint) == ("a\nb", "c")
    assert CannotRun("a").hint is None
