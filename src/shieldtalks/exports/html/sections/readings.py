"""The two readings: what each of two coders had for each row, and how far they agree on each field."""

from __future__ import annotations

from collections.abc import Sequence

from ....record import models
from ....record.description.context import Context
from ...pages import AGREEMENT_COLUMNS, agreement
from ..markup import Markup, element, link
from ..section import Inputs, Section


def section(inputs: Inputs) -> Section:
    """The section: the agreement on each field, and a line for each row that was compared."""
    context = inputs.context
    rows = context.dataset.coders
    agreed = sum(row.settled_by == "agreement" for row in rows)
    return Section(
        anchor="readings",
        menu="Two readings",
        heading="The two codings of each article",
        intro="Each article was coded twice, in two separate passes, A and B. "
        f"Of {len(rows)} rows that can be compared, {agreed} had the same values in both. "
        "The others were settled afterwards."
        if rows
        else "This record does not contain two codings to compare.",
        content=(_agreement(context), _rows(context)) if rows else (),
    )


def _agreement(context: Context) -> Markup | None:
    """Krippendorff's alpha of each field, if the package has it."""
    rows = agreement(context.dataset.package)
    if not rows:
        return None
    return _folded(
        f"Agreement on {len(rows)} fields",
        element(
            "p",
            "Alpha is Krippendorff's alpha: 1 is full agreement, 0 is the agreement that chance would give. "
            "With few pairs, one row changes it visibly.",
            class_="soft",
        ),
        "Agreement on each field",
        ("Table", "Field", "Pairs", "Same", "Alpha"),
        [tuple(row[name] for name in AGREEMENT_COLUMNS) for row in rows],
    )


def _rows(context: Context) -> Markup:
    listed = []
    for row in context.dataset.coders:
        record = context.rows.get(row.record_id)
        heading = context.heading(record) if isinstance(record, models.Record) else row.record_id
        listed.append(
            (
                link(row.record_id, row.record_id) if record else row.record_id,
                heading,
                context.label(row, "coding_a"),
                context.label(row, "coding_b"),
                context.label(row, "settled_by"),
                str(row.fields or ""),
            )
        )
    return _folded(
        f"{len(listed)} rows, one by one",
        None,
        "The values in each coding",
        ("Row", "What it says", "A", "B", "Settled by", "Fields that differed"),
        listed,
    )


def _folded(
    summary: str,
    note: Markup | None,
    caption: str,
    head: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
) -> Markup:
    return element(
        "details",
        element("summary", summary),
        note,
        element(
            "div",
            element(
                "table",
                element("caption", caption, class_="unseen"),
                element(
                    "thead", element("tr", *(element("th", name, scope="col") for name in head))
                ),
                element(
                    "tbody",
                    *(element("tr", *(element("td", cell) for cell in row)) for row in rows),
                    data_roving="a",
                ),
                class_="plain",
            ),
            class_="scroll",
            role="region",
            tabindex=0,
            aria_label=caption,
        ),
        class_="as-table",
    )
