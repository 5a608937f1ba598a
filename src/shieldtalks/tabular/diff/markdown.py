"""A difference as Markdown for a changelog. It names each row that was changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import Difference
from .change import POLICY, Change
from .text import DETAILED, grouped, of_row, pair, together, verdict


def lines(difference: Difference) -> Iterator[str]:
    """Headings and lists for the section of a version."""
    contract = [change for change in difference.changes if change.row is None]
    records = [change for change in difference.changes if change.row is not None]
    for heading, changes in (("Contract and metadata", contract), ("Rows", records)):
        if changes:
            yield f"### {heading}"
            yield ""
            for group in grouped(changes):
                yield from _item(group)
            yield ""
    words = verdict(difference)
    yield f"{words[0].upper()}{words[1:]}."


def policy() -> str:
    """The version policy as rows of a table: kind of change, bump, reason."""
    rows = (f"| `{kind}` | {level.name} | {why} |" for kind, (level, why) in POLICY.items())
    return "".join(f"{row}\n" for row in rows)


def _item(group: list[Change]) -> Iterator[str]:
    first = group[0]
    place = ".".join(part for part in (first.table, first.field) if part) or "package"
    if first.row is None:
        words = f" {_text(first.words)}"
    elif len(group) > 1:
        words = f": {_text(together(group, 20 if first.kind == 'row-added' else len(group)))}"
    else:
        words = f": {_text(of_row(first))}"
    yield f"- {first.level.name}: {_code(place)}{words}"
    for cell in first.cells if first.kind in DETAILED else ():
        old, new = map(_code, pair(cell))
        yield f"  - {_code(cell.field)}: from {old} to {new}"


def _text(words: str) -> str:
    """A text in which the special characters of Markdown are escaped."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", words)


def _code(words: str) -> str:
    """A text as inline code, even if it contains backticks."""
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if longest else ""
    return f"{fence}{blank}{words}{blank}{fence}"
