"""The page as a whole: its head, its parts in order, its style and its programs."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from pathlib import Path
from typing import Any

from ...record.dataset import Dataset
from ...record.description.context import Context, context
from ...tabular.package import Package
from ...tabular.package.citation import citation
from ..job import Job
from ..jsonld import dataset as schema_org
from . import check, claims, downloads, folding, records
from . import ledger as ledger_table
from .facets import KINDS, bar, facets
from .markup import Child, Markup, data_block, element, join, outward
from .matrix import Matrix, matrix
from .occasions import items, parties
from .timeline import NARROW, WIDE, Published, draw, scale

_HERE = Path(__file__).parent

STYLES = ("palette.css", "chart.css", "page.css")
PROGRAMS = ("canon.js", "sha256.js", "verify.js", "page.js", "check.js")

#: The parts of the page: anchor and name.
_PARTS = (
    ("timeline", "Timeline"),
    ("ledger", "Ledger"),
    ("claims-against", "Claims"),
    ("records", "Records"),
    ("check", "Check a copy"),
    ("take", "Download and cite"),
)


def document(job: Job, dataset: Dataset) -> str:
    """The page: one HTML document that loads nothing."""
    at_hand, made = context(dataset), matrix(context(dataset))
    head = _head(job.package, at_hand)
    return f"<!DOCTYPE html>\n{element('html', head, _body(job, at_hand, made), lang='en')}\n"


def read(name: str) -> str:
    """A style or a program of the page."""
    return (_HERE / name).read_text(encoding="utf-8")


def _head(package: Package, at_hand: Context) -> Markup:
    style = "".join(map(read, STYLES))
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {' '.join(_hash(read(name)) for name in PROGRAMS)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element(
            "meta", name="description", content=str(package.descriptor.get("description") or "")
        ),
        element("meta", name="referrer", content="no-referrer"),
        element("title", _title(package)),
        element("link", rel="icon", href="data:,"),
        element("style", Markup(style)),
        data_block("application/ld+json", _json(_about(package, at_hand))),
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _title(package: Package) -> str:
    return str(package.descriptor.get("title") or package.name)


def _about(package: Package, at_hand: Context) -> dict[str, Any]:
    """The record in words of schema.org, for search engines; nothing is fetched."""
    sources = [
        {
            "@type": "NewsArticle",
            "name": row.title,
            "url": row.url,
            "datePublished": str(row.published_earliest or ""),
            "publisher": {"@type": "Organization", "name": at_hand.name(row.publisher_id)},
        }
        for row in at_hand.dataset.sources
    ]
    node = schema_org(package)
    node = {name: value for name, value in node.items() if ":" not in name}
    return {"@context": {"@vocab": "https://schema.org/"}} | node | {"isBasedOn": sources}


def _body(job: Job, at_hand: Context, made: Matrix) -> Markup:
    found = facets(at_hand)
    data = {
        "facets": found,
        "ledger": ledger_table.steps(at_hand, made),
        "check": check.anchors(at_hand),
    }
    return element(
        "body",
        element("a", "Skip to the timeline", href="#timeline", class_="skip"),
        _masthead(job.package, at_hand),
        element(
            "div",
            element(
                "nav",
                *(element("a", words, href=f"#{name}") for name, words in _PARTS),
                aria_label="Parts of this page",
            ),
            bar(at_hand, found),
            class_="bar",
        ),
        element(
            "main",
            _timeline(at_hand),
            _ledger(at_hand, made),
            _claims(at_hand),
            _records(at_hand, made),
            _check(at_hand),
            _take(job),
        ),
        _foot(job.package),
        data_block("application/json", json.dumps(folding.tables()), "canon-tables"),
        data_block("application/json", _json(data), "data"),
        *(element("script", Markup(read(name))) for name in PROGRAMS),
    )


def _masthead(package: Package, at_hand: Context) -> Markup:
    name, _, rest = _title(package).partition(": ")
    version = f"Data package, version {package.version}" if package.version else "Data package"
    told = str(package.descriptor.get("description") or "")
    numbers = [
        (table, words)
        for table, (words, _) in KINDS.items()
        if table not in ("actors", "references")
    ]
    return element(
        "header",
        element("p", version, class_="kicker"),
        element("h1", name, element("span", rest) if rest else None),
        element("p", told, class_="lede") if told else None,
        element(
            "ul",
            *(
                element(
                    "li",
                    element("b", str(len(getattr(at_hand.dataset, table)))),
                    f" {words.lower()}",
                )
                for table, words in numbers
            ),
            element("li", element("b", str(len(at_hand.dataset.evidence))), " sealed passages"),
            class_="numbers",
        ),
        class_="masthead",
    )


def _part(name: str, words: str, intro: Child, *content: Child) -> Markup:
    return element(
        "section",
        element("h2", words, id=f"{name}-head"),
        element("p", intro, class_="intro"),
        *content,
        id=name,
        aria_labelledby=f"{name}-head",
    )


def _timeline(at_hand: Context) -> Markup:
    rows = items(at_hand)
    published = publications(at_hand)
    is_even = scale(rows, published, WIDE).is_even
    gaps = "" if is_even else "Long gaps between dates are shortened."
    key = [
        element("li", element("i", class_="dot"), "event"),
        element("li", element("i", class_="dot planned"), "planned or threatened"),
        *(
            element("li", element("i", class_=f"diamond {style}"), words)
            for style, words in proposers(at_hand)
        ),
        element("li", element("i", class_="ring"), "answer"),
        element("li", element("i", class_="bar-key"), "some day within"),
    ]
    return _part(
        "timeline",
        "What happened, and what was put forward",
        "Events by date, each with the proposals made in it and their answers. Where only a span of "
        "time is known, a bar takes the place of the mark; a point at its end means that the span "
        f"is open. {gaps}",
        element(
            "figure",
            element("figcaption", element("ul", *key, class_="key")),
            *(
                element(
                    "div",
                    draw(rows, published, layout, links=True),
                    class_=f"drawing {layout.name}",
                )
                for layout in (WIDE, NARROW)
            ),
        ),
    )


def publications(at_hand: Context) -> list[Published]:
    """When each source was published, with the name of its outlet."""
    return [
        Published(row.published_latest, at_hand.name(row.publisher_id))
        for row in at_hand.dataset.sources
        if row.published_latest
    ]


def proposers(at_hand: Context) -> list[tuple[str, str]]:
    """The classes of colour of proposals, and whose they are."""
    colours = parties(at_hand)
    own = [(style, at_hand.name(actor)) for actor, style in colours.items() if style != "party-0"]
    return [(style, f"proposal by {name}") for style, name in own] + [
        ("party-0", "by another, or not said")
    ]


def _ledger(at_hand: Context, made: Matrix) -> Markup:
    slider = element(
        "p",
        element("label", "As of", for_="as-of"),
        element(
            "input",
            type="range",
            id="as-of",
            min=0,
            max=len(made.moments),
            value=str(len(made.moments)),
            step=1,
        ),
        element("output", "all that is recorded", id="as-of-words", for_="as-of"),
        class_="slider",
        hidden=True,
    )
    return _part(
        "ledger",
        "What became of each proposal",
        "The latest official move decides. What an unnamed source says, or what only the other side "
        "tells, is noted beside the state and never decides it; an answer to a package is no answer "
        "to its parts.",
        slider,
        ledger_table.legend(made),
        element(
            "div",
            ledger_table.table(at_hand, made),
            element("div", class_="now-line", hidden=True),
            class_="scroll",
            role="region",
            tabindex=0,
            aria_label="Table of the ledger",
        ),
    )


def _claims(at_hand: Context) -> Markup:
    return _part(
        "claims-against",
        "Claim against claim",
        "Claims of the record that contradict or qualify each other, in our own words. A claim is "
        "here because a source reports it, not because it is true.",
        claims.pairs(at_hand),
    )


def _records(at_hand: Context, made: Matrix) -> Markup:
    entries = {row.entry.proposal_id: row.entry for row in made.rows}
    return _part(
        "records",
        "Every record",
        "Each row in words, with the passages that support it, who says that who said, and how to "
        "cite it. The link of a record is permanent.",
        records.sections(at_hand, entries),
        element("h3", "Codes", id="codes"),
        element("div", records.vocabulary(at_hand), class_="vocabulary"),
        records.withdrawn(at_hand),
    )


def _check(at_hand: Context) -> Markup:
    return _part(
        "check",
        "Check it against your own copy",
        "No word of the articles is in this page. It holds the place and the hash of each passage, so "
        "a copy of yours shows whether the passage is really there. Line breaks, quotation marks, "
        "hyphenation and text around the article do not matter; a changed word does.",
        check.form(at_hand),
    )


def _take(job: Job) -> Markup:
    package = job.package
    cited = citation(package)
    licences = [
        entry for entry in package.descriptor.get("licenses") or [] if isinstance(entry, dict)
    ]
    return _part(
        "take",
        "Download and cite",
        "The files are inside this page and are saved without a network.",
        downloads.links(job),
        element("p", cited, class_="citation") if cited else None,
        *(
            element(
                "p",
                "Licence of the data: ",
                outward(entry.get("path"), str(entry.get("title") or entry.get("name") or "")),
            )
            for entry in licences
        ),
    )


def _foot(package: Package) -> Markup:
    version = f" {package.version}" if package.version else ""
    return element(
        "footer",
        element(
            "p",
            join(element("b", package.name), version),
            ". This page asks nothing of any server and keeps nothing about its reader.",
        ),
    )
