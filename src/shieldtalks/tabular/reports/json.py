"""A report as JSON, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..findings import Report


def document(report: Report, limit: int | None = None) -> dict[str, Any]:
    """The published JSON form of a report; `totals` stay true whatever the limit."""
    shown = report.findings if limit is None else report.findings[:limit]
    return {
        "package": report.package,
        "findings": [finding.as_dict() for finding in shown],
        "skipped": [asdict(skip) for skip in report.skipped],
        "totals": report.totals(),
    }


def text(reports: list[Report], limit: int | None = None) -> str:
    """One report as an object; several as a list of objects."""
    documents = [document(report, limit) for report in reports]
    value = documents[0] if len(documents) == 1 else documents
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
