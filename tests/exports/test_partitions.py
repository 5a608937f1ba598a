"""`shieldtalks export parquet --partition-by`: one file per value, and `validate` reads what it wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

import shieldtalks
from shieldtalks.exports.parquet import arrow, partitions
from shieldtalks.exports.parquet.partitions import NO_VALUE, folder_names
from shieldtalks.exports.writing import export
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import read
from tests.support import Findings, MakePackage, Run

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "river"},
    {"name": "kind", "constraints": {"enum": ["left", "right"]}},
]
TEXT = "id,river,kind\n1,Elbe,right\n2,Oder,left\n3,,right\n4,Elbe,\n5,Elbe,left\n"


def paths_of(folder: Path) -> dict[str, list[str]]:
    """The paths of each table in a descriptor."""
    entries = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    listed = {one["name"]: one["path"] for one in entries}
    return {name: path if isinstance(path, list) else [path] for name, path in listed.items()}


def rows_of(folder: Path, table: str = "things") -> list[dict[str, Any]]:
    files = [parquet.ParquetFile(folder / path) for path in paths_of(folder)[table]]
    return [row for file in files for row in file.read().to_pylist()]


def test_each_value_has_a_folder_and_the_field_stays_in_the_file(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    run("export", "parquet", make_package(TEXT, FIELDS), "--partition-by", "river", "-o", out)
    assert paths_of(out)["things"] == [
        "things/river=Elbe/part-0.parquet",
        "things/river=Oder/part-0.parquet",
        f"things/river={NO_VALUE}/part-0.parquet",
    ]
    assert rows_of(out) == [
        {"id": 1, "river": "Elbe", "kind": "right"},
        {"id": 4, "river": "Elbe", "kind": None},
        {"id": 5, "river": "Elbe", "kind": "left"},
        {"id": 2, "river": "Oder", "kind": "left"},
        {"id": 3, "river": None, "kind": "right"},
    ]
    run("validate", out, code=0)


def test_the_parts_of_a_list_of_codes_are_in_its_order(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    fields = [FIELDS[0], FIELDS[1], FIELDS[2] | {"constraints": {"enum": ["right", "left"]}}]
    out = tmp_path / "out"
    run("export", "parquet", make_package(TEXT, fields), "--partition-by", "kind", "-o", out)
    names = [path.split("/")[1] for path in paths_of(out)["things"]]
    assert names == ["kind=right", "kind=left", f"kind={NO_VALUE}"]
    column = parquet.ParquetFile(out / "things" / names[0] / "part-0.parquet").read()["kind"]
    assert column.chunk(0).dictionary.to_pylist() == ["right", "left"]


@pytest.mark.slow
def test_the_record_is_valid_again_and_has_the_same_rows(
    root: Path, tmp_path: Path, run: Run
) -> None:
    """Tables without the field are one file each."""
    out = tmp_path / "out"
    run("export", "parquet", root, "--partition-by", "topic", "-o", out, code=0)
    paths = paths_of(out)
    assert paths["claims"] == ["claims.parquet"]
    assert len(paths["propositions"]) > 5
    run("validate", out, code=0)
    found = json.loads(run("diff", root, out, "--format", "json", code=0).stdout)
    assert [one for one in found["changes"] if one["kind"].startswith("row")] == []


def test_a_finding_names_the_part(
    make_package: MakePackage, tmp_path: Path, run: Run, findings: Findings
) -> None:
    fields = [*FIELDS[:2], {"name": "kind"}]
    out = tmp_path / "out"
    run("export", "parquet", make_package(TEXT, fields), "--partition-by", "river", "-o", out)
    descriptor = json.loads((out / "datapackage.json").read_text("utf-8"))
    schema = descriptor["resources"][0]["schema"]
    schema["fields"][0]["constraints"] = {"maximum": 4}
    (out / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (found,) = findings(out)
    assert (found["rule"], found["file"]) == ("maximum", "things/river=Elbe/part-0.parquet")
    assert (found["row"], found["value"]) == (3, "5")


def test_both_readers_give_the_same_files(
    make_package: MakePackage, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = make_package(TEXT, FIELDS)
    run("export", "parquet", package, "--partition-by", "kind", "-o", tmp_path / "a", code=0)
    monkeypatch.setattr("shieldtalks.exports.parquet.plain_batches", arrow.row_batches)
    run("export", "parquet", package, "--partition-by", "kind", "-o", tmp_path / "b", code=0)
    one, two = (
        {str(file.relative_to(top)): file.read_bytes() for file in top.rglob("*") if file.is_file()}
        for top in (tmp_path / "a", tmp_path / "b")
    )
    assert one == two
    assert len(one) == 4


def test_a_file_that_is_not_plain_in_its_last_row_starts_again(
    make_package: MakePackage, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*given: Any) -> Any:
        yield from arrow.row_batches(*given)
        raise arrow.NotPlain

    monkeypatch.setattr("shieldtalks.exports.parquet.plain_batches", stumble)
    out = tmp_path / "out"
    run("export", "parquet", make_package(TEXT, FIELDS), "--partition-by", "river", "-o", out)
    assert sorted(row["id"] for row in rows_of(out)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ({"type": "integer"}, ["7", "-7", "007"]),
        ({"type": "number"}, ["1.5", "-1e3", "NaN", "INF"]),
        ({"type": "boolean"}, ["true", "0"]),
        ({"type": "date"}, ["2008-02-29", "1800-01-01"]),
        ({"type": "datetime"}, ["2008-02-29T10:30:00", "2008-02-29T10:30:00Z"]),
        ({"type": "time"}, ["10:30:00"]),
        ({"type": "year"}, ["2008", "-0044"]),
        ({"type": "string", "missingValues": ["-"]}, ['""', "-", "x"]),
        ({"categories": ["a/b", ".."]}, ["a/b", ".."]),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, dict) else "",
)
def test_a_field_of_any_type_can_be_chosen(
    field: dict[str, Any], cells: list[str], make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    lines = "".join(f"{number},{cell}\n" for number, cell in enumerate(cells))
    package = make_package(f"id,f\n{lines}", [FIELDS[0], {"name": "f", **field}])
    run("export", "parquet", package, "--partition-by", "f", "-o", tmp_path / "parts", code=0)
    run("export", "parquet", package, "-o", tmp_path / "whole", code=0)
    whole = parquet.read_table(tmp_path / "whole" / "things.parquet").to_pylist()
    parts = sorted(rows_of(tmp_path / "parts"), key=lambda row: int(row["id"]))
    assert str(parts) == str(whole)
    run("validate", tmp_path / "parts", code=0)


def test_a_field_with_parts_cannot_be_chosen(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    package = make_package("id,f\n1,a;b\n", [FIELDS[0], {"name": "f", "type": "list"}])
    out = tmp_path / "out"
    result = run("export", "parquet", package, "--partition-by", "f", "-o", out, code=2)
    assert "things.f: its values are lists or points" in result.stderr
    assert not out.exists()


@settings(max_examples=50)
@given(
    st.lists(st.text(alphabet="aAbB./\\:%_~=é\n\0 1", max_size=3), unique=True),
    st.text("aé_./=", min_size=1, max_size=3),
)
def test_names_are_safe_and_mean_their_values(values: list[str], field: str) -> None:
    from urllib.parse import unquote

    names = folder_names(field, [*values, None])
    assert len({name.casefold() for name in names.values()}) == len(names)
    for value, name in names.items():
        assert name.isascii()
        assert not set(name) & set('/\\:*?"<>| \0')
        assert not name.startswith((".", "_", "~"))
        assert not name.endswith(".")
        own, _, text = name.partition("=")
        assert unquote(own) == field
        assert unquote(text) == (NO_VALUE if value is None else value)


def test_too_many_values_are_refused(
    make_package: MakePackage, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitions, "MOST", 4)
    out = tmp_path / "out"
    package = make_package(TEXT, FIELDS)
    result = run("export", "parquet", package, "--partition-by", "id", "-o", out, code=2)
    assert "things.id has more than 4 different values" in result.stderr
    assert "Choose a field with fewer values, such as kind." in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [(NO_VALUE, "cannot be the name of a folder"), ("é" * 50, "is too long")],
)
def test_a_value_that_cannot_be_a_name_is_refused(
    value: str, words: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    package = make_package(f"id,river\n1,{value}\n", FIELDS[:2])
    out = tmp_path / "out"
    result = run("export", "parquet", package, "--partition-by", "river", "-o", out, code=2)
    assert words in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_table_without_rows_is_one_empty_file(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    run(
        "export",
        "parquet",
        make_package("id,river\n", FIELDS[:2]),
        "--partition-by",
        "id",
        "-o",
        out,
    )
    assert paths_of(out) == {"things": ["things.parquet"]}
    assert rows_of(out) == []
    run("validate", out, code=0)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["parquet", "-o", "out", "--partition-by", "rivers"], 'Did you mean "river"?'),
        (["parquet", "-o", "out", "--partition-by", "zzz"], "Fields with a list of codes: kind."),
        (["parquet", "-o", "out.parquet", "--partition-by", "river"], "is a folder, not a file"),
        (["csv", "-o", "out", "--partition-by", "river"], "These formats do: parquet."),
    ],
)
def test_bad_use_is_explained(
    arguments: list[str],
    words: str,
    make_package: MakePackage,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("export", *arguments, make_package(TEXT, FIELDS), code=2)
    assert words in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_names_of_tables_and_files_do_not_collide(tmp_path: Path, run: Run) -> None:
    """A folder of one table has the name that the file of another table would get."""
    package = tmp_path / "package"
    package.mkdir()
    tables = []
    for name, field in (("a", "x"), ("a.parquet", "river"), ("datapackage.json", "river")):
        (package / f"{len(tables)}.csv").write_text(f"{field}\nElbe\n")
        schema = {"fields": [{"name": field}]}
        tables.append({"name": name, "path": f"{len(tables)}.csv", "schema": schema})
    (package / "datapackage.json").write_text(json.dumps({"name": "p", "resources": tables}))
    out = tmp_path / "out"
    run("export", "parquet", package, "--partition-by", "river", "-o", out, code=0)
    assert [rows_of(out, one["name"]) for one in tables] == [
        [{"x": "Elbe"}],
        [{"river": "Elbe"}],
        [{"river": "Elbe"}],
    ]
    run("validate", out, code=0)


def test_only_some_tables(root: Path, tmp_path: Path, run: Run) -> None:
    """The keys to tables that are left out are left out as well, and the rest is valid."""
    out = tmp_path / "out"
    chosen = ("--table", "propositions", "--partition-by", "topic")
    run("export", "parquet", root, *chosen, "-o", out, code=0)
    assert list(paths_of(out)) == ["propositions"]
    run("validate", out, code=0)


def test_from_python(make_package: MakePackage, tmp_path: Path) -> None:
    folder = make_package(TEXT, FIELDS)
    package = read(folder)
    shieldtalks.export("parquet", folder, tmp_path / "out", partition_by="kind")
    assert len(paths_of(tmp_path / "out")["things"]) == 3
    with pytest.raises(CannotRun, match="csv does not support partition_by"):
        export(package, "csv", tmp_path / "other", partition_by="kind")


@pytest.mark.slow
def test_memory_is_bounded(
    make_package: MakePackage, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No group is larger than a row group, and each temporary file is gone once it was read."""
    sizes: list[int] = []
    inner = partitions._by_value

    def by_value(group: pa.Table, field: str) -> Any:
        sizes.append(group.num_rows)
        return inner(group, field)

    monkeypatch.setattr(partitions, "_by_value", by_value)
    lines = "".join(f"{number},{number % 50}\n" for number in range(200_000))
    package = make_package(f"id,river\n{lines}", FIELDS[:2])
    out = tmp_path / "out"
    run("export", "parquet", package, "--partition-by", "river", "-o", out, code=0)
    assert sum(sizes) == 200_000
    assert max(sizes) <= 1 << 16
    assert len(paths_of(out)["things"]) == 50
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    "path",
    [
        "LICENSE",
        "docs/LICENSE",
        "things.parquet/LICENSE",
        "things",
        "things/river=Elbe/part-0.parquet",
    ],
)
@pytest.mark.parametrize("field", ["river", "kind"])
def test_a_licence_keeps_its_place(
    path: str, field: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    """Also where a table would be written: then the files of the table get another name."""
    package = make_package(TEXT, FIELDS, licenses=[{"name": "MIT", "path": path}])
    (package / path).parent.mkdir(parents=True, exist_ok=True)
    (package / path).write_text("Do what you like.", "utf-8")
    run("export", "parquet", package, "--partition-by", field, "-o", tmp_path / "out", code=0)
    assert (tmp_path / "out" / path).read_text("utf-8") == "Do what you like."
    assert len(rows_of(tmp_path / "out")) == 5
    run("validate", tmp_path / "out", code=0)
