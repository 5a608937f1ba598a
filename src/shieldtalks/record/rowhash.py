"""The hash of one row, by which a citation says which wording of it was meant."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from .models import Record


def row_hash(row: Record) -> str:
    """SHA-256 (hex) of a row: of its object in the JSON download, written canonically.

    Members that are null are left out, so that a field added later changes no hash; the rest is
    canonical JSON by RFC 8785 (names sorted, no space, UTF-8, whole numbers without a point).
    """
    values = {name: _value(value) for name, value in row if value is not None}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    # RFC 8785 writes numbers as ECMAScript does: 4, not 4.0. Scores are far from where exponents begin.
    return int(value) if isinstance(value, float) and value.is_integer() else value
