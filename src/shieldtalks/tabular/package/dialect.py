"""The dialect of a CSV file: the values of the `dialect` of a resource, with the defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """The dialect of a delimited text file (Table Dialect, Data Package v2)."""

    delimiter: str = ","
    #: The declared line ending; "" if none is declared, so that any is allowed.
    line_terminator: str = ""


def csv_dialect(declared: Any) -> CsvDialect:
    """The dialect that a resource declares, or the defaults if it declares none."""
    if not isinstance(declared, dict):
        return CsvDialect()
    return CsvDialect(
        str(declared.get("delimiter", ",")),
        str(declared.get("lineTerminator", "")),
    )
