"""The names of the rules that are not SQL rules."""

from __future__ import annotations

from .engine.compile import CONSTRAINTS
from .settings import EXTRA

#: The identifiers of the checks that are not SQL rules.
STRUCTURAL = frozenset(
    CONSTRAINTS
    | {
        "descriptor",
        "profile",
        "schema",
        "path",
        "file",
        "unsupported",
        "hash",
        "bytes",
        "bom",
        "encoding",
        "line-end",
        "control-character",
        "quote",
        "source",
        "blank-row",
        "missing-cell",
        "extra-cell",
        "header",
        "blanks",
        "type",
        "categories",
        "misplaced",
        "unique-key",
        "primary-key",
        "foreign-key",
        "reference",
        "evidence",
    }
)

#: The rules of the standard. They are always errors.
FIXED = STRUCTURAL - EXTRA - {"reference", "evidence"}
