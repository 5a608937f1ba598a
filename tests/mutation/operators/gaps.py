"""Cells that lost their value."""

from __future__ import annotations

from tests.mutation.mutants import CANNOT, MUST, SPREAD

from .base import filled, in_cells

EMPTY_SEEN = {
    "sources.reference_id",
    "actors.reference_id",
    "events.reference_id",
    "responses.event_id",
    "responses.date_edtf",
    "responses.date_basis",
    "claims.said_in_event_id",
    "claims.date_edtf",
    "claims.date_basis",
    "evidence.event_id",
    "evidence.proposal_id",
    "evidence.response_id",
    "evidence.claim_id",
    "codings.event_id",
    "codings.proposal_id",
    "codings.response_id",
    "proposals.combination",
}

in_cells(
    "required-emptied",
    MUST,
    "A cell that needs a value is empty.",
    lambda cell: cell.required and filled(cell),
    lambda _: [""],
)
in_cells(
    "optional-emptied-seen",
    MUST,
    "A cell that may be empty is emptied where a rule ties it to others: references of outside "
    "knowledge, the occasion or date of an answer or a claim, the row of a span or a code, `combination`.",
    lambda cell: cell.place in EMPTY_SEEN and filled(cell),
    lambda _: [""],
    2 * SPREAD,
)
in_cells(
    "optional-emptied",
    CANNOT,
    "Any other cell that may be empty is emptied.",
    lambda cell: (
        not cell.required and filled(cell) and not cell.derived and cell.place not in EMPTY_SEEN
    ),
    lambda _: [""],
)
