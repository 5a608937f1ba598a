"""The rows that were found as text for a terminal: identifier, table, name, and where the words are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...tabular.columns import table_lines
from ...tabular.findings import counted
from ...tabular.terminal import Style, plain
from .hits import Hit
from .words import verbs, words

_HEADS = ("id", "table", "found")

#: How the columns share the space that the longest words leave.
_SHARES = (2, 1, 8)

#: The longest part of a text that is shown, in words on each side of the hit.
_AROUND = 9


def lines(
    hits: Iterable[Hit], wanted: str, width: int = 100, style: Style = plain
) -> Iterator[str]:
    """The lines of the table; none if nothing was found."""
    asked = words(wanted)
    rows = [[hit.record_id, hit.table, _found(hit, asked)] for hit in hits]
    return table_lines(_SHARES, _HEADS, rows, width, style)


def summary(hits: Sequence[Hit], shown: int, wanted: str, near: str | None) -> str:
    """What was found, in one line. `near` are words that were perhaps meant."""
    if not hits:
        meant = f' Did you mean "{near}"?' if near else ""
        what = "all the words " if len(wanted.split()) > 1 else ""
        return f'Nothing was found: no row contains {what}"{wanted}".{meant}'
    left = f"; {shown} are shown, --limit 0 shows all" if shown < len(hits) else ""
    return counted(len(hits), "row") + left


def _found(hit: Hit, asked: Sequence[str]) -> str:
    """The name of the row and, if the words are not in it, the place where they are."""
    if hit.text in (hit.heading, hit.record_id):
        return hit.heading
    if hit.text in hit.heading and hit.table != "responses":
        return hit.heading
    return f"{hit.heading}\n  {hit.field}: {_excerpt(hit.text, asked)}"


def _excerpt(text: str, asked: Sequence[str]) -> str:
    """The part of a text around the first word that was asked for."""
    parts = text.split()
    starts = (n for n, part in enumerate(parts) if _has(part, asked))
    at = next(starts, 0)
    first, last = max(0, at - _AROUND), at + _AROUND + 1
    before, after = ("... " if first else ""), (" ..." if last < len(parts) else "")
    return before + " ".join(parts[first:last]) + after


def _has(part: str, asked: Sequence[str]) -> bool:
    forms = {*asked}.union(*map(verbs, asked))
    return any(one.startswith(form) for one in words(part) for form in forms)
