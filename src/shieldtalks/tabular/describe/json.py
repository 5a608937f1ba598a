"""A description as JSON: the descriptor, the guesses behind it, and the schema of the document."""

from __future__ import annotations

from typing import Any

from . import Description
from .guess import Certainty


def explanation(description: Description) -> dict[str, Any]:
    """The descriptor, each guess with its evidence and its certainty, and the files that were left out."""
    return {
        "descriptor": description.descriptor,
        "guesses": [
            {
                "table": guess.table,
                "field": guess.field or None,
                "about": guess.about,
                "value": guess.value,
                "certainty": str(guess.certainty),
                "evidence": guess.evidence,
            }
            for guess in description.guesses
        ],
        "left_out": [{"path": path, "reason": why} for path, why in description.left_out],
        "rows": description.rows,
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of the document, without the address of its dialect. It allows no other keys."""
    return {
        "$id": "urn:shieldtalks:schema:describe:2",
        "title": "What shieldtalks describe --explain prints",
        "description": "A descriptor made from bare files, with the evidence for each guess.",
        **_closed(
            {
                "descriptor": {
                    "type": "object",
                    "description": "The descriptor, as it is written to datapackage.json.",
                    "properties": {"resources": {"type": "array", "minItems": 1}},
                    "required": ["resources"],
                },
                "guesses": {"type": "array", "items": _guess()},
                "left_out": {
                    "type": "array",
                    "description": "The files that are not described.",
                    "items": _closed({"path": _WORDS, "reason": _WORDS}),
                },
                "rows": {
                    "type": "object",
                    "description": "The number of rows of each table.",
                    "additionalProperties": {"type": "integer", "minimum": 0},
                },
            }
        ),
    }


_WORDS = {"type": "string"}


def _guess() -> dict[str, Any]:
    return _closed(
        {
            "table": _WORDS,
            "field": {
                "type": ["string", "null"],
                "description": "The field; null if the guess is about the whole table or its file.",
            },
            "about": _WORDS
            | {"description": "The property of the descriptor, such as type or primaryKey."},
            "value": {"description": "Its value; null if nothing was written."},
            "certainty": {
                "enum": [str(one) for one in Certainty],
                "description": "What is uncertain is not in the descriptor.",
            },
            "evidence": _WORDS | {"minLength": 1, "description": "The reason for the guess."},
        }
    )


def _closed(parts: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": parts,
        "required": list(parts),
        "additionalProperties": False,
    }
