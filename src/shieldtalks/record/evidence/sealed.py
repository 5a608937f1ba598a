"""The evidence of a package against a folder of copies, as findings for its validation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...tabular.engine.base import Engine
from ...tabular.findings import Finding
from ...tabular.sources.csv import LoadedTable
from ...tabular.validation import ExtraCheck
from .anchors import Anchor, Copy, Status, copies_in, verify
from .canon import sha256

_UNSEALED = {
    Status.MOVED: "the span stands at another place of the copy",
    Status.AMBIGUOUS: "the span stands at several places of the copy, and not at its own",
    Status.NOT_FOUND: "the span is not in the copy",
}


def against(articles: Path) -> ExtraCheck:
    """The check that each span of evidence stands at its place in the copies of a folder."""

    def check(tables: dict[str, LoadedTable], engine: Engine) -> Iterator[Finding]:
        return _unsealed(tables, engine, articles)

    return check


def _unsealed(tables: dict[str, LoadedTable], engine: Engine, articles: Path) -> Iterator[Finding]:
    """What of the evidence does not stand in the copies, and which copy is not the sealed text."""
    sources = _rows(tables, engine, "sources", ("source_id", "canon_length", "canon_sha256"))
    copies = copies_in(articles, [str(source) for _, source, *_ in sources])
    for row, source, length, digest in sources:
        yield from _source(tables["sources"], row, copies.get(str(source)), source, length, digest)
    for row, source, *span in _rows(
        tables, engine, "evidence", ("source_id", "start", "length", "sha256")
    ):
        copy = copies.get(str(source))
        if copy is not None:
            yield from _span(tables["evidence"], row, copy, *span)


def _rows(
    tables: dict[str, LoadedTable], engine: Engine, name: str, wanted: tuple[str, ...]
) -> list[tuple[Any, ...]]:
    """Some columns of a table with their row numbers; nothing where it lacks one of them."""
    table = tables.get(name)
    if table is None or not set(wanted) <= set(table.resource.field_names) - table.absent:
        return []
    return list(engine.query(f"SELECT _row, {', '.join(wanted)} FROM {name} ORDER BY _row"))


def _source(
    table: LoadedTable, row: int, copy: Copy | None, source: str, length: str, digest: str
) -> Iterator[Finding]:
    if copy is None:
        message = f"{Status.NO_COPY.value}: there is no {source}.txt in the folder of articles"
        hint = "Put the copy there; its evidence was not checked."
        yield table.finding(
            "evidence", message, row=row, field="source_id", value=source, hint=hint
        )
    elif (length, digest) != (str(len(copy.canon)), sha256(copy.canon)):
        message = "the copy is another text, or more or less than the one that was sealed"
        hint = "`shieldtalks anchor COPY --whole` prints length and hash of a copy."
        yield table.finding(
            "evidence", message, row=row, field="canon_sha256", value=digest, hint=hint
        )


def _span(
    table: LoadedTable, row: int, copy: Copy, start: str, length: str, digest: str
) -> Iterator[Finding]:
    if not (str(start).isdecimal() and str(length).isdecimal()):
        return  # the cell has its finding already
    status, _ = verify(copy, Anchor(int(start), int(length), str(digest)))
    if status is not Status.VERIFIED:
        yield table.finding(
            "evidence",
            f"{status.value}: {_UNSEALED[status]}",
            row=row,
            field="sha256",
            value=digest,
            hint="Anchor the span again with `shieldtalks anchor`.",
        )
