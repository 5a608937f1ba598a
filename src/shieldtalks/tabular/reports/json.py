"""A report as JSON for programs, and the schema of the document."""

from __future__ import annotations

from typing import Any

from ..findings import Report, SplitRows
from ..jsontext import JsonObject, visible


def document(report: Report, limit: int | None = None) -> dict[str, Any]:
    """The published JSON form of a report. `totals` counts all findings, also those that are not listed."""
    shown = report.findings if limit is None else report.findings[:limit]
    split = {} if report.split is None else {"split": _split(report.split)}
    return {
        "package": report.package,
        "findings": [finding.as_dict() for finding in shown],
        "skipped": [skip._asdict() for skip in report.skipped],
        "totals": report.totals()
        | {"left_out": report.count() - len(shown), "of_other_rules": report.others},
        **split,
    }


def _split(split: SplitRows) -> JsonObject:
    tables = [table._asdict() for table in split.tables]
    return split._asdict() | {"tables": tables}


def text(reports: list[Report], limit: int | None = None) -> str:
    """One report as an object, several reports as a list of objects."""
    documents = [document(report, limit) for report in reports]
    value = documents[0] if len(documents) == 1 else documents
    return visible(value) + "\n"


def schema() -> JsonObject:
    """The JSON Schema of `validate --format json`, without the address of its dialect."""

    def text(description: str, *, null: bool = True) -> JsonObject:
        return {"type": ["string", "null"] if null else "string", "description": description}

    def number(description: str) -> JsonObject:
        return {"type": ["integer", "null"], "minimum": 1, "description": description}

    finding = {
        "rule": text("The identifier of the rule that is broken.", null=False),
        "severity": {
            "enum": ["warning", "error", "fatal"],
            "description": "warning: you should look at it, but the package is valid. "
            "error: a fault in the data. fatal: something could not be checked.",
        },
        "table": text("The table; null for the descriptor."),
        "file": text(
            "The file, relative to the package's folder; the full path of a file with a rule.",
            null=False,
        ),
        "line": number("The physical line on which the row starts. The header is line 1."),
        "place": text(
            "The place in the file, if a line is not enough: a cell of a workbook (Sheet1!C7), a path in "
            "JSON ($[3].name), a row of a row group of a Parquet file; null for other files."
        ),
        "row": number("The number of the data row. The first data row is 1."),
        "field": text(
            "The field, or several fields separated by commas, or a place in the descriptor."
        ),
        "value": text("The value in the file. A long value is cut."),
        "message": text("What is wrong.", null=False),
        "hint": text("How to fix it."),
    }
    skip = {
        "rule": text("The rule.", null=False),
        "reason": text("Why it did not run.", null=False),
    }
    totals = {
        "tables": {"type": "integer", "minimum": 0},
        "rows": {"type": "integer", "minimum": 0},
        "findings": {"type": "integer", "minimum": 0},
        "warnings": {"type": "integer", "minimum": 0},
        "left_out": {
            "type": "integer",
            "minimum": 0,
            "description": "The number of findings that are counted, but not in the list.",
        },
        "of_other_rules": {
            "type": "integer",
            "minimum": 0,
            "description": "With --only: the number of findings of other rules. They are not counted.",
        },
        "by_rule": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
    }
    parts = {
        "package": _closed({name: text(name) for name in ("name", "version", "path")}),
        "findings": {"type": "array", "items": _closed(finding)},
        "skipped": {"type": "array", "items": _closed(skip)},
        "totals": _closed(totals),
    }
    report = _closed(parts)
    report["properties"]["split"] = _split_schema()
    return {
        "$id": "urn:shieldtalks:schema:report:1",
        "title": "Report of shieldtalks validate",
        "description": "One report, or a list of reports if several packages were given.",
        "anyOf": [
            {"$ref": "#/$defs/report"},
            {"type": "array", "items": {"$ref": "#/$defs/report"}},
        ],
        "$defs": {"report": report},
    }


def _split_schema() -> JsonObject:
    """The schema of what `--split` wrote. It is only there with this option."""

    def count(description: str) -> JsonObject:
        return {"type": "integer", "minimum": 0, "description": description}

    table = {
        "table": {"type": "string", "description": "The table."},
        "file": {"type": "string", "description": "The name of its file, in good and in bad."},
        "good": count("The number of good rows."),
        "bad": count("The number of bad rows."),
    }
    parts = {
        "folder": {"type": "string", "description": "The folder that was written."},
        "tables": {"type": "array", "items": _closed(table)},
        "others": count("The number of findings that belong to no row."),
        "remaining": count("The number of errors that the good rows still have."),
    }
    return _closed(parts) | {"description": "With --split: the rows that were written apart."}


def _closed(properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
