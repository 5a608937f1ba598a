"""The claims that contradict each other, side by side."""

from __future__ import annotations

from ....record import models
from ....record.contradictions import KINDS
from ....record.datewords import date_words
from ....record.description.context import Context
from ..markup import Markup, element, link
from ..section import Inputs, Section


def section(inputs: Inputs) -> Section:
    """The section, with the pairs in the order of the record."""
    return Section(
        anchor="claims-against",
        menu="Claims",
        heading="Claim against claim",
        intro="Each claim with the claims that contradict it, in our own words. A claim is in the record "
        "because a source reports it, not because it is true.",
        content=(_pairs(inputs.context),),
    )


def _pairs(context: Context) -> Markup:
    """Each claim of one side, once, with the claims that contradict it.

    Speakers of one country are always on the same side.
    """
    lefts: dict[str, models.Claim] = {}
    against: dict[str, list[tuple[models.Claim, str]]] = {}
    for pair in context.dataset.contradictions:
        claims = [context.rows[pair.claim_id], context.rows[pair.other_id]]
        left, right = sorted(
            (row for row in claims if isinstance(row, models.Claim)),
            key=lambda row: (_country(context, row), row.claim_id),
        )
        lefts[left.claim_id] = left
        against.setdefault(left.claim_id, []).append((right, KINDS[pair.kind]))
    return element(
        "ol",
        *(_group(context, left, against[name]) for name, left in lefts.items()),
        class_="pairs",
        data_roving="a",
    )


def _group(context: Context, left: models.Claim, others: list[tuple[models.Claim, str]]) -> Markup:
    return element(
        "li",
        _side(context, left),
        element(
            "ul",
            *(
                element(
                    "li",
                    element("span", "contradicts", class_="versus", title=kind),
                    _side(context, other),
                    data_id=f"{left.claim_id} {other.claim_id}",
                )
                for other, kind in others
            ),
        ),
        data_id=" ".join([left.claim_id, *(other.claim_id for other, _ in others)]),
    )


def _country(context: Context, claim: models.Claim) -> str:
    actor = context.rows.get(claim.claimant_id)
    return (actor.country if isinstance(actor, models.Actor) else None) or "~"


def _side(context: Context, claim: models.Claim) -> Markup:
    voice = ""
    if claim.voiced_by_id and claim.voiced_by_id != claim.claimant_id:
        voice = f", through {context.name(claim.voiced_by_id)}"
    return element(
        "blockquote",
        element("p", claim.text, class_="said"),
        element(
            "footer",
            element("b", context.name(claim.claimant_id)),
            f"{voice}, {_said_on(context, claim)}",
            " ",
            link(claim.claim_id, class_="id"),
        ),
    )


def _said_on(context: Context, claim: models.Claim) -> str:
    """When a claim was made, in words."""
    event = context.rows.get(claim.said_in_event_id or "")
    edtf = event.date_edtf if isinstance(event, models.Event) else claim.date_edtf
    return date_words(edtf) if edtf else "undated"
