"""Evidence in words: the source, the place in its text, and the chain of speakers."""

from __future__ import annotations

from typing import Any

from .. import models
from ..datewords import date_words
from .context import Context, target
from .shape import Support

_PLACES = (
    (0.0, "at the start of the text"),
    (0.1, "near the start of the text"),
    (0.25, "about a quarter into the text"),
    (0.33, "about a third into the text"),
    (0.5, "about halfway through the text"),
    (0.67, "about two thirds into the text"),
    (0.75, "about three quarters into the text"),
    (0.9, "near the end of the text"),
    (1.0, "at the end of the text"),
)


def supports(context: Context, record_id: str) -> tuple[Support, ...]:
    """The evidence for a record. If the record is itself evidence, only this piece."""
    match context.rows[record_id]:
        case models.Evidence() as row:
            return (_support(context, row),)
        case models.Event() | models.Proposal() | models.Response() | models.Claim() as row:
            # The field of evidence that names a record is called like the key of the record.
            spans = context.referring("evidence", row.table.key[0], record_id)
            return tuple(_support(context, span) for span in spans)
    return ()


def _support(context: Context, row: models.Evidence) -> Support:
    hops = sorted(
        context.referring("attributions", "evidence_id", row.evidence_id), key=lambda hop: hop.hop
    )
    chain = tuple(hop.actor_id for hop in hops)
    return Support(
        evidence_id=row.evidence_id,
        source_id=row.source_id,
        source=source_words(context, row.source_id),
        field=row.field,
        stance=context.label(row, "stance"),
        directness=context.label(row, "directness"),
        quotation=context.label(row, "quotation"),
        place=_place(context, row),
        chain=chain,
        chain_words=chain_words(context, chain, _event_of(context.rows.get(target(row) or ""))),
        start=row.start,
        length=row.length,
        sha256=row.sha256,
    )


def source_words(context: Context, source_id: str) -> str:
    """The name of a source in a list: title, outlet, date."""
    source: Any = context.rows.get(source_id)
    if not isinstance(source, models.Source):
        return source_id
    published = date_words(source.published_edtf)
    return f"“{source.title}”, {context.name(source.publisher_id)}, {published}"


def chain_words(context: Context, chain: tuple[str, ...], event_id: str | None) -> str:
    """The chain of speakers in words, from the outlet back to the original speaker."""
    names = [context.speaker(actor_id, event_id) for actor_id in reversed(chain)]
    if len(names) == 1:
        return f"{names[0]}, in its own voice"
    return ", citing ".join(names)


def _event_of(row: Any) -> str | None:
    """The event in which something was done or said. If the row is an event, the event itself."""
    names = ("event_id", "made_in_event_id", "said_in_event_id")
    return next((getattr(row, name) for name in names if getattr(row, name, None)), None)


def _place(context: Context, row: models.Evidence) -> str:
    source = context.rows.get(row.source_id)
    if not isinstance(source, models.Source):
        return ""
    share = (row.start + row.length / 2) / source.canon_length
    return min(_PLACES, key=lambda place: abs(place[0] - share))[1]
