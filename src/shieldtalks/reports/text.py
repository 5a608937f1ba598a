"""A report as text: one finding a line, `file:line: rule: message`, with hints below.

Findings in a row that are mended alike share one hint.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from ..findings import Finding, Report

#: Styles a piece of text: what kind of piece it is, and the text.
Style = Callable[[str, str], str]


def plain(kind: str, text: str) -> str:
    """No style at all."""
    del kind
    return text


def lines(report: Report, limit: int | None = None, style: Style = plain) -> Iterator[str]:
    """The findings of a report, at most `limit` of them."""
    folder = Path(str(report.package["path"])).parent
    shown = report.findings if limit is None else report.findings[:limit]
    hint: str | None = None
    for finding in shown:
        if hint is not None and finding.hint != hint:
            yield style("hint", f"    {hint}")
        hint = finding.hint
        yield _finding(finding, folder, style)
    if hint is not None:
        yield style("hint", f"    {hint}")
    left = len(report.findings) - len(shown)
    if left:
        yield f"... and {left} more finding(s), not shown because of --limit"


def _finding(finding: Finding, folder: Path, style: Style) -> str:
    place = _relative(folder / finding.file)
    if finding.line is not None:
        place += f":{finding.line}"
    field = finding.field or ""
    if finding.field and finding.value and finding.value not in finding.message:
        field += f' "{finding.value}"'
    said = f"{field}: {finding.message}" if field else finding.message
    return f"{style('place', place)}: {style('rule', finding.rule)}: {_one_line(said)}"


def _one_line(text: str) -> str:
    """The text with line breaks and controls made visible, so that a finding stays one line."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _relative(path: Path) -> str:
    """The path as seen from here, where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)


def summary(report: Report) -> str:
    """The outcome in one line."""
    totals = report.totals()
    read = f"{totals['tables']} tables, {totals['rows']} rows"
    skipped = f", {len(report.skipped)} rule(s) skipped" if report.skipped else ""
    if not report.findings:
        return f"valid: {read}, no findings{skipped}"
    verdict = "not checked completely" if report.exit_code == 2 else "not valid"
    return f"{verdict}: {totals['findings']} finding(s) in {read}{skipped}"
