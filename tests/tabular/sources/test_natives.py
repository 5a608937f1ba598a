"""Values that a source types itself, as texts of fields; and values that a field does not take."""

from __future__ import annotations

from typing import Any

import pytest

from shieldtalks.tabular.sources.natives import fitted, misfit
from shieldtalks.tabular.sources.source import Native


@pytest.mark.parametrize(
    ("text", "kind", "field", "wanted"),
    [
        ("2.0", "number", {"type": "integer"}, "2"),
        ("1e3", "number", {"type": "integer"}, "1000"),
        ("2.5", "number", {"type": "integer"}, "2.5"),
        ("1e999999", "number", {"type": "integer"}, "1e999999"),
        ("2024.0", "number", {"type": "year"}, "2024"),
        ("1.50", "number", {"type": "number"}, "1.50"),
        ("1.50", "number", {"type": "number", "decimalChar": ","}, "1,50"),
        ("true", "boolean", {"type": "boolean", "trueValues": ["yes", "y"]}, "yes"),
        ("false", "boolean", {"type": "boolean"}, "false"),
        ("2024-02-29", "date", {"type": "date"}, "2024-02-29"),
        ("2024-02-29", "date", {"type": "date", "format": "%d.%m.%Y"}, "29.02.2024"),
        ("2024-02-29T00:00:00", "datetime", {"type": "date"}, "2024-02-29"),
        ("2024-02-29T01:00:00", "datetime", {"type": "date"}, "2024-02-29T01:00:00"),
        ("2024-02-29", "date", {"type": "datetime"}, "2024-02-29T00:00:00"),
        ("2024-02-01", "date", {"type": "yearmonth"}, "2024-02"),
        ("2024-02-02", "date", {"type": "yearmonth"}, "2024-02-02"),
        ("07:30:00", "time", {"type": "time", "format": "%H:%M"}, "07:30"),
        ('["a", 1.50, true]', "json", {"type": "list"}, "a,1.50,true"),
        ('["a,b"]', "json", {"type": "list"}, '["a,b"]'),
        ("[1.50, 2]", "json", {"type": "geopoint"}, "1.50, 2"),
        ("[1.50, 2]", "json", {"type": "geopoint", "format": "array"}, "[1.50, 2]"),
    ],
)
def test_fitted(text: str, kind: str, field: dict[str, Any], wanted: str) -> None:
    assert fitted(field)(Native(text, kind)) == wanted


@pytest.mark.parametrize(
    ("text", "kind", "type_", "message"),
    [
        ("1", "number", "string", "the value is a number, not a text"),
        ("true", "boolean", "string", "the value is a boolean, not a text"),
        ("[1]", "json", "string", "the value is a list, not a text"),
        ('{"a": 1}', "json", "string", "the value is an object, not a text"),
        ("2024-01-01", "date", "string", "the value is a date, not a text"),
        ("1", "number", "boolean", "the value is a number, not a boolean"),
        ("#N/A", "error", "number", "the cell contains the error #N/A"),
        ("=A1", "formula", "any", "the cell contains a formula without a result: =A1"),
        ("1", "number", "any", None),
        ("true", "boolean", "integer", None),
    ],
)
def test_misfit(text: str, kind: str, type_: str, message: str | None) -> None:
    assert misfit(Native(text, kind), {"type": type_}) == message
