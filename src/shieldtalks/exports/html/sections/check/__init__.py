"""The check: the evidence is compared with a copy of an article that the reader has."""

from __future__ import annotations

from typing import Any

from .....record.description.context import Context, target
from ...markup import Markup, element, join, outward
from ...section import Inputs, Section
from .folding import tables


def section(inputs: Inputs) -> Section:
    """The section, with the data that the check needs."""
    return Section(
        anchor="check",
        menu="Check a copy",
        heading="Check the record against your own copy",
        intro="This page does not contain the text of the articles. It contains the position and "
        "the hash of each passage. If you have a copy of an article, the page finds out which article "
        "it is, and checks that each passage is in it. Line breaks, quotation marks, hyphenation and "
        "text around the article make no difference. A changed word does.",
        content=(_form(inputs.context),),
        data={"check": _anchors(inputs.context)},
        blocks={"canon-tables": tables()},
    )


def _form(context: Context) -> Markup:
    """The field for a copy, the place for its result, and the list of articles."""
    return join(
        element(
            "div",
            element(
                "label",
                element("b", "Choose a copy"),
                " or drop it here. It must be plain text in UTF-8. The file stays on your computer.",
                for_="copy",
            ),
            element("input", type="file", id="copy", accept=".txt,text/plain", multiple=True),
            element("label", element("b", "Or paste a text"), for_="paste"),
            element("textarea", id="paste", rows=4),
            element("button", "Check this text", type="button", id="check-paste"),
            id="drop",
            hidden=True,
        ),
        element(
            "p",
            "To check a copy on this page, turn on JavaScript. You can also use the command line: ",
            element("code", "shieldtalks verify --copy src-0001=FILE --show"),
            class_="without",
        ),
        element("div", id="results", aria_live="polite"),
        element("p", "The articles are:", class_="copies"),
        element(
            "ul",
            *(
                element("li", outward(row.url, row.title), f", {context.name(row.publisher_id)}")
                for row in context.dataset.sources
            ),
            class_="copies",
        ),
    )


def _anchors(context: Context) -> dict[str, Any]:
    """The titles of the sources by identifier, and the rows of evidence.

    The hash of a row is in its record.
    """
    return {
        "sources": {row.source_id: row.title for row in context.dataset.sources},
        "evidence": [
            [row.evidence_id, row.source_id, target(row), row.field, row.start, row.length]
            for row in context.dataset.evidence
        ],
    }
