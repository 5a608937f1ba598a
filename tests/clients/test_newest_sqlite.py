"""The SQLite file in the newest SQLite: it limits how often a query may refer to a view."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

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
