"""A question in SQL that cannot run gets the help that fits, and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.clients.conftest import HERE, absent

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

SQL_JS = HERE / "node_modules" / "sql.js" / "dist" / "sql-wasm-inline.js"


def test_each_slip_gets_its_own_help(
    exported: Callable[..., Path], visit: Callable[..., Page]
) -> None:
    if not SQL_JS.exists():
        absent("sql.js")
    page = visit(exported("html", "ask.html", "--sql-js", str(SQL_JS)))
    told: dict[str, str] = {}
    for sql in ("SELECT * FROM claim", "DELETE FROM claims", "SELECT 1; SELECT 2", "SELEC 1"):
        page.fill("#ask-sql", sql)
        page.click("#ask-run")
        page.wait_for_function(
            "(before) => ![before, 'Running.', 'Opening the database.', '']"
            ".includes(document.getElementById('ask-said').textContent)",
            arg=list(told.values())[-1] if told else "",
        )
        told[sql] = page.inner_text("#ask-said")
    ends = [
        "no such table: claim. The names of the tables and columns are in the list.",
        "a readonly database. A question can only read.",
        "more than one statement. Ask one question at a time.",
        "syntax error.",
    ]
    assert [words.endswith(end) for words, end in zip(told.values(), ends, strict=True)] == [
        True
    ] * 4
