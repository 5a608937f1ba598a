"""The path of a finding as seen from the current folder, and its text on one line."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from ..findings import Finding, Report
from ..terminal import one_line


def folder(report: Report) -> Path:
    """The folder of the package that was validated."""
    return Path(str(report.package["path"])).parent


def shown_path(report: Report, finding: Finding) -> str:
    """The path of the file of a finding, relative to the current folder if that is shorter."""
    return _shorter(folder(report) / finding.file, Path.cwd())


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
    return f"{message}{stop} {finding.hint}" if finding.hint else message
