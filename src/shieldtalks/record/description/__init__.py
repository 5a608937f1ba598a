"""The description of a record in words. The command line, the JSON output and the page use it."""

from __future__ import annotations

from ...tabular.package.citation import RowFacts, cite
from ..dataset import Dataset
from ..rowhash import row_hash
from .context import context
from .facts import against, lines
from .find import Found, find
from .outside import outside
from .shape import Description, Fact, Outside, Support
from .support import supports

__all__ = ["Description", "Fact", "Found", "Outside", "Support", "describe", "find"]


def describe(dataset: Dataset, record_id: str) -> Description:
    """The description of the record with this identifier. Raises KeyError if there is none.

    A record is a row with its own identifier. Participants, relations and attributions are part of
    the description of their event, proposition or evidence.
    """
    indexed = context(dataset)
    row = indexed.rows[record_id]
    heading, digest = indexed.heading(row), row_hash(row)
    return Description(
        record_id=record_id,
        table=row.table.name,
        heading=heading,
        lines=lines(indexed, record_id),
        evidence=supports(indexed, record_id),
        outside=outside(indexed, record_id),
        claims_against=against(indexed, record_id),
        first_version=indexed.changes.first,
        changed_in=indexed.changes.named.get(record_id, ()),
        row_hash=digest,
        citation=cite(dataset.package, RowFacts(record_id, heading, digest)),
    )
