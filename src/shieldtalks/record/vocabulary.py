"""The vocabularies: the codes that a field can contain. They are read from the table `codes`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..tabular.reading import open_text
from ..tabular.types.boolean import Boolean


class Term(NamedTuple):
    """One code of a vocabulary, with its label and meaning."""

    code: str
    label: str
    definition: str
    #: Of a move: whether it decides the state of a proposal, and what the ledger calls its result.
    decides: bool = False
    outcome: str = ""
    #: The identifier of the broader term; "" if there is none.
    parent_id: str = ""


Vocabularies = Mapping[str, list[Term]]


def read(codes_csv: Path) -> dict[str, list[Term]]:
    """Every vocabulary in a file `codes.csv`, by scheme. The terms are in the order of the file."""
    with open_text(codes_csv, "utf-8") as file:
        return parse(file)


def parse(lines: Iterable[str]) -> dict[str, list[Term]]:
    """Every vocabulary in the lines of a `codes.csv`. Rows without a scheme or a code are left out."""
    vocabularies: dict[str, list[Term]] = {}
    for row in csv.DictReader(lines):
        if row.get("scheme") and row.get("code"):
            term = Term(
                row["code"],
                row.get("label") or "",
                row.get("definition") or "",
                Boolean.words.get(row.get("decides") or "", False),
                row.get("outcome") or "",
                row.get("parent_id") or "",
            )
            vocabularies.setdefault(row["scheme"], []).append(term)
    return vocabularies


def fill(schema: dict[str, Any], vocabularies: Vocabularies) -> None:
    """Set `constraints.enum` and `categories` (with labels) of each field that names a vocabulary."""
    for field in schema.get("fields", []):
        name = field.get("vocabulary")
        terms = vocabularies.get(name) if isinstance(name, str) else None
        if terms:
            field.setdefault("constraints", {})["enum"] = [term.code for term in terms]
            field["categories"] = [{"value": term.code, "label": term.label} for term in terms]
