"""The ledger as CSV: one row for each proposal, with the columns of the JSON form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from .entries import LISTS, Entry
from .json import FIELDS


def text(entries: Iterable[Entry]) -> str:
    """The entries as CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(_cells(entry) for entry in entries)
    return out.getvalue()


def _cells(entry: Entry) -> list[str]:
    """The cells of a row; all answers share one cell."""
    row = {name: getattr(entry, name) for name in FIELDS}
    row |= {name: " ".join(row[name]) for name in LISTS}
    row["answers"] = "; ".join(f"{answer.response_id} {answer.words}" for answer in entry.answers)
    return [_cell(value) for value in row.values()]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
