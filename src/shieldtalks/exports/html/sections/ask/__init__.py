"""Ask in SQL: the tables and views of the record as a database in the page, with saved questions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from .....record.views import record_views
from .....tabular.tables.database import open_database
from ...markup import Child, Markup, element, join
from ...section import Inputs, Section, read
from .contents import Listed, listing, schema

_QUESTIONS = Path(__file__).parent / "questions.sql"


def section(inputs: Inputs) -> Section | None:
    """The section; None if the job has no sql.js to put into the page."""
    if inputs.job.sql_js is None:
        return None
    package = inputs.job.package
    views = record_views()
    with closing(open_database(package, views=views)) as database:
        found = schema(database, {resource.name for resource in package.resources})
        listed = list(listing(database, package, views.selects, found["columns"]))
        asked = [(title, sql) for title, sql in questions() if _answers(database, sql)]
    return Section(
        anchor="ask",
        menu="Ask",
        heading="Ask in SQL",
        intro="The tables and views of the record are a database inside this page. Choose a question, "
        "change it, or write your own. Nothing leaves your computer.",
        content=(element("div", _form(asked), _tables(listed), class_="asking"),),
        data={"ask": {"questions": dict(asked)}},
        packed={"ask-schema": found, "sql-js": f"{inputs.job.sql_js}\n{read('database.js')}"},
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
            element(
                "textarea",
                id="ask-sql",
                rows=7,
                spellcheck="false",
                autocapitalize="off",
                placeholder="SELECT label FROM proposals",
            ),
            element(
                "p",
                element("button", "Run", type="button", id="ask-run"),
                " ",
                element("button", "Stop", type="button", id="ask-stop", disabled=True),
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


def _tables(listed: list[Listed]) -> Markup:
    """The tables and views that a question can read. A click on a name asks for its first rows."""
    kinds = [("Tables", "table"), ("Views, computed from the tables", "view")]
    return element(
        "details",
        element("summary", "Tables and views"),
        element(
            "p",
            "Select a table to see its first rows. Select a column to put it into your question.",
            class_="soft",
        ),
        *(
            join(
                element("h3", heading),
                element(
                    "ul",
                    *(_table(one) for one in listed if one.kind == kind),
                    data_roving="button",
                ),
            )
            for heading, kind in kinds
            if any(one.kind == kind for one in listed)
        ),
        id="ask-tables",
        open=True,
    )


def _table(one: Listed) -> Markup:
    columns: list[Child] = []
    for name, sql, about in one.columns:
        told = about or None
        button = element("button", name, type="button", disabled=True, data_column=sql, title=told)
        columns += [" ", button]
    return element(
        "li",
        element("button", one.name, type="button", disabled=True, data_table=one.sql),
        element("span", f" {one.rows} row{'' if one.rows == 1 else 's'}. {one.about}"),
        element("p", *columns[1:]),
    )
