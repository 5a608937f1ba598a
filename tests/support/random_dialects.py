"""Dialects of delimited text made at random, and the text of a table in one of them."""

from __future__ import annotations

from random import Random
from typing import Any

from shieldtalks.tabular.package.dialect import clashes, csv_dialect
from tests.support.dialects import written

#: The values that are drawn for each key of a dialect. Some contradict others.
VALUES: dict[str, list[Any]] = {
    "delimiter": [",", ";", "\t", "|", "||", "é", "x", "1"],
    "quoteChar": ['"', "'", "%", ""],
    "doubleQuote": [True, False],
    "escapeChar": ["\\", "!", "%", '"'],
    "header": [True, False],
    "commentChar": ["#", "//", "%%", "0"],
    "skipInitialSpace": [True, False],
    "lineTerminator": ["\n", "\r\n", "\r", ";;", "|\n", "\x1e"],
    "nullSequence": ["\\N", "NULL", "-", "?", "0", ""],
}


def declared(random: Random) -> dict[str, Any]:
    """Some keys of a dialect. Few contradict each other: that is one finding, and nothing is read."""
    found: dict[str, Any] = {}
    for _ in range(20):
        keys = random.sample(sorted(VALUES), random.randint(1, 5))
        found = {key: random.choice(VALUES[key]) for key in keys}
        if found.get("quoteChar") == "" or found.get("doubleQuote") is False:
            found["escapeChar"] = random.choice(["\\", "!"])
        if random.randrange(20) == 0 or not any(clashes(found, csv_dialect(found))):
            break
    return found


def lines_of(rows: list[list[str]], chosen: dict[str, Any], random: Random) -> list[str]:
    """The lines of a table in a dialect, each without its end, with comments between some of them."""
    dialect = csv_dialect(chosen)
    if dialect.null_sequence is not None:
        rows = [
            [dialect.null_sequence if number and random.randrange(6) == 0 else cell for cell in row]
            for number, row in enumerate(rows)
        ]
    rows = rows if dialect.has_header else rows[1:]
    always = random.randrange(3) == 0
    lines = []
    for row in rows:
        if dialect.comment_char and random.randrange(4) == 0:
            lines.append(f"{dialect.comment_char} no {dialect.quote} row")
        text, _ = written([row], dialect, always=always)
        lines.append(text.removesuffix(dialect.line_terminator or "\n"))
    return lines
