"""The frame of the page: its head, its menu and filters, the sections in order, its foot."""

from __future__ import annotations

import gzip
import hashlib
import json
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from ...record.dataset import Dataset
from ...record.description.context import Context, context
from ...record.ledger.entries import ledger
from ...tabular.package import Package
from ...tabular.package.citation import cite
from ..job import Job
from ..jsonld import dataset as schema_org
from .facets import bar, facets, names
from .figure.colours import rules
from .markup import Markup, data_block, element, join
from .section import Inputs, Section, read
from .sections import SECTIONS

#: With more records than this, the page does not lay out what is out of view.
_MANY = 1000

STYLES = ("palette.css", "figures.css", "tools.css", "page.css")
PROGRAMS = (
    *("packed.js", "canon.js", "sha256.js", "verify.js", "search.js", "roving.js"),
    *("page.js", "ledger.js", "view.js", "check.js"),
)


def document(job: Job, dataset: Dataset) -> str:
    """The page: one HTML document that loads nothing."""
    inputs = Inputs(job, context(dataset), ledger(job.package))
    sections = [section for make in SECTIONS if (section := make(inputs)) is not None]
    page = element(
        "html",
        _head(job, inputs.context),
        _body(job, inputs.context, sections),
        lang="en",
    )
    return f"<!DOCTYPE html>\n{page}\n"


def programs(job: Job) -> tuple[str, ...]:
    """The names of the programs of the page."""
    return (*PROGRAMS, "ask.js") if job.sql_js else PROGRAMS


def _head(job: Job, context: Context) -> Markup:
    package, style = job.package, "".join(map(read, STYLES)) + rules()
    allowed = [_hash(read(name)) for name in programs(job)]
    if job.sql_js:
        allowed.append("'wasm-unsafe-eval'")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {' '.join(allowed)}",
            *(["worker-src blob:"] if job.sql_js else []),
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
        data_block("application/ld+json", _json(_about(package, context))),
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pack(value: Any) -> str:
    """A value as compressed JSON in base64."""
    return b64encode(gzip.compress(_json(value).encode("utf-8"), mtime=0)).decode("ascii")


def _title(package: Package) -> str:
    return str(package.descriptor.get("title") or package.name)


def _about(package: Package, context: Context) -> dict[str, Any]:
    """The record in terms of schema.org, for search engines."""
    sources = [
        {
            "@type": "NewsArticle",
            "name": row.title,
            "url": row.url,
            "datePublished": str(row.published_earliest or ""),
            "publisher": {"@type": "Organization", "name": context.name(row.publisher_id)},
        }
        for row in context.dataset.sources
    ]
    node = schema_org(package)
    node = {name: value for name, value in node.items() if ":" not in name}
    return {"@context": {"@vocab": "https://schema.org/"}} | node | {"isBasedOn": sources}


def _body(job: Job, context: Context, sections: Sequence[Section]) -> Markup:
    package = job.package
    by_record = facets(context)
    data: dict[str, Any] = {
        "facets": by_record,
        "names": names(context),
        "citation": cite(package).text,
    }
    blocks: dict[str, Any] = {}
    packed: dict[str, Any] = {}
    for section in sections:
        data |= section.data
        blocks |= section.blocks
        packed |= section.packed
    return element(
        "body",
        element("a", "Skip to the finding", href="#exchange", class_="skip"),
        _masthead(package, context),
        element("div", element("div", _menu(sections), bar(context, by_record)), class_="bar"),
        _view(),
        element("main", *(section.markup() for section in sections)),
        _foot(package),
        *(
            data_block("application/json", json.dumps(value, separators=(",", ":")), name)
            for name, value in blocks.items()
        ),
        data_block("application/json", _json(data), "data"),
        *(data_block("text/plain", pack(value), name) for name, value in packed.items()),
        *(element("script", Markup(read(name))) for name in programs(job)),
        class_="many" if len(by_record) > _MANY else None,
    )


def _masthead(package: Package, context: Context) -> Markup:
    name, _, rest = _title(package).partition(": ")
    description = str(package.descriptor.get("description") or "")
    sources, passages = len(context.dataset.sources), len(context.dataset.evidence)
    told = (
        f"Version {package.version}" if package.version else None,
        f"{sources} source{'' if sources == 1 else 's'}",
        f"{passages} passage{'' if passages == 1 else 's'} of evidence",
    )
    return element(
        "header",
        element("h1", name, element("span", rest) if rest else None),
        element("p", " · ".join(words for words in told if words), class_="kicker"),
        element("p", description, class_="lede") if description else None,
        class_="masthead",
    )


def _menu(sections: Sequence[Section]) -> Markup:
    return element(
        "nav",
        *(element("a", section.menu, href=f"#{section.anchor}") for section in sections),
        aria_label="Sections of this page",
    )


def _view() -> Markup:
    """The dialog of "Cite this view"."""
    return element(
        "dialog",
        element("h2", "Cite this view", id="view-head"),
        element("textarea", id="view-text", readonly=True, rows=14, aria_labelledby="view-head"),
        element(
            "p",
            element("button", "Copy", type="button", id="view-copy"),
            " ",
            element("button", "Close", type="button", id="view-close"),
            " ",
            element("output", id="view-said", aria_live="polite"),
        ),
        id="view",
        aria_labelledby="view-head",
    )


def _foot(package: Package) -> Markup:
    version = f" {package.version}" if package.version else ""
    return element(
        "footer",
        element(
            "p",
            join(element("b", package.name), version),
            ". This page loads nothing from a server and stores nothing about you.",
        ),
    )
