"""The pairs of claims that contradict each other. They are derived from the claims, never listed by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from ..tabular.findings import CannotRun
from ..tabular.package import Package
from ..tabular.tables.database import has_view
from .models import BY_TABLE
from .views import open_record, selects

#: The tables from which the pairs are derived.
TABLES = ("actors", "propositions", "claims", "relations")

#: Why two claims contradict each other, in words.
KINDS = {
    "denies": "one denies what the other holds",
    "excludes": "both cannot be so",
    "implies": "one denies what the other implies",
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that contradict each other; the first has the smaller identifier."""

    claim_id: str
    other_id: str
    #: One of KINDS.
    kind: str


def contradictions_in(tables: Mapping[str, Sequence[Mapping[str, str]]]) -> set[tuple[str, str]]:
    """The pairs of claims that contradict each other in tables of text; "" is a missing value.

    It has each pair in both orders.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        for name in TABLES:
            fields = list(BY_TABLE[name].model_fields)
            connection.execute(f"CREATE TABLE {name} ({', '.join(fields)})")
            marks = ", ".join("?" * len(fields))
            rows = ([row.get(field) or None for field in fields] for row in tables.get(name, ()))
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        pairs = [(one, other) for one, other, *_ in connection.execute(selects()["contradictions"])]
    return {*pairs, *((other, one) for one, other in pairs)}


def contradictions(package: Package) -> tuple[Contradiction, ...]:
    """The contradictions of a package. Raises CannotRun if it has no propositions and claims."""
    missing = [name for name in TABLES if package.resource(name) is None]
    if missing:
        raise CannotRun(
            f"{package.name} is not a record of claims", f"It has no table {', '.join(missing)}."
        )
    with closing(open_record(package, TABLES, "contradictions")) as connection:
        if not has_view(connection, "contradictions"):
            raise CannotRun(
                f"{package.name} is not a record of claims",
                "Its tables do not have all the fields that the contradictions are derived from.",
            )
        pairs = connection.execute("SELECT claim_id, other_id, kind FROM contradictions")
        return tuple(Contradiction(*pair) for pair in pairs)
