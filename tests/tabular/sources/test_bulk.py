"""DuckDB's reader hides no fault of structure that the exact reader knows: it reports it or hands over."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shieldtalks.tabular.engine.duckdb import DuckDb
from shieldtalks.tabular.engine.sql import ROW
from shieldtalks.tabular.engine.sqlite import Sqlite
from shieldtalks.tabular.package import Resource
from shieldtalks.tabular.sources import csv as reader
from shieldtalks.tabular.sources import octets
from tests.support.draws import examples
from tests.support.one_duckdb import one_duckdb

NAMES = ["id", "b", "rowid"]

#: Cells of every kind; `\b` is the delimiter of the file.
CELLS = st.sampled_from(
    [
        b"",
        b"",
        b"1",
        b"x",
        b"n",
        b"NA",
        b" ",
        b'""',
        b'"\b"',
        b'"\n"',
        b'"a""b"',
        b'"\b\n"',
        b"\xc2\xa0",
    ]
)
#: Cells with a fault, and lines that are no row.
ODD = st.sampled_from(
    [
        b'"',
        b'a"b',
        b'"a"b',
        b'"a" ',
        b"\r",
        b"\x01",
        b"\0",
        b"\xc2\x85",
        b"\xe9",
        b"\x1e",
        b"\x1f",
        b"'",
    ]
)
ROWS = st.one_of(
    st.lists(CELLS, min_size=3, max_size=3),
    st.lists(CELLS, min_size=3, max_size=3),
    st.lists(st.one_of(CELLS, CELLS, ODD), min_size=3, max_size=3),
    st.lists(CELLS, min_size=3, max_size=3).map(lambda cells: [*cells, b""]),
    st.lists(CELLS, min_size=1, max_size=6),
    st.sampled_from([[], [b" "], [b"", b"", b""], [b""] * 5, [b'""']]),
)
ENDS = st.sampled_from([b"\n"] * 12 + [b"\r\n", b"\r", b"\n\n"])
HEADERS = st.sampled_from(
    [b"id\bb\browid"] * 12
    + [b"id\bb\browid\b", b"b\bid\browid", b"id\bb", b"", b"\xef\xbb\xbfid\bb\browid"]
)
DELIMITERS = [",", ";", "\t", "|", "¦", " ", "x", "n", "N", "0", "'", "\\", "#", "\x1f"]


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A delimiter and the bytes of a file, most of it in order."""
    delimiter = draw(st.sampled_from(DELIMITERS))
    lines = [draw(HEADERS), b"\n"]
    for cells in draw(st.lists(ROWS, max_size=5)):
        lines += [b"\b".join(cells), draw(ENDS)]
    if draw(st.integers(0, 4)) == 0:
        lines.pop()
    return delimiter, b"".join(lines).replace(b"\b", delimiter.encode())


def loaded(resource: Resource, engine: Any) -> tuple[Any, ...]:
    """What a reader found in a file: its faults, its rows, and their lines."""
    table = reader.load(resource, engine)
    # Lists of faults of the whole file may differ in order only.
    faults = sorted(map(repr, [*table.header_faults, *table.notes.faults]))
    cells = [f'"{name}"' for name in NAMES]
    rows = list(
        engine.query(f'SELECT {", ".join([ROW, *cells])} FROM "{resource.name}" ORDER BY 1')
    )
    return faults, sorted(table.absent), rows, [table.line(row[0]) for row in rows]


MISSING = [[""], ["NA", "x"], ["", "NA", " "]]


@pytest.mark.slow
@settings(max_examples=examples(25), deadline=None)
@given(st.lists(files(), min_size=1, max_size=12), st.sampled_from(MISSING))
@example([(",", b"id,b,rowid\n1,2,3,\n")], [""])
@example([(",", b"id,b,rowid\n1,2,3\n1,2,3,,")], [""])
@example([(",", b"id,b,rowid\n1,2,\n1,2,,\n\n")], [""])
@example([(",", b"id,b,rowid\n1,2\n1,2,3,\n")], [""])
@example([(",", b'id,b,rowid\n1,2,3,""\n1,2,3\n')], [""])
@example([(",", b'id,b,rowid\n1,2,3\n"1","2","",""')], [""])
@example([(",", b'id,b,rowid\n1,2,3\n"1","2",,"",""\n')], ["NA"])
@example([(",", b'id,b,rowid\n1,"a,",""\n1,"\n,",3,\n')], [""])
def test_the_bulk_reader_finds_what_the_exact_reader_finds(
    given_files: list[tuple[str, bytes]], missing: list[str]
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        one_duckdb(),
        closing(DuckDb([], lean=False)) as duckdb,
        closing(Sqlite()) as sqlite,
        closing(Sqlite()) as exact,
        pytest.MonkeyPatch.context() as patch,
    ):
        schema = {"fields": [{"name": name} for name in NAMES], "missingValues": missing}
        resources = []
        for number, (delimiter, content) in enumerate(given_files):
            file = Path(folder, f"{number}.csv")
            file.write_bytes(content)
            entry = {"dialect": {"delimiter": delimiter}}
            resources.append(Resource(f"t{number}", file.name, file, entry, schema, None))
        found = [
            [loaded(resource, engine) for resource in resources] for engine in (duckdb, sqlite)
        ]
        inspect = octets.inspect
        patch.setattr(
            octets, "inspect", lambda *given, **also: inspect(*given, **also)._replace(plain=False)
        )
        wanted = [loaded(resource, exact) for resource in resources]
    for bulk, plain, right, (delimiter, content) in zip(*found, wanted, given_files, strict=True):
        assert bulk == right, (delimiter, content)
        assert plain == right, (delimiter, content)


@pytest.mark.parametrize("end", [",", ',""', ",,", ',"",', ',,""', ',"",""'])
@pytest.mark.parametrize("feed", ["", "\n", "\n1,2,3\n"])
def test_a_row_with_empty_cells_too_many_is_not_for_the_bulk_reader(
    end: str, feed: str, tmp_path: Path
) -> None:
    file = tmp_path / "t.csv"
    for row, is_even in ((f"1,2{end}", len(end.replace('""', "")) == 1), (f"1,2,3{end}", False)):
        file.write_text(f'{",".join(NAMES)}\n"a","b,""c",""\n{row}{feed}', "utf-8", newline="")
        facts = octets.inspect(file, width=3)
        assert (facts.plain, facts.even) == (True, is_even)


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_bulk_reader_is_used_for_what_is_in_order(delimiter: str, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(delimiter.join(NAMES).encode() + b'\n"a"' + 2 * delimiter.encode() + b"\n")
    schema = {"fields": [{"name": name} for name in NAMES]}
    resource = Resource("t", "t.csv", file, {"dialect": {"delimiter": delimiter}}, schema, None)
    facts = reader.inspect(resource)
    assert reader.may_be_bulk(resource, facts) == (delimiter != "\x1f")
