"""The claims that contradict each other, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....record import models
from ....record.contradictions import KINDS
from ....record.datewords import date_words
from ....record.description.context import Context
from ..markup import Markup, element, link
from ..section import Inputs, Section, nothing


def section(inputs: Inputs) -> Section:
    """The section, with the pairs in the order of the record."""
    return Section(
        anchor="claims-against",
        menu="Claims",
        heading="Claim against claim",
        intro="Claims that contradict each other, in our own words, and why they do. A claim is in the "
        "record because a source reports it, not because it is true.",
        content=(_pairs(inputs.context) or nothing("claims that contradict each other"),),
    )


def _pairs(context: Context) -> Markup | None:
    """The claims of one side, each once, beside the claims that contradict them.

    Claims that the same claims contradict for the same reasons are together, so that nothing is said
    again and again. Speakers of one country are always on the same side.
    """
    against: dict[str, dict[str, str]] = {}
    for pair in context.dataset.contradictions:
        left, right = sorted(
            (pair.claim_id, pair.other_id), key=lambda name: (_country(context, name), name)
        )
        against.setdefault(left, {})[right] = KINDS[pair.kind]
    groups: dict[frozenset[tuple[str, str]], list[str]] = {}
    for left, others in against.items():
        groups.setdefault(frozenset(others.items()), []).append(left)
    if not groups:
        return None
    return element(
        "ol",
        *(_group(context, lefts, against[lefts[0]]) for lefts in groups.values()),
        class_="pairs",
        data_roving="a",
    )


def _group(context: Context, lefts: list[str], others: Mapping[str, str]) -> Markup:
    """Some claims, and beside them the claims that contradict each of them, by reason."""
    return element(
        "li",
        element("div", *(_side(context, left) for left in lefts), class_="held-by-one"),
        element(
            "div",
            *(
                element(
                    "div",
                    element("p", reason, class_="versus"),
                    element(
                        "ul",
                        *(
                            element("li", _side(context, other), data_id=" ".join([*lefts, other]))
                            for other, why in others.items()
                            if why == reason
                        ),
                    ),
                    class_="because",
                )
                for reason in dict.fromkeys(others.values())
            ),
        ),
        data_id=" ".join([*lefts, *others]),
    )


def _country(context: Context, claim_id: str) -> str:
    actor = context.rows.get(_claim(context, claim_id).claimant_id)
    return (actor.country if isinstance(actor, models.Actor) else None) or "~"


def _claim(context: Context, claim_id: str) -> models.Claim:
    claim: Any = context.rows[claim_id]
    found: models.Claim = claim
    return found


def _side(context: Context, claim_id: str) -> Markup:
    claim = _claim(context, claim_id)
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
