"""The command `shieldtalks info`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..tabular.findings import CannotRun, Report, Severity
from ..tabular.jsontext import visible
from ..tabular.package import Package
from ..tabular.terminal import one_line
from ..tabular.widths import padded, shown_width
from .common import (
    announce,
    citations,
    open_package,
    package_argument,
    print_document,
    say,
    text_json_or_citation,
)


@click.command(name="info")
@package_argument
@text_json_or_citation
def command(package: Path | None, output_format: str) -> None:
    """Show what a package contains, where it is and how to cite it.

    PACKAGE is a folder, a datapackage.json, a zip file or a wheel. If you leave PACKAGE out, the command uses
    ./datapackage.json if there is one, otherwise the record that comes with shieldtalks.

    \b
    Examples:
      shieldtalks info
      shieldtalks info --format bibtex
    """
    source = _sound(package)
    if output_format in ("bibtex", "csl"):
        from ..tabular.package.citation import cite

        print_document(citations([cite(source)], output_format) + "\n")
        return
    facts = _facts(source)
    if output_format == "json":
        print_document(visible(facts) + "\n")
        return
    say(one_line(" ".join(part for part in (facts["name"], facts["version"]) if part)))
    for name in ("title", "licence", "citation", "path"):
        if facts[name]:
            say(one_line(f"{name + ':':<10}{facts[name]}"))
    say("tables:")
    width = max(map(shown_width, facts["tables"]), default=0)
    for table, rows in facts["tables"].items():
        counted = (
            "the rows cannot be counted"
            if rows is None
            else f"{rows:>6} {'row' if rows == 1 else 'rows'}"
        )
        say(one_line(f"  {padded(table, width)} {counted}"))


def _facts(source: Package) -> dict[str, Any]:
    from ..tabular.package.citation import citation

    licences = source.descriptor.get("licenses") or []
    names = [str(entry.get("name") or entry.get("path")) for entry in licences]
    return {
        "name": source.name,
        "version": source.version,
        "title": source.descriptor.get("title"),
        "licence": ", ".join(names),
        "citation": citation(source),
        "path": str(source.shown),
        "tables": _counts(source),
    }


def _sound(package: Path | None) -> Package:
    """The package. Raises CannotRun, with the first finding, if its descriptor breaks the standard."""
    from ..tabular.checks import descriptor
    from ..tabular.reports.location import words_and_hint

    source = open_package(package)
    announce("reading", source)
    found = [*source.faults, *descriptor.check(source)]
    broken = (Severity.ERROR, Severity.FATAL)
    faults = [f for f in found if f.severity in broken and f.rule != "unsupported"]
    if faults:
        first = faults[0]
        line = f":{first.line}" if first.line else ""
        more = f" ({len(faults) - 1} more: run shieldtalks validate)" if len(faults) > 1 else ""
        message = f"{first.rule}: {words_and_hint(first)}{more}"
        raise CannotRun(f"{source.shown_file(first.file)}{line}: {message}")
    return source


def _counts(source: Package) -> dict[str, int | None]:
    """The number of rows of each table; None if the table is written in a way that is not supported."""
    from ..tabular.checks.scope import check_resource
    from ..tabular.diff.readable import unreadable
    from ..tabular.tables.rows import rows

    found = [fault for table in source.resources for fault in check_resource(source, table)]
    unread = unreadable(Report({}, found))
    counts: dict[str, int | None] = {
        fault.table: None for fault in source.faults if fault.table is not None
    }
    for table in source.resources:
        counts[table.name] = None if table.name in unread else sum(1 for _ in rows(table))
    return counts
