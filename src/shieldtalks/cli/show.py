"""`shieldtalks show`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.jsontext import visible
from ..tabular.terminal import style
from . import complete
from .common import PATH, announce, citations, note, text_json_or_citation

if TYPE_CHECKING:
    from ..record.dataset import Dataset
    from ..record.description import Description

#: Longer lines are hard to read, however wide the terminal.
_WIDEST = 100


@click.command(name="show")
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=complete.records)
@click.option("--package", type=PATH, help="The package that holds the record.")
@text_json_or_citation
def command(ids: tuple[str, ...], package: Path | None, form: str) -> None:
    """Show a record in words: actors, answers, evidence, and how to cite it.

    ID is the identifier of any row that has one: a source, actor, event, proposal, response, claim,
    piece of evidence, coding, code or reference. A withdrawn identifier leads to its successor. The
    JSON follows schemas/show.schema.json.

    \b
    Examples:
      shieldtalks show prp-0016
      shieldtalks show rsp-0004 clm-0027 --format bibtex
    """
    from ..record.dataset import load
    from ..record.description import describe
    from ..record.installed import meant

    dataset = load(meant(package))
    announce("showing", dataset.package)
    wanted = dict.fromkeys(_find(dataset, asked) for asked in ids)
    click.echo(_written([describe(dataset, record_id) for record_id in wanted], dataset, form))


def _find(dataset: Dataset, asked: str) -> str:
    from ..record.description import find

    found = find(dataset, asked)
    for gone in found.retired:
        note(
            f"{gone.record_id} was withdrawn in {gone.retired_in} ({gone.reason}); "
            f"{gone.replaced_by} took its place"
        )
    return found.record_id


def _written(described: list[Description], dataset: Dataset, form: str) -> str:
    if form == "json":
        from ..record.description.json import json_value

        return visible(json_value(dataset.package, described))
    if form in ("bibtex", "csl"):
        return citations([one.citation for one in described], form)
    from ..record.description.text import lines

    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return "\n\n".join("\n".join(lines(one, width, style())) for one in described)
