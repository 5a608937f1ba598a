"""The reports of `shieldtalks validate`, in the chosen format."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ..tabular.findings import Report
from ..tabular.terminal import Style, plain, style

#: The formats of the reports.
FORMATS = ("text", "json", "sarif", "junit", "github", "html")


def write(
    reports: list[Report], output_format: str, output: Path | None, force: bool, limit: int | None
) -> None:
    """Write the reports to a file or to standard output."""
    from ..tabular.files import STDOUT, write_text

    target = output or STDOUT
    look = style() if target == STDOUT else plain
    parts = _parts(reports, output_format, limit, look)
    if target == STDOUT and output_format == "text":
        sys.stdout.writelines(parts)
        sys.stdout.flush()  # the summary on standard error comes after it
    else:
        write_text(parts, target, force)


def _parts(
    reports: list[Report], output_format: str, limit: int | None, look: Style
) -> Iterator[str]:
    """The text of the reports. Only the module of their format is imported."""
    if output_format == "json":
        from ..tabular.reports import json

        yield json.text(reports, limit)
    elif output_format == "sarif":
        from .. import __version__
        from ..tabular.reports import sarif

        yield sarif.text(reports, __version__, limit)
    elif output_format == "junit":
        from ..tabular.reports import junit

        yield junit.text(reports, limit)
    elif output_format == "html":
        from ..tabular.reports import html

        yield from html.parts(reports, limit)
    else:
        for report in reports:
            if output_format == "github":
                from ..tabular.reports import github

                lines = github.lines(report, limit)
            else:
                from ..tabular.reports import text

                lines = text.lines(report, limit, look)
            yield from (f"{line}\n" for line in lines)
