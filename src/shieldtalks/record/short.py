"""Rows that print as a short table, in a terminal and in a notebook."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any, ClassVar, Self, SupportsIndex, TypeVar, overload

from ..tabular.columns import table_lines
from ..tabular.findings import CannotRun, counted
from ..tabular.notebook import html_table
from ..tabular.package import Package, Resource

RowT = TypeVar("RowT", covariant=True)

#: The width of the table.
_WIDTH = 100


class ShortTable(tuple[RowT, ...]):
    """A tuple of rows that prints as a short table: the first rows, and some of the columns."""

    __slots__ = ()

    #: The attributes of a row that are printed.
    columns: ClassVar[tuple[str, ...]] = ()
    #: The most rows that are printed.
    _most: ClassVar[int] = 10
    #: The most characters of a cell that are printed.
    _longest: ClassVar[int] = 60

    @overload
    def __getitem__(self, key: SupportsIndex) -> RowT: ...

    @overload
    def __getitem__(self, key: slice) -> Self: ...

    def __getitem__(self, key: SupportsIndex | slice) -> Any:
        """A row, or for a slice the same kind of short table."""
        found: Any = super().__getitem__(key)
        return type(self)(found) if isinstance(key, slice) else found

    def __repr__(self) -> str:
        return "\n".join([*self._lines(), self._summary()])

    def _repr_html_(self) -> str:
        """The short table for a notebook."""
        shown = [[self._cell(row, name) for name in self._columns()] for row in self[: self._most]]
        return html_table(self._columns(), shown, self._summary())

    def _columns(self) -> tuple[str, ...]:
        return self.columns

    def _summary(self) -> str:
        left = f" ({self._most} shown)" if len(self) > self._most else ""
        return counted(len(self), "row") + left

    def _cell(self, row: object, name: str) -> str:
        value = getattr(row, name)
        text = "" if value is None else str(value)
        return text if len(text) <= self._longest else f"{text[: self._longest - 3]}..."

    def _lines(self) -> Sequence[str]:
        names = self._columns()
        rows = [[self._cell(row, name) for name in names] for row in self[: self._most]]
        return list(table_lines([1] * len(names), names, rows, _WIDTH))


#: The columns of each table that are printed.
SHORT = {
    "sources": ("source_id", "title", "publisher_id", "published_edtf"),
    "actors": ("actor_id", "name", "kind", "country"),
    "aliases": ("actor_id", "alias", "kind"),
    "events": ("event_id", "label", "date_edtf", "status"),
    "participants": ("event_id", "actor_id", "role", "capacity"),
    "proposals": ("proposal_id", "label", "measure", "proposer_id", "addressee_id"),
    "responses": ("response_id", "proposal_id", "responder_id", "move", "authority"),
    "propositions": ("proposition_id", "text", "topic"),
    "claims": ("claim_id", "text", "claimant_id", "factuality"),
    "relations": ("proposition_id", "other_id", "kind"),
    "evidence": ("evidence_id", "source_id", "start", "length", "stance", "quotation"),
    "attributions": ("evidence_id", "hop", "actor_id"),
    "codings": ("coding_id", "code_id", "rank", "reason"),
    "coders": ("record_id", "coding_a", "coding_b", "settled_by", "fields"),
    "codes": ("code_id", "label", "definition"),
    "references": ("reference_id", "title", "publisher", "date_edtf"),
    "corroborations": ("corroboration_id", "relation", "field", "note"),
    "retired": ("record_id", "retired_in", "replaced_by", "reason"),
    "ledger": ("proposal_id", "proposal", "proposer", "addressee", "response_id", "state_words"),
    "positions": ("claim_id", "party", "held", "commitment", "claim"),
    "claims_with_speakers": ("claim_id", "claimant", "factuality", "text", "date_edtf"),
    "contradictions": ("claim_id", "text", "kind", "other_id", "other_text"),
    "evidence_by_source": ("evidence_id", "source_id", "record_id", "record", "chain"),
    "moves": ("response_id", "proposal_id", "responder", "brief", "weight"),
}


class Records(ShortTable[RowT]):
    """The rows of one table of the record."""

    __slots__ = ()

    def _columns(self) -> tuple[str, ...]:
        first: Any = self[0] if self else None
        return SHORT.get(first.table.name, ()) if first is not None else ()


def package_html(package: Package) -> str:
    """The tables of a package with their titles and numbers of rows, as a table in HTML."""
    from ..tabular.tables.rows import unchanged

    found = package.resources
    cells = [[one.name, unchanged(one).title, _counted(one)] for one in found]
    caption = f"{package.name} {package.version or ''}".strip()
    return html_table(("table", "title", "rows"), cells, caption)


def _counted(resource: Resource) -> str:
    """The number of rows of a table; a question mark if it cannot be read."""
    from ..tabular.tables.rows import rows

    try:
        return str(sum(1 for _ in rows(resource)))
    except (CannotRun, OSError, ValueError, csv.Error):
        return "?"
