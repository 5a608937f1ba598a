"""The vocabularies: which codes a field may hold, read from the `codes` table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple


class Term(NamedTuple):
    """One code of a vocabulary with its label and its meaning."""

    code: str
    label: str
    definition: str
    #: Of a move: whether it decides the state of a proposal, and what the ledger calls its result.
    decides: bool = False
    outcome: str = ""


Vocabularies = Mapping[str, list[Term]]


def read(codes_csv: Path) -> dict[str, list[Term]]:
    """Every vocabulary in a `codes.csv`, by scheme; terms in the order of the file."""
    with codes_csv.open(encoding="utf-8", newline="") as file:
        return parse(file)


def parse(lines: Iterable[str]) -> dict[str, list[Term]]:
    """Every vocabulary in the lines of a `codes.csv`; a row without scheme or code is left out."""
    vocabularies: dict[str, list[Term]] = {}
    for row in csv.DictReader(lines):
        if row.get("scheme") and row.get("code"):
            term = Term(
                row["code"],
                row.get("label") or "",
                row.get("definition") or "",
                (row.get("decides") or "").lower() in ("true", "1"),
                row.get("outcome") or "",
            )
            vocabularies.setdefault(row["scheme"], []).append(term)
    return vocabularies


def fill(schema: dict[str, Any], vocabularies: Vocabularies) -> None:
    """Set `constraints.enum` and labelled `categories` of each field that names a vocabulary."""
    for field in schema.get("fields", []):
        terms = vocabularies.get(field.get("vocabulary", ""))
        if terms:
            field.setdefault("constraints", {})["enum"] = [term.code for term in terms]
            field["categories"] = [{"value": term.code, "label": term.label} for term in terms]
