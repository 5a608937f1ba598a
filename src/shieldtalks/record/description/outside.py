"""What outside documents say of a record, in words. It is kept apart from the evidence."""

from __future__ import annotations

from typing import Any

from .. import models
from ..datewords import date_words
from .context import Context
from .shape import Outside

#: What is shown before the outside documents, wherever a record is shown.
HEADING = "Outside documents"
CAUTION = "not the articles' word"


def outside(context: Context, record_id: str) -> tuple[Outside, ...]:
    """What each outside document says of a record. Empty for rows that no document can bear on."""
    match context.rows[record_id]:
        case models.Event() | models.Proposal() | models.Response() | models.Claim() as row:
            found = context.referring("corroborations", row.table.key[0], record_id)
            return tuple(_outside(context, one) for one in found)
    return ()


def _outside(context: Context, row: models.Corroboration) -> Outside:
    document: Any = context.rows.get(row.reference_id)
    is_there = isinstance(document, models.Reference)
    return Outside(
        corroboration_id=row.corroboration_id,
        reference_id=row.reference_id,
        document=document_words(document) if is_there else row.reference_id,
        url=document.url if is_there else None,
        relation=context.label(row, "relation"),
        field=row.field,
        note=row.note,
        confidence=context.label(document, "confidence") if is_there else "",
    )


def document_words(row: models.Reference) -> str:
    """The name of an outside document in a list: title, publisher, date."""
    title = row.title if row.title.startswith("[") else f"“{row.title}”"
    date = date_words(row.date_edtf) if row.date_edtf else None
    return ", ".join(part for part in (title, row.publisher, date) if part)
