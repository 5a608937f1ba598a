"""Compressed tables: gzip, and a zip with one file. They are uncompressed for the time of the description."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from .. import temporary
from ..findings import CannotRun
from ..package import Resource
from ..reading import open_regular
from ..sources.compressed import uncompress
from ..sources.octets import TooLarge
from ..sources.source import Damaged
from .bare import Bare
from .text_files import TextTable

#: What can be in a compressed file: delimited text and JSON Lines, by the ending of its name.
_TEXTS = (".csv", ".tsv", ".tab", ".txt", ".psv")


class _Held(TextTable):
    """The table in a text file that was compressed."""

    def __init__(self, folder: Path, file: Path, path: str, name: str) -> None:
        super().__init__(file, path, name)
        self._end = weakref.finalize(self, temporary.remove, folder)


def packed(file: Path, path: str, name: str) -> Iterable[Bare]:
    """The table in a compressed file. Raises CannotRun if there is none."""
    inner = _inner_name(file)
    if not inner.lower().endswith(_TEXTS):
        raise CannotRun("it is compressed, and not a text file by its name: unpack it")
    folder = temporary.system_folder()
    try:
        target = folder / f"table{Path(inner).suffix.lower()}"
        uncompress(Resource(name, path, file, {"path": path}, {}, None), target)
        table = _Held(folder, target, path, name)
    except (Damaged, TooLarge) as error:
        temporary.remove(folder)
        raise CannotRun(str(error)) from error
    except BaseException:
        temporary.remove(folder)
        raise
    if table.is_empty or table.is_binary:
        raise CannotRun("it is empty, or not a text file")
    return [table]


def _inner_name(file: Path) -> str:
    """The name of the file in a compressed file."""
    if file.suffix.lower() != ".zip":
        return file.stem
    try:
        with open_regular(file) as stream, ZipFile(stream) as archive:
            names = [one.filename for one in archive.infolist() if not one.is_dir()]
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise CannotRun("it is not a zip archive, or it is damaged") from error
    own = [one for one in names if not one.startswith("__MACOSX/")]
    if len(own) != 1:
        raise CannotRun(f"the zip has {len(own)} files, not one: unpack it")
    return own[0]


def in_columns(file: Path, path: str, name: str) -> Iterator[Bare]:
    """The table in a Parquet file."""
    from .parquet_files import ParquetTable

    yield ParquetTable(file, path, name)
