"""How the allowed values of a field differ: the codes of `enum` or `categories`, and their labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..jsontext import JsonObject, dumps
from ..package.schema import constraints, labelled_categories
from ..types import type_of
from .change import Cell, Change


def code_changes(table: str, field: str, old: JsonObject, new: JsonObject) -> Iterator[Change]:
    """Each code that is allowed or forbidden now, and each different label."""
    before, after = _allowed(old), _allowed(new)
    if (before is None) != (after is None):
        listed = [None if codes is None else list(codes.values()) for codes in (before, after)]
        name = "enum" if "enum" in {*constraints(old), *constraints(new)} else "categories"
        words = f"{name} is now {shown(listed[1])}, was {shown(listed[0])}"
        kind, cells = "constraint-looser", (Cell(name, *listed),)
        kind = kind if after is None else "constraint-stricter"
        yield Change(kind=kind, table=table, field=field, words=words, cells=cells)
        return
    removed = [code for code in before or {} if code not in (after or {})]
    added = [code for code in after or {} if code not in (before or {})]
    for kind, codes, values, words in (
        ("code-removed", removed, before or {}, "is no longer a code"),
        ("code-added", added, after or {}, "is now a code"),
    ):
        for code in codes:
            told = f"{shown(values[code])} {words}"
            yield Change(kind=kind, table=table, field=field, words=told)
    yield from _labels(table, field, old, new, {*removed, *added})


def _allowed(field: JsonObject) -> dict[str, Any] | None:
    """The allowed values of a field, each by its text; None if all are allowed.

    `enum` decides, because it may be a part of `categories`.
    """
    enum = constraints(field).get("enum")
    if isinstance(enum, list):
        return {_code(field, value): value for value in enum}
    listed = {_code(field, value): value for value, _ in labelled_categories(field)}
    return listed or None


def _labels(
    table: str, field: str, old: JsonObject, new: JsonObject, other: set[str]
) -> Iterator[Change]:
    """The categories that are added or removed, or have a different label.

    The codes in `other` have a change of their own.
    """
    before, after = (
        {_code(side, value): (value, label) for value, label in labelled_categories(side)}
        for side in (old, new)
    )
    for code in dict.fromkeys([*before, *after]):
        was, now = before.get(code, (None, None))[1], after.get(code, (None, None))[1]
        if code not in other and ((code in before) != (code in after) or was != now):
            value = (before.get(code) or after[code])[0]
            words = "is no longer a category" if code in before else "is now a category"
            words = "has a different label" if code in before and code in after else words
            words = f"{shown(value)} {words}"
            cells = (Cell("label", was, now),)
            yield Change(kind="wording-changed", table=table, field=field, words=words, cells=cells)
    kept = [code for code in before if code in after]
    if kept != [code for code in after if code in before]:
        words = "the order of its categories is different"
        yield Change(kind="wording-changed", table=table, field=field, words=words)


def _code(field: JsonObject, value: Any) -> str:
    """A code of a field by what it means: 1 and "1" are the same code."""
    type_ = type_of(field)
    if type_.judge is not None and type_.accepts(value):
        return type_.equal_value(value)
    return value if isinstance(value, str) else dumps(value, sort_keys=True)


def shown(value: Any) -> str:
    """A value of a schema as a message shows it."""
    return "not set" if value is None else dumps(value)
