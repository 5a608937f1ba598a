"""Which tables of a package with findings can still be compared row by row."""

from __future__ import annotations

import re

from ..findings import Finding, Report, Severity

#: The properties of a resource that are needed to read its rows as text.
_NEEDED = re.compile(
    r"(?:resources\[[0-9]+\]\.)?(?:path|format|encoding|dialect|compression|extrapaths|data)\b"
)


def unreadable(report: Report) -> set[str]:
    """The tables of which the rows cannot be read, so that no difference of rows can be trusted.

    A fault in a cell or a row, or a type that is not supported, does not keep rows from being read.
    """
    return {finding.table for finding in report.findings if finding.table and _hides_rows(finding)}


def _hides_rows(finding: Finding) -> bool:
    if finding.rule in ("header", "file", "path"):
        return True
    if finding.severity is not Severity.FATAL:
        return False
    in_file = finding.field is None and finding.rule != "schema"
    return in_file or _NEEDED.match(finding.field or "") is not None
