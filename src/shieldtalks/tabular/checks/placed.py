"""Findings placed in a table's file: row and physical line filled in."""

from __future__ import annotations

from typing import Any

from ..findings import Finding
from ..sources.csv import LoadedTable

#: A value in a finding is cut to this many characters; the file has the whole of it.
LONGEST_VALUE = 200


def finding(
    table: LoadedTable,
    rule: str,
    message: str,
    *,
    row: int | None = None,
    line: int | None = None,
    field: str | None = None,
    value: Any = None,
    hint: str | None = None,
) -> Finding:
    """A finding in the file of `table`; the line is that of the row, unless it is given."""
    if line is None and row is not None:
        line = table.line(row)
    return Finding(
        rule=rule,
        message=message,
        table=table.resource.name,
        file=table.resource.path,
        line=line,
        row=row,
        field=field,
        value=shorten(value),
        hint=hint,
    )


def shorten(value: Any) -> str | None:
    """A value as a finding shows it."""
    if value is None:
        return None
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
