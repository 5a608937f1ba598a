"""The pairs of claims that contradict each other. They are derived from the claims, never listed by hand."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from ..tabular.findings import CannotRun
from ..tabular.package import Package
from ..tabular.tables.database import has_view
from .views import open_record

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
