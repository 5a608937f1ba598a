"""Checks of a file: bytes, line endings, quotes, rows, header, and the declared hash and size."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from ..findings import Finding
from ..sources.csv import LoadedTable

_HINTS = {
    "bom": "Save the file as UTF-8 without a byte order mark, or run `shieldtalks fmt` on the package.",
    "encoding": "Save the file in the encoding that the descriptor declares (UTF-8 by default).",
    "line-end": "Save the file with one kind of line ending, or run `shieldtalks fmt` on the package.",
    "control-character": "Remove the character.",
    "quote": 'Put the whole cell in quotes and double the quotes inside it: "say ""so""".',
    "blank-row": "Delete the line, or run `shieldtalks fmt` on the package.",
    "missing-cell": "Add the missing cells. An empty cell is nothing between two delimiters.",
    "extra-cell": "Remove the extra cells. If a cell contains a delimiter, put it in quotes.",
    "header": "The header must list the field names of the schema, in the same order.",
}


def check(table: LoadedTable) -> Iterator[Finding]:
    """The faults that were found while the table was read."""
    for row, fault in [*((None, fault) for fault in table.header_faults), *table.faults]:
        yield table.finding(
            fault.rule,
            fault.message,
            row=row,
            line=fault.line,
            value=fault.value,
            hint=_HINTS.get(fault.rule),
        )


def check_hash(table: LoadedTable) -> Iterator[Finding]:
    """Check the declared hash and size of a file."""
    descriptor = table.resource.descriptor
    hint = "If the file is right, run `shieldtalks fmt` on the package to update hash and size."
    declared = descriptor.get("hash")
    if isinstance(declared, str):
        algorithm, _, digest = declared.rpartition(":")
        actual = _digest(table, algorithm or "md5")
        if digest.lower() != actual:
            name = (algorithm or "md5").upper().replace("SHA", "SHA-")
            message = f"the file does not match its {name} hash in the descriptor"
            yield table.finding("hash", message, value=actual, hint=hint)
            return
    size = descriptor.get("bytes")
    if type(size) is int and size != table.octets.size:
        message = f"the file has {table.octets.size} bytes, but the descriptor gives {size}"
        yield table.finding("bytes", message, value=table.octets.size, hint=hint)


def _digest(table: LoadedTable, algorithm: str) -> str:
    """The hash of a file, as hexadecimal digits."""
    if algorithm == "sha256":
        return table.octets.sha256
    with table.resource.file.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()
