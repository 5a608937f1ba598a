"""No room for temporary files: one message, for every engine and every statement."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.engine.duckdb import DuckDb
from shieldtalks.tabular.engine.sqlite import Sqlite
from shieldtalks.tabular.engine.storage import full
from shieldtalks.tabular.engine.within import meaning
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.tables import database
from tests.support import MakePackage, Run

MESSAGE = "there is no room for temporary files"
FIELDS = [{"name": "a"}]


def rows(many: int) -> Iterator[list[str]]:
    """Rows of some length."""
    return ([f"{number:0500}"] for number in range(many))


def bounded(pages: int) -> Sqlite:
    """An engine whose database may have a few pages."""
    engine = Sqlite()
    engine._connection.execute(f"PRAGMA max_page_count = {pages}")
    return engine


def small(pages: int) -> Sqlite:
    """The same with a table."""
    engine = bounded(pages)
    engine.create("t", ["a"])
    return engine


def test_rows_that_do_not_fit() -> None:
    with closing(small(20)) as engine:
        with pytest.raises(CannotRun, match=MESSAGE):
            engine.insert("t", ["a"], [[""]], rows(1000))
        assert list(engine.query("SELECT count(*) FROM t")) == [(0,)]
        assert engine.insert("t", ["a"], [[""]], rows(3)) == 3, "the engine still works"


def test_an_index_that_does_not_fit() -> None:
    with closing(small(60)) as engine:
        engine.insert("t", ["a"], [[""]], rows(300))
        with pytest.raises(CannotRun, match=MESSAGE):
            engine.index("t", ["a"])


def test_an_index_whose_name_is_taken_is_left_out() -> None:
    with closing(Sqlite()) as engine:
        engine.create("t", ["a"])
        engine.create("t by a", ["a"])
        engine.index("t", ["a"])


def test_rows_of_duckdb_that_do_not_fit() -> None:
    def failing() -> Iterator[list[str]]:
        yield ["x"]
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with closing(DuckDb([], lean=False)) as engine:
        engine.create("t", ["a"])
        with pytest.raises(CannotRun, match=MESSAGE):
            engine.insert("t", ["a"], [[""]], failing())


def test_what_duckdb_says() -> None:
    said = 'IO Error: Could not write all bytes to file "x": No space left on device'
    assert isinstance(meaning(RuntimeError(said)), CannotRun)
    assert isinstance(meaning(RuntimeError("Query interrupted")), KeyboardInterrupt)
    assert isinstance(meaning(RuntimeError("Binder Error")), ValueError)
    assert full(ValueError("no such column")) is None


def test_validate_says_so_in_one_line(
    make_package: MakePackage, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = make_package("a\n" + "".join(f"{row[0]}\n" for row in rows(1000)), FIELDS)
    engine = bounded(20)
    monkeypatch.setattr("shieldtalks.tabular.engine.sqlite.Sqlite", lambda _: engine)
    result = run("validate", package, "--engine", "sqlite", code=2)
    assert result.stdout == ""
    assert result.stderr.splitlines()[-2:] == [
        f"Error: {MESSAGE}",
        "Set TMPDIR to a folder on a disk with more room.",
    ]


@pytest.mark.parametrize("pages", [3, 8, 40])
def test_a_database_that_does_not_fit_is_named(
    pages: int,
    make_package: MakePackage,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connect = database.connect

    def with_limit(path: str = "") -> sqlite3.Connection:
        connection = connect(path)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr("shieldtalks.exports.sqlite.connect", with_limit)
    package = make_package("a\n" + "".join(f"{row[0]}\n" for row in rows(1000)), FIELDS)
    target = tmp_path / "out.sqlite"
    result = run("export", "sqlite", package, "-o", target, code=2)
    assert f"Error: {target} cannot be written (No space left on device)" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_does_not_fit(
    run: Run, make_package: MakePackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "p.zip"
    run("export", "csv", make_package("a\nx\n", FIELDS), "-o", archive, code=0)

    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("shieldtalks.tabular.package.archive._copy", refuse)
    assert f"{MESSAGE} to unpack {archive}" in run("validate", archive, code=2).stderr
