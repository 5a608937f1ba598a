"""A description as JSON: the descriptor, and the guesses behind it."""

from __future__ import annotations

from typing import Any

from . import Description


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
