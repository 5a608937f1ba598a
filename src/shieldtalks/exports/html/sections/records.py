"""Every record in words, under its own permanent link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from ...record.description import Description, Fact, Support, describe
from ...record.description.context import Context
from ...record.ledger.entries import Entry
from .facets import KINDS
from .ledger import state
from .markup import Child, Markup, element, join, link, outward

#: An address and nothing else.
_ADDRESS = re.compile(r"https?://\S+")


def sections(context: Context, entries: dict[str, Entry]) -> Markup:
    """A section for each table whose rows are records of their own."""
    return join(*(_section(context, table, entries) for table in KINDS))


def _section(context: Context, table: str, entries: dict[str, Entry]) -> Markup:
    rows = getattr(context.dataset, table)
    ids = [getattr(row, row.table.key[0]) for row in rows]
    return element(
        "section",
        element(
            "h3", KINDS[table][0], " ", element("span", str(len(ids)), class_="count"), id=table
        ),
        *(
            _article(context, describe(context.dataset, record_id), entries.get(record_id))
            for record_id in ids
        ),
        class_="kind",
        aria_labelledby=table,
    )


def _article(context: Context, told: Description, entry: Entry | None) -> Markup:
    return element(
        "article",
        element(
            "h4",
            link(told.record_id, class_="id", aria_label=f"Link to {told.record_id}"),
            " ",
            told.heading,
        ),
        element("p", *state(context, entry), class_="state") if entry else None,
        _facts(
            context, [line for line in told.lines if line.label != "state"] + [*told.claims_against]
        ),
        _evidence(told) if told.evidence else None,
        _cite(told),
        id=told.record_id,
        class_=f"record {told.table}",
        data_id=told.record_id,
    )


def _facts(context: Context, lines: Sequence[Fact]) -> Markup:
    facts: dict[str, list[Markup]] = {}
    for line in lines:
        facts.setdefault(line.label, []).append(element("dd", *_fact(context, line)))
    return element("dl", *(join(element("dt", label), *told) for label, told in facts.items()))


def _fact(context: Context, line: Fact) -> list[Child]:
    """A fact with what it names linked; a coding, which has no record of its own, is named here."""
    own = [name for name in line.ids if name.startswith("cod-") and name in context.rows]
    ids = [name for name in line.ids if name in context.rows and name not in own]
    codings: list[Child] = [
        child for name in own for child in (" ", element("span", name, id=name, class_="id"))
    ]
    if len(ids) == 1:
        return [link(ids[0], line.text), *codings]
    if not ids:
        text = outward(line.text) if _ADDRESS.fullmatch(line.text) else line.text
        return [text, *codings]
    linked: list[Child] = [child for name in ids for child in (" ", link(name, class_="id"))]
    return [line.text, ":", *linked, *codings]


def _evidence(told: Description) -> Markup:
    sources = len({support.source_id for support in told.evidence})
    return element(
        "details",
        element(
            "summary",
            "Evidence: ",
            _number(len(told.evidence), "passage"),
            " in ",
            _number(sources, "source"),
        ),
        element("ul", *(_support(one) for one in told.evidence), class_="evidence"),
    )


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _support(one: Support) -> Markup:
    return element(
        "li",
        element("span", one.evidence_id, class_="id"),
        " ",
        element("span", class_="status", data_evidence=one.evidence_id),
        " ",
        f"{one.stance}, {one.directness}, {one.quotation}",
        f"; for the field {one.field}" if one.field else None,
        element("br"),
        element("span", "According to ", class_="soft"),
        one.chain_words,
        element("br"),
        link(one.source_id, one.source),
        f", {one.place}" if one.place else None,
        element(
            "span",
            f"characters {one.start} to {one.start + one.length}, SHA-256 ",
            element("code", one.sha256),
            class_="anchor",
        ),
        id=one.evidence_id,
    )


def _cite(told: Description) -> Markup:
    return element(
        "details",
        element("summary", "Cite"),
        element("p", told.citation.text, class_="citation"),
        element("pre", told.citation.bibtex),
        element("p", f"Versions: {told.versions}.", class_="soft") if told.versions else None,
        class_="cite",
    )


def vocabulary(context: Context) -> Markup:
    """The terms of every vocabulary, each under its own link."""
    return join(
        *(
            element(
                "details",
                element("summary", scheme),
                element(
                    "dl",
                    *(
                        child
                        for code in codes
                        for child in (
                            element(
                                "dt", element("code", code.code), " ", code.label, id=code.code_id
                            ),
                            element("dd", code.definition),
                        )
                    ),
                ),
                class_="codes",
            )
            for scheme, codes in groupby(context.dataset.codes, key=lambda code: code.scheme)
        )
    )


def withdrawn(context: Context) -> Markup | None:
    """The identifiers that are no longer in use, each under its own link, with what takes its place."""
    rows = context.dataset.retired
    if not rows:
        return None
    return join(
        element("h3", "Withdrawn identifiers", id="retired"),
        element(
            "ul",
            *(
                element(
                    "li",
                    element("span", row.record_id, class_="id"),
                    f", withdrawn in version {row.retired_in}: {row.reason}",
                    join(" See ", link(row.replaced_by), ".") if row.replaced_by else None,
                    id=row.record_id,
                )
                for row in rows
            ),
        ),
    )
