"""`shieldtalks info`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from .common import package_argument, text_or_json


@click.command(name="info")
@package_argument
@text_or_json
def command(package: Path | None, form: str) -> None:
    """Say what a package holds, where it is and how to cite it.

    \b
    Example:
      shieldtalks info
    """
    facts = _facts(package)
    if form == "json":
        click.echo(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    click.echo(" ".join(part for part in (facts["name"], facts["version"]) if part))
    for name in ("title", "licence", "citation", "path"):
        if facts[name]:
            click.echo(f"{name + ':':<10}{facts[name]}")
    click.echo("tables:")
    width = max(map(len, facts["tables"]), default=0)
    for table, rows in facts["tables"].items():
        click.echo(f"  {table:<{width}} {rows:>6} rows")


def _facts(package: Path | None) -> dict[str, Any]:
    from ..citation import citation
    from ..package import read
    from ..rows import rows

    source = read(package)
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
