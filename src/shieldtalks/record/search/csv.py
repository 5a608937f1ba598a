"""The rows that were found as CSV: one row for each, the best first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, fields

from .hits import Hit


def text(hits: Iterable[Hit]) -> str:
    """The rows as CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(field.name for field in fields(Hit))
    writer.writerows(astuple(hit) for hit in hits)
    return out.getvalue()
