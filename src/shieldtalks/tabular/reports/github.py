"""A report as GitHub workflow commands: one annotation on the line of each finding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from ..findings import Finding, Report, Severity
from .location import shown_path, words_and_hint


def lines(report: Report, limit: int | None = None) -> Iterator[str]:
    """One `::error` or `::warning` command per finding, at most `limit` of them."""
    shown = report.findings if limit is None else report.findings[:limit]
    for finding in shown:
        yield _command(report, finding)
    hidden = len(report.findings) - len(shown)
    if hidden:
        yield f"::notice::{hidden} more finding(s), not shown because of --limit"


def _command(report: Report, finding: Finding) -> str:
    line = f",line={finding.line}" if finding.line is not None else ""
    path = PurePath(shown_path(report, finding)).as_posix()
    place = f"file={_property(path)}{line},title={_property(finding.rule)}"
    command = "warning" if finding.severity is Severity.WARNING else "error"
    return f"::{command} {place}::{_data(words_and_hint(finding))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
