"""Every dialect: what an independent writer writes is read back, cell by cell and line by line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.findings import CannotRun, Report
from shieldtalks.tabular.package import read as read_package
from shieldtalks.tabular.package.dialect import KEYS, csv_dialect
from shieldtalks.tabular.sources import terminated
from shieldtalks.tabular.sources.exact import RawRecord, records
from shieldtalks.tabular.sources.sections import Sections, joined
from shieldtalks.tabular.sources.terminated import lines_in
from shieldtalks.tabular.tables.rows import rows as rows_of
from tests.support import EXAMPLES
from tests.support.dialects import Drawn, cells_for, declared_dialects, drawn, written
from tests.support.draws import examples


def records_of(file: Path, declared: dict[str, Any], text: str) -> list[RawRecord]:
    """The records that are no comments."""
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
        found = records_of(tmp_path_factory.getbasetemp() / "t.csv", table.declared, table.text)
    blank = [""] if csv_dialect(table.declared).quote == "" else None  # a line without text
    wanted = [[] if row == blank else row for row in table.rows]
    assert [record.cells for record in found] == wanted
    assert [record.line for record in found] == table.lines
    assert not any(record.faults for record in found)


FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "integer"},
    {"name": "name", "constraints": {"required": True, "unique": True}},
    {"name": "parent", "type": "integer", "missingValues": ["", "-"]},
]
SCHEMA: dict[str, Any] = {
    "fields": FIELDS,
    "primaryKey": "id",
    "foreignKeys": [{"fields": "parent", "reference": {"resource": "", "fields": "id"}}],
}
NAMES = [field["name"] for field in FIELDS]


@contextmanager
def package(text: str, schema: Any = SCHEMA, **entry: Any) -> Iterator[Path]:
    """A package of one table."""
    with TemporaryDirectory() as folder:
        resource = {"name": "t", "path": "t.csv", "schema": schema} | entry
        descriptor = {"name": "made", "resources": [resource]}
        Path(folder, "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        Path(folder, "t.csv").write_text(text, "utf-8", newline="")
        yield Path(folder)


def found_in(report: Report) -> list[tuple[Any, ...]]:
    """What the findings say of rows and cells, without the lines."""
    return sorted(
        (f.rule, f.row or 0, f.field or "", f.value or "", f.severity) for f in report.findings
    )


@st.composite
def two_forms(draw: st.DrawFn) -> tuple[str, str, dict[str, Any], str]:
    """The same table as usual CSV and in another dialect, the dialect, and the `fieldsMatch`."""
    declared = draw(declared_dialects())
    dialect = csv_dialect(declared)
    name = cells_for(dialect).map(lambda cell: f"n{cell}".replace("\n", " "))
    cell = st.sampled_from(["1", "2", "3", "7", "x", ""])
    rows = draw(st.lists(st.tuples(cell, name, cell | st.just("-")).map(list), max_size=5))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([NAMES, *rows])
    match = draw(st.sampled_from(["exact", "equal", "subset", "superset", "partial"]))
    table = [list(NAMES), *rows]
    if match != "exact":
        order = draw(st.permutations([0, 1, 2]))
        table = [[row[place] for place in order] for row in table]
    if match in ("subset", "partial"):
        table = [["more", *table[0]], *(["m", *row] for row in table[1:])]
    header = draw(
        st.sampled_from(["one", "two", "title"] + (["none"] if rows and match == "exact" else []))
    )
    if header == "none":
        declared["header"], table = False, table[1:]
    elif header == "two":
        declared |= {"headerRows": [1, 2], "headerJoin": ""}
        first, *rest = table
        table = [[name[:1] for name in first], [name[1:] for name in first], *rest]
    elif header == "title":
        declared |= {"headerRows": [3], "commentRows": [2, 4]}
        note = ["not a row"] * len(table[0])
        table = [["Rivers"], note, table[0], note, *table[1:]]
    comments = draw(st.lists(st.booleans(), max_size=8)) if header in ("one", "none") else []
    text, _ = written(table, dialect, comments)
    return out.getvalue(), text, declared, match


@settings(max_examples=examples(30))
@given(two_forms())
def test_a_table_means_the_same_in_every_dialect(
    forms: tuple[str, str, dict[str, Any], str],
) -> None:
    usual, text, declared, match = forms
    schema = SCHEMA | {"fieldsMatch": match}
    with package(usual) as one, package(text, schema, dialect=declared) as other:
        a, b = (validate(folder, Options(engine="sqlite")) for folder in (one, other))
        assert found_in(a) == found_in(b)
        assert (a.rows, a.skipped) == (b.rows, b.skipped)
        tables = [read_package(folder).resources[0] for folder in (one, other)]
        assert list(rows_of(tables[0])) == list(rows_of(tables[1]))
        assert sum(table.dialect.is_usual for table in tables) >= 1


DEFAULTS: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json",
    "header": True,
    "headerRows": [1],
    "headerJoin": " ",
    "commentRows": [],
    "commentChar": "",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
#: Examples whose tables have no dialect of their own.
PLAIN = [
    folder
    for folder in sorted((EXAMPLES / "faults").iterdir())
    if folder.name.startswith(
        ("quote", "header", "missing", "extra-", "line-end", "blank", "foreign")
    )
    and "dialect" not in (folder / "datapackage.json").read_text("utf-8")
]


@pytest.mark.parametrize("example", PLAIN, ids=lambda path: path.name)
def test_defaults_spelt_out_change_nothing(example: Path, tmp_path: Path) -> None:
    descriptor = json.loads((example / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        resource["dialect"] = {"delimiter": ","} | DEFAULTS
    for file in example.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    before, after = (validate(p, Options(engine="sqlite")).findings for p in (example, tmp_path))
    assert [f.as_dict() for f in after] == [f.as_dict() for f in before]


HOSTILE: list[Any] = [
    *(None, True, False, 0, 1, -1, 1.5, 10**30, "", " ", "\n", "\r", "\r\n", "\x01", "#", '"', ","),
    *("\\", "x" * 10_000, "�", "😀", "[", "(?:", "\\N", [], [0], [1], [2, 2, 1], [10**30], ["1"]),
    *([None], list(range(1, 3000)), {}, {"a": 1}, {"delimiter": ";"}),
]


@pytest.mark.parametrize("key", [*KEYS, "csv", "unknown", ""])
def test_no_value_of_a_key_makes_it_stop(key: str, tmp_path: Path) -> None:
    """Each value has a table of its own. Without a key, the value is the whole dialect."""
    tables = [
        {
            "name": f"t{n}",
            "path": "t.csv",
            "dialect": {key: value} if key else value,
            "schema": SCHEMA,
        }
        for n, value in enumerate(HOSTILE)
    ]
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"name": "made", "resources": tables}), "utf-8"
    )
    (tmp_path / "t.csv").write_text('id,name,parent\n1,"a\nb",\n2,c,1\n#x,y\n', "utf-8")
    report = validate(tmp_path, Options(engine="sqlite"))
    assert report.exit_code in (0, 1, 2)
    assert all(f.hint for f in report.findings if f.rule in ("descriptor", "unsupported"))
    for resource in read_package(tmp_path).resources:
        try:
            list(rows_of(resource))
        except CannotRun as error:
            assert error.hint


def test_no_value_of_fields_match_makes_it_stop(tmp_path: Path) -> None:
    tables = [
        {"name": f"t{n}", "path": "t.csv", "schema": SCHEMA | {"fieldsMatch": value}}
        for n, value in enumerate(HOSTILE)
    ]
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"name": "made", "resources": tables}), "utf-8"
    )
    (tmp_path / "t.csv").write_text("id,name,parent\n1,a,\n", "utf-8")
    found = validate(tmp_path, Options(engine="sqlite")).findings
    assert {(f.rule, f.severity) for f in found} == {("descriptor", "fatal")}
    assert {f.table for f in found} == {table["name"] for table in tables}


@pytest.mark.parametrize(
    ("rows", "join", "want", "names"),
    [
        ([["fruit"], ["id", "name"]], " ", [], ["fruit id", "fruit name"]),
        ([["fruit"], ["id", "name"]], "-", ["fruit-id", "name"], ["fruit-id", "name"]),
        ([["a", "", "b"], ["x", "y", "z"]], "_", [], ["a_x", "a_y", "b_z"]),
        ([["a", "", "b"], ["x", "y", "z"]], "_", ["a_x", "y", "b_z"], ["a_x", "y", "b_z"]),
        ([["a", "a"], ["a", "b"]], " ", [], ["a", "a b"]),
        ([["a", "a"], ["a", "b"]], " ", ["a a", "a b"], ["a a", "a b"]),
        ([["", "p"], ["x", "y"]], " ", [" x", "p y"], [" x", "p y"]),
        ([["p", "q"], ["", ""]], " ", [], ["p", "q"]),
    ],
)
def test_a_header_in_several_rows(
    rows: list[list[str]], join: str, want: list[str], names: list[str]
) -> None:
    assert joined(rows, csv_dialect({"headerJoin": join}), want) == names


@pytest.mark.parametrize(
    ("declared", "header", "rows"),
    [
        ({}, "a", "bcde"),
        ({"header": False}, "", "abcde"),
        ({"headerRows": [2]}, "b", "cde"),
        ({"headerRows": [1, 3]}, "ac", "de"),
        ({"headerRows": [3, 1, 3]}, "ac", "de"),
        ({"headerRows": []}, "", "abcde"),
        ({"commentRows": [1]}, "b", "cde"),
        ({"commentRows": [1, 3]}, "b", "de"),
        ({"commentRows": [2], "headerRows": [3]}, "c", "de"),
        ({"commentRows": [1], "headerRows": [1, 2]}, "bc", "de"),
        ({"commentChar": "a"}, "b", "cde"),
        ({"commentChar": "a", "headerRows": [2]}, "b", "cde"),
        ({"commentChar": "b", "headerRows": [1, 3]}, "ac", "de"),
        ({"commentChar": "c", "headerRows": [1, 3]}, "ad", "e"),
        ({"headerRows": [9]}, "", ""),
        ({"headerRows": [1, 10**30]}, "a", ""),
    ],
)
def test_which_records_are_the_header(declared: Any, header: str, rows: str) -> None:
    dialect = csv_dialect(declared)
    mark = dialect.comment_char
    sections = Sections(
        enumerate("abcde", 1), dialect, lambda record: bool(mark) and record.startswith(mark)
    )
    assert "".join(sections.header()) == header
    assert "".join(sections.rows()) == rows
