"""The rows of a table as CSV, with all its fields."""

from __future__ import annotations

import csv
import io
from typing import Any

from .rows import Listing


def text(listed: Listing) -> str:
    """The rows as CSV with a header."""
    names = [str(field["name"]) for field in listed.table.fields]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in listed.rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
