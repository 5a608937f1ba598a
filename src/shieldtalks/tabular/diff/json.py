"""A difference as JSON for programs, and the schema of the document."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from ..jsontext import visible
from . import Difference
from .change import POLICY, Level


def text(difference: Difference, breaches: list[dict[str, str]] | None) -> str:
    """The document. `breaches` are those of the release rule; None if it was not checked."""
    smallest = difference.smallest
    value = {
        "old": asdict(difference.old),
        "new": asdict(difference.new),
        "bump": difference.level.name.lower(),
        "smallest": str(smallest) if smallest else None,
        "meets": difference.meets,
        "totals": dict(sorted(Counter(change.kind for change in difference.changes).items())),
        "changes": [change.as_dict() for change in difference.changes],
        "not_compared": list(difference.not_compared),
        "breaches": breaches,
    }
    return visible(value) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of the document, without the address of its dialect. It allows no other keys."""
    return {
        "$id": "urn:shieldtalks:schema:diff:2",
        "title": "Report of shieldtalks diff",
        "description": "The differences between two packages, and the version bump that they allow.",
        **_closed(_properties()),
    }


def _properties() -> dict[str, Any]:
    words = {"type": "string"}
    maybe = {"type": ["string", "null"]}
    side = _closed({"name": maybe, "version": maybe})
    cell = _closed(
        {
            "field": words,
            "old": {"description": "The old value, for a cell as it is written; null for none."},
            "new": {"description": "The new value, for a cell as it is written; null for none."},
        }
    )
    change = _closed(
        {
            "kind": {"enum": list(POLICY), "description": "The kind of the change."},
            "bump": _bumps("The smallest bump that this change allows."),
            "why": words | {"description": "The reason, from the version policy."},
            "table": maybe | {"description": "The table; null for the descriptor."},
            "field": maybe,
            "row": maybe | {"description": "The key of the row, with its parts joined by a slash."},
            "replaced_by": maybe
            | {"description": "The identifier of the row that replaces this one."},
            "cells": {
                "type": "array",
                "description": "The fields of the row, or the properties of the schema, that differ. "
                "For a row that was added or removed: the fields that have a value.",
                "items": cell,
            },
            "words": words | {"description": "A description of the change."},
        }
    )
    breach = _closed({"rule": words, "message": words, "hint": words})
    return {
        "old": side,
        "new": side,
        "bump": _bumps("The smallest bump that all changes together allow."),
        "smallest": maybe | {"description": "The smallest version that `new` may have."},
        "meets": {
            "type": ["boolean", "null"],
            "description": "Whether the version of `new` is at least `smallest`; null if the versions "
            "cannot be compared.",
        },
        "totals": {
            "type": "object",
            "description": "The number of changes of each kind.",
            "additionalProperties": {"type": "integer", "minimum": 1},
        },
        "changes": {"type": "array", "items": change},
        "not_compared": {
            "type": "array",
            "items": words,
            "description": "The tables of which the rows could not be compared: on one side they "
            "cannot be read.",
        },
        "breaches": {
            "type": ["array", "null"],
            "description": "Where `new` breaks the release rule; null if it was not checked.",
            "items": breach,
        },
    }


def _bumps(description: str) -> dict[str, Any]:
    return {"enum": [level.name.lower() for level in Level], "description": description}


def _closed(parts: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": parts,
        "required": list(parts),
        "additionalProperties": False,
    }
