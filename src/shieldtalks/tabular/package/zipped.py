"""A zip that holds one table and no package."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from ..reading import open_regular
from .archive import DAMAGED, LARGEST_DIRECTORY, METHODS, directory_size, is_file_entry
from .package import DESCRIPTOR
from .paths import YAML_DESCRIPTORS

#: Files that some systems add to a zip and that hold no data.
_OF_SYSTEMS = ("__MACOSX/", ".DS_Store", "desktop.ini", "Thumbs.db")

#: What the library raises beside OSError for a zip that cannot be read.
_UNREADABLE = (*DAMAGED, NotImplementedError, RuntimeError)


def files_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in a zip, without those that systems add."""
    return [
        info
        for info in archive.infolist()
        if not info.is_dir()
        and not info.filename.startswith(_OF_SYSTEMS)
        and PurePosixPath(info.filename).name not in _OF_SYSTEMS
    ]


def only_table(file: Path, endings: Collection[str]) -> str:
    """The name of the one table in a zip, by these endings; "" if it has a descriptor, or no such file.

    A text beside the table, such as a README.txt, is no second table.
    """
    try:
        with open_regular(file) as stream:
            if directory_size(stream) > LARGEST_DIRECTORY:
                return ""
            with zipfile.ZipFile(stream) as archive:
                names = [PurePosixPath(info.filename) for info in files_in(archive)]
    except (OSError, *_UNREADABLE):
        return ""
    if any(name.name in (DESCRIPTOR, *YAML_DESCRIPTORS) for name in names):
        return ""
    tables = [name for name in names if name.suffix.lower() in endings]
    if len(tables) > 1:
        tables = [name for name in tables if name.suffix.lower() != ".txt"]
    return str(tables[0]) if len(tables) == 1 else ""


def start_of(file: Path, name: str, size: int) -> bytes:
    """The first bytes of a file in a zip; none if it cannot be read, which is a finding later."""
    try:
        with open_regular(file) as stream, zipfile.ZipFile(stream) as archive:
            info = archive.getinfo(name)
            if info.flag_bits & 1 or info.compress_type not in METHODS or not is_file_entry(info):
                return b""
            with archive.open(info) as content:
                return content.read(size)
    except (OSError, KeyError, *_UNREADABLE):
        return b""
