"""`shieldtalks anchor`."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import click

from . import complete
from .common import PATH, note

_TARGETS = {"evt": "event_id", "prp": "proposal_id", "rsp": "response_id", "clm": "claim_id"}


@click.command(name="anchor")
@click.argument("copy", type=PATH)
@click.option(
    "--source",
    required=True,
    metavar="ID",
    help="The source, such as src-0001.",
    shell_complete=complete.sources,
)
@click.option("--from", "first", metavar="WORDS", help="The span's first words.")
@click.option("--to", "last", metavar="WORDS", help="The span's last words.")
@click.option("--whole", is_flag=True, help="Print length and hash of the whole copy, for sources.")
@click.option(
    "--for",
    "target",
    metavar="ID",
    help="The row it supports, such as clm-0007.",
    shell_complete=complete.sealed,
)
@click.option("--field", help="The one field it supports; left out, it supports the row.")
@click.option("--package", type=PATH, help="The package that the row is for.")
def command(
    copy: Path,
    source: str,
    first: str | None,
    last: str | None,
    whole: bool,
    target: str | None,
    field: str | None,
    package: Path | None,
) -> None:
    """Print the evidence row for a span of COPY, a plain-text copy of an article.

    The span runs from the first to the last words given, both included. The row's identifier is the
    next free one; stance, directness and quotation stand at their most common values: check them.
    The passage itself goes to stderr, for you to read; it never enters the row.

    With --whole it prints what a row of sources says of the copy instead: the version of the
    canonical form, the length in it, the hash.

    \b
    Example:
      shieldtalks anchor article.txt --source src-0001 --from "talks were" --to "next week" \\
        --for clm-0007
    """
    from ..record.evidence import canon
    from ..record.evidence.anchors import AnchorError, find, read_copy

    held = read_copy(copy)
    if whole:
        click.echo(f"{canon.VERSION},{len(held.canon)},{canon.sha256(held.canon)}")
        return
    if first is None or last is None:
        raise click.UsageError(
            "name the span with --from and --to, or the whole copy with --whole."
        )
    try:
        anchor = find(held, first, last)
    except AnchorError as error:
        raise click.UsageError(f"{error}.") from error
    note(f"passage: {' '.join(held.passage(anchor.start, anchor.length).split())}")
    names, next_id = _columns(package)
    row = {
        "evidence_id": next_id,
        "source_id": source,
        "field": field or "",
        "start": str(anchor.start),
        "length": str(anchor.length),
        "sha256": anchor.sha256,
        "stance": "supports",
        "directness": "explicit",
        "quotation": "indirect",
    }
    if target is not None:
        if target[:3] not in _TARGETS:
            raise click.UsageError(
                f'--for takes an event, proposal, response or claim, not "{target}".'
            )
        row[_TARGETS[target[:3]]] = target
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([row.get(name, "") for name in names])
    click.echo(text.getvalue(), nl=False)


def _columns(package: Path | None) -> tuple[list[str], str]:
    """The columns of the table of evidence, and the next free identifier."""
    from ..record.installed import read_meant
    from ..tabular.findings import CannotRun
    from ..tabular.tables.rows import rows

    source = read_meant(package)
    table = source.resource("evidence")
    if table is None:
        raise CannotRun(f"{source.file}: the package has no table of evidence")
    taken = [str(row["evidence_id"]) for row in rows(table)]
    retired = source.resource("retired")
    if retired is not None:  # an identifier is never used again
        taken += [str(row["record_id"]) for row in rows(retired)]
    numbers = [int(name[4:]) for name in taken if re.fullmatch("evd-[0-9]+", name)]
    return table.field_names, f"evd-{max(numbers, default=0) + 1:04}"
