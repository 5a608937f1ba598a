"""Which rows count on a day, for a record as it was on that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .. import models

#: The fields that name the event in which something was done or said.
_OCCASIONS = ("event_id", "made_in_event_id", "said_in_event_id")


def counts(row: models.Record, rows: Mapping[str, models.Record], day: str | None) -> bool:
    """Whether a row could have been done or said by an ISO day. Rows without a date always count.

    A plan or a threat counts from the event in which it was announced.
    """
    earliest, _ = bounds(row, rows)
    return day is None or earliest is None or earliest.isoformat() <= day


def certain(row: models.Record, rows: Mapping[str, models.Record], day: str | None) -> bool:
    """Whether a row had certainly been done or said by an ISO day. Rows without a date are certain."""
    if day is None or not isinstance(row, models.Proposal | models.Response | models.Claim):
        return True
    _, latest = bounds(row, rows)
    return latest is not None and latest.isoformat() <= day


def bounds(
    row: models.Record, rows: Mapping[str, models.Record]
) -> tuple[date | None, date | None]:
    """The first and the last day on which a row can have been done or said; None if it is open."""
    match row:
        case models.Event():
            announced = rows.get(row.announced_in_id or "")
            if isinstance(announced, models.Event) and row.date_earliest is not None:
                first, last = bounds(announced, rows)
                return min(row.date_earliest, first or row.date_earliest), last
            return row.date_earliest, row.date_latest
        case models.Proposal() | models.Response() | models.Claim() | models.Participant():
            event = next(
                (rows.get(getattr(row, name, None) or "") for name in _occasions(row)), None
            )
            if isinstance(event, models.Event):
                return event.date_earliest, event.date_latest
            return getattr(row, "date_earliest", None), getattr(row, "date_latest", None)
    return None, None


def _occasions(row: models.Record) -> tuple[str, ...]:
    return tuple(name for name in _OCCASIONS if getattr(row, name, None))
