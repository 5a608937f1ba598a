"""The cells of a row of JSON. Numbers keep the digits that they are written with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..findings import cut
from ..jsontext import first_repeated
from ..package import Resource
from .fault import Fault
from .source import Cell, Native, SourceRow


class _Repeated(dict[str, Any]):
    """An object with a key twice. The last value counts, as for most programs."""

    key = ""


def decoder() -> json.JSONDecoder:
    """A decoder of JSON that keeps numbers as they are written, and notes repeated keys."""
    return json.JSONDecoder(
        object_pairs_hook=_object, parse_int=_number, parse_float=_number, parse_constant=_refused
    )


def _number(text: str) -> Native:
    return Native(text, "number")


def _refused(text: str) -> Any:
    raise ValueError(f"the file contains {text}, which JSON does not allow")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    repeated = _Repeated(pairs)
    repeated.key = first_repeated(key for key, _ in pairs) or ""
    return repeated


def items_of(value: Any, number: int, line: int, part: Resource) -> SourceRow:
    """The row of a value that `decoder` made: of an object, or of a list."""
    if isinstance(value, dict):
        faults = []
        if isinstance(value, _Repeated):
            message = f'the object has the key "{cut(value.key, 100)}" twice'
            hint = "Use each key once in an object."
            faults.append(Fault("source", line, message, hint=hint, keeps_cells=True))
        keys = _item_keys(part)
        chosen = value if keys is None else {key: value[key] for key in keys if key in value}
        return SourceRow(number, {key: cell_of(cell) for key, cell in chosen.items()}, line, faults)
    if isinstance(value, list):
        return SourceRow(number, [cell_of(cell) for cell in value], line)
    message = f"the row is {_called(value)}, not an object or a list"
    hint = "Write each row as an object with a key for each field, or as a list."
    return SourceRow(number, (), line, [Fault("source", line, message, hint=hint)])


def cell_of(value: Any) -> Cell:
    """A value of JSON as a cell."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return Native("true" if value else "false", "boolean")
    return Native(as_text(value), "json")


def as_text(value: Any) -> str:
    """A value of JSON as a text of JSON. Numbers keep their digits."""
    if isinstance(value, Native):
        return str(value)
    if isinstance(value, Mapping):
        inner = (f"{json.dumps(key, ensure_ascii=False)}: {as_text(v)}" for key, v in value.items())
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(as_text, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _item_keys(part: Resource) -> list[str] | None:
    """The keys of objects that are read, if the dialect lists them."""
    dialect = part.declared_dialect
    keys = dialect.get("itemKeys") if isinstance(dialect, dict) else None
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        return None
    return keys


def _called(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, Native):
        return "a number"
    return "a boolean" if isinstance(value, bool) else "a text"
