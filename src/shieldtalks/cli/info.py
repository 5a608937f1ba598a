"""The command `shieldtalks info`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..tabular.jsontext import visible
from ..tabular.terminal import one_line
from .common import citations, package_argument, print_document, say, text_json_or_citation


@click.command(name="info")
@package_argument
@text_json_or_citation
def command(package: Path | None, output_format: str) -> None:
    """Show what a package contains, where it is and how to cite it.

    PACKAGE is a folder or a datapackage.json. If you leave PACKAGE out, the command uses
    ./datapackage.json if there is one, otherwise the record that comes with shieldtalks.

    \b
    Examples:
      shieldtalks info
      shieldtalks info --format bibtex
    """
    if output_format in ("bibtex", "csl"):
        from ..record.installed import read_package
        from ..tabular.package.citation import cite

        print_document(citations([cite(read_package(package))], output_format) + "\n")
        return
    facts = _facts(package)
    if output_format == "json":
        print_document(visible(facts) + "\n")
        return
    say(one_line(" ".join(part for part in (facts["name"], facts["version"]) if part)))
    for name in ("title", "licence", "citation", "path"):
        if facts[name]:
            say(one_line(f"{name + ':':<10}{facts[name]}"))
    say("tables:")
    width = max(map(len, facts["tables"]), default=0)
    for table, rows in facts["tables"].items():
        say(one_line(f"  {table:<{width}} {rows:>6} rows"))


def _facts(package: Path | None) -> dict[str, Any]:
    from ..record.installed import read_package
    from ..tabular.package.citation import citation
    from ..tabular.tables.rows import rows

    source = read_package(package)
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
