"""The command `shieldtalks positions`."""

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


@click.command(name="positions")
@package_argument
@click.option("--as-of", metavar="DATE", help="Use only what had been said by this date.")
@click.option("--known-by", metavar="DATE", help="Use only what had been published by this date.")
@click.option(
    "--party",
    "--actor",
    "party",
    metavar="ID",
    help="Show only the positions of this party, or those that this actor stated for a party. Give its "
    "identifier, its name or an alias, such as Moscow.",
    shell_complete=complete.actors,
)
@click.option(
    "--topic",
    metavar="CODE",
    help="Show only the propositions on this topic, such as threat-to-russia.",
    shell_complete=complete.topics,
)
@click.option(
    "--proposition",
    metavar="ID",
    help="Show only this proposition.",
    shell_complete=complete.propositions,
)
@rows_output
def command(
    package: Path | None,
    as_of: str | None,
    known_by: str | None,
    party: str | None,
    topic: str | None,
    proposition: str | None,
    output_format: str,
    output: Path | None,
    force: bool,
) -> None:
    """Show what each party calls true or false, and what changed.

    PACKAGE is a folder, a datapackage.json, a zip file or a wheel. If you leave PACKAGE out, the
    command uses ./datapackage.json if there is one, otherwise the record that comes with shieldtalks.

    For each proposition, the table has one row per party. It shows whether the party calls it true,
    false or open, how firmly, and whether that changed. Below are the claims: date, speaker, sources,
    and the claims that contradict them.

    DATE is a day, a month or a year (2008-11-05, 2008-11 or 2008). A month or a year means its last
    day.

    \b
    Examples:
      shieldtalks positions --topic threat-to-russia
      shieldtalks positions --proposition pos-0001 --as-of 2008-12
      shieldtalks positions --party Russia --format csv
    """
    from ..record.ledger.entries import day
    from ..record.positions import csv, json, text

    target = rows_target(output, force=force)
    first, second = day(as_of), day(known_by)
    dataset = open_dataset(package, target)
    entries = dataset.positions(first, second, topic=topic, proposition=proposition, party=party)
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
