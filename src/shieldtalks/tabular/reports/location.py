"""Where a finding stands as seen from here, and its words on one line."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from ..findings import Finding, Report
from ..terminal import one_line


def folder(report: Report) -> Path:
    """The folder of the package that a report is on."""
    return Path(str(report.package["path"])).parent


def shown_path(report: Report, finding: Finding) -> str:
    """The path of a finding's file, relative to the current folder where that is shorter."""
    return _shorter(folder(report) / finding.file, Path.cwd())


@lru_cache(maxsize=1024)
def _shorter(path: Path, here: Path) -> str:
    """A path as it is, or relative to a folder where that is shorter."""
    try:
        relative = os.path.relpath(path, here)
    except ValueError:  # another drive
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)


def words(finding: Finding) -> str:
    """What a finding says, its field first, on one line."""
    field = finding.field or ""
    if finding.field and finding.value and finding.value not in finding.message:
        field += f' "{finding.value}"'
    return one_line(f"{field}: {finding.message}" if field else finding.message)


def words_and_hint(finding: Finding) -> str:
    """What a finding says and how to mend it, on one line."""
    said = words(finding)
    stop = "" if said.endswith((".", "?", "!")) else "."
    return f"{said}{stop} {finding.hint}" if finding.hint else said
