"""The command `shieldtalks info`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..tabular.jsontext import visible
from ..tabular.package import Package
from ..tabular.terminal import one_line
from .common import announce, citations, package_argument, text_json_or_citation


@click.command(name="info")
@package_argument
@text_json_or_citation
def command(package: Path | None, output_format: str) -> None:
    """Show what a package contains, where it is and how to cite it.

    PACKAGE is a folder or a datapackage.json. If you leave PACKAGE out, the command uses
    ./datapackage.json if there is one, otherwise the installed record.

    \b
    Examples:
      shieldtalks info
      shieldtalks info --format bibtex
    """
    from ..record.installed import read_package

    source = read_package(package)
    announce("reading", source)
    if output_format in ("bibtex", "csl"):
        from ..tabular.package.citation import cite

        click.echo(citations([cite(source)], output_format))
        return
    facts = _facts(source)
    if output_format == "json":
        click.echo(visible(facts))
        return
    click.echo(one_line(" ".join(part for part in (facts["name"], facts["version"]) if part)))
    for name in ("title", "licence", "citation", "path"):
        if facts[name]:
            click.echo(one_line(f"{name + ':':<10}{facts[name]}"))
    click.echo("tables:")
    width = max(map(len, facts["tables"]), default=0)
    for table, rows in facts["tables"].items():
        click.echo(one_line(f"  {table:<{width}} {rows:>6} rows"))


def _facts(source: Package) -> dict[str, Any]:
    from ..tabular.package.citation import citation
    from ..tabular.tables.rows import rows

    licences = source.descriptor.get("licenses") or []
    names = [str(entry.get("name") or entry.get("path")) for entry in licences]
    return {
        "name": source.name,
        "version": source.version,
        "title": source.descriptor.get("title"),
        "licence": ", ".join(names),
        "citation": citation(source),
        "path": str(source.file),
        "tables": {table.name: sum(1 for _ in rows(table)) for table in source.resources},
    }
