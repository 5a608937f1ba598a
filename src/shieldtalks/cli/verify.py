"""`shieldtalks verify`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .common import PATH, announce, note, package_argument, text_or_json

if TYPE_CHECKING:
    from ..record.dataset import Dataset
    from ..record.evidence.anchors import Copy


@click.command(name="verify")
@package_argument
@click.option(
    "--articles", type=PATH, help="A folder with copies of the articles: src-0001.txt and so on."
)
@click.option(
    "--copy", "copies", multiple=True, metavar="ID=FILE", help="One copy; others are not looked at."
)
@text_or_json
@click.option("--show", is_flag=True, help="Print each passage, from your own copy.")
def command(
    package: Path | None,
    articles: Path | None,
    copies: tuple[str, ...],
    form: str,
    show: bool,
) -> None:
    """Check the evidence, row by row, against your own copies of the articles.

    Each row is verified (found at its place), moved (found once, elsewhere), ambiguous (found more
    than once), not-found, or no-copy. Exit code 0 means that every row was found. The copies are
    plain text in UTF-8; line breaks, quotes, hyphens and text around the article do not matter.

    \b
    Examples:
      shieldtalks verify --articles my-copies
      shieldtalks verify --copy src-0002=article.txt --show
    """
    from ..record.dataset import load
    from ..record.evidence.anchors import copies_in
    from ..record.installed import meant

    if articles is None and not copies:
        raise click.UsageError("name your copies: --articles DIR, or --copy src-0002=FILE.")
    dataset = load(meant(package))
    announce("verifying", dataset.package)
    known = [source.source_id for source in dataset.sources]
    held = copies_in(articles, known) if articles is not None else {}
    named = _named(copies, known)
    held |= named
    looked_at = known if articles is not None else list(named)
    rows = _rows(dataset, held, looked_at)
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _print(rows, held, show)
    counts = Counter(row["status"] for row in rows)
    note(f"{len(rows)} rows: " + ", ".join(f"{n} {status}" for status, n in sorted(counts.items())))
    raise SystemExit(0 if set(counts) <= {"verified", "moved"} else 1)


def _named(copies: tuple[str, ...], known: list[str]) -> dict[str, Copy]:
    from ..record.evidence.anchors import read_copy

    named = {}
    for given in copies:
        source_id, equals, file = given.partition("=")
        if not equals or not file:
            raise click.UsageError(
                f'--copy takes ID=FILE, such as src-0002=article.txt, not "{given}".'
            )
        if source_id not in known:
            raise click.UsageError(f'there is no source "{source_id}"; known: {", ".join(known)}.')
        named[source_id] = read_copy(Path(file))
    return named


def _rows(dataset: Dataset, held: dict[str, Copy], looked_at: list[str]) -> list[dict[str, Any]]:
    from ..record.evidence.anchors import Anchor, verify

    rows = []
    for row in dataset.evidence:
        if row.source_id not in looked_at:
            continue
        anchor = Anchor(row.start, row.length, row.sha256)
        status, found = verify(held.get(row.source_id), anchor)
        target = row.event_id or row.proposal_id or row.response_id or row.claim_id
        rows.append(
            {
                "evidence_id": row.evidence_id,
                "record_id": target,
                "field": row.field,
                "source_id": row.source_id,
                "status": status.value,
                "start": found,
                "length": row.length,
            }
        )
    return rows


def _print(rows: list[dict[str, Any]], held: dict[str, Copy], show: bool) -> None:
    for row in rows:
        target = f"{row['record_id']}.{row['field']}" if row["field"] else str(row["record_id"])
        click.echo(f"{row['evidence_id']}  {row['source_id']}  {row['status']:<9}  {target}")
        if show and row["start"] is not None:
            passage = held[row["source_id"]].passage(row["start"], row["length"])
            click.echo(f"    {' '.join(passage.split())}")
