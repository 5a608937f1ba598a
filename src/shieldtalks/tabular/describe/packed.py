"""Compressed tables: gzip, and zip. They are uncompressed for the time of the description."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from .. import temporary
from ..findings import CannotRun
from ..package import DESCRIPTOR, Resource
from ..package import archive as archives
from ..package.zipped import files_in
from ..reading import open_regular
from ..sources.compressed import uncompress
from ..sources.octets import TooLarge
from ..sources.source import Damaged
from .bare import Bare
from .objects import ObjectTable, json_file, json_lines
from .text_files import TextTable

#: The delimited text that can be in a compressed file, by the ending of its name.
_TEXTS = (".csv", ".tsv", ".tab", ".txt", ".psv")


#: The JSON that can be in one, and what opens it.
_JSON = {".json": json_file, ".jsonl": json_lines, ".ndjson": json_lines}


#: The endings of tables in a zip with several files, and how many files it may have.
_MEMBERS = frozenset(_TEXTS) - {".txt"} | frozenset(_JSON)
_MOST_MEMBERS = 100


def packed(file: Path, path: str, name: str) -> Iterable[Bare]:
    """The tables in a compressed file. Raises CannotRun if there is none, or for one that is none."""
    inner = _files_in_zip(file) if file.suffix.lower() == ".zip" else [file.stem]
    if len(inner) == 1:
        return [_unpacked(file, path, name, inner[0], {})]
    return _several(file, path, inner)


def _several(file: Path, path: str, inner: list[str]) -> Iterator[Bare]:
    """The tables in a zip with several files. A text beside them, such as a README.txt, is none."""
    if any(PurePosixPath(one).name == DESCRIPTOR for one in inner):
        raise CannotRun("it is a data package, which has a descriptor")
    tables = [one for one in inner if PurePosixPath(one).suffix.lower() in _MEMBERS]
    if not tables:
        raise CannotRun(f"none of the {len(inner)} files in it is a table by its name: unpack it")
    failed = ""
    for one in tables:
        try:
            yield _unpacked(file, path, PurePosixPath(one).stem, one, {"innerpath": one})
        except CannotRun as error:
            failed = failed or f'"{one}" in it: {error.message}'
    if failed:
        raise CannotRun(failed)


def _unpacked(file: Path, path: str, name: str, inner: str, more: dict[str, Any]) -> Bare:
    """The table in a compressed file, which is deleted with it."""
    ending = PurePosixPath(inner).suffix.lower()
    if ending not in (*_TEXTS, *_JSON):
        raise CannotRun("it is compressed, and neither text nor JSON by its name: unpack it")
    folder = temporary.system_folder()
    try:
        target = folder / f"table{ending}"
        uncompress(Resource(name, path, file, {"path": path, **more}, {}, None), target)
        table = _table(target, path, name, ending)
    except (Damaged, TooLarge) as error:
        temporary.remove(folder)
        raise CannotRun(str(error)) from error
    except BaseException:
        temporary.remove(folder)
        raise
    table.more = more
    weakref.finalize(table, temporary.remove, folder)
    return table


def _table(file: Path, path: str, name: str, ending: str) -> TextTable | ObjectTable:
    """The table in the file that was compressed."""
    if ending in _JSON:
        tables = _JSON[ending](file, path, name)
        if len(tables) > 1:
            raise CannotRun("it is compressed, and contains several lists of rows: unpack it")
        return tables[0]
    table = TextTable(file, path, name)
    if table.is_empty or table.is_binary:
        raise CannotRun("it is empty, or not a text file")
    return table


def _files_in_zip(file: Path) -> list[str]:
    """The names of the files in a zip. Raises CannotRun if there are none, or too many."""
    most, shown = archives.limit(file.stat().st_size)
    try:
        with open_regular(file) as stream:
            is_long = archives.directory_size(stream) > archives.LARGEST_DIRECTORY
            found = [] if is_long else files_in(ZipFile(stream))
    except (NotImplementedError, RuntimeError, *archives.DAMAGED) as error:
        raise CannotRun("it is not a zip archive, or it is damaged") from error
    if is_long or len(found) > _MOST_MEMBERS or sum(one.file_size for one in found) > most:
        raise CannotRun(f"it has more than {_MOST_MEMBERS} files, or more than {shown}: unpack it")
    if not found:
        raise CannotRun("it has no files")
    return [one.filename for one in found]


def in_columns(file: Path, path: str, name: str) -> Iterator[Bare]:
    """The table in a Parquet file."""
    from .parquet_files import ParquetTable

    yield ParquetTable(file, path, name)
