"""The command `shieldtalks init`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from .common import PATH, note


@click.command(name="init")
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--name", help="The name of the package. Default: the name of the folder.")
@click.option("--title", help="The title of the collection. Default: the name of the package.")
@click.option(
    "--created",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date of creation, such as 2031-05-06. Default: today.",
)
def command(folder: Path, name: str | None, title: str | None, created: object) -> None:
    """Start your own collection: a valid package without rows.

    DIR is the folder to create. The command writes the descriptor, the schemas, the tables with
    their headers, the lists of codes that every collection needs, a workflow for GitHub, and a README
    that explains the next steps.

    \b
    Example:
      shieldtalks init river-talks --title "River talks, 1998-2003"
    """
    import datetime

    from ..record.starter import files
    from ..tabular.files import new_folder

    package_name = name or folder.resolve().name.lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", package_name):
        raise click.UsageError(
            f'"{package_name}" is not a valid package name. Choose another one with --name: use '
            "lower-case letters, digits, dots, dashes and underscores."
        )
    day = created if isinstance(created, datetime.datetime) else datetime.datetime.now(datetime.UTC)
    contents = files(package_name, title or package_name, day.date().isoformat())
    with new_folder(folder) as target:
        for path, content in contents.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content)
    note(f"created {folder}: a package without rows; see its README.md for the next steps")
