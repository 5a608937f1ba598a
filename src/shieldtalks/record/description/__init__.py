"""The description of a record in words. The command line, the JSON output and the page use it."""

from __future__ import annotations

from ...tabular.findings import CannotRun
from ...tabular.package.citation import RowFacts, cite
from ..dataset import Dataset
from ..datewords import date_words
from ..rowhash import row_hash
from . import dates
from .context import context
from .facts import against, lines
from .find import Found, find
from .outside import outside
from .shape import Description, Fact, Outside, Support
from .support import supports

__all__ = ["Description", "Fact", "Found", "Outside", "Support", "describe", "find"]


def describe(dataset: Dataset, record_id: str, as_of: str | None = None) -> Description:
    """The description of the record with this identifier. Raises KeyError if there is none.

    With the ISO day `as_of`, it shows the record as it was on that day: only what could have been
    done or said by then. Raises CannotRun if the record itself is later.

    A record is a row with its own identifier. Participants, relations and attributions are part of
    the description of their event, proposition or evidence.
    """
    indexed = context(dataset, as_of)
    row = indexed.rows[record_id]
    if as_of is not None and not indexed.counts(row):
        first, _ = dates.bounds(row, indexed.rows)
        raise CannotRun(
            f"{record_id} is later than {as_of}", f"It is dated {first} at the earliest."
        )
    heading, digest = indexed.heading(row), row_hash(row)
    return Description(
        record_id=record_id,
        table=row.table.name,
        heading=heading,
        lines=(*_day(as_of), *lines(indexed, record_id)),
        evidence=supports(indexed, record_id),
        outside=outside(indexed, record_id),
        claims_against=against(indexed, record_id),
        first_version=indexed.changes.first,
        changed_in=indexed.changes.named.get(record_id, ()),
        row_hash=digest,
        citation=cite(dataset.package, RowFacts(record_id, heading, digest)),
    )


def _day(as_of: str | None) -> tuple[Fact, ...]:
    """The day of the description, as its first fact."""
    if as_of is None:
        return ()
    return (Fact("as of", f"{date_words(as_of)}: what was done or said later is left out"),)
