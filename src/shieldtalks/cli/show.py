"""The command `shieldtalks show`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.jsontext import visible
from ..tabular.terminal import style
from . import complete
from .common import (
    DEFAULT_PACKAGE,
    PATH,
    announce,
    citations,
    no_path,
    note,
    open_dataset,
    print_document,
    say,
    text_json_or_citation,
)

if TYPE_CHECKING:
    from ..record.dataset import Dataset
    from ..record.description import Description

#: The longest line, because longer lines are hard to read on a wide terminal.
_WIDEST = 100


@click.command(name="show")
@click.argument(
    "ids",
    metavar="ID...",
    nargs=-1,
    required=True,
    callback=no_path,
    shell_complete=complete.records,
)
@click.option("--package", type=PATH, help=f"The package that contains the rows. {DEFAULT_PACKAGE}")
@click.option(
    "--as-of",
    metavar="DATE",
    help="Show the rows as they were on this date: leave out what is later.",
)
@text_json_or_citation
def command(
    ids: tuple[str, ...], package: Path | None, as_of: str | None, output_format: str
) -> None:
    """Show rows in plain words, and how to cite them.

    ID is the identifier of a source, actor, event, proposal, response, claim, piece of evidence,
    coding, code, reference, corroboration or proposition. If an identifier was retired, the command
    shows the row that replaces it.

    For each row, you see its fields, the rows that are linked to it, its evidence, what outside documents
    say of it, the versions in which it changed, and its citation. The JSON output follows
    schemas/show.schema.json.

    With --as-of, you see the state and the answers that a proposal had on that date. For an actor or a
    proposition, you see only what had been done or said by then. DATE is a day, a month or a year
    (2008-11-05, 2008-11 or 2008). A month or a year means its last day.

    \b
    Examples:
      shieldtalks show prp-0016
      shieldtalks show prp-0003 --as-of 2008-06
      shieldtalks show rsp-0004 clm-0027 --format bibtex
    """
    from ..record.description import describe
    from ..record.ledger.entries import day

    on_day = day(as_of)
    dataset = open_dataset(package)
    announce("showing", dataset.package)
    wanted = dict.fromkeys(_find(dataset, asked) for asked in ids)
    described = [describe(dataset, record_id, on_day) for record_id in wanted]
    written = _written(described, dataset, output_format)
    if output_format == "text":
        say(written)
    else:
        print_document(written + "\n")


def _find(dataset: Dataset, asked: str) -> str:
    from ..record.description import find

    found = find(dataset, asked)
    for row in found.retired:
        note(
            f"{row.record_id} was retired in version {row.retired_in} ({row.reason}); "
            f"{row.replaced_by} replaces it"
        )
    return found.record_id


def _written(described: list[Description], dataset: Dataset, output_format: str) -> str:
    if output_format == "json":
        from ..record.description.json import json_value

        return visible(json_value(dataset.package, described))
    if output_format in ("bibtex", "csl"):
        return citations([one.citation for one in described], output_format)
    from ..record.description.text import lines

    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return "\n\n".join("\n".join(lines(one, width, style())) for one in described)
