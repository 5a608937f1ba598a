"""Which tables of a package with findings can be compared row by row, and which ones by their bytes."""

from __future__ import annotations

import re

from ..engine.compile import CONSTRAINTS
from ..findings import Finding, Report, Severity
from ..package import Package
from ..rule_names import STRUCTURAL

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


#: Rules about the value of a cell. A finding of one of the second kind in a key can hide a repeated key.
_OF_VALUES = frozenset({*CONSTRAINTS, "blanks", "categories", "foreign-key", "unique-key"})
_OF_KEYS = frozenset({"required", "type", "unique"})
#: Other rules whose findings do not matter here: the check sums, and those that are written in SQL.
_HARMLESS = frozenset({"hash", "bytes"})


def sound(report: Report, package: Package) -> set[str]:
    """The tables with rows that CSV states without doubt, and with no key that appears twice.

    `report` must be that of a complete validation. A value may be wrong outside the primary key.
    """
    keys = {table.name: frozenset(table.primary_key) for table in package.resources}
    doubtful = {
        one.table
        for one in report.findings
        if _is_doubtful(one.rule, one.field, keys.get(one.table or ""))
    }
    # Of these, the fields are not known.
    doubtful |= {table for table, rule, _ in report.left_out if _is_doubtful(rule, None, None)}
    return {name for name in report.rows if name in keys} - doubtful


def _is_doubtful(rule: str, field: str | None, key: frozenset[str] | None) -> bool:
    """Whether a finding leaves a doubt about the rows of a table, or about its keys."""
    if rule in _OF_KEYS:
        return field is None or key is None or not key.isdisjoint(field.split(", "))
    return rule in STRUCTURAL and rule not in _OF_VALUES | _HARMLESS
