"""The command `shieldtalks list`."""

from __future__ import annotations

from pathlib import Path

import click

from . import complete
from .common import (
    DEFAULT_PACKAGE,
    PATH,
    announce,
    no_path,
    note,
    open_dataset,
    rows_output,
    rows_target,
    write_rows,
)


@click.command(name="list")
@click.argument("table", metavar="TABLE", callback=no_path, shell_complete=complete.listed_tables)
@click.argument(
    "conditions",
    metavar="[FIELD=VALUE]...",
    nargs=-1,
    callback=no_path,
    shell_complete=complete.conditions,
)
@click.option("--package", type=PATH, help=f"The package that contains the rows. {DEFAULT_PACKAGE}")
@rows_output
def command(
    table: str,
    conditions: tuple[str, ...],
    package: Path | None,
    output_format: str,
    output: Path | None,
    force: bool,
) -> None:
    """List all rows of a table, or those with certain values.

    TABLE is a table of the package, ledger, positions, or an SQL view such as contradictions. Without
    FIELD=VALUE you get all its rows.

    VALUE is a code or its label, an identifier, or a text. For an actor, give its name or an alias,
    such as Moscow. A broader measure, such as radar, also finds all measures below it. For a date,
    the year, or the year and month, is enough, such as 2008-11. Case does not matter. FIELD= finds the
    rows in which the field is empty. You can leave out the _id at the end of a field.

    A row must fulfil the conditions on all fields. If you name a field more than once, one of
    its conditions is enough. The format text shows only some of the columns; csv and json have all.

    \b
    Examples:
      shieldtalks list proposals measure=radar addressee=Moscow
      shieldtalks list responses move=decline move=defer
      shieldtalks list positions party=Russia held=false --format csv
    """
    from ..record.listing import csv, json, listing, text

    target = rows_target(output, force=force)
    dataset = open_dataset(package, target)
    listed = listing(dataset, table, conditions)
    announce("reading", dataset.package)
    write_rows(
        output_format,
        target,
        force=force,
        json=lambda: json.text(dataset.package, listed),
        csv=lambda: csv.text(listed),
        lines=lambda width, style: text.lines(listed, width, style),
    )
    note(text.summary(listed))
