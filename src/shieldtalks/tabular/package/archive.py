"""A package in a zip or a wheel, unpacked into a temporary folder; and the entries of a new zip.

Only the descriptor and the files that it names are unpacked, never outside that folder, and at most as
many bytes as `limit` allows.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO

from .. import jsontext, temporary
from ..files import FULL
from ..findings import CannotRun, Finding, PackageError, Severity
from ..jsontext import LARGEST_JSON
from ..reading import open_regular
from .named import load_json
from .own_files import named_paths, rules_folder
from .package import DESCRIPTOR, Package, is_archive, read
from .paths import YAML_DESCRIPTORS, unsafe

#: The file that shows in which versions a row changed. It is unpacked although no descriptor names it.
_CHANGELOG = "CHANGELOG.md"

#: The largest package, in bytes, that is unpacked from an archive.
LARGEST = 4 * 1024**3

#: A package that is larger than its archive by this factor is not unpacked, unless it is small: tables
#: shrink to a tenth, and what shrinks much more is made to fill a disk.
_RATIO, _SMALL = 100, 64 * 1024**2

#: The same for a descriptor. In memory, JSON may need twenty times the bytes of the file.
_JSON_RATIO, _SMALL_JSON = 40, 4 * 1024**2

#: The largest list of files, in bytes. Each file has some 60 bytes there, and ten times that in memory.
LARGEST_DIRECTORY = 32 * 1024**2

#: The end of a zip states the size of that list: a comment of 64 KiB, and what is before it.
_END = (1 << 16) + 200

#: The environment variable with another limit, in MiB.
LIMIT_VARIABLE = "SHIELDTALKS_UNPACK_MIB"

_CHUNK = 1 << 20

#: What the library raises for faulty bytes: in the data, in a name, or for an empty name.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, IndexError)

#: The compression methods that can be read. Every zip program knows them.
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

#: A function that is called with a progress message.
_Tell = Callable[[str], None]


@contextmanager
def unpacked(given: Path, tell: _Tell) -> Iterator[Package]:
    """The package in a zip or a wheel, unpacked until the block ends.

    Raises PackageError if there is none.
    """
    with temporary.folder() as folder:
        root = folder.resolve()
        links = _unpack(given, root, tell)
        try:
            package = read(root)
        except PackageError as error:
            finding = replace(error.finding, file=f"{given.name}/{DESCRIPTOR}")
            raise PackageError(finding, f"{given}/{DESCRIPTOR}") from error
        yield _without_links(replace(package, archive=given), links)


def limit(archive_size: int) -> tuple[int, str]:
    """How many bytes an archive of this size may unpack to, and that number as a message shows it."""
    stated = os.environ.get(LIMIT_VARIABLE)
    if stated:
        if not stated.isascii() or not stated.isdecimal() or not 0 < int(stated[:9]) < 10**8:
            message = f'{LIMIT_VARIABLE} is "{stated}", not a number of MiB'
            raise CannotRun(message, f"Set it to a whole number, such as {LIMIT_VARIABLE}=8192.")
        return int(stated) << 20, f"{int(stated)} MiB"
    allowed = min(LARGEST, max(_RATIO * archive_size, _SMALL))
    reason = f", {_RATIO} times the size of the archive" if allowed == _RATIO * archive_size else ""
    return allowed, f"{allowed >> 20} MiB{reason}"


def _without_links(package: Package, links: set[str]) -> Package:
    """The package without the tables and files that are links in the archive: each is a finding."""
    if not links:
        return package
    linked = [one for one in (*package.resources, *package.bare) if one.path in links]
    named = [(one.name, one.path) for one in linked]
    named += [(one.name, one.path) for one in package.files if one.path in links]
    faults = [
        Finding(
            rule="file",
            severity=Severity.FATAL,
            table=name,
            file=path,
            message="in the archive, this file is a link, and links are not followed",
            hint="Put the file itself into the archive.",
        )
        for name, path in named
    ]
    return replace(
        package,
        resources=tuple(one for one in package.resources if one.path not in links),
        bare=tuple(one for one in package.bare if one.path not in links),
        files=tuple(one for one in package.files if one.path not in links),
        faults=(*package.faults, *faults),
    )


def same_entry(name: str) -> zipfile.ZipInfo:
    """An entry for a zip file that always has the same bytes, on any day and any machine."""
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _unpack(given: Path, root: Path, tell: _Tell) -> set[str]:
    """Unpack the package in an archive. Returns the paths of the package that are links."""
    if not given.is_file():
        exists = given.exists()
        raise _refused(given, "it is not a regular file" if exists else "the file does not exist")
    try:
        with open_regular(given) as file:
            if directory_size(file) > LARGEST_DIRECTORY:
                raise _refused(
                    given, "the archive lists too many files", "Unpack it and name its folder."
                )
            with zipfile.ZipFile(file) as archive:
                return _unpack_package(archive, given, root, tell)
    except DAMAGED as error:
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


def directory_size(file: IO[bytes]) -> int:
    """How many bytes the list of files in a zip has, which is read whole; 0 if that is not stated."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - _END))
    end = file.read()
    place, large = end.rfind(b"PK\x05\x06"), end.rfind(b"PK\x06\x06")
    short = int.from_bytes(end[place + 12 : place + 16], "little") if place >= 0 else 0
    is_large = short == 0xFFFFFFFF and large >= 0
    return int.from_bytes(end[large + 40 : large + 48], "little") if is_large else short


def _refused(given: Path, message: str, hint: str | None = None) -> PackageError:
    finding = Finding(
        rule="descriptor", severity=Severity.FATAL, file=given.name, message=message, hint=hint
    )
    return PackageError(finding, str(given))


def _unpack_package(archive: zipfile.ZipFile, given: Path, root: Path, tell: _Tell) -> set[str]:
    entries = [info for info in archive.infolist() if not info.is_dir()]
    _refuse_outside(entries, given)
    top = _top([info.filename for info in entries], given)
    files = {info.filename: info for info in entries}
    paths, rules = _paths(archive, files[f"{top}{DESCRIPTOR}"], root, given)
    if rules is not None:  # a folder: each file in it belongs to the package
        within = f"{top}{rules}/"
        paths += [name.removeprefix(top) for name in files if name.startswith(within)]
    wanted = {path: files[f"{top}{path}"] for path in paths if f"{top}{path}" in files}
    # Validation reports files that are missing from the archive.
    wanted = {path: entry for path, entry in wanted.items() if not unsafe(root, path)}
    _refuse_repeated(
        entries, {f"{top}{DESCRIPTOR}", *(info.filename for info in wanted.values())}, given
    )
    links = {path for path, entry in wanted.items() if not is_file_entry(entry)}
    allowed, shown = limit(given.stat().st_size)
    room = allowed
    if sum(entry.file_size for entry in wanted.values()) > room:
        raise _too_large(given, shown)
    for path in wanted.keys() - links:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        room -= _copy(archive, wanted[path], target, room, given, tell)
        if room < 0:
            raise _too_large(given, shown)
    return links


def _too_large(given: Path, shown: str) -> PackageError:
    message = f"the package in the archive is larger than {shown}"
    hint = f"Unpack it and name its folder, or set {LIMIT_VARIABLE} to a larger number of MiB."
    return _refused(given, message, hint)


def _refuse_outside(entries: list[zipfile.ZipInfo], given: Path) -> None:
    """Raise PackageError if an entry would be unpacked outside the folder."""
    for info in entries:
        pure = PurePosixPath(info.filename.replace("\\", "/"))
        if pure.is_absolute() or ".." in pure.parts or info.filename[1:2] == ":":
            message = f'the archive contains the entry "{info.filename}", which leads out of it'
            raise _refused(given, message, "Make the archive again without it.")


def _refuse_repeated(entries: list[zipfile.ZipInfo], wanted: set[str], given: Path) -> None:
    """Raise PackageError if a file of the package is there twice: programs differ in which they take."""
    for name, times in Counter(info.filename for info in entries).items():
        if times > 1 and name in wanted:
            message = f'the archive contains the file "{name}" {times} times'
            raise _refused(given, message, "Make the archive again with each file once.")


def _paths(
    archive: zipfile.ZipFile, descriptor: zipfile.ZipInfo, root: Path, given: Path
) -> tuple[list[str], str | None]:
    """The files and the folder of rules that the descriptor names. It is copied into the folder."""
    if not is_file_entry(descriptor):
        raise _refused(
            given, f"the {DESCRIPTOR} in the archive is a link, and links are not followed"
        )
    size = min(descriptor.compress_size, given.stat().st_size)
    most = min(LARGEST_JSON, max(_SMALL_JSON, _JSON_RATIO * size))
    if _copy(archive, descriptor, root / DESCRIPTOR, most, given, lambda _: None) > most:
        message = f"the {DESCRIPTOR} in the archive is larger than {most >> 20} MiB"
        if most < LARGEST_JSON:
            message += f", and more than {_JSON_RATIO} times as large as in its compressed form"
        raise _refused(given, message, "Unpack the archive and name its folder.")
    try:
        value = load_json(root / DESCRIPTOR)
    except jsontext.JsonError:
        return [], None  # the fault is reported when the package is read
    distinct = dict.fromkeys([*named_paths(value), _CHANGELOG])
    return [path for path in distinct if path != DESCRIPTOR], rules_folder(value)


def is_file_entry(info: zipfile.ZipInfo) -> bool:
    """Whether an entry of a zip is a file, not a link or a device."""
    return stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG)


def _top(names: list[str], given: Path) -> str:
    """The folder in the archive that contains the package, with a slash: the one nearest to the root."""
    found = list(dict.fromkeys(name for name in names if name.rpartition("/")[2] == DESCRIPTOR))
    nearest = min((name.count("/") for name in found), default=0)
    found = [name for name in found if name.count("/") == nearest]
    if not found:
        message = f"the archive contains no {DESCRIPTOR}"
        nested = next((name for name in names if is_archive(Path(name))), None)
        if any(name.rpartition("/")[2] in YAML_DESCRIPTORS for name in names):
            message += "; descriptors in YAML are not read"
        elif nested is not None:
            message += f", but another archive, {nested}; unpack it first"
        raise _refused(given, message)
    if len(found) > 1:
        message = f"the archive contains {len(found)} data packages; unpack it and choose one"
        raise _refused(given, message)
    return found[0].removesuffix(DESCRIPTOR)


def _copy(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    target: Path,
    at_most: int,
    given: Path,
    tell: _Tell,
) -> int:
    """Write an entry to a file, and return the bytes written. It stops soon after `at_most` bytes."""
    if entry.flag_bits & 1:
        message = f'the file "{entry.filename}" in the archive is encrypted'
        raise _refused(given, message, "Unpack it with its password, and name its folder.")
    if entry.compress_type not in METHODS:
        raise NotImplementedError("its compression method is not supported")
    written = 0
    with archive.open(entry) as source, target.open("wb") as out:
        while written <= at_most and (chunk := source.read(_CHUNK)):
            tell(f"unpacking {entry.filename} ({written >> 20} MiB)")
            out.write(chunk)
            written += len(chunk)
    return written
