"""Compressed tables: gzip, and a zip with one file. They are uncompressed for the time of the description."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from .. import temporary
from ..findings import CannotRun
from ..package import Resource
from ..package.zipped import files_in
from ..reading import open_regular
from ..sources.compressed import uncompress
from ..sources.octets import TooLarge
from ..sources.source import Damaged
from .bare import Bare
from .objects import json_file, json_lines
from .text_files import TextTable

#: The delimited text that can be in a compressed file, by the ending of its name.
_TEXTS = (".csv", ".tsv", ".tab", ".txt", ".psv")


#: The JSON that can be in one, and what opens it.
_JSON = {".json": json_file, ".jsonl": json_lines, ".ndjson": json_lines}


def packed(file: Path, path: str, name: str) -> Iterable[Bare]:
    """The table in a compressed file. Raises CannotRun if there is none."""
    ending = Path(_inner_name(file)).suffix.lower()
    if ending not in (*_TEXTS, *_JSON):
        raise CannotRun("it is compressed, and neither text nor JSON by its name: unpack it")
    folder = temporary.system_folder()
    try:
        target = folder / f"table{ending}"
        uncompress(Resource(name, path, file, {"path": path}, {}, None), target)
        table = _table(target, path, name, ending)
    except (Damaged, TooLarge) as error:
        temporary.remove(folder)
        raise CannotRun(str(error)) from error
    except BaseException:
        temporary.remove(folder)
        raise
    weakref.finalize(table, temporary.remove, folder)
    return [table]


def _table(file: Path, path: str, name: str, ending: str) -> Bare:
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


def _inner_name(file: Path) -> str:
    """The name of the file in a compressed file."""
    if file.suffix.lower() != ".zip":
        return file.stem
    try:
        with open_regular(file) as stream, ZipFile(stream) as archive:
            names = [one.filename for one in files_in(archive)]
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise CannotRun("it is not a zip archive, or it is damaged") from error
    if len(names) != 1:
        raise CannotRun(f"the zip has {len(names)} files, not one: unpack it")
    return names[0]


def in_columns(file: Path, path: str, name: str) -> Iterator[Bare]:
    """The table in a Parquet file."""
    from .parquet_files import ParquetTable

    yield ParquetTable(file, path, name)
