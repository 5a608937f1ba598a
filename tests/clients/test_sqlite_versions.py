"""The SQLite file in the newest SQLite and in an old one.

The newest limits how often a query may refer to a view. The old one does not know all of today's SQL.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import absent

pytestmark = pytest.mark.client


def test_every_view_has_the_same_rows_in_the_newest_sqlite(exported: Callable[..., Path]) -> None:
    try:
        import apsw
    except ImportError:
        absent("apsw")
    file = exported("sqlite", "record.sqlite")
    assert apsw.sqlite_lib_version() > sqlite3.sqlite_version
    newest = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    with closing(sqlite3.connect(file)) as usual:
        views = [
            name for (name,) in usual.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
        ]
        assert {"ledger", "positions", "contradictions", "proposals_and_answers"} <= set(views)
        for view in views:
            select = f'SELECT * FROM "{view}"'
            assert sorted(map(repr, newest.execute(select))) == sorted(
                map(repr, usual.execute(select))
            ), view
        # There is room for a question that joins the largest views, each once.
        joined = (
            "SELECT count(*) FROM ledger JOIN proposals_and_answers USING (proposal_id)"
            " JOIN positions ON positions.about_proposal_id = ledger.proposal_id"
        )
        assert newest.execute(joined).fetchall() == usual.execute(joined).fetchall()
    newest.close()


#: Prints the version of SQLite and the rows of each view of a database. STRICT tables came with 3.37.
OLD = """
require("sqlite-3.38/dist/sql-asm.js")().then(SQL => {
  const database = new SQL.Database(require("fs").readFileSync(process.argv[1]));
  const rows = query => database.exec(query)[0].values;
  const names = rows("SELECT name FROM sqlite_master WHERE type = 'view'").map(row => row[0]);
  const views = Object.fromEntries(names.map(name => [name, rows(`SELECT * FROM ${name}`)]));
  console.log(JSON.stringify({version: rows("SELECT sqlite_version()")[0][0], views}));
});
"""


def test_every_view_has_the_same_rows_in_an_old_sqlite(
    exported: Callable[..., Path], node: Callable[..., Any]
) -> None:
    file = exported("sqlite", "record.sqlite")
    found = node(OLD, file.resolve())
    assert found["version"].startswith("3.38.")
    with closing(sqlite3.connect(file)) as usual:
        wanted = {
            name: usual.execute(f"SELECT * FROM {name}").fetchall() for name in found["views"]
        }
    assert "ledger" in wanted
    assert found["views"] == json.loads(json.dumps(wanted))
