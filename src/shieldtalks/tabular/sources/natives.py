"""Values that a source itself types, as the texts that a field of a Table Schema takes for them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from ..findings import cut
from ..jsontext import JsonObject
from ..package.schema import kind
from .source import Native

#: A whole number that is written with a fraction of zeros or an exponent.
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")

#: A number with more digits than this is not written without its exponent.
_MOST_DIGITS = 400

#: The kinds of native values that no field of a type takes, although their text might be one.
_REFUSED: dict[str, frozenset[str]] = {
    "string": frozenset({"number", "boolean", "json", "date", "datetime", "time", "duration"}),
    "boolean": frozenset({"number"}),
}

#: The delimiters that are tried for lists if an item contains the one of its field, the last one for all.
DELIMITERS = (";", "|", "\ue000")


class Clash(Exception):
    """An item of a list contains the delimiter with which the list would be written."""


#: What messages call a native value.
_CALLED = {
    "number": "a number",
    "boolean": "a boolean",
    "date": "a date",
    "datetime": "a date and time",
    "time": "a time",
    "duration": "a duration",
}


def misfit(value: Native, field: JsonObject) -> str | None:
    """Why a native value is not of the type of a field although its text may be; None if it may be."""
    name = kind(field)[0]
    if value.kind in ("error", "formula"):
        what = "the error" if value.kind == "error" else "a formula without a result:"
        return f"the cell contains {what} {cut(value, 100)}"
    if value.kind not in _REFUSED.get(name, ()):
        return None
    called = _CALLED.get(value.kind) or ("a list" if value.startswith("[") else "an object")
    wanted = "a text" if name == "string" else f"a {name}"
    return f"the value is {called}, not {wanted}"


def fitted(field: JsonObject) -> Callable[[Native], str]:
    """What turns a native value into a text of a field. A value that does not fit stays as it is."""
    make = _MAKERS.get(kind(field)[0])
    return (lambda value: make(value, field)) if make else str


def _integer(value: Native, field: JsonObject) -> str:
    del field
    if value.kind != "number":
        return str(value)
    if "e" in value.lower():
        return _without_exponent(value)
    whole = _WHOLE.fullmatch(value)
    return str(value) if whole is None else whole[1]


def _year(value: Native, field: JsonObject) -> str:
    """A whole number with the four digits that the text of a year has at least."""
    text = _integer(value, field)
    is_whole = value.kind == "number" and text.removeprefix("-").isdecimal()
    return text.zfill(5 if text.startswith("-") else 4) if is_whole else text


def _without_exponent(text: str) -> str:
    """A whole number without its exponent; any other number as it is."""
    from decimal import Decimal, InvalidOperation

    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    is_whole = number.is_finite() and number.adjusted() < _MOST_DIGITS
    return format(number, "f") if is_whole and number == number.to_integral_value() else text


def _number(value: Native, field: JsonObject) -> str:
    point = field.get("decimalChar")
    if value.kind == "number" and isinstance(point, str) and point != ".":
        return value.replace(".", point)
    return str(value)


def _boolean(value: Native, field: JsonObject) -> str:
    if value.kind != "boolean":
        return str(value)
    words = field.get(f"{value}Values")
    if isinstance(words, list) and words and isinstance(words[0], str):
        return words[0]
    return str(value)


def _moment(value: Native, field: JsonObject) -> str:
    """A day or a time as the format of the field has it."""
    name, form = kind(field)
    parsed = _parsed(value, name)
    if parsed is None:
        return str(value)
    if form not in ("default", "any"):
        try:
            return parsed.strftime(form)
        except ValueError:
            return str(value)
    return parsed.isoformat() if isinstance(parsed, date | time) else str(value)


def _parsed(value: Native, name: str) -> date | datetime | time | None:
    """A day or a time as a field of a type takes it; None if it does not."""
    if value.kind == "time":
        return time.fromisoformat(value) if name == "time" else None
    if value.kind not in ("date", "datetime"):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if name == "datetime":
        return moment
    is_day = moment.timetz() == time(0)
    return moment.date() if name == "date" and is_day else None


def _yearmonth(value: Native, field: JsonObject) -> str:
    del field
    return value[:7] if value.kind == "date" and value[8:] == "01" else str(value)


def delimiter_of(field: JsonObject) -> str:
    """The delimiter between the items of a list in a text."""
    delimiter = field.get("delimiter")
    return delimiter if isinstance(delimiter, str) and delimiter else ","


def _list(value: Native, field: JsonObject) -> str:
    """The items of a list of JSON with the delimiter of the field. Raises Clash if an item contains it."""
    if value.kind != "json" or not value.startswith("["):
        return str(value)
    delimiter = delimiter_of(field)
    numbers: dict[str, Any] = {"parse_int": str, "parse_float": str}
    items = [_item(item) for item in json.loads(value, **numbers)]
    if any(item is None for item in items):
        return str(value)
    if any(delimiter in item for item in items if item is not None):
        if delimiter == DELIMITERS[-1]:
            return str(value)
        raise Clash
    return delimiter.join(item for item in items if item is not None)


def _item(item: Any) -> str | None:
    if isinstance(item, bool):
        return "true" if item else "false"
    return item if isinstance(item, str) else None


def _geopoint(value: Native, field: JsonObject) -> str:
    """A list of two numbers as `lon, lat`, where the field has the default format."""
    if kind(field)[1] != "default" or value.kind != "json" or not value.startswith("["):
        return str(value)
    numbers: dict[str, Any] = {"parse_int": str, "parse_float": str}
    items = [item for item in json.loads(value, **numbers) if isinstance(item, str)]
    return ", ".join(items) if len(items) == 2 else str(value)


_MAKERS: dict[str, Callable[[Native, JsonObject], str]] = {
    "integer": _integer,
    "year": _year,
    "number": _number,
    "boolean": _boolean,
    "date": _moment,
    "datetime": _moment,
    "time": _moment,
    "yearmonth": _yearmonth,
    "list": _list,
    "geopoint": _geopoint,
}
