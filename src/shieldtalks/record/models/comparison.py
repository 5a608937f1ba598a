"""The table that says how the two independent codings had each row."""

from __future__ import annotations

from typing import ClassVar

from .spec import Record, TableFacts, code, text


class Comparison(Record):
    """One row is how the two independent codings had one row of the record.

    The compared fields are those of the page on agreement. Wordings are not compared, so a new wording
    does not make a row corrected.
    """

    table: ClassVar[TableFacts] = TableFacts(
        "coders",
        "How the two independent codings had each row",
        ("record_id",),
        about_rows=True,
    )

    record_id: str = text(
        "The event, proposal, response or claim.",
        "clm-0007",
        pattern=r"(evt|prp|rsp|clm)-[0-9]{4}",
        max_length=8,
        unique=True,
    )
    coding_a: str = code(
        "coding-match", "Whether the first coding had the row with the same values.", "same"
    )
    coding_b: str = code(
        "coding-match", "Whether the second coding had the row with the same values.", "differs"
    )
    settled_by: str = code("settled-by", "How the row came to be as it is now.", "adjudication")
    fields: str | None = text(
        "The compared fields in which at least one of the two codings differs from the row, separated by "
        "blanks. `cameo` and `plover` are the main action codes. Empty if no field differs.",
        "date_edtf factuality",
        max_length=200,
        pattern=r"[a-z_]+( [a-z_]+)*",
    )
