"""The command `shieldtalks search`."""

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

#: How many rows are shown as text, unless the user says otherwise.
_LIMIT = 25


@click.command(name="search")
@click.argument("words", metavar="WORDS...", nargs=-1, required=True, callback=no_path)
@click.option("--package", type=PATH, help=f"The package that contains the rows. {DEFAULT_PACKAGE}")
@click.option(
    "--table", metavar="TABLE", help="Find only rows of this table.", shell_complete=complete.tables
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"Show at most this many rows; 0 shows all. Default: {_LIMIT} as text, otherwise all.",
)
@rows_output
def command(
    words: tuple[str, ...],
    package: Path | None,
    table: str | None,
    limit: int | None,
    output_format: str,
    output: Path | None,
    force: bool,
) -> None:
    """Find rows by words in names, aliases, labels and texts.

    A row is found if it contains all the words, in any order. Case, accents and plurals do not
    matter: radars finds radar. A word of three or more letters also finds words that begin with it.

    The best rows come first: those with the words in their name, then those with the words in their
    text, then those that only refer to such a row. So Moscow also finds what Russia proposed.

    \b
    Examples:
      shieldtalks search radars
      shieldtalks search Moscow radar --table proposals
      shieldtalks search interceptors --format csv
    """
    from ..record.search import csv, json, nearest_words, search, text

    wanted = " ".join(words)
    target = rows_target(output, force=force)
    dataset = open_dataset(package, target)
    hits = search(dataset, wanted, table)
    announce("searching", dataset.package)
    shown = hits[: limit if limit is not None else _LIMIT if output_format == "text" else None]
    if limit == 0:
        shown = hits
    write_rows(
        output_format,
        target,
        force=force,
        json=lambda: json.text(dataset.package, wanted, shown),
        csv=lambda: csv.text(shown),
        lines=lambda width, style: text.lines(shown, wanted, width, style),
    )
    near = None if hits else nearest_words(dataset, wanted)
    note(text.summary(hits, len(shown), wanted, near))
