"""A comparison of two codings as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ...tabular.columns import table_lines
from ...tabular.findings import counted
from ...tabular.terminal import Style, plain
from .comparison import Comparison

_EMPTY = "(empty)"


def lines(comparison: Comparison, width: int = 100, style: Style = plain) -> Iterator[str]:
    """The lines: the agreement for each field, the pairs that differ, the rows without a partner."""
    found = [
        [row.table, row.field, str(row.pairs), f"{row.share:.0%}", row.words]
        for row in comparison.agreement
    ]
    heads = ("table", "field", "pairs", "same", "alpha")
    yield from table_lines((2, 4, 1, 1, 2), heads, found, width, style)
    differing = [
        [f"{one.a.unit_id}\n{one.b.unit_id}", f"{one.a.title}\n{one.b.title}", name,
         one.a.coded[name] or _EMPTY, one.b.coded[name] or _EMPTY]
        for one in comparison.disagreements
        for name in one.fields
    ]  # fmt: skip
    if differing:
        yield from ("", style("hint", "Pairs that differ"))
        heads = ("row", "what it says, in A and in B", "field", "A", "B")
        yield from table_lines((1, 6, 2, 3, 3), heads, differing, width, style)
    for side, letter in enumerate("AB"):
        alone = [[unit.unit_id, unit.title] for _, unit in comparison.alone(side)]
        if alone:
            yield from ("", style("hint", f"Only in {letter}"))
            yield from table_lines((1, 6), ("row", "what it says"), alone, width, style)


def summary(comparison: Comparison) -> str:
    """What was paired and what there is to settle, in one line."""
    pairs = sum(map(len, comparison.pairs.values()))
    differing, values = comparison.disagreements, 0
    for one in differing:
        values += len(one.fields)
    differ = f"{counted(len(differing), 'differs', 'differ')} in {counted(values, 'value')}"
    alone = [counted(len(comparison.alone(side)), "row") for side in (0, 1)]
    return (
        f"{counted(pairs, 'pair')}: {differ if differing else 'none differs'}; "
        f"only in A: {alone[0]}, only in B: {alone[1]}"
    )
