"""A difference as JSON for programs, and the schema that the document follows."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from . import Difference
from .change import POLICY, Level


def text(difference: Difference, breaches: list[dict[str, str]] | None) -> str:
    """The document; `breaches` are those of the release rule, None where it was not asked for."""
    smallest = difference.smallest
    value = {
        "old": asdict(difference.old),
        "new": asdict(difference.new),
        "bump": difference.level.name.lower(),
        "smallest": str(smallest) if smallest else None,
        "meets": difference.meets,
        "totals": dict(sorted(Counter(change.kind for change in difference.changes).items())),
        "changes": [change.as_dict() for change in difference.changes],
        "breaches": breaches,
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of the document, without the address of its dialect; every object is closed."""
    return {
        "$id": "urn:shieldtalks:schema:diff:1",
        "title": "Report of shieldtalks diff",
        "description": "What differs between two packages, and the version bump that it allows.",
        **_closed(_properties()),
    }


def _properties() -> dict[str, Any]:
    words = {"type": "string"}
    maybe = {"type": ["string", "null"]}
    side = _closed({"name": maybe, "version": maybe})
    cell = _closed(
        {
            "field": words,
            "old": {"description": "The value as it was; null is missing."},
            "new": {"description": "The value as it is; null is missing."},
        }
    )
    change = _closed(
        {
            "kind": {"enum": list(POLICY), "description": "What kind of change it is."},
            "bump": _bumps("The smallest bump that this change allows."),
            "why": words | {"description": "The line of the version policy that says so."},
            "table": maybe | {"description": "The table; null for the descriptor."},
            "field": maybe,
            "row": maybe | {"description": "The row's key, its parts joined by a slash."},
            "replaced_by": maybe | {"description": "What the row was merged into."},
            "cells": {
                "type": "array",
                "description": "The fields of the row, or properties of the contract, that differ; of "
                "a row added or removed, the fields that are filled.",
                "items": cell,
            },
            "words": words | {"description": "The change in words."},
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
            "description": "Whether the version of `new` is at least that; null: no such versions.",
        },
        "totals": {
            "type": "object",
            "description": "Changes by kind.",
            "additionalProperties": {"type": "integer", "minimum": 1},
        },
        "changes": {"type": "array", "items": change},
        "breaches": {
            "type": ["array", "null"],
            "description": "Where `new` breaks the release rule; null where it was not asked for.",
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
