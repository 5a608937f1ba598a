"""The command `shieldtalks anchor`."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import click

from . import complete
from .common import DEFAULT_PACKAGE, PATH, note, open_package, print_document

#: The field of a row of evidence that names the supported row, by the prefix of its identifier.
_TARGETS = {"evt": "event_id", "prp": "proposal_id", "rsp": "response_id", "clm": "claim_id"}


@click.command(name="anchor")
@click.argument("copy", type=PATH)
@click.option(
    "--source",
    required=True,
    metavar="ID",
    help="The identifier of the source, such as src-0001.",
    shell_complete=complete.sources,
)
@click.option("--from", "first", metavar="WORDS", help="The first words of the passage.")
@click.option("--to", "last", metavar="WORDS", help="The last words of the passage.")
@click.option(
    "--whole",
    is_flag=True,
    help="Print canon_version, canon_length and canon_sha256 of the whole copy.",
)
@click.option(
    "--for",
    "target",
    metavar="ID",
    help="The identifier of the row that the passage supports, such as clm-0007.",
    shell_complete=complete.sealed,
)
@click.option(
    "--field",
    metavar="NAME",
    help="The field that the passage supports, if it does not support the whole row.",
)
@click.option(
    "--package", type=PATH, help=f"The package that the new row is for. {DEFAULT_PACKAGE}"
)
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
    """Print a new row of evidence for a passage of an article.

    COPY is your copy of the article, as plain text. The passage starts with the words of --from and
    ends with the words of --to. The command shows the passage on standard error, so that you can
    read it. The row does not contain the passage, only its position, length and hash.

    The row gets the next free identifier. The columns stance, directness and quotation get the most
    common values. Check that these values are right.

    With --whole, the command prints canon_version, canon_length and canon_sha256 of the whole copy
    instead. You need them to add a source.

    \b
    Examples:
      shieldtalks anchor article.txt --source src-0001 --from "talks were" --to "next week" \\
        --for clm-0007
      shieldtalks anchor article.txt --source src-0001 --whole
    """
    from ..record.evidence import canon
    from ..record.evidence.anchors import AnchorError, find, read_article

    article = read_article(copy)
    if whole:
        click.echo(f"{canon.VERSION},{len(article.canon)},{canon.sha256(article.canon)}")
        return
    if first is None or last is None:
        raise click.UsageError(
            "use --from and --to to name a passage, or --whole for the whole copy."
        )
    try:
        anchor = find(article, first, last)
    except AnchorError as error:
        raise click.UsageError(f"{error}.") from error
    note(f"passage: {' '.join(article.passage(anchor.start, anchor.length).split())}")
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
                f'--for takes the identifier of an event, proposal, response or claim, not "{target}".'
            )
        row[_TARGETS[target[:3]]] = target
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([row.get(name, "") for name in names])
    print_document(text.getvalue())


def _columns(package: Path | None) -> tuple[list[str], str]:
    """The columns of the table `evidence`, and its next free identifier."""
    from ..tabular.findings import CannotRun
    from ..tabular.tables.rows import rows

    source = open_package(package)
    table = source.resource("evidence")
    if table is None:
        raise CannotRun(f"{source.shown}: the package has no table evidence")
    used = [str(row["evidence_id"]) for row in rows(table)]
    retired = source.resource("retired")
    if retired is not None:  # a retired identifier is never used again
        used += [str(row["record_id"]) for row in rows(retired)]
    numbers = [int(name[4:]) for name in used if re.fullmatch("evd-[0-9]+", name)]
    return table.field_names, f"evd-{max(numbers, default=0) + 1:04}"
