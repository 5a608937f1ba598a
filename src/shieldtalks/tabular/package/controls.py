"""A dialect as frictionless-py writes it, with the keys of each format in an object of their own.

`frictionless describe` writes {"csv": {"delimiter": ";"}}, where the standard has {"delimiter": ";"}.
frictionless calls such an object a control.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..jsontext import JsonObject

_TEXT = ("delimiter", "lineTerminator", "quoteChar", "doubleQuote", "escapeChar", "nullSequence")

#: The keys of each control that say how a file is read, with the keys of the standard.
_KEYS: dict[str, dict[str, str]] = {
    "csv": {name: name for name in (*_TEXT, "skipInitialSpace")},
    "json": {"property": "property", "keys": "itemKeys", "keyed": "itemType"},
    "excel": {"sheet": "sheetName"},
}

#: Keys of a control that change nothing if they are false.
_SWITCHES = {
    "excel": {"fillMergedCells", "preserveFormatting", "adjustFloatingPointError", "stringified"}
}

#: Keys beside the controls that the standard calls otherwise, or that change nothing here.
_BESIDE = {"headerCase": "caseSensitiveHeader"}

#: Keys of frictionless-py that may stand in a dialect.
NAMES = frozenset({*_KEYS, *_BESIDE, "skipBlankRows"})


class Moved(NamedTuple):
    """A key of a control, and the key of the standard with the same meaning."""

    place: tuple[str, ...]
    key: str
    value: Any


def standard_form(declared: Any) -> Any:
    """A dialect with the keys of the standard. What the standard's own keys say is kept."""
    if not isinstance(declared, dict) or not NAMES & declared.keys():
        return declared
    kept = {key: value for key, value in declared.items() if key not in NAMES}
    return {one.key: one.value for one in moved(declared)} | kept


def moved(declared: JsonObject) -> Iterator[Moved]:
    """The keys of a dialect that the standard has elsewhere, or by other names."""
    for name, other in _BESIDE.items():
        if name in declared:
            yield Moved((name,), other, declared[name])
    for control, own in _controls(declared):
        for name, other in _KEYS[control].items():
            if own.get(name) is not None:
                yield from _standard(control, name, other, own[name])


def _controls(declared: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for control in _KEYS:
        if isinstance(declared.get(control), dict):
            yield control, declared[control]


def _standard(control: str, name: str, key: str, value: Any) -> Iterator[Moved]:
    if key == "sheetName" and isinstance(value, int):
        key = "sheetNumber"
    if key == "itemType":
        if value is not True:
            return
        value = "object"
    yield Moved((control, name), key, value)


def place_of(declared: JsonObject, key: str) -> tuple[str, ...]:
    """The place in a dialect at which a key of the standard is given."""
    if key in declared:
        return (key,)
    return next((one.place for one in moved(declared) if one.key == key), (key,))


def unknown(declared: JsonObject) -> Iterator[tuple[str, str]]:
    """Each control and key that is not known, or that asks for something that is not done here."""
    for control, own in _controls(declared):
        for name, value in own.items():
            is_off = name in _SWITCHES.get(control, ()) and not value
            if name not in _KEYS[control] and not is_off:
                yield control, name
