"""The command `shieldtalks verify`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..tabular.findings import counted
from ..tabular.jsontext import visible
from ..tabular.terminal import one_line
from .common import (
    PATH,
    announce,
    note,
    open_dataset,
    package_argument,
    print_document,
    say,
    text_or_json,
)

if TYPE_CHECKING:
    from ..record.evidence.anchors import Copy


@click.command(name="verify")
@package_argument
@click.option(
    "--articles",
    type=PATH,
    metavar="DIR",
    help="The folder with your copies: src-0001.txt, src-0002.txt and so on.",
)
@click.option(
    "--copy",
    "named_copies",
    multiple=True,
    metavar="ID=FILE",
    help="Your copy of one source, such as src-0002=article.txt. You can repeat the option. "
    "Without --articles, only these sources are checked.",
)
@text_or_json
@click.option("--show", is_flag=True, help="Also show each passage that was found in your copy.")
def command(
    package: Path | None,
    articles: Path | None,
    named_copies: tuple[str, ...],
    output_format: str,
    show: bool,
) -> None:
    """Compare the evidence with your own copies of the articles.

    PACKAGE is a folder, a datapackage.json, a zip file or a wheel. If you leave PACKAGE out, the command uses
    ./datapackage.json if there is one, otherwise the record that comes with shieldtalks.

    For each row of evidence, you get one of these results:

    \b
      verified   the passage is at the recorded position
      moved      the passage is in your copy once, at another position
      ambiguous  the passage is in your copy more than once, at other positions
      not-found  the passage is not in your copy
      no-copy    you gave no copy of this source

    Save each copy as plain text in UTF-8. Line breaks, quotation marks, hyphens, and text before or
    after the article make no difference. The exit code is 0 if every row is verified or moved, otherwise 1.

    \b
    Examples:
      shieldtalks verify --articles my-copies
      shieldtalks verify --copy src-0002=article.txt --show
    """
    from ..record.evidence.anchors import copies_in
    from ..record.evidence.checked import compare, of_others

    if articles is None and not named_copies:
        raise click.UsageError("name your copies with --articles DIR or --copy src-0002=FILE.")
    dataset = open_dataset(package)
    announce("verifying", dataset.package)
    known = [source.source_id for source in dataset.sources]
    copies = copies_in(articles, known) if articles is not None else {}
    named = _named(named_copies, known)
    copies |= named
    checked = known if articles is not None else list(named)
    checks = compare(dataset, copies, checked)
    rows = [asdict(one) for one in checks]
    if output_format == "json":
        print_document(visible(rows) + "\n")
    else:
        _print(rows, copies, show)
    counts = Counter(row["status"] for row in rows)
    note(
        f"{counted(len(rows), 'row')}: "
        + ", ".join(f"{n} {status}" for status, n in sorted(counts.items()))
    )
    for source_id, other in of_others(dataset, copies, checks):
        looks = f". It looks like a copy of {other}" if other else ""
        note(f"your copy of {source_id} has none of its passages{looks}")
    raise SystemExit(0 if set(counts) <= {"verified", "moved"} else 1)


def _named(named_copies: tuple[str, ...], known: list[str]) -> dict[str, Copy]:
    from ..record.evidence.anchors import read_copy

    named = {}
    for given in named_copies:
        source_id, equals, file = given.partition("=")
        if not equals or not file:
            raise click.UsageError(
                f'--copy takes ID=FILE, such as src-0002=article.txt, not "{given}".'
            )
        if source_id not in known:
            raise click.UsageError(
                f'there is no source "{source_id}". The sources are: {", ".join(known)}.'
            )
        named[source_id] = read_copy(Path(file))
    return named


def _print(rows: list[dict[str, Any]], copies: dict[str, Copy], show: bool) -> None:
    for row in rows:
        target = f"{row['record_id']}.{row['field']}" if row["field"] else str(row["record_id"])
        say(one_line(f"{row['evidence_id']}  {row['source_id']}  {row['status']:<9}  {target}"))
        if show and row["start"] is not None:
            passage = copies[row["source_id"]].passage(row["start"], row["length"])
            say(f"    {one_line(' '.join(passage.split()))}")
