"""A fault of the structure of a file, and the characters that spoil a cell."""

from __future__ import annotations

import re
from typing import NamedTuple

#: A control character. Also a carriage return: at the end of a line, it is removed before.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: Matches the parts of a cell where a control character or a faulty byte is.
SPOILED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]+")

#: The rules for faults of single characters. After such a fault, cells are still in their columns.
BYTES = frozenset({"bom", "encoding", "control-character", "line-end"})


class Fault(NamedTuple):
    """A fault of the structure of a file, found while reading. `rule` is the kind of fault."""

    rule: str
    #: The physical line; 0 if the file has no lines.
    line: int
    message: str
    value: str | None = None
    #: The path of the file, if the table is in several files; otherwise None.
    path: str | None = None
    #: The field, if the fault is in one cell.
    field: str | None = None
    #: The place of the fault in a file without lines, such as a cell of a workbook.
    place: str | None = None
    #: Whether the cells of the row are in their columns all the same.
    keeps_cells: bool = False
    hint: str | None = None


def spoiled(value: object) -> bool:
    """Whether a cell contains a control character, or the mark for a byte that cannot be decoded."""
    return isinstance(value, str) and SPOILED.search(value) is not None
