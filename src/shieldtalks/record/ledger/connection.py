"""The database from which the ledger is read: the tables that it needs, and its views."""

from __future__ import annotations

import sqlite3

from ...tabular.findings import CannotRun
from ...tabular.package import Package
from ...tabular.tables.database import has_view
from ..views import open_record

#: The tables that the ledger reads.
TABLES = (
    *("sources", "actors", "events", "participants", "proposals", "responses", "propositions"),
    *("claims", "evidence", "attributions", "codes"),
)

#: The fields of `codes` that state what a move does.
MOVE_FIELDS = ("decides", "outcome")

#: The moves that were made although `codes` does not state what they do.
_UNKNOWN = """
SELECT DISTINCT r.move
FROM responses AS r
LEFT JOIN codes AS c ON c.code_id = 'move:' || r.move
WHERE c.outcome IS NULL OR coalesce(c.decides NOT IN (0, 1), 1)
ORDER BY r.move
"""


def open_ledger(package: Package, view: str = "ledger") -> sqlite3.Connection:
    """A private database with the tables of a package that the ledger reads, and a view.

    Raises CannotRun if the package is not a record of proposals and answers, if its data do not
    match their schemas, or if it has answers with a move that the ledger does not know.
    """
    tables = [name for name in TABLES if package.resource(name) is None]
    if tables:
        raise _refusal(package, f"It has no table {', '.join(tables)}.")
    connection = open_record(package, TABLES, view)
    try:
        if not has_view(connection, "ledger"):
            raise _refusal(package, _missing_fields(package))
        _refuse_unknown(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _refusal(package: Package, reason: str) -> CannotRun:
    return CannotRun(f"{package.name} is not a record of proposals and answers", reason)


def _missing_fields(package: Package) -> str:
    codes = package.resource("codes")
    fields = [name for name in MOVE_FIELDS if codes and name not in codes.field_names]
    if fields:
        return (
            f"Its table codes has no field {', '.join(fields)}, so the ledger does not know what a "
            "move does. `shieldtalks init` writes a table that has them."
        )
    return "Its tables do not have all the fields that the ledger reads."


def _refuse_unknown(connection: sqlite3.Connection) -> None:
    unknown = [str(move) for (move,) in connection.execute(_UNKNOWN)]
    if unknown:
        raise CannotRun(
            f"the ledger does not know the move {', '.join(unknown)}",
            "In the table codes, fill in decides and outcome for each move.",
        )
