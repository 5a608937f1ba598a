"""Reports as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import json
from pathlib import PurePath
from urllib.parse import quote

from ..findings import Finding, Report, Severity
from ..jsontext import JsonObject
from .location import shown_path, words_and_hint


def text(reports: list[Report], version: str, limit: int | None = None) -> str:
    """The document: one run per package, with at most `limit` results in each."""
    log = {
        "version": "2.1.0",
        "runs": [_run(report, version, limit) for report in reports],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _run(report: Report, version: str, limit: int | None) -> JsonObject:
    rules = sorted({finding.rule for finding in report.findings})
    shown = report.findings if limit is None else report.findings[:limit]
    return {
        "tool": {
            "driver": {
                "name": "shieldtalks",
                "version": version,
                "rules": [{"id": rule, "name": rule} for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, finding, rules.index(finding.rule)) for finding in shown],
        "properties": {"totals": report.totals()},
    }


def _result(report: Report, finding: Finding, index: int) -> JsonObject:
    path = PurePath(shown_path(report, finding)).as_posix()
    location: JsonObject = {"artifactLocation": {"uri": quote(path)}}
    if finding.line is not None:
        location["region"] = {"startLine": finding.line}
    logical = ".".join(part for part in (finding.table, finding.field) if part)
    place: JsonObject = {"physicalLocation": location}
    if logical:
        place["logicalLocations"] = [{"fullyQualifiedName": logical}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": "warning" if finding.severity is Severity.WARNING else "error",
        "message": {"text": words_and_hint(finding)},
        "locations": [place],
        "properties": {"row": finding.row, "value": finding.value},
    }
