"""Checks of a file: bytes, line endings, quotes, rows, header, and the declared hash and size."""

from __future__ import annotations

import hashlib
import re
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

_DIGITS = re.compile("[0-9A-Fa-f]+")


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


#: The algorithms of hashes, by the number of hexadecimal digits.
_BY_LENGTH = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}

_UPDATE = "If the file is right, run `shieldtalks fmt` on the package to update hash and size."


def check_hash(table: LoadedTable) -> Iterator[Finding]:
    """Check the declared hash and size of a file."""
    descriptor = table.resource.descriptor
    declared = descriptor.get("hash")
    if isinstance(declared, str):
        algorithm, _, digest = declared.rpartition(":")
        found = list(_hash_faults(table, algorithm or "md5", digest, declared))
        yield from found
        if found:
            return
    size = descriptor.get("bytes")
    if type(size) is int and size != table.octets.size:
        message = f"the file has {table.octets.size} bytes, but the descriptor gives {size}"
        yield table.finding("bytes", message, value=table.octets.size, hint=_UPDATE)


def _hash_faults(
    table: LoadedTable, algorithm: str, digest: str, declared: str
) -> Iterator[Finding]:
    """The finding for a hash that does not match, or that cannot be of its algorithm."""
    looks_like = _BY_LENGTH.get(len(digest)) if _DIGITS.fullmatch(digest) else None
    if looks_like is None:
        message = f'"{declared}" is not a hash: a hash has 32, 40, 64 or 128 hexadecimal digits'
        yield table.finding("hash", message, value=declared, hint=_UPDATE)
    elif looks_like != algorithm:
        yield _other_algorithm(table, algorithm, looks_like, digest)
    else:
        actual = _digest(table, algorithm)
        if digest.lower() != actual:
            message = f"the file does not match its {_called(algorithm)} hash in the descriptor"
            yield table.finding("hash", message, value=actual, hint=_UPDATE)


def _other_algorithm(table: LoadedTable, algorithm: str, looks_like: str, digest: str) -> Finding:
    """The finding for a hash with the number of digits of another algorithm."""
    matches = digest.lower() == _digest(table, looks_like)
    wanted, found = _called(algorithm), _called(looks_like)
    source = "the default of the standard" if algorithm == "md5" else "the declared algorithm"
    message = (
        f"{len(digest)} hexadecimal digits are not {wanted} ({source}), but {found}; "
        f"they {'match' if matches else 'do not match'} the {found} of the file"
    )
    hint = f'Write "{looks_like}:{digest}".' if matches else _UPDATE
    return table.finding("hash", message, value=digest, hint=hint)


def _called(algorithm: str) -> str:
    """The name of an algorithm, as people write it."""
    return algorithm.upper().replace("SHA", "SHA-")


def _digest(table: LoadedTable, algorithm: str) -> str:
    """The hash of a file, as hexadecimal digits."""
    if algorithm == "sha256":
        return table.octets.sha256
    with table.resource.file.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()
