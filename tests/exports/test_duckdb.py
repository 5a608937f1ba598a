"""`shieldtalks export duckdb`: types, keys, comments, views, and what cannot be held."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from shieldtalks.record.views import selects
from tests.support import Run
from tests.support.tables import read_table, write_table

pytestmark = pytest.mark.slow

TOWNS: dict[str, Any] = {
    "name": "towns",
    "path": "towns.csv",
    "schema": {
        "description": 'One row is a town\'s "name".',
        "primaryKey": "id",
        "missingValues": ["", "-"],
        "fields": [
            {"name": "id", "type": "integer"},
            {"name": "river", "type": "string", "description": "The river's name"},
            {"name": "since", "type": "date"},
            {"name": "size", "type": "number", "decimalChar": ","},
            {"name": "open", "type": "boolean"},
            {"name": "note", "type": "string", "constraints": {"enum": ["\\N", 'a "b"\nc', "d"]}},
            {"name": "near", "type": "integer"},
        ],
        "foreignKeys": [
            {"fields": "river", "reference": {"resource": "rivers", "fields": "name"}},
            {"fields": "near", "reference": {"resource": "", "fields": "id"}},
        ],
    },
}
RIVERS = {
    "name": "rivers",
    "path": "rivers.csv",
    "schema": {"primaryKey": "name", "fields": [{"name": "name", "type": "string"}]},
}
ROWS = 'id,river,since,size,open,note,near\n1,Elbe,2001-02-03,"1,5",true,\\N,2\n2,-,-,NaN,-,"a ""b""\nc",-\n'


def _package(folder: Path) -> Path:
    folder.mkdir()
    (folder / "towns.csv").write_text(ROWS, "utf-8")
    (folder / "rivers.csv").write_text("name\nElbe\n", "utf-8")
    descriptor = {"name": "towns", "version": "1.0.0", "resources": [TOWNS, RIVERS]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.fixture
def database(root: Path, tmp_path: Path, run: Run) -> Iterator[duckdb.DuckDBPyConnection]:
    run("export", "duckdb", root, "-o", tmp_path / "out.duckdb", code=0)
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as connection:
        yield connection


def test_another_package_has_its_types_keys_and_comments(tmp_path: Path, run: Run) -> None:
    package = _package(tmp_path / "package")
    said = run("export", "duckdb", package, "-o", tmp_path / "out.duckdb", code=0).stderr
    assert "cannot hold these foreign keys: towns.near -> towns\n" in said
    with duckdb.connect(str(tmp_path / "out.duckdb")) as database:
        found = database.sql("SELECT * FROM towns")
        assert list(map(str, found.types)) == [
            *("BIGINT", "VARCHAR", "DATE", "DOUBLE", "BOOLEAN", "VARCHAR", "BIGINT")
        ]
        rows = [list(map(str, row)) for row in found.fetchall()]
        assert rows == [
            ["1", "Elbe", "2001-02-03", "1.5", "True", "\\N", "2"],
            ["2", "None", "None", "nan", "None", 'a "b"\nc', "None"],
        ]
        about = "SELECT comment FROM duckdb_tables() WHERE table_name = 'towns'"
        assert database.sql(about).fetchall() == [('One row is a town\'s "name".',)]
        about = "SELECT comment FROM duckdb_columns() WHERE column_name = 'river'"
        assert database.sql(about).fetchall() == [("The river's name",)]
        with pytest.raises(duckdb.ConstraintException, match="foreign key"):
            database.execute("INSERT INTO towns (id, river) VALUES (3, 'Oder')")
        with pytest.raises(duckdb.ConstraintException, match="CHECK"):
            database.execute("INSERT INTO towns (id, note) VALUES (3, 'e')")
        with pytest.raises(duckdb.ConstraintException, match="primary key"):
            database.execute("INSERT INTO towns (id) VALUES (1)")


#: What the two dates of the clock are set to; the first is what a new file has.
CLOCKS = [(None, None), ("2008-12-01", "2008-12-01"), ("1931-06-20", None)]


@pytest.fixture
def backwards(package: Path) -> Path:
    """The record with the rows of each table from the last to the first."""
    for file in (package / "data").glob("*.csv"):
        rows = read_table(file)
        write_table(file, rows[::-1], list(rows[0]))
    return package


@pytest.mark.parametrize("record", ["root", "lighthouse", "backwards"])
def test_every_view_has_the_rows_of_the_sqlite_file(
    record: str, request: pytest.FixtureRequest, tmp_path: Path, run: Run
) -> None:
    """On every date, and in whatever order the tables have their rows."""
    package = request.getfixturevalue(record)
    for form in ("duckdb", "sqlite"):
        run("export", form, package, "-o", tmp_path / f"out.{form}", "--no-validate", code=0)
    with (
        duckdb.connect(str(tmp_path / "out.duckdb")) as database,
        closing(sqlite3.connect(tmp_path / "out.sqlite")) as other,
    ):
        listed = database.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        names = sorted(name for (name,) in listed)
        assert names == list(selects())
        for clock in CLOCKS:
            for one in (database, other):
                one.execute("UPDATE clock SET as_of = ?, known_by = ?", clock)
            for name in names:
                found = database.execute(f"SELECT * FROM {name}")
                wanted = other.execute(f"SELECT * FROM {name}")
                assert [c[0] for c in found.description] == [c[0] for c in wanted.description]
                assert sorted(map(_texts, found.fetchall())) == sorted(
                    map(_texts, wanted.fetchall())
                ), (name, clock)


def _texts(row: tuple[Any, ...]) -> list[str]:
    """The values of a row as text; SQLite has 1 and 0 for true and false."""
    return [str(int(one) if isinstance(one, bool) else one) for one in row]


def test_it_holds_its_descriptor(database: duckdb.DuckDBPyConnection, root: Path) -> None:
    (text,) = database.sql("SELECT descriptor FROM _package").fetchall()[0]
    stated = json.loads((root / "datapackage.json").read_text("utf-8"))
    assert json.loads(text)["title"] == stated["title"]


def test_what_it_cannot_hold_is_said(tmp_path: Path, run: Run) -> None:
    package = _package(tmp_path / "package")
    file = package / "towns.csv"
    file.write_text(file.read_text("utf-8").replace("\n2,", f"\n{2**63},").replace("N,2", "N,1"))
    said = run("export", "duckdb", package, "-o", tmp_path / "out.duckdb", code=2).stderr
    assert '"towns" does not fit into DuckDB as its schema has it' in said
    assert [path.name for path in tmp_path.iterdir()] == ["package"]
