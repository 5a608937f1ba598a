"""`shieldtalks export sqlite`: the file that it writes (what is in it: tabular/tables/test_database.py)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.exports.sqlite import APPLICATION_ID
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import read
from shieldtalks.tabular.tables.database import connect, create, insert_values
from tests.support import Run


@pytest.fixture
def database(root: Path, tmp_path: Path, run: Run) -> Iterator[sqlite3.Connection]:
    run("export", "sqlite", root, "-o", tmp_path / "out.sqlite", code=0)
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as connection:
        yield connection


def one(database: sqlite3.Connection, sql: str) -> Any:
    (value,) = database.execute(sql).fetchone()
    return value


def test_the_file_is_sound(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert one(database, "PRAGMA integrity_check") == "ok"


def test_the_file_says_what_it_is(database: sqlite3.Connection, root: Path) -> None:
    major, minor, patch = map(int, str(read(root).version).split("."))
    assert one(database, "PRAGMA application_id") == APPLICATION_ID
    assert one(database, "PRAGMA user_version") == major * 1_000_000 + minor * 1000 + patch
    descriptor = json.loads(one(database, "SELECT descriptor FROM _package"))
    assert descriptor["title"] == read(root).descriptor["title"]


def test_the_clock_can_be_set_by_a_reader(database: sqlite3.Connection) -> None:
    assert one(database, "SELECT count(*) FROM ledger") == 22
    database.execute("UPDATE clock SET as_of = '2007-04-23'")
    assert one(database, "SELECT count(*) FROM ledger") == 14
    assert one(database, "SELECT count(DISTINCT proposal_id) FROM proposals_and_answers") == 14


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clock SET as_of = '2008'",
        "UPDATE clock SET known_by = '2008-02-30'",
        "INSERT INTO clock (number) VALUES (2)",
    ],
)
def test_the_clock_shows_one_day_and_no_less(statement: str, database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        database.execute(statement)


def test_chosen_tables_keep_the_keys_between_them(root: Path, tmp_path: Path, run: Run) -> None:
    chosen = ("--table", "propositions", "--table", "relations")
    run("export", "sqlite", root, *chosen, "-o", tmp_path / "out.db", code=0)
    with closing(sqlite3.connect(tmp_path / "out.db")) as connection:
        names = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        assert {name for (name,) in connection.execute(names)} == {
            "propositions",
            "relations",
            "_package",
        }
        keys = connection.execute("PRAGMA foreign_key_list(relations)").fetchall()
        assert {key[2] for key in keys} == {"propositions"}
        assert connection.execute("PRAGMA foreign_key_list(propositions)").fetchall() == []
        descriptor = json.loads(one(connection, "SELECT descriptor FROM _package"))
    assert [entry["name"] for entry in descriptor["resources"]] == ["propositions", "relations"]
    assert "conformsTo" not in descriptor


def test_faulty_data_do_not_fit_a_database_with_keys(
    package: Path, tmp_path: Path, run: Run
) -> None:
    file = package / "data" / "responses.csv"
    file.write_bytes(file.read_bytes().replace(b",decline,", b",declined,", 1))
    result = run("export", "sqlite", package, "-o", tmp_path / "x.db", "--no-validate", code=2)
    assert '"responses" does not fit into SQLite as its schema has it: CHECK' in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_what_is_no_number_is_not_taken_for_missing() -> None:
    with closing(connect()) as connection:
        create(connection, {"t": {"fields": [{"name": "n", "type": "number"}]}})
        insert_values(connection, "t", 1, [[1.5], [None], [float("inf")]])
        with pytest.raises(CannotRun, match="cannot store TEXT"):
            insert_values(connection, "t", 1, [[float("nan")]])


@pytest.mark.parametrize(("kind", "cell"), [("number", "NaN"), ("integer", str(2**63))])
def test_sound_data_that_sqlite_cannot_hold_are_not_called_faulty(
    kind: str, cell: str, tmp_path: Path, run: Run
) -> None:
    resource = {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "n", "type": kind}]}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    (tmp_path / "t.csv").write_text(f"n\n{cell}\n", "utf-8")
    run("validate", tmp_path, code=0)
    said = run("export", "sqlite", tmp_path, "-o", tmp_path / "x.db", code=2).stderr
    assert "it has no NaN, no integer of more than 64 bits" in said


def test_no_file_is_left_beside_it(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "sqlite", root, "-o", tmp_path / "out.sqlite", code=0)
    assert [path.name for path in tmp_path.iterdir()] == ["out.sqlite"]


def test_it_does_not_go_to_standard_output(root: Path, run: Run) -> None:
    assert "standard output" in run("export", "sqlite", root, "-o", "-", code=2).stderr
