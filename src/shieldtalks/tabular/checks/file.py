"""Checks of a file: bytes, line endings, quotes, rows, header, and the declared hash and size."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..findings import Finding, Further, Severity, counted
from ..package import DataFile, Resource
from ..package.dialect import CsvDialect
from ..package.kinds import INLINE, is_inline
from ..package.schema import fields_match
from ..reading import open_regular
from ..sources.loaded import LoadedTable
from .refused import refused

#: The supported hash algorithms. The default of the standard is MD5.
ALGORITHMS = {"md5", "sha1", "sha256", "sha512"}

_HINTS = {
    "bom": "Save the file as UTF-8 without a byte order mark, or run `shieldtalks fmt` on the package.",
    "encoding": "Save the file in the encoding that the descriptor declares (UTF-8 by default), "
    "or declare the encoding that the file has.",
    "line-end": "Save the file with one kind of line ending, or run `shieldtalks fmt` on the package.",
    "control-character": "Replace it by the character that is meant. If none is meant, remove it.",
    "blank-row": "Delete the line, or run `shieldtalks fmt` on the package.",
    "missing-cell": "Add the missing cells. An empty cell is nothing between two delimiters.",
    "extra-cell": "Remove the extra cells. If a cell contains a delimiter, put it in quotes.",
    "header": "The header must list the field names of the schema, in the same order.",
}

_DIGITS = re.compile("[0-9A-Fa-f]+")


def check(table: LoadedTable) -> Iterator[Finding | Further]:
    """The faults that were found while the table was read."""
    for rule, times in table.notes.more.items():
        known = list(_unlisted(table, rule)) if table.quota.is_open else []
        for number in known:
            yield Further(table.resource.name, rule, number)
        if times > len(known):
            yield Further(table.resource.name, rule, times=times - len(known))
    for row, fault in [*((None, fault) for fault in table.header_faults), *table.notes.faults]:
        yield table.finding(
            fault.rule,
            fault.message,
            row=row,
            line=fault.line,
            path=fault.path,
            field=fault.field,
            value=fault.value,
            hint=fault.hint or _hint(table, fault.rule),
            place=fault.place,
        )


def _unlisted(table: LoadedTable, rule: str) -> Iterator[int]:
    """The rows with a fault of a rule that are not among the listed ones."""
    listed = {row for row, fault in table.notes.faults if fault.rule == rule}
    return (row for row in table.broken_rows(rule) if row not in listed)


def _about_quotes(dialect: CsvDialect) -> str:
    """How a cell with a quote is written in a dialect."""
    quote = dialect.quote
    if not dialect.double_quote and not dialect.escape:
        return f"A cell in quotes ({quote}) cannot contain one: doubleQuote is false."
    inside, how = (
        (quote * 2, "double") if dialect.double_quote else (dialect.escape + quote, "escape")
    )
    shown = f"{quote}say {inside}so{inside}{quote}"
    hint = f"Put the whole cell in quotes and {how} the quotes inside it: {shown}."
    if dialect.escape:
        hint += ' If quotes have no meaning in this file, set "quoteChar" to "".'
    return hint


#: What a header must be, by the `fieldsMatch` of the schema.
_HEADERS = {
    "equal": "The header must list the field names of the schema, in any order.",
    "subset": "The header must list all field names of the schema, in any order; it may have others.",
    "superset": "The header may list only field names of the schema, in any order.",
    "partial": "The header must list at least one field name of the schema, and those with a value "
    "that is required.",
}

#: What a hint adds where `fmt` would fix the fault.
_BY_FMT = ", or run `shieldtalks fmt` on the package"


#: What to do about a fault in a file that is no delimited text.
_OTHER_HINTS = {
    "encoding": "Save the file as UTF-8.",
    "blank-row": "Delete the row.",
    "missing-cell": "Add the missing cells.",
    "extra-cell": "Remove the extra cells.",
}


def _hint(table: LoadedTable, rule: str) -> str | None:
    """What to do about a fault. `fmt` is named only where it does it."""
    resource = table.original
    if table.plain is not None and table.plain.is_rewritten and rule in _OTHER_HINTS:
        return _OTHER_HINTS[rule]
    hint = _HINTS.get(rule)
    if rule == "quote":
        return _about_quotes(resource.dialect)
    if rule == "extra-cell" and not resource.dialect.quote:
        escape = resource.dialect.escape
        how = f" If a cell contains a delimiter, put {escape} before it." if escape else ""
        return f"Remove the extra cells.{how}"
    if rule == "header" and not resource.fields:
        return "Write the names of the columns into the first line."
    if rule == "header":
        return _HEADERS.get(fields_match(resource.schema), hint)
    if hint is None or _BY_FMT not in hint:
        return hint
    if rule == "blank-row" and len(resource.fields) == 1:
        # Only a person knows which of the two is meant.
        return "Delete the line, or put a value into it."
    from ..rewriting import is_ordinary  # only a fault needs it

    return hint if is_ordinary(resource) else hint.replace(_BY_FMT, "")


#: The algorithms of hashes, by the number of hexadecimal digits.
_BY_LENGTH = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}

_UPDATE = "If the file is right, run `shieldtalks fmt` on the package to update hash and size."


def check_hash(table: LoadedTable) -> Iterator[Finding]:
    """Check the declared hash and size of the file of a table. They are those of no file of several."""
    resource = table.original
    if resource.more or resource.form == INLINE:
        return
    size, known = table.octets.size, {"sha256": table.octets.sha256}
    if resource.file != table.resource.file:
        size, known = resource.file.stat().st_size, {}
    for found in _sealed(resource, resource.file, size, known, _UPDATE):
        if found.rule != "unsupported":  # that finding was made before the file was read
            yield found


def check_file(other: DataFile) -> Iterator[Finding]:
    """Check that a file that is no table exists, and its declared hash and size."""
    hint = _UPDATE if other.alone else "If the file is right, correct the descriptor."
    try:
        with open_regular(other.file) as stream:
            size = stream.seek(0, os.SEEK_END)
        # The hash and the size of a resource in several files are those of no single file.
        is_sealed = other.alone and not is_inline(other.descriptor)
        found = list(_sealed(other, other.file, size, {}, hint)) if is_sealed else []
    except OSError as error:
        yield refused(other, error)
        return
    yield from found


def _sealed(
    resource: Resource | DataFile, path: Path, size: int, known: dict[str, str], hint: str
) -> Iterator[Finding]:
    """What differs from the declared hash or size. `known` has the hashes that were computed."""
    place = Finding(rule="hash", message="", table=resource.name, file=resource.path, hint=hint)
    declared = resource.descriptor.get("hash")
    if isinstance(declared, str) and declared:  # an empty one is a fault of the descriptor
        algorithm, _, digest = declared.rpartition(":")
        found = list(
            _hash_faults(place, _Hashes(path, known), algorithm or "md5", digest, declared)
        )
        yield from found
        if any(fault.rule == "hash" for fault in found):
            return
    stated = resource.descriptor.get("bytes")
    if type(stated) is int and size != stated:
        message = f"the file has {counted(size, 'byte')}, but the descriptor gives {stated}"
        yield replace(place, rule="bytes", message=message, value=str(size))


class _Hashes(NamedTuple):
    """The hashes of a file, computed when they are asked for."""

    path: Path
    known: dict[str, str]

    def of(self, algorithm: str) -> str:
        """The hash by one algorithm, as hexadecimal digits."""
        return self.known.get(algorithm) or _digest(self.path, algorithm)


def _hash_faults(
    place: Finding, hashes: _Hashes, algorithm: str, digest: str, declared: str
) -> Iterator[Finding]:
    """The finding for a hash that does not match, or that cannot be of its algorithm."""
    looks_like = _BY_LENGTH.get(len(digest)) if _DIGITS.fullmatch(digest) else None
    if algorithm not in ALGORITHMS:
        message = f'the hash algorithm "{algorithm}" is not supported'
        severity, hint = Severity.FATAL, "Use sha256."
        yield replace(place, rule="unsupported", message=message, severity=severity, hint=hint)
    elif looks_like is None:
        message = f'"{declared}" is not a hash: a hash has 32, 40, 64 or 128 hexadecimal digits'
        yield replace(place, message=message, value=declared)
    elif looks_like != algorithm:
        yield _other_algorithm(place, hashes, algorithm, looks_like, digest)
    else:
        actual = hashes.of(algorithm)
        if digest.lower() != actual:
            message = f"the file does not match its {_called(algorithm)} hash in the descriptor"
            yield replace(place, message=message, value=actual)


def _other_algorithm(
    place: Finding, hashes: _Hashes, algorithm: str, looks_like: str, digest: str
) -> Finding:
    """The finding for a hash with the number of digits of another algorithm."""
    matches = digest.lower() == hashes.of(looks_like)
    wanted, found = _called(algorithm), _called(looks_like)
    source = "the default of the standard" if algorithm == "md5" else "the declared algorithm"
    message = (
        f"{len(digest)} hexadecimal digits are not {wanted} ({source}), but {found}; "
        f"they {'match' if matches else 'do not match'} the {found} of the file"
    )
    hint = f'Write "{looks_like}:{digest}".' if matches else place.hint
    return replace(place, message=message, value=digest, hint=hint)


def _called(algorithm: str) -> str:
    """The name of an algorithm, as people write it."""
    return algorithm.upper().replace("SHA", "SHA-")


def _digest(path: Path, algorithm: str) -> str:
    """The hash of a file, as hexadecimal digits."""
    with open_regular(path) as file:
        return hashlib.file_digest(file, algorithm).hexdigest()
