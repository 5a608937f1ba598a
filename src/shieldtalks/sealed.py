"""The evidence of a package against a folder of copies, as findings for its validation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .checks.place import finding
from .engine.base import Engine
from .engine.reader import Table
from .evidence import Anchor, Status, copies_in, verify
from .findings import Finding
from .validation import Check

_UNSEALED = {
    Status.MOVED: "the span stands at another place of the copy",
    Status.AMBIGUOUS: "the span stands at several places of the copy, and not at its own",
    Status.NOT_FOUND: "the span is not in the copy",
    Status.NO_COPY: "there is no copy of the source in the folder",
}


def against(articles: Path) -> Check:
    """The check that each span of evidence stands at its place in the copies of a folder."""

    def check(tables: dict[str, Table], engine: Engine) -> Iterator[Finding]:
        return _unsealed(tables, engine, articles)

    return check


def _unsealed(tables: dict[str, Table], engine: Engine, articles: Path) -> Iterator[Finding]:
    """Each row of evidence whose span does not stand at its place in the copy of its source."""
    table = tables.get("evidence")
    wanted = ("source_id", "start", "length", "sha256")
    if table is None or not set(wanted) <= set(table.resource.field_names) - table.absent:
        return
    rows = list(engine.query(f"SELECT _row, {', '.join(wanted)} FROM evidence ORDER BY _row"))
    copies = copies_in(articles, sorted({str(source) for _, source, *_ in rows}))
    for row, source, start, length, digest in rows:
        if not (str(start).isdecimal() and str(length).isdecimal()):
            continue  # the cell has its finding already
        anchor = Anchor(int(start), int(length), str(digest))
        status, _ = verify(copies.get(str(source)), anchor)
        if status is not Status.VERIFIED:
            yield finding(
                table,
                "evidence",
                f"{status.value}: {_UNSEALED[status]}",
                row=row,
                field="sha256",
                value=digest,
                hint="Anchor the span again with `shieldtalks anchor`.",
            )
