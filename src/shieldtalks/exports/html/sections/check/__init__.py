"""The part of the page that checks a reader's own copy of an article."""

from __future__ import annotations

from typing import Any

from ...record.description.context import Context, target
from .markup import Markup, element, join, outward


def form(context: Context) -> Markup:
    """Where a copy is chosen or dropped, and where its result appears."""
    return join(
        element(
            "div",
            element(
                "label",
                element("b", "Choose a copy"),
                " or drop it here: plain text in UTF-8. It is read by this page and goes nowhere else.",
                for_="copy",
            ),
            element("input", type="file", id="copy", accept=".txt,text/plain", multiple=True),
            id="drop",
            hidden=True,
        ),
        element(
            "p",
            "Here, this needs JavaScript. On a command line: ",
            element("code", "shieldtalks verify --copy src-0001=FILE --show"),
            class_="without",
        ),
        element("div", id="results", aria_live="polite"),
        element(
            "ul",
            *(
                element("li", outward(row.url, row.title), f", {context.name(row.publisher_id)}")
                for row in context.dataset.sources
            ),
            class_="copies",
        ),
    )


def anchors(context: Context) -> dict[str, Any]:
    """Sources by identifier with their titles; rows of evidence as the check needs them."""
    return {
        "sources": {row.source_id: row.title for row in context.dataset.sources},
        "evidence": [
            {
                "id": row.evidence_id,
                "source": row.source_id,
                "record": target(row),
                "field": row.field,
                "start": row.start,
                "length": row.length,
                "sha256": row.sha256,
            }
            for row in context.dataset.evidence
        ],
    }
