"""A plain CSV file in chunks of whole records, each with its place in the file and its rows as Arrow.

A chunk is read by whoever can open the file: a task on a worker of the server, or this program. The
function for it needs only Python's own library and pyarrow, and travels to the workers as a whole.
"""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from ..reading import open_regular

#: Bytes of a chunk, and the most rows of a batch. No batch is much larger than a chunk.
CHUNK, BATCH = 16 << 20, 20_000

#: The most characters of a cell. Python's own limit, which holds on a worker, is lower.
_LONGEST = 2**31 - 1

#: How the error of a task begins if it could open its chunk, but the rows are not as they should be.
ODD = "the rows of this chunk are unusual"


class Chunk(NamedTuple):
    """A part of a file that consists of whole records."""

    file: str
    offset: int
    length: int
    #: The number of its first row, from 1 in the whole table, and of its first line in the file.
    first_row: int
    first_line: int
    #: Whether its first record is the header.
    is_headed: bool
    #: The CRC-32 of its bytes, so that nobody reads another file of the same name.
    checksum: int


def cut(files: Sequence[Path], size: int = CHUNK) -> Iterator[Chunk]:
    """The chunks of plain CSV files, each with a header. A line feed between two quotes ends no record."""
    row = 1
    for file in files:
        offset, line = 0, 1
        with open_regular(file) as stream:
            while data := _records(stream, size):
                is_headed = offset == 0
                yield Chunk(str(file), offset, len(data), row, line, is_headed, zlib.crc32(data))
                row += _ends(data) - is_headed
                line += data.count(b"\n")
                offset += len(data)


def _records(stream: IO[bytes], size: int) -> bytes:
    """The next bytes of a file, to the end of a record: the quotes before it are even in number."""
    parts = [stream.read(size)]
    parts.append(stream.readline())
    quotes = sum(part.count(b'"') for part in parts)
    while quotes % 2 and (line := stream.readline()):
        parts.append(line)
        quotes += line.count(b'"')
    return b"".join(parts)


def _ends(data: bytes) -> int:
    """The number of records in whole records. The last one may have no line feed."""
    outside = data.split(b'"')[::2] if b'"' in data else [data]
    return sum(part.count(b"\n") for part in outside) + (not data.endswith(b"\n"))


def batches(
    chunk: Sequence[Any], data: bytes, delimiter: str, missing: Sequence[Sequence[str]]
) -> Iterator[Any]:
    """The rows of a chunk as Arrow: the number of each row, then its cells as text, missing ones null.

    Raises ValueError or csv.Error if a row is not as it should be.
    """
    lines = io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    if chunk[5]:
        next(reader)
    number, rows = int(chunk[3]), []
    for row in reader:
        rows.append(row)
        if len(rows) == BATCH:
            yield as_arrow(number, rows, missing)
            number, rows = number + len(rows), []
    if rows:
        yield as_arrow(number, rows, missing)


def from_rows(rows: Iterable[Sequence[str]], missing: Sequence[Sequence[str]]) -> Iterator[Any]:
    """Rows as batches of Arrow, with their numbers. Raises ValueError if a row has another width."""
    some: list[Sequence[str]] = []
    number, size = 1, 0
    for row in rows:
        some.append(row)
        size += sum(map(len, row))
        if len(some) == BATCH or size >= CHUNK:
            yield as_arrow(number, some, missing)
            number, some, size = number + len(some), [], 0
    if some:
        yield as_arrow(number, some, missing)


def as_arrow(number: int, rows: Sequence[Sequence[str]], missing: Sequence[Sequence[str]]) -> Any:
    """A batch of rows, the first of which has this number. Raises ValueError if one has another width."""
    import pyarrow as pa

    width = len(missing)
    if any(len(row) != width for row in rows):
        raise ValueError("the number of cells is wrong")
    columns = [pa.array(range(number, number + len(rows)), pa.int64())]
    for cells, words in zip(zip(*rows, strict=True), missing, strict=True):
        absent = dict.fromkeys(words)
        columns.append(pa.array([None if cell in absent else cell for cell in cells], pa.string()))
    names = ["_row", *(f"c{place}" for place in range(width))]
    return pa.RecordBatch.from_arrays(columns, names=names)


def read(chunk: Sequence[Any], stream: IO[bytes]) -> bytes:
    """The bytes of a chunk of an open file. Raises ValueError if they are not those that were cut."""
    stream.seek(chunk[1])
    data = stream.read(chunk[2])
    if zlib.crc32(data) != chunk[6]:
        raise ValueError("the file has changed, or it is another one")
    return data


def here(found: Sequence[Chunk], delimiter: str, missing: Sequence[Sequence[str]]) -> Iterator[Any]:
    """The rows of chunks, read by this program. Raises what `batches` and `open_regular` raise."""
    for chunk in found:
        with open_regular(Path(chunk.file)) as stream:
            data = read(chunk, stream)
        yield from batches(chunk, data, delimiter, missing)


def reader_of(delimiter: str, missing: Sequence[Sequence[str]]) -> Any:
    """The function that a task runs: from batches of chunks to batches of rows.

    The workers may not have this package, so it uses nothing of it but functions of this module.
    """

    def rows(given: Iterator[Any]) -> Iterator[Any]:
        csv.field_size_limit(_LONGEST)
        for batch in given:
            for chunk in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                with Path(chunk[0]).open("rb") as stream:
                    data = read(chunk, stream)
                try:
                    yield from batches(chunk, data, delimiter, missing)
                except (ValueError, csv.Error) as error:
                    raise ValueError(f"{ODD}: {error}") from error

    return rows
