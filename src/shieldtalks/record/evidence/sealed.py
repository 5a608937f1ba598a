"""The check of the evidence against a folder with copies of the articles, for `validate`."""

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
    Status.MOVED: "the passage is at another position in the copy",
    Status.AMBIGUOUS: "the passage is in the copy more than once, but not at the recorded position",
    Status.NOT_FOUND: "the passage is not in the copy",
}


def against(articles: Path) -> ExtraCheck:
    """A check that finds each span that is not at its place in the copies of a folder."""

    def check(tables: dict[str, LoadedTable], engine: Engine) -> Iterator[Finding]:
        return _unsealed(tables, engine, articles)

    return check


def _unsealed(tables: dict[str, LoadedTable], engine: Engine, articles: Path) -> Iterator[Finding]:
    """The findings for copies that differ from the coded text, and for spans that are not in place."""
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
    """The wanted columns of a table, with the row numbers. Empty if one of the columns is missing."""
    table = tables.get(name)
    if table is None or not set(wanted) <= set(table.resource.field_names) - table.absent:
        return []
    return list(engine.query(f"SELECT _row, {', '.join(wanted)} FROM {name} ORDER BY _row"))


def _source(
    table: LoadedTable, row: int, copy: Copy | None, source: str, length: str, digest: str
) -> Iterator[Finding]:
    if copy is None:
        message = f"{Status.NO_COPY.value}: there is no {source}.txt in the folder of articles"
        hint = f"Put the copy there, as {source}.txt. Its evidence was not checked."
        yield table.finding(
            "evidence", message, row=row, field="source_id", value=source, hint=hint
        )
    elif (length, digest) != (str(len(copy.canon)), sha256(copy.canon)):
        message = "the copy is not the text that was coded: its length or hash is different"
        hint = (
            "Use the copy that was coded. `shieldtalks anchor COPY --source ID --whole` shows the length "
            "and hash of a copy."
        )
        yield table.finding(
            "evidence", message, row=row, field="canon_sha256", value=digest, hint=hint
        )


def _span(
    table: LoadedTable, row: int, copy: Copy, start: str, length: str, digest: str
) -> Iterator[Finding]:
    if not (str(start).isdecimal() and str(length).isdecimal()):
        return  # the cell already has a finding
    status, _ = verify(copy, Anchor(int(start), int(length), str(digest)))
    if status is not Status.VERIFIED:
        yield table.finding(
            "evidence",
            f"{status.value}: {_UNSEALED[status]}",
            row=row,
            field="sha256",
            value=digest,
            hint="Make a new row for the passage with `shieldtalks anchor`.",
        )
