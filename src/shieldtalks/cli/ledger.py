"""`shieldtalks ledger`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from ..tabular.terminal import style
from . import complete
from .common import announce, note, package_argument

#: The width of the table where there is no terminal, and the most it takes of a wide one.
_USUAL, _WIDEST = 100, 150


@click.command(name="ledger")
@package_argument
@click.option("--as-of", metavar="DATE", help="What had been done by this day (event time).")
@click.option("--known-by", metavar="DATE", help="What had been published by this day.")
@click.option(
    "--actor",
    metavar="ID",
    help="Only where this actor (or name) has a part.",
    shell_complete=complete.actors,
)
@click.option(
    "--measure",
    metavar="CODE",
    help="Only proposals of this measure.",
    shell_complete=complete.measures,
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How the result is written.",
)
def command(
    package: Path | None,
    as_of: str | None,
    known_by: str | None,
    actor: str | None,
    measure: str | None,
    form: str,
) -> None:
    """Say what became of each proposal, all told or on a day.

    DATE is a day, a month or a year (2008-11-05, 2008-11, 2008); of a month or year it is the last
    day. The latest official move decides; an anonymous one, or one told by the other side, is noted.

    \b
    Examples:
      shieldtalks ledger
      shieldtalks ledger --as-of 2008-12-01
      shieldtalks ledger --actor Poland --format csv
    """
    from ..record.dataset import load
    from ..record.installed import meant
    from ..record.ledger import csv, filters, json, text
    from ..record.ledger.entries import day
    from ..tabular.files import STDOUT, write_text

    first, second = day(as_of), day(known_by)
    dataset = load(meant(package))
    entries = dataset.ledger(first, second)
    if measure is not None:
        entries = filters.by_measure(entries, measure, {row.measure for row in dataset.proposals})
    if actor is not None:
        names = {row.actor_id: row.name for row in dataset.actors}
        entries = filters.by_actor(entries, actor, names)
    announce("reading", dataset.package)
    if form == "json":
        write_text([json.text(dataset.package, entries, first, second)], STDOUT, force=False)
    elif form == "csv":
        write_text([csv.text(entries)], STDOUT, force=False)
    else:
        width = min(shutil.get_terminal_size((_USUAL, 24)).columns, _WIDEST)
        for line in text.lines(entries, width, style()):
            click.echo(line)
        note(text.summary(entries, first, second))
