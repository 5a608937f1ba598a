"""Any record in words: one structure for the command line, for JSON and for the page."""

from __future__ import annotations

from ...tabular.package.citation import RowFacts, cite
from ..dataset import Dataset
from ..rowhash import row_hash
from .context import context
from .facts import against, lines
from .find import Found, find
from .shape import Description, Fact, Support
from .support import supports

__all__ = ["Description", "Fact", "Found", "Support", "describe", "find"]


def describe(dataset: Dataset, record_id: str) -> Description:
    """The record with this identifier in words. Raises KeyError where there is none.

    A record is a row with an identifier of its own; participants, oppositions and attributions are
    told with the event, claim or evidence they belong to.
    """
    at_hand = context(dataset)
    row = at_hand.rows[record_id]
    heading, digest = at_hand.heading(row), row_hash(row)
    return Description(
        record_id=record_id,
        table=row.table.name,
        heading=heading,
        lines=lines(at_hand, record_id),
        evidence=supports(at_hand, record_id),
        claims_against=against(at_hand, record_id),
        first_version=at_hand.changes.first,
        changed_in=at_hand.changes.named.get(record_id, ()),
        row_hash=digest,
        citation=cite(dataset.package, RowFacts(record_id, heading, digest)),
    )
