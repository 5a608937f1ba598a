"""The path of a finding, as seen from the current folder or the repository, and its text on one line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..findings import Finding, Report
from ..terminal import one_line


class Place(NamedTuple):
    """Where a code hosting service shows a finding."""

    #: With forward slashes. Relative to the top of the repository if the file is in one.
    path: str
    line: int | None
    #: For a file in an archive: its name and line; for a file without lines: the place in it. It is put
    #: in front of the message.
    inside: str


def folder(report: Report) -> Path:
    """The folder (or the archive) of the package that was validated."""
    return Path(str(report.package["path"])).parent


def shown_path(report: Report, finding: Finding) -> str:
    """The path of the file of a finding, relative to the current folder if that is shorter."""
    path, here = folder(report) / finding.file, _here()
    return str(path) if here is None else _shorter(path, here)


def _here() -> Path | None:
    """The current folder; None if it was removed."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None


def in_repository(report: Report, finding: Finding) -> Place:
    """The place of a finding in the repository. A finding in an archive is a place of the archive."""
    top = folder(report)
    inside = f"{finding.place}: " if finding.place else ""
    if not top.is_file():
        return Place(repository_path(top / finding.file), finding.line, one_line(inside))
    file = with_place(finding.file, finding)
    return Place(repository_path(top), None, one_line(f"{file}: "))


def with_place(path: str, finding: Finding) -> str:
    """A path with the line of a finding, and with its place in the file if it has one."""
    line = "" if finding.line is None else f":{finding.line}"
    place = f" [{finding.place}]" if finding.place else ""
    return one_line(f"{path}{line}{place}")


def repository_path(path: Path) -> str:
    """A path relative to the top of its repository, with forward slashes.

    The top is GITHUB_WORKSPACE if it contains the path, otherwise the nearest folder above that
    contains `.git`. Outside every repository, the path is relative to the current folder if that
    contains it, and absolute if not.
    """
    return _relative(path, os.environ.get("GITHUB_WORKSPACE", ""), _here())


@lru_cache(maxsize=1024)
def _relative(path: Path, workspace: str, here: Path | None) -> str:
    whole = Path(os.path.normpath(path.absolute()))
    for top in (*_tops(whole, workspace), *([here] if here is not None else [])):
        for candidate in (whole, _real(whole)):
            if candidate.is_relative_to(top):
                return candidate.relative_to(top).as_posix()
    return whole.as_posix()


def _real(path: Path) -> Path:
    """A path without symbolic links. No file has a name with NUL, so such a path stays as it is."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:
        return path


def _tops(path: Path, workspace: str) -> Iterator[Path]:
    """The folders that may be the top of the repository of a path, the best first."""
    if Path(workspace).is_absolute():
        yield Path(os.path.normpath(workspace))
        yield _real(Path(workspace))
    for above in path.parents:
        if os.path.lexists(above / ".git"):
            yield above
            return


@lru_cache(maxsize=1024)
def _shorter(path: Path, here: Path) -> str:
    """A path, or the same path relative to a folder if that is shorter."""
    try:
        relative = os.path.relpath(path, here)
    except ValueError:  # another drive
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)


def words(finding: Finding) -> str:
    """The message of a finding on one line, with its field first."""
    field = finding.field or ""
    if finding.field and finding.value and finding.value not in finding.message:
        field += f' "{finding.value}"'
    return one_line(f"{field}: {finding.message}" if field else finding.message)


def words_and_hint(finding: Finding) -> str:
    """The message of a finding and its hint, on one line."""
    message = words(finding)
    stop = "" if message.endswith((".", "?", "!")) else "."
    return f"{message}{stop} {one_line(finding.hint)}" if finding.hint else message
