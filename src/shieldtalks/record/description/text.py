"""A description as text for a terminal: a column of labels, and the facts beside it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ...tabular.terminal import Style, one_line, plain
from ...tabular.widths import wrapped
from .outside import CAUTION, HEADING
from .shape import Description, Fact, Outside, Support

#: The width of the label column. Labels are shorter, so that a hash fits beside it in 80 columns.
LABEL = 14

#: The most records that one line names.
_SHOWN = 8


def lines(described: Description, width: int = 80, style: Style = plain) -> Iterator[str]:
    """The lines of a description, with control characters made visible."""
    yield from textwrap.wrap(
        one_line(f"{described.record_id}  {described.heading}"), width, subsequent_indent="  "
    )
    for line in described.lines:
        yield from _entry(line.label, _named(line), width, style)
    for line in described.claims_against:
        yield from _entry(line.label, _named(line), width, style)
    for support in described.evidence:
        yield from _support(support, width, style)
    if described.outside:
        yield f"  {HEADING} ({CAUTION}):"
    for one in described.outside:
        yield from _outside(one, width, style)
    yield from _entry("versions", described.versions, width, style)
    yield from _entry("row hash", described.row_hash, width, style)
    yield from _entry("cite as", described.citation.text, width, style)


def _support(support: Support, width: int, style: Style) -> Iterator[str]:
    what = f"the field {support.field}" if support.field else "the row"
    for label, text in (
        ("evidence", f"{support.source} [{support.source_id}]"),
        ("", f"{support.place}: {support.length} characters from position {support.start}"),
        ("", f"{support.stance} {what}: {support.directness}, {support.quotation}"),
        ("", f"{support.chain_words} [{support.evidence_id}]"),
    ):
        yield from _entry(label, text, width, style)


def _outside(one: Outside, width: int, style: Style) -> Iterator[str]:
    what = f" (the field {one.field})" if one.field else ""
    for label, text in (
        (one.relation, f"{one.note}{what}"),
        ("", f"{one.document} [{one.reference_id}, {one.corroboration_id}]"),
    ):
        yield from _entry(label, text, width, style)


def _named(line: Fact) -> str:
    if not line.ids:
        return line.text
    more = f" and {len(line.ids) - _SHOWN} more" if len(line.ids) > _SHOWN else ""
    return f"{line.text} [{', '.join(line.ids[:_SHOWN])}{more}]"


def _entry(label: str, text: str, width: int, style: Style) -> Iterator[str]:
    room = max(width - LABEL - 2, 20)
    parts = wrapped(one_line(text), room, break_words=False, hyphens=False)
    for number, part in enumerate(parts):
        head = style("hint", f"{one_line(label) if not number else '':<{LABEL}}")
        yield f"  {head}{part}"
