"""A new type is one module and its name in the list of types; the rest of the program follows."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular import types
from shieldtalks.tabular.package import read
from shieldtalks.tabular.package.schema import TYPES_WITH
from shieldtalks.tabular.tables import frames
from shieldtalks.tabular.tables.rows import unchanged
from shieldtalks.tabular.types import TYPES, FieldType
from shieldtalks.tabular.types.base import Form
from shieldtalks.tabular.types.numerals import number_key
from shieldtalks.tabular.types.sql_words import SqlWords
from tests.support import MakePackage, Run


class Days(FieldType):
    """A made-up type, under a name that the standard has: whole days, such as P12D, as integers."""

    name = "duration"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form("P[0-9]+D", "a number of days")}
    is_ordered = True
    has_many_spellings = True
    python = int
    json = "integer"
    sqlite = "INTEGER"
    arrow = "int64"
    pandas = "Int64"
    polars = "Int64"
    croissant = "cr:Int64"

    @property
    def reader(self) -> Callable[[str], Any]:
        return lambda text: int(text.strip("PD"))

    def compared_value(self, stated: Any) -> str:
        return number_key(str(stated).strip("PD")) or ""

    def stored_value(self, stated: Any) -> int:
        return int(str(stated).strip("PD"))

    def stores_as(self, column: str) -> str:
        return f"trim({column}, 'PD')"

    def equals_as(self, column: str, sql: SqlWords) -> str:
        return sql.number_key(f"trim({column}, 'PD')")


@pytest.fixture
def aged(monkeypatch: pytest.MonkeyPatch, make_package: MakePackage) -> Path:
    """A package with a field of a type that is added to the registry, and to nothing else."""
    monkeypatch.setitem(TYPES, Days.name, Days)
    fields = [
        {"name": "age", "type": Days.name, "constraints": {"minimum": "P9D"}},
        {"name": "name"},
    ]
    return make_package("age,name\nP12D,a\n,b\nP100D,c\n", fields)


@pytest.mark.parametrize("name", ["sqlite", "duckdb"])
def test_a_new_type_is_validated(name: str, aged: Path) -> None:
    assert validate(aged, Options(engine=name)).findings == []
    (aged / "things.csv").write_text("age,name\n12,a\nP8D,b\nP09D,c\n", "utf-8")
    found = validate(aged, Options(engine=name)).findings
    assert [(f.line, f.message) for f in found] == [
        (2, '"12" is not a number of days'),
        (3, '"P8D" is less than the minimum P9D'),
    ]


def test_a_limit_of_a_new_type_is_checked(aged: Path) -> None:
    file = aged / "datapackage.json"
    file.write_text(file.read_text("utf-8").replace('"P9D"', '"nine"'), "utf-8")
    (finding,) = validate(aged, Options()).findings
    assert finding.message == 'the minimum "nine" does not fit the type duration'


@pytest.mark.parametrize("backend", frames.BACKENDS)
def test_a_new_type_has_its_column_in_a_frame(backend: str, aged: Path) -> None:
    table = unchanged(read(aged).resources[0])
    column = frames.frame(table, backend)["age"]
    assert str(column.dtype) == "Int64"
    assert [None if pd.isna(value) else value for value in column.to_list()] == [12, None, 100]


def test_a_new_type_is_exported(aged: Path, run: Run, tmp_path: Path) -> None:
    for form in ("sqlite", "parquet", "jsonl", "croissant"):
        run("export", form, aged, "-o", tmp_path / form, code=0)
    with closing(sqlite3.connect(tmp_path / "sqlite")) as database:
        (statement,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'things'")
        assert '"age" INTEGER CHECK ("age" >= 9)' in statement[0]
        assert database.execute("SELECT age FROM things").fetchall() == [(12,), (None,), (100,)]
    column = parquet.read_table(tmp_path / "parquet" / "things.parquet").column("age")
    assert column.type == pa.int64()
    assert column.to_pylist() == [12, None, 100]
    lines = (tmp_path / "jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["age"] for line in lines] == [12, None, 100]
    metadata = json.loads((tmp_path / "croissant" / "croissant.json").read_text("utf-8"))
    assert metadata["recordSet"][0]["field"][0]["dataType"] == "cr:Int64"


def test_no_other_module_lists_types(root: Path) -> None:
    package = root / "src" / "shieldtalks"
    own = package / "tabular" / "types"
    # What the standard says of its own types, whether they are supported or not.
    standard = package / "tabular" / "package" / "schema.py"
    listing = [
        str(file.relative_to(package))
        for file in sorted(package.rglob("*.py"))
        if own not in file.parents
        and file != standard
        # The kinds of values in workbooks and Parquet files, which another type takes as text; and
        # the guesses of `describe`, which never has to guess a type.
        and file.parent.name not in ("sources", "describe")
        and re.search('"(yearmonth|datetime)"', file.read_text("utf-8"))
    ]
    assert listing == []
    assert set().union(*TYPES_WITH.values()) <= TYPES.keys()


def test_the_types_need_nothing_but_the_package() -> None:
    folder = Path(types.__file__).parent
    found = {
        "." * node.level + (node.module or "")
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level > 1
    }
    assert found == {"..jsontext", "..package.schema"}


def test_the_types_load_no_other_library() -> None:
    code = "import shieldtalks.tabular.types, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pandas", "polars", "pyarrow", "duckdb", "sqlite3", "shieldtalks.tabular.engine"}
    assert heavy.isdisjoint(done.stdout.split())
