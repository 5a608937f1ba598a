"""The command `shieldtalks ledger`."""

from __future__ import annotations

from pathlib import Path

import click

from . import complete
from .common import (
    announce,
    note,
    open_dataset,
    package_argument,
    rows_output,
    rows_target,
    write_rows,
)


@click.command(name="ledger")
@package_argument
@click.option("--as-of", metavar="DATE", help="Leave out what was done after this date.")
@click.option("--known-by", metavar="DATE", help="Use only what had been published by this date.")
@click.option(
    "--from",
    "made_from",
    metavar="DATE",
    help="Leave out proposals that were made before this date.",
)
@click.option(
    "--to", "made_to", metavar="DATE", help="Leave out proposals that were made after this date."
)
@click.option(
    "--actor",
    metavar="NAME",
    help="Show only the proposals that involve this actor. Give its identifier, its name or an alias, "
    "such as Moscow.",
    shell_complete=complete.actors,
)
@click.option(
    "--measure",
    metavar="CODE",
    help="Show only the proposals of this measure, or of a measure below it. For example, radar finds "
    "all radar measures.",
    shell_complete=complete.measures,
)
@click.option(
    "--move",
    metavar="CODE",
    help="Show only the proposals that were answered with this move, such as decline. Moves that decide "
    "nothing, such as those of unnamed sources, count too.",
    shell_complete=complete.moves,
)
@rows_output
def command(
    package: Path | None,
    as_of: str | None,
    known_by: str | None,
    made_from: str | None,
    made_to: str | None,
    actor: str | None,
    measure: str | None,
    move: str | None,
    output_format: str,
    output: Path | None,
    force: bool,
) -> None:
    """Show what happened to each proposal, overall or up to a date.

    PACKAGE is a folder, a datapackage.json, a zip file or a wheel. If you leave PACKAGE out, the command uses
    ./datapackage.json if there is one, otherwise the record that comes with shieldtalks.

    The latest official decision sets the state of a proposal. If an answer is anonymous, or if only
    the other side reports it, it does not change the state. It is shown after the state.

    DATE is a day, a month or a year (2008-11-05, 2008-11 or 2008). A month or a year means its last
    day; for --from it means its first day.

    \b
    Examples:
      shieldtalks ledger
      shieldtalks ledger --as-of 2008-12-01
      shieldtalks ledger --from 2008 --measure radar
      shieldtalks ledger --move decline
      shieldtalks ledger --actor Warsaw --format csv
    """
    from ..record.ledger import csv, json, text
    from ..record.ledger.entries import day

    first, second = day(as_of), day(known_by)
    target = rows_target(output, force=force)
    dataset = open_dataset(package, target)
    entries = dataset.ledger(
        first,
        second,
        made_from=made_from,
        made_to=made_to,
        measure=measure,
        actor=actor,
        move=move,
    )
    announce("reading", dataset.package)
    write_rows(
        output_format,
        target,
        force=force,
        json=lambda: json.text(dataset.package, entries, first, second),
        csv=lambda: csv.text(entries),
        lines=lambda width, style: text.lines(entries, width, style),
    )
    if output_format == "text":
        note(text.summary(entries, first, second))
