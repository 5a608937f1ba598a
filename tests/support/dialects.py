"""Dialects of delimited text that tests draw, and a writer for them that shares no code with the reader."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from shieldtalks.tabular.package.dialect import CsvDialect, clashes, csv_dialect

DELIMITERS = st.sampled_from([",", ";", "\t", "|", "||", "::", " ", "~^~", "\x01", "é"])
ENDS = st.sampled_from(["\n", "\r\n", "\r", ";;", "|\n", "\x1e", "\u2028", "END"])


@dataclass(frozen=True)
class Drawn:
    """A dialect, a table, and the text and the line of each row that an independent writer gives it."""

    declared: dict[str, Any]
    rows: list[list[str]]
    text: str
    lines: list[int]


@st.composite
def declared_dialects(draw: st.DrawFn) -> dict[str, Any]:
    """A dialect that can write every text."""
    declared: dict[str, Any] = {
        "delimiter": draw(DELIMITERS),
        "lineTerminator": draw(ENDS),
        "quoteChar": draw(st.sampled_from(['"', "'", "%", ""])),
    }
    optional = {
        "doubleQuote": st.booleans(),
        "escapeChar": st.sampled_from(["\\", "!", "%"]),
        "commentChar": st.sampled_from(["#", "//"]),
        "skipInitialSpace": st.booleans(),
    }
    declared |= draw(st.fixed_dictionaries({}, optional=optional))
    if declared["quoteChar"] == "" or declared.get("doubleQuote") is False:
        declared["escapeChar"] = "!"
    if list(clashes(declared, csv_dialect(declared))):
        declared |= {"quoteChar": '"', "delimiter": ",", "lineTerminator": "\n", "escapeChar": "\\"}
    return declared


def cells_for(dialect: CsvDialect) -> st.SearchStrategy[str]:
    """A cell with the characters that mean something in the dialect."""
    marks = {"\n", "a", " ", *dialect.quote, *dialect.escape, *dialect.comment_char}
    marks |= {*dialect.delimiter, *dialect.line_terminator}
    known = st.sampled_from(sorted(marks - {"\r", "\x01", "\x1e"}))
    letter = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff")
    return st.text(st.one_of(letter, known), max_size=5)


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """A dialect, and a table in it with comments between its rows."""
    declared = draw(declared_dialects())
    dialect = csv_dialect(declared)
    width = draw(st.integers(1, 3))
    row = st.lists(cells_for(dialect), min_size=width, max_size=width)
    rows = draw(st.lists(row, max_size=5))
    comments = draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    always = draw(st.booleans())
    if dialect.skip_initial_space:
        rows = [[row[0], *(c.lstrip(" \t") for c in row[1:])] for row in rows]
    text, lines = written(rows, dialect, comments, always=always)
    is_blank = rows[-1:] == [[""]] and not dialect.quote
    if draw(st.booleans()) and not is_blank:
        text = text.removesuffix(dialect.line_terminator)
    return Drawn(declared, rows, text, lines)


def written(
    rows: Sequence[list[str]],
    dialect: CsvDialect,
    comments: Sequence[bool] = (),
    *,
    always: bool = False,
) -> tuple[str, list[int]]:
    """The text of some rows, and the physical line of each. Before a row, there may be a comment."""
    text, lines = "", []
    end = dialect.line_terminator or "\n"
    feed = "\r" if end == "\r" else "\n"
    for number, row in enumerate(rows):
        if dialect.comment_char and number < len(comments) and comments[number]:
            text += f"{dialect.comment_char} no {dialect.quote} row{end}"
        lines.append(1 + text.count(feed))
        text += _row(row, dialect, end, always=always)
    return text, lines


def _row(row: list[str], dialect: CsvDialect, end: str, *, always: bool) -> str:
    """One row, by Python's own writer where it can."""
    quoting = csv.QUOTE_ALL if always or row == [""] else csv.QUOTE_MINIMAL
    if dialect.skip_initial_space and any(cell[:1].isspace() for cell in row):
        quoting = csv.QUOTE_ALL
    can = len(dialect.delimiter) == 1 and ord(dialect.delimiter) > 31 and dialect.quote != ""
    can = can and not (dialect.double_quote and dialect.escape)
    if can and end in ("\n", "\r\n", "\r"):
        out = io.StringIO()
        writer = csv.writer(
            out,
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            doublequote=dialect.double_quote,
            escapechar=dialect.escape or None,
            quoting=quoting,
            lineterminator=end,
        )
        writer.writerow(row)
        if not (dialect.comment_char and out.getvalue().startswith(dialect.comment_char)):
            return out.getvalue()
    return dialect.delimiter.join(_by_hand(cell, dialect) for cell in row) + end


def _by_hand(cell: str, dialect: CsvDialect) -> str:
    """A cell with each special character quoted or escaped."""
    if dialect.quote:
        for mark in filter(None, (dialect.escape, dialect.quote)):
            before = mark if mark == dialect.quote and dialect.double_quote else dialect.escape
            cell = cell.replace(mark, before + mark)
        return f"{dialect.quote}{cell}{dialect.quote}"
    return "".join(dialect.escape + char for char in cell)
