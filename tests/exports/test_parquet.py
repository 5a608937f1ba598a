"""`shieldtalks export parquet`: typed columns, two readers that agree, what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from shieldtalks.exports.job import unchanged
from shieldtalks.exports.parquet import ROWS, arrow
from shieldtalks.record.installed import read_package
from shieldtalks.tabular.package import Package, read
from shieldtalks.tabular.types import type_of
from tests.support import EXAMPLES, MakePackage, Run

FIELDS = [
    {"name": "id"},
    {"name": "number", "type": "number"},
    {"name": "whole", "type": "integer"},
    {"name": "flag", "type": "boolean"},
    {"name": "day", "type": "date"},
    {"name": "year", "type": "year"},
    {"name": "code", "constraints": {"enum": ["010", "b", "c"]}},
    {"name": "time", "type": "time"},
]
HEADER = ",".join(field["name"] for field in FIELDS) + "\n"
ROW = '"a ""b"",\n c",-1.5e3,007,TRUE,2008-02-29,2008,010,10:30:00\n'
EMPTY = ',,,,,,,""\n'

#: Examples that Arrow's own reader leaves to the other.
ODD = {
    "compressed-several-files",
    "dialect-null-sequence-beside-missing-values",
    "encoding-latin-1",
    "encoding-utf-16",
    "enum-by-value",
    "enum-integer",
    "jsonl-several-files",
    "limits-of-long-numbers",
    "missing-values-of-field",
    "type-integer",
    "unique-long-integers",
}
GOOD = sorted((EXAMPLES / "good").iterdir())


def by_both(package: Package) -> list[list[dict[str, Any]]]:
    """The rows of the first table as both readers give them. Raises NotPlain where one does not."""
    table = unchanged(package.resources[0])
    form = arrow.schema(table, {})
    readers = (arrow.plain_batches, arrow.row_batches)
    return [pa.Table.from_batches(reader(table, form), form).to_pylist() for reader in readers]


def test_each_field_has_its_type(make_package: MakePackage, tmp_path: Path, run: Run) -> None:
    package = make_package(HEADER + ROW + EMPTY, FIELDS)
    run("export", "parquet", package, "-o", tmp_path / "out", "--no-validate", code=0)
    table = parquet.read_table(tmp_path / "out" / "things.parquet")
    codes = pa.dictionary(pa.int32(), pa.string())
    wanted = [pa.string(), pa.float64(), pa.int64(), pa.bool_(), pa.date32(), pa.int64(), codes]
    assert table.schema.types == [*wanted, pa.string()]
    first, second = table.to_pylist()
    assert list(first.values()) == [
        'a "b",\n c', -1500.0, 7, True, date(2008, 2, 29), 2008, "010", "10:30:00",
    ]  # fmt: skip
    assert set(second.values()) == {None}


def test_all_codes_are_there_in_order_used_or_not(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    package = make_package(HEADER + ROW, FIELDS)
    run("export", "parquet", package, "-o", tmp_path / "out", code=0)
    column = parquet.read_table(tmp_path / "out" / "things.parquet")["code"]
    assert column.chunk(0).dictionary.to_pylist() == ["010", "b", "c"]


def test_what_is_required_cannot_be_null(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "parquet", root, "-o", tmp_path / "out", code=0)
    for resource in read(root).resources:
        written = parquet.read_schema(tmp_path / "out" / f"{resource.name}.parquet")
        for field in resource.fields:
            in_key = field["name"] in resource.primary_key
            required = field.get("constraints", {}).get("required") or in_key
            assert written.field(field["name"]).nullable is not required


def test_the_footer_describes_table_and_fields(root: Path, tmp_path: Path, run: Run) -> None:
    target = tmp_path / "claims.parquet"
    run("export", "parquet", root, "--table", "claims", "-o", target, code=0)
    written = parquet.read_schema(target)
    described = json.loads(written.metadata[b"datapackage"])
    (resource,) = described["resources"]
    source = read(root)
    assert described["version"] == source.version
    assert (resource["name"], resource["path"]) == ("claims", "claims.parquet")
    assert resource["schema"] == source.resource("claims").schema
    for field in resource["schema"]["fields"]:
        said = written.field(field["name"]).metadata[b"description"].decode("utf-8")
        assert said == field["description"]


def test_it_is_compressed_by_zstd(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "parquet", root, "--table", "codes", "-o", tmp_path / "codes.parquet", code=0)
    group = parquet.ParquetFile(tmp_path / "codes.parquet").metadata.row_group(0)
    used = {group.column(number).compression for number in range(group.num_columns)}
    assert used == {"ZSTD"}


@pytest.mark.parametrize("table", [resource.name for resource in read_package(None).resources])
def test_both_readers_agree_on_the_record(table: str, root: Path) -> None:
    package = read(root)
    one, two = by_both(Package(root, package.file, {}, (package.resource(table),)))
    assert one == two


@pytest.mark.parametrize("example", GOOD, ids=lambda path: path.name)
def test_both_readers_agree_on_the_examples(example: Path) -> None:
    package = read(example)
    for resource in package.resources:
        alone = Package(example, package.file, {}, (resource,))
        types = [type_of(field) for field in resource.fields]
        is_plain = all(type_.is_plain for type_ in types)
        if example.name in ODD or resource.more or not is_plain:
            with pytest.raises(arrow.NotPlain):
                by_both(alone)
        else:
            one, two = by_both(alone)
            assert str(one) == str(two)  # NaN is not equal to itself


@given(st.text(alphabet='ab",\n\r 7\0é\ufeff', max_size=30), st.integers(1, 2))
def test_both_readers_agree_on_whatever_both_read(
    make_package: MakePackage, text: str, columns: int
) -> None:
    fields = [{"name": name} for name in ("a", "b")[:columns]]
    header = ",".join(field["name"] for field in fields)
    package = make_package(f"{header}\n{text}", fields)
    try:
        one, two = by_both(read(package))
    except arrow.NotPlain:
        return
    assert one == two


@pytest.mark.parametrize(
    ("type_", "cell"),
    [
        ("integer", "0x1F"),
        ("integer", "+7"),
        ("number", "infinity"),
        ("boolean", "tRuE"),
        ("date", "0000-01-01"),
    ],
)
def test_forms_that_only_arrow_knows_go_to_the_other_reader(
    type_: str, cell: str, make_package: MakePackage
) -> None:
    package = make_package(f"a\n{cell}\n", [{"name": "a", "type": type_}])
    with pytest.raises(arrow.NotPlain):
        by_both(read(package))


@pytest.mark.slow
def test_a_file_that_is_not_plain_is_read_all_the_same(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    """Arrow stumbles over the last row, when a whole row group is written."""
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "type": "integer"}]
    lines = "".join(f"{number},{number}\n" for number in range(ROWS))
    package = make_package(f"a,b\n{lines}+1,+2\n", fields)
    run("export", "parquet", package, "-o", tmp_path / "out", code=0)
    rows = parquet.read_table(tmp_path / "out" / "things.parquet").to_pylist()
    assert rows == [{"a": n, "b": n} for n in range(ROWS)] + [{"a": 1, "b": 2}]


@pytest.mark.slow
def test_both_readers_give_the_same_bytes(
    make_package: MakePackage, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also over several row groups: how the rows came in does not show."""
    lines = "".join(f"{number},{'x' * (number % 97)}\n" for number in range(2 * ROWS + 5))
    package = make_package(f"a,b\n{lines}", [{"name": "a", "type": "integer"}, {"name": "b"}])
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    run("export", "parquet", package, "-o", one, code=0)
    monkeypatch.setattr("shieldtalks.exports.parquet.plain_batches", arrow.row_batches)
    run("export", "parquet", package, "-o", two, code=0)
    assert parquet.ParquetFile(one).metadata.num_row_groups == 3
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        ({"type": "integer"}, "12a", '"12a" does not fit int64'),
        ({"type": "integer"}, "9223372036854775808", '"9223372036854775808" does not fit int64'),
        ({"type": "date"}, "2009-02-29", '"2009-02-29" does not fit date32[day]'),
        ({"constraints": {"enum": ["b"]}}, "c", '"c" is none of the codes'),
        ({"constraints": {"required": True}}, "", "there is no value"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_place(
    field: dict[str, Any], cell: str, said: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    package = make_package(f"a,b\nx,{cell}\n", [{"name": "a"}, {"name": "b", **field}])
    target = tmp_path / "out"
    result = run("export", "parquet", package, "-o", target, "--no-validate", code=2)
    assert f"things, row 1, b: {said}" in result.stderr
    assert not target.exists()


def test_several_tables_need_a_folder(root: Path, tmp_path: Path, run: Run) -> None:
    result = run("export", "parquet", root, "-o", tmp_path / "out.parquet", code=2)
    assert "Choose one with --table" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../out", "a/b", ".hidden"])
def test_a_table_whose_name_is_no_file_name(
    name: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    package = make_package("a\nx\n", [{"name": "a"}], name=name)
    result = run("export", "parquet", package, "-o", tmp_path / "out", code=0)
    (file,) = (tmp_path / "out").iterdir()
    assert f'the file of the table "{name}" is called {file.name}' in result.stderr
    described = json.loads(parquet.read_schema(file).metadata[b"datapackage"])
    (entry,) = described["resources"]
    assert (entry["name"], entry["path"]) == (name, file.name)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_without_its_library_the_extra_is_named(
    root: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shieldtalks.exports.util.find_spec", lambda _: None)
    result = run("export", "parquet", root, "-o", tmp_path / "out", code=2)
    assert 'pip install "shieldtalks[parquet]"' in result.stderr
