"""A report as JSON, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..findings import Report
from ..jsontext import JsonObject


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


def schema() -> JsonObject:
    """The JSON Schema of `validate --format json`: one report, or a list of them."""

    def text(description: str, *, null: bool = True) -> JsonObject:
        return {"type": ["string", "null"] if null else "string", "description": description}

    def number(description: str) -> JsonObject:
        return {"type": ["integer", "null"], "minimum": 1, "description": description}

    finding = {
        "rule": text("Identifier of the rule that is broken.", null=False),
        "severity": {
            "enum": ["error", "fatal"],
            "description": "error: a fault in the data; fatal: something could not be checked.",
        },
        "table": text("The table; null for the descriptor as a whole."),
        "file": text("The file, relative to the package's folder.", null=False),
        "line": number("Physical line where the row starts; the header is line 1."),
        "row": number("Data row, from 1."),
        "field": text("The field, several joined by a comma, or a place in the descriptor."),
        "value": text("The value as it stands, cut where it is long."),
        "message": text("What is wrong.", null=False),
        "hint": text("How to mend it."),
    }
    skip = {
        "rule": text("The rule.", null=False),
        "reason": text("Why it did not run.", null=False),
    }
    totals = {
        "tables": {"type": "integer", "minimum": 0},
        "rows": {"type": "integer", "minimum": 0},
        "findings": {"type": "integer", "minimum": 0},
        "by_rule": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
    }
    parts = {
        "package": _closed({name: text(name) for name in ("name", "version", "path")}),
        "findings": {"type": "array", "items": _closed(finding)},
        "skipped": {"type": "array", "items": _closed(skip)},
        "totals": _closed(totals),
    }
    return {
        "$id": "urn:shieldtalks:schema:report:1",
        "title": "Report of shieldtalks validate",
        "description": "One report; a list of them where several packages were named.",
        "anyOf": [
            {"$ref": "#/$defs/report"},
            {"type": "array", "items": {"$ref": "#/$defs/report"}},
        ],
        "$defs": {"report": _closed(parts)},
    }


def _closed(properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
