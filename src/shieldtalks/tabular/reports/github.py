"""A report as GitHub workflow commands: one annotation on the line of each finding."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Report, counted
from ..terminal import one_line
from .level import level
from .location import in_repository, words_and_hint
from .text import left_out, unchecked


def lines(report: Report, limit: int | None = None) -> Iterator[str]:
    """One command per finding (`::error` or `::warning`), at most `limit` of them."""
    shown = report.findings if limit is None else report.findings[:limit]
    for finding in shown:
        yield _command(report, finding)
    hidden = len(report.findings) - len(shown)
    if hidden:
        yield f"::notice::{counted(hidden, 'more finding')}, not shown because of --limit"
    for sentence in (*left_out(report), *unchecked(report)):
        yield f"::notice::{_data(sentence)}"


def _command(report: Report, finding: Finding) -> str:
    place = in_repository(report, finding)
    line = f",line={place.line}" if place.line is not None else ""
    where = f"file={_property(place.path)}{line},title={_property(finding.rule)}"
    return f"::{level(finding)} {where}::{_data(place.inside + words_and_hint(finding))}"


def _data(text: str) -> str:
    """Any text as the message of a command."""
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    """Any text as a property of a command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
