"""`shieldtalks init`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from .common import PATH, note


@click.command(name="init")
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--name", help="The package's name; left out, the folder's.")
@click.option("--title", help="What it is called; left out, its name.")
@click.option(
    "--created", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Left out: today."
)
def command(folder: Path, name: str | None, title: str | None, created: object) -> None:
    """Start a collection of your own: a package of this kind without rows, in a new folder.

    It holds the descriptor, the schemas, the tables with their headers, the vocabularies that serve any
    collection, a workflow for GitHub and a README with the next steps. It validates as it is.

    \b
    Example:
      shieldtalks init river-talks --title "River talks, 1998-2003"
    """
    import datetime

    from ..record.starter import files
    from ..tabular.files import new_folder

    known = name or folder.resolve().name.lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", known):
        raise click.UsageError(
            f'"{known}" cannot name a package: choose with --name one of small letters, digits, '
            "dots and dashes."
        )
    day = created if isinstance(created, datetime.datetime) else datetime.datetime.now(datetime.UTC)
    with new_folder(folder) as made:
        for path, content in files(known, title or known, day.date().isoformat()).items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_bytes(content)
    note(f"made {folder}: a package without rows; its README.md has the next steps")
