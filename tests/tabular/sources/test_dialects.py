"""Every dialect: what an independent writer writes is read back, cell by cell and line by line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.tabular.package.dialect import CsvDialect, clashes, csv_dialect
from shieldtalks.tabular.sources import terminated
from shieldtalks.tabular.sources.exact import RawRecord, records
from shieldtalks.tabular.sources.terminated import lines_in

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
def drawn(draw: st.DrawFn) -> Drawn:
    """A dialect that has no clash, and a table in it with comments between its rows."""
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
    dialect = csv_dialect(declared)
    width = draw(st.integers(1, 3))
    marks = [
        "\n",
        dialect.quote,
        dialect.escape,
        *dialect.comment_char,
        *dialect.delimiter,
        "a",
        " ",
    ]
    marks += dialect.line_terminator
    letters = [mark for mark in marks if mark and mark not in "\r\x01\x1e"]
    letter = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff")
    cell = st.text(st.one_of(letter, st.sampled_from(letters)), max_size=5)
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=5))
    if dialect.skip_initial_space:
        rows = [[row[0], *(c.lstrip(" \t") for c in row[1:])] for row in rows]
    text, lines = "", []
    feed = "\r" if dialect.line_terminator == "\r" else "\n"
    for row in rows:
        if dialect.comment_char and draw(st.booleans()):
            text += f"{dialect.comment_char} no {dialect.quote} row{dialect.line_terminator}"
        lines.append(1 + text.count(feed))
        text += written(row, dialect, always=draw(st.booleans()))
    is_blank = rows[-1:] == [[""]] and not dialect.quote
    if draw(st.booleans()) and not is_blank:
        text = text.removesuffix(dialect.line_terminator)
    return Drawn(declared, rows, text, lines)


def written(row: list[str], dialect: CsvDialect, *, always: bool) -> str:
    """One row, by Python's own writer where it can."""
    quoting = csv.QUOTE_ALL if always or row == [""] else csv.QUOTE_MINIMAL
    if dialect.skip_initial_space and any(cell[:1].isspace() for cell in row):
        quoting = csv.QUOTE_ALL
    can = len(dialect.delimiter) == 1 and dialect.quote and ord(dialect.delimiter) > 31
    can = can and not (dialect.double_quote and dialect.escape)
    if can and len(dialect.line_terminator) <= 2 and dialect.line_terminator.strip() == "":
        out = io.StringIO()
        writer = csv.writer(
            out,
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            doublequote=dialect.double_quote,
            escapechar=dialect.escape or None,
            quoting=quoting,
            lineterminator=dialect.line_terminator,
        )
        writer.writerow(row)
        if not (dialect.comment_char and out.getvalue().startswith(dialect.comment_char)):
            return out.getvalue()
    cells = [_by_hand(cell, dialect) for cell in row]
    return dialect.delimiter.join(cells) + dialect.line_terminator


def _by_hand(cell: str, dialect: CsvDialect) -> str:
    """A cell with each special character quoted or escaped."""
    if dialect.quote:
        for mark in filter(None, (dialect.escape, dialect.quote)):
            before = mark if mark == dialect.quote and dialect.double_quote else dialect.escape
            cell = cell.replace(mark, before + mark)
        return f"{dialect.quote}{cell}{dialect.quote}"
    return "".join(dialect.escape + char for char in cell)


def read(folder: Path, declared: dict[str, Any], text: str) -> list[RawRecord]:
    """The records that are no comments."""
    file = folder / "t.csv"
    file.write_text(text, "utf-8", newline="")
    dialect = csv_dialect(declared)
    lines = lines_in(file, "utf-8", dialect)
    found = [record for record in records(lines, dialect) if not record.is_comment]
    assert not lines.faults
    return found


@given(table=drawn(), piece=st.sampled_from([1, 2, 7, 1 << 20]))
def test_what_is_written_is_read_back(
    table: Drawn, piece: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with patch.object(terminated, "PIECE", piece):
        found = read(tmp_path_factory.getbasetemp(), table.declared, table.text)
    empty = [""] if csv_dialect(table.declared).quote == "" else None
    wanted = [[] if row == empty else row for row in table.rows]  # a line without text is blank
    assert [record.cells for record in found] == wanted
    assert [record.line for record in found] == table.lines
    assert [record.faults for record in found] == [[] for _ in wanted]
