"""A package in a zip or a wheel, unpacked into a temporary folder; and the entries of a new zip.

Only the descriptor and the files that it names are unpacked, never outside that folder, and at
most `LARGEST` bytes in total.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from .. import jsontext, temporary
from ..files import FULL
from ..findings import CannotRun, Finding, PackageError, Severity
from ..jsontext import LARGEST_JSON
from ..reading import open_regular
from .own_files import named_files
from .package import DESCRIPTOR, Package, is_archive, load_json, read
from .paths import YAML_DESCRIPTORS, unsafe

#: The largest package, in bytes, that is unpacked from an archive.
LARGEST = 4 * 1024**3

_CHUNK = 1 << 20

#: What the library raises for faulty bytes: in the data, in a name, or for an empty name.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, IndexError)

#: The compression methods that can be read. Every zip program knows them.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@contextmanager
def opened(given: Path) -> Iterator[Package]:
    """The package at `given`: a folder, a descriptor, a zip or a wheel.

    Raises PackageError if there is none. A package from an archive is deleted when the block ends.
    """
    if not is_archive(given):
        yield read(given)
        return
    with temporary.folder() as folder:
        root = folder.resolve()
        _unpack(given, root)
        try:
            package = read(root)
        except PackageError as error:
            finding = replace(error.finding, file=f"{given.name}/{DESCRIPTOR}")
            raise PackageError(finding, f"{given}/{DESCRIPTOR}") from error
        yield package


def same_entry(name: str) -> zipfile.ZipInfo:
    """An entry for a zip file that always has the same bytes, on any day and any machine."""
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _unpack(given: Path, root: Path) -> None:
    if not given.exists():
        raise _refused(given, "the file does not exist")
    try:
        with open_regular(given) as file, zipfile.ZipFile(file) as archive:
            _unpack_package(archive, given, root)
    except _DAMAGED as error:
        raise _refused(
            given, f"the file is not a zip archive, or it is damaged ({error})"
        ) from error
    except OSError as error:
        if error.errno in FULL:
            raise CannotRun(
                f"there is no room for temporary files to unpack {given}",
                "Set TMPDIR to a folder on a disk with more room.",
            ) from error
        raise _refused(
            given, f"the archive cannot be unpacked ({error.strerror or error})"
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        raise _refused(given, f"the archive cannot be unpacked ({error})") from error


def _refused(given: Path, message: str) -> PackageError:
    finding = Finding(rule="descriptor", severity=Severity.FATAL, file=given.name, message=message)
    return PackageError(finding, str(given))


def _unpack_package(archive: zipfile.ZipFile, given: Path, root: Path) -> None:
    files = {info.filename: info for info in archive.infolist() if _is_file(info)}
    top = _top(files, given)
    room = LARGEST
    for path in _paths(archive, files[f"{top}{DESCRIPTOR}"], root):
        entry = files.get(f"{top}{path}")
        if entry is None or unsafe(root, path):
            continue  # validation reports files that are missing from the archive
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        room -= _copy(archive, entry, target, room)
        if room < 0:
            size = LARGEST // 2**20
            raise _refused(given, f"the package in the archive is larger than {size} MiB")


def _paths(archive: zipfile.ZipFile, descriptor: zipfile.ZipInfo, root: Path) -> list[str]:
    """The files that the descriptor names. This also copies the descriptor into the folder."""
    _copy(archive, descriptor, root / DESCRIPTOR, LARGEST_JSON)
    try:
        value = load_json(root / DESCRIPTOR)
    except jsontext.JsonError:
        return []  # the fault is reported when the package is read
    return named_files(value)


def _is_file(info: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    return not info.is_dir() and kind in (0, stat.S_IFREG)


def _top(files: dict[str, zipfile.ZipInfo], given: Path) -> str:
    """The folder in the archive that contains the package, with a slash: the one nearest to the root."""
    found = [name for name in files if name.rpartition("/")[2] == DESCRIPTOR]
    nearest = min((name.count("/") for name in found), default=0)
    found = [name for name in found if name.count("/") == nearest]
    if not found:
        if any(name.rpartition("/")[2] in YAML_DESCRIPTORS for name in files):
            message = f"the archive contains no {DESCRIPTOR}; descriptors in YAML are not read"
            raise _refused(given, message)
        raise _refused(given, f"the archive contains no {DESCRIPTOR}")
    if len(found) > 1:
        message = f"the archive contains {len(found)} data packages; unpack it and choose one"
        raise _refused(given, message)
    return found[0].removesuffix(DESCRIPTOR)


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, at_most: int) -> int:
    """Write an entry to a file, and return the bytes written. It stops soon after `at_most` bytes."""
    if entry.compress_type not in _METHODS:
        raise NotImplementedError("its compression method is not supported")
    written = 0
    with archive.open(entry) as source, target.open("wb") as out:
        while written <= at_most and (chunk := source.read(_CHUNK)):
            out.write(chunk)
            written += len(chunk)
    return written
