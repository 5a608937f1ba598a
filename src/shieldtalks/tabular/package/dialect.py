"""How the text of a CSV file is laid out: what a resource's `dialect` says, with the defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """The layout of a delimited text file (Table Dialect, Data Package v2)."""

    delimiter: str = ","
    #: The declared line end; "" where none is declared, and any is right.
    line_terminator: str = ""


def csv_dialect(stated: Any) -> CsvDialect:
    """The dialect that a resource states; the defaults where it states none."""
    if not isinstance(stated, dict):
        return CsvDialect()
    return CsvDialect(
        str(stated.get("delimiter", ",")),
        str(stated.get("lineTerminator", "")),
    )
