"""Ask in SQL: the tables and views of the record as a database in the page, with saved questions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from .....record.views import record_views
from .....tabular.tables.database import DESCRIPTION, open_database
from ...markup import Markup, element, join
from ...section import Inputs, Section

_QUESTIONS = Path(__file__).parent / "questions.sql"


def section(inputs: Inputs) -> Section | None:
    """The section; None if the job has no sql.js to put into the page."""
    if inputs.job.sql_js is None:
        return None
    package = inputs.job.package
    with closing(open_database(package, views=record_views())) as database:
        found = _schema(database, {resource.name for resource in package.resources})
        asked = [(title, sql) for title, sql in questions() if _answers(database, sql)]
    return Section(
        anchor="ask",
        menu="Ask",
        heading="Ask in SQL",
        intro="The tables and views of the record are a database inside this page. Choose a question, "
        "change it, or write your own. Nothing leaves your computer.",
        content=(_form(asked), _tables(found)),
        data={"ask": {"questions": dict(asked)}},
        packed={"ask-schema": found, "sql-js": inputs.job.sql_js},
    )


def questions() -> list[tuple[str, str]]:
    """The saved questions, each with its SELECT."""
    found = []
    for text in _QUESTIONS.read_text("utf-8").split(";\n"):
        if text.strip():
            title, sql = text.strip().split("\n", 1)
            found.append((title.removeprefix("-- "), sql))
    return found


def _answers(database: sqlite3.Connection, sql: str) -> bool:
    """Whether a question has an answer: the tables that it reads exist, and a row is found."""
    try:
        return database.execute(sql).fetchone() is not None
    except sqlite3.Error:
        return False


def _schema(database: sqlite3.Connection, tables: set[str]) -> dict[str, Any]:
    """The statements that make the database, what is in its other tables, and all columns."""
    listed = database.execute(
        "SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view')"
        " AND name <> ? AND name NOT LIKE 'sqlite_%' ORDER BY type, rowid",
        (DESCRIPTION,),
    ).fetchall()
    others = [name for name, kind, _ in listed if kind == "table" and name not in tables]
    return {
        "tables": [sql for _, kind, sql in listed if kind == "table"],
        "views": [sql for _, kind, sql in listed if kind == "view"],
        "rows": {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in others},
        "columns": {name: _columns(database, name) for name, _, _ in listed if name not in others},
    }


def _columns(database: sqlite3.Connection, name: str) -> list[str]:
    rows = database.execute("SELECT name FROM pragma_table_info(?)", (name,))
    return [column for (column,) in rows]


def _form(asked: list[tuple[str, str]]) -> Markup:
    """The field for a question, and the place for its answer."""
    saved = element(
        "select",
        element("option", "Choose a question", value=""),
        *(element("option", title, value=title) for title, _ in asked),
        id="ask-saved",
    )
    return join(
        element(
            "div",
            *((element("label", "Saved questions", for_="ask-saved"), saved) if asked else ()),
            element("label", "Your question in SQL (Ctrl+Enter runs it)", for_="ask-sql"),
            element("textarea", id="ask-sql", rows=7, spellcheck="false", autocapitalize="off"),
            element(
                "p",
                element("button", "Run", type="button", id="ask-run"),
                " ",
                element("output", id="ask-said", aria_live="polite", for_="ask-sql"),
            ),
            element("div", id="ask-rows", tabindex="0", role="region", aria_label="Rows found"),
            id="ask-form",
            hidden=True,
        ),
        element(
            "p",
            "To ask on this page, turn on JavaScript. You can also use the SQLite file: ",
            element("code", "shieldtalks export sqlite -o record.sqlite"),
            class_="without",
        ),
    )


def _tables(found: dict[str, Any]) -> Markup:
    """The tables and views that a question can read, with their columns."""
    return element(
        "details",
        element("summary", "Tables and views, with their columns"),
        element(
            "dl",
            *(
                join(element("dt", element("code", name)), element("dd", ", ".join(columns)))
                for name, columns in sorted(found["columns"].items())
            ),
        ),
        class_="ask-tables",
    )
