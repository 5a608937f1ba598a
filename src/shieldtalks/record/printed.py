"""What the record answers with, as short tables: the ledger, the positions, the contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..tabular.findings import CannotRun
from ..tabular.package import Package
from .contradictions import Contradiction
from .ledger.entries import Entry
from .named_tables import named_table, table_names
from .positions.entries import PositionEntry
from .short import ShortTable


class Ledger(ShortTable[Entry]):
    """Proposals with their states."""

    __slots__ = ()
    columns = ("proposal_id", "date_edtf", "label", "proposer", "addressee", "brief")


class Positions(ShortTable[PositionEntry]):
    """Propositions with who holds them true or false."""

    __slots__ = ()
    columns = ("proposition_id", "text", "words")
    _longest = 150


class Contradictions(ShortTable[Contradiction]):
    """Pairs of claims that contradict each other."""

    __slots__ = ()
    columns = ("claim_id", "other_id", "kind")


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A table that can be a frame: its name, what it has, and its number of rows."""

    name: str
    title: str
    rows: int


class Tables(ShortTable[NamedTable]):
    """All tables that can be frames."""

    __slots__ = ()
    columns = ("name", "title", "rows")
    _most, _longest = 100, 150


def tables(package: Package) -> Tables:
    """The tables of a package, the flat tables and the views, as far as they can be read."""
    return Tables(_tables(package))


def _tables(package: Package) -> Iterator[NamedTable]:
    for name in table_names(package):
        try:
            found = named_table(package, name)
            yield NamedTable(name, found.title, sum(1 for _ in found.rows()))
        except CannotRun:  # a view of tables that the package does not have
            continue
