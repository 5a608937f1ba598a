"""Properties of the reader: what is written is read back, and nothing whatever makes it stop."""

from __future__ import annotations

import copy
import csv
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shieldtalks.record.checking import validate
from shieldtalks.tabular.engine.sql import ROW
from shieldtalks.tabular.engine.sqlite import Sqlite
from shieldtalks.tabular.package import Resource
from shieldtalks.tabular.package.dialect import CsvDialect
from shieldtalks.tabular.sources import csv as reader
from shieldtalks.tabular.sources import exact as records
from shieldtalks.tabular.sources import octets
from shieldtalks.tabular.sources.lines import Lines
from tests.support.draws import examples

#: Text without controls and halves of characters; a line feed may stand in a cell.
CELL = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cc", "Cs"]), st.sampled_from(["\n", '"', ",", " ", "a"])
    ),
    max_size=6,
)

TABLE = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=5)
)

#: Bytes that mean something in a CSV file, and any others.
OCTETS = st.one_of(
    st.binary(max_size=60),
    st.lists(
        st.sampled_from(
            [
                b"id",
                b",",
                b'"',
                b"\n",
                b"\r\n",
                b"\r",
                b"1",
                b"x",
                b"\xe9",
                b"\0",
                b" ",
                b"\xef\xbb\xbf",
            ]
        ),
        max_size=24,
    ).map(b"".join),
)

DESCRIPTOR: dict[str, Any] = {
    "name": "things",
    "resources": [
        {
            "name": "things",
            "path": "things.csv",
            "encoding": "utf-8",
            "bytes": 20,
            "hash": "sha256:00",
            "dialect": {"delimiter": ","},
            "schema": {
                "missingValues": ["", {"value": "-"}],
                "primaryKey": ["id"],
                "uniqueKeys": [["id", "name"]],
                "foreignKeys": [
                    {"fields": ["id"], "reference": {"resource": "", "fields": ["id"]}}
                ],
                "fields": [
                    {
                        "name": "id",
                        "type": "integer",
                        "constraints": {"minimum": 0, "enum": [1, 2], "unique": True},
                    },
                    {
                        "name": "name",
                        "type": "string",
                        "format": "default",
                        "missingValues": ["?"],
                        "categories": [{"value": "tea"}],
                        "constraints": {
                            "required": True,
                            "pattern": "[a-z]+",
                            "enum": ["tea"],
                            "minLength": 1,
                            "maxLength": 9,
                        },
                    },
                ],
            },
        }
    ],
}

WORDS = st.sampled_from(
    [
        *(
            "",
            "\0",
            "\ud800",
            "id",
            "name",
            "ID",
            "things",
            "things.csv",
            "sqlite_x",
            "_row",
            "..",
            "/",
        ),
        *(
            "integer",
            "number",
            "boolean",
            "date",
            "any",
            "uuid",
            "base64",
            "utf-16",
            "1e999",
            "5.5",
        ),
        *("[", "(a)\\1", "[[a]", "(?i)a", "a(?i)", "NaN", "md5:x", ",", ";", "\n", '"', "x" * 300),
    ]
)

VALUE = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.sampled_from([10**30, -1, 0, 1, 1e308]),
        st.floats(allow_nan=False, allow_infinity=False),
        WORDS,
        st.text(max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(WORDS, st.text(max_size=3)), inner, max_size=3),
    ),
    max_leaves=6,
)


def places(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a JSON value."""
    yield place
    if isinstance(value, (dict, list)):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*place, step))


def put(place: tuple[str | int, ...], value: Any) -> Any:
    """The descriptor with another value at a place."""
    if not place:
        return value
    whole = copy.deepcopy(DESCRIPTOR)
    around: Any = whole
    for step in place[:-1]:
        around = around[step]
    around[place[-1]] = value
    return whole


CHANGED = st.builds(put, st.sampled_from(list(places(DESCRIPTOR))), VALUE)


@contextmanager
def package(descriptor: Any, table: bytes) -> Iterator[Path]:
    """A package of one table in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        (folder / "things.csv").write_bytes(table)
        yield folder


def exactly(file: Path) -> list[records.Record]:
    lines = Lines(file, "utf-8")
    found = list(records.records(lines, CsvDialect()))
    assert not lines.faults
    return found


@settings(max_examples=examples(100), deadline=None)
@given(TABLE)
@example([["\u2028", "\ufeff"]])
def test_what_is_written_is_read_back(table: list[list[str]]) -> None:
    names = [f"column{number}" for number in range(len(table[0]) if table else 1)]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([names, *table])
    resource_schema = {"fields": [{"name": name} for name in names], "missingValues": []}
    with package({}, text.getvalue().encode("utf-8")) as folder:
        file = folder / "things.csv"
        assert octets.inspect(file).plain

        read = exactly(file)
        assert [record.cells for record in read] == [names, *table]
        assert [fault for record in read for fault in record.faults] == []
        standard = csv.reader(io.StringIO(text.getvalue(), newline=""))
        assert [record.last_line for record in read] == [standard.line_num for _ in standard]

        engine = Sqlite()
        resource = Resource("things", "things.csv", file, {}, resource_schema, None)
        loaded = reader.load(resource, engine)
        rows = list(engine.query(f'SELECT * FROM "things" ORDER BY {ROW}'))
        assert rows == [(number, *cells) for number, cells in enumerate(table, start=1)]
        assert [loaded.line(number) for number in range(1, loaded.rows + 1)] == [
            record.line for record in read[1:]
        ]
        assert loaded.notes.faults == loaded.header_faults == []
        engine.close()


#: Quotes, and what may stand beside them.
QUOTES = st.lists(
    st.sampled_from([b'"', b'""', b",", b"\n", b"a", b";", b"\xc2\xa6", b" "]), max_size=12
)


def well_quoted(data: bytes, delimiter: bytes) -> bool:
    """Character by character: quotes begin cells, and what ends them ends the cell."""
    place = 0
    while place < len(data):
        if data[place : place + 1] == b'"':
            place += 1
            while data[place : place + 2] == b'""' or data[place : place + 1] not in (b'"', b""):
                place += 2 if data[place : place + 2] == b'""' else 1
            if place == len(data):
                return False
            place += 1
            after = data[place:]
            if after and not after.startswith((delimiter, b"\n")):
                return False
        while place < len(data) and not data[place:].startswith((delimiter, b"\n")):
            if data[place : place + 1] == b'"':
                return False
            place += 1
        place += 1 if data[place : place + 1] == b"\n" else len(delimiter)
    return True


@pytest.mark.slow
@settings(max_examples=examples(250), deadline=None)
@given(QUOTES.map(b"".join), st.sampled_from([",", ";", "¦"]))
@example(b'a,"b ""c"" d"\n', ",")
@example(b'a "b",c\n', ",")
@example(b'"a" ,c\n', ",")
@example(b'a,"b\n', ",")
def test_quotes_are_in_place_or_not(data: bytes, delimiter: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.csv"
        file.write_bytes(data)
        facts = octets.inspect(file, delimiter=delimiter)
    assert facts.plain == (bool(data) and well_quoted(data, delimiter.encode()))


@pytest.mark.slow
@settings(max_examples=examples(125), deadline=None)
@given(OCTETS, st.sampled_from([{}, {"encoding": "latin-1"}, {"encoding": "utf-16"}]))
def test_any_bytes_are_judged(table: bytes, also: dict[str, str]) -> None:
    resource = {**copy.deepcopy(DESCRIPTOR["resources"][0]), **also}
    with package({"resources": [resource]}, table) as folder:
        report = validate(folder)
    assert report.exit_code == 1  # the hash is wrong whatever the bytes
    assert all(finding.message for finding in report.findings)


@pytest.mark.slow
@settings(max_examples=examples(125), deadline=None)
@given(st.one_of(VALUE, CHANGED))
def test_any_descriptor_is_judged(descriptor: Any) -> None:
    with package(descriptor, b"id,name\n1,tea\nx,\n") as folder:
        report = validate(folder)
    assert report.exit_code in (1, 2)


@settings(max_examples=examples(40), deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_as_descriptor_are_judged(descriptor: bytes) -> None:
    with package({}, b"") as folder:
        (folder / "datapackage.json").write_bytes(descriptor)
        assert validate(folder).exit_code == 2


@settings(deadline=None)
@given(content=OCTETS, size=st.integers(1, 9), longest=st.integers(1, 9))
@example(content=b'a,b\n1,"x\ny"\n2,"z""\n"\n3,"q"', size=1, longest=99)
@example(content=b'a,b\n1,"x\n', size=1, longest=99)
def test_bytes_tell_the_same_in_parts_of_any_size(content: bytes, size: int, longest: int) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        file = Path(folder) / "t.csv"
        file.write_bytes(content)
        whole = octets.inspect(file)
        patch.setattr(octets, "_CHUNK", size)
        patch.setattr(octets, "_LONGEST_CELL", longest)
        parts = octets.inspect(file)
        assert (parts.size, parts.sha256, parts.lines) == (whole.size, whole.sha256, whole.lines)
        assert whole.plain or not parts.plain
        if parts.plain:
            assert list(parts.inner) == list(whole.inner)
        patch.setattr(octets, "_LONGEST_CELL", 1000)
        assert octets.inspect(file).plain == whole.plain
