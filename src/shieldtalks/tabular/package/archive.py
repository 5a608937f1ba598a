"""A package inside a zip or a wheel, unpacked for as long as it is read, and what goes into a zip.

Only the descriptor and the files that it names are taken out, never outside a new folder, and no
more than `LARGEST` bytes in all.
"""

from __future__ import annotations

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import jsontext
from ..findings import Finding, PackageError, Severity
from .package import DESCRIPTOR, LARGEST_JSON, Package, is_archive, load_json, read
from .paths import unsafe

#: An archive whose package is larger than this is not unpacked.
LARGEST = 4 * 1024**3

_CHUNK = 1 << 20

#: What the library raises on bytes that are amiss: in the data, in a name, in an empty name.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, IndexError)

#: The ways of packing that are read; every packer knows them.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@contextmanager
def opened(given: Path) -> Iterator[Package]:
    """The package meant by `given`: a folder, a descriptor, a zip or a wheel.

    Raises PackageError where there is none. A package from an archive is gone when the block ends.
    """
    if not is_archive(given):
        yield read(given)
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        _unpack(given, root)
        try:
            package = read(root)
        except PackageError as error:
            finding = replace(error.finding, file=f"{given.name}/{DESCRIPTOR}")
            raise PackageError(finding, f"{given}/{DESCRIPTOR}") from error
        yield package


def same_entry(name: str) -> zipfile.ZipInfo:
    """An entry for a zip that is to have the same bytes whenever and wherever it is made."""
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _unpack(given: Path, root: Path) -> None:
    if not given.exists():
        raise _refused(given, "no such file")
    try:
        with zipfile.ZipFile(given) as archive:
            _take_out(archive, given, root)
    except _DAMAGED as error:
        raise _refused(given, f"is not a zip archive, or a damaged one ({error})") from error
    except (NotImplementedError, RuntimeError, OSError) as error:
        raise _refused(given, f"cannot be unpacked ({error})") from error


def _refused(given: Path, message: str) -> PackageError:
    finding = Finding(rule="descriptor", severity=Severity.FATAL, file=given.name, message=message)
    return PackageError(finding, str(given))


def _take_out(archive: zipfile.ZipFile, given: Path, root: Path) -> None:
    files = {info.filename: info for info in archive.infolist() if _is_file(info)}
    top = _top(files, given)
    left = LARGEST
    for path in _paths(archive, files[f"{top}{DESCRIPTOR}"], root):
        entry = files.get(f"{top}{path}")
        if entry is None or unsafe(root, path):
            continue  # what the descriptor names and the archive lacks is for validation to say
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        left -= _copy(archive, entry, target, left)
        if left < 0:
            raise _refused(given, f"holds a package of more than {LARGEST // 2**20} MiB")


def _paths(archive: zipfile.ZipFile, descriptor: zipfile.ZipInfo, root: Path) -> list[str]:
    """The files that the descriptor names; it is put into the folder by the way."""
    _copy(archive, descriptor, root / DESCRIPTOR, LARGEST_JSON)
    try:
        value = load_json(root / DESCRIPTOR)
    except jsontext.JsonError:
        return []  # reading the package says why
    resources: Any = value.get("resources") if isinstance(value, dict) else None
    listed = resources if isinstance(resources, list) else []
    entries = [entry for entry in listed if isinstance(entry, dict)]
    named = [entry.get(name) for entry in entries for name in ("path", "schema")]
    return list(dict.fromkeys(path for path in named if isinstance(path, str)))


def _is_file(info: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    return not info.is_dir() and kind in (0, stat.S_IFREG)


def _top(files: dict[str, zipfile.ZipInfo], given: Path) -> str:
    """The folder of the archive that holds the package, with its slash: the one nearest the top."""
    found = [name for name in files if name.rpartition("/")[2] == DESCRIPTOR]
    nearest = min((name.count("/") for name in found), default=0)
    found = [name for name in found if name.count("/") == nearest]
    if not found:
        raise _refused(given, f"holds no {DESCRIPTOR}, so no data package")
    if len(found) > 1:
        raise _refused(given, f"holds {len(found)} data packages; unpack it and name one")
    return found[0].removesuffix(DESCRIPTOR)


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, at_most: int) -> int:
    """Write an entry to a file; the bytes written, a chunk more than `at_most` where it is larger."""
    if entry.compress_type not in _PACKED:
        raise NotImplementedError("it is packed in a way that is not read")
    written = 0
    with archive.open(entry) as source, target.open("wb") as out:
        while written <= at_most and (chunk := source.read(_CHUNK)):
            out.write(chunk)
            written += len(chunk)
    return written
