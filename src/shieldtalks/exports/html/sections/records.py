"""The records: every row in words, under its own permanent link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from ....record.description import Description, Fact, Outside, Support, describe
from ....record.description.context import Context
from ....record.description.outside import CAUTION, HEADING
from ....record.ledger.entries import Entry
from ....tabular.package.citation import cite
from ..facets import KINDS
from ..markup import Child, Markup, element, join, link, outward
from ..section import Inputs, Section
from .ledger.matrix import decided, state_class, word

#: A text that is one web address.
_ADDRESS = re.compile(r"https?://\S+")

#: The mean length of headings of which two are beside each other, in characters.
_SHORT = 56


def section(inputs: Inputs) -> Section:
    """The section: the records by table, the codes, the withdrawn identifiers."""
    context = inputs.context
    entries = {entry.proposal_id: entry for entry in inputs.entries}
    records = {
        table: [
            describe(context.dataset, getattr(row, row.table.key[0]))
            for row in getattr(context.dataset, table)
        ]
        for table in KINDS
    }
    bibtex = {one.record_id: one.citation.bibtex for all_ in records.values() for one in all_}
    return Section(
        anchor="records",
        menu="Records",
        heading="Every record",
        intro="One line for each row.",
        how="Open a line to read the row in words, with the passages that support it, the chain of "
        "speakers, and how to cite it. The link to a record is permanent.",
        content=(
            *(_table(context, table, records[table], entries) for table in KINDS),
            element("h3", "Codes", id="codes"),
            element(
                "p",
                "Some fields have a fixed list of values. Open a list to see its codes and what they mean.",
                class_="intro how",
            ),
            element(
                "div", _vocabulary(context), class_="vocabulary", data_roving=".codes > summary"
            ),
            _withdrawn(context),
        ),
        packed={"bibtex": bibtex},
    )


def _table(
    context: Context, table: str, records: Sequence[Description], entries: dict[str, Entry]
) -> Markup:
    """The records of one table."""
    return element(
        "section",
        element(
            "details",
            element(
                "summary",
                element(
                    "h3",
                    KINDS[table][0],
                    " ",
                    element("span", str(len(records)), class_="count"),
                    id=table,
                ),
            ),
            element(
                "div",
                *(_article(context, record, entries.get(record.record_id)) for record in records),
                class_="lines" if _are_short(records) else None,
            ),
            class_="fold",
            open=True,
        ),
        class_="kind",
        aria_labelledby=table,
        data_roving=".fold > summary, .record > summary",
    )


def _are_short(records: Sequence[Description]) -> bool:
    """Whether the headings are so short that a wide screen has room for two beside each other."""
    return sum(len(record.heading) for record in records) <= _SHORT * len(records)


def _article(context: Context, record: Description, entry: Entry | None) -> Markup:
    """One record, folded to its heading; a proposal also has its entry in the ledger."""
    return element(
        "details",
        element(
            "summary",
            element(
                "h4",
                element("span", record.record_id, class_="id"),
                " ",
                record.heading,
            ),
            element("span", word(entry), class_=f"pill {state_class(entry)}") if entry else None,
        ),
        link(record.record_id, "Link to this record", class_="permalink"),
        element("p", decided(entry, context), class_="by")
        if entry and decided(entry, context)
        else None,
        _facts(
            context,
            [line for line in record.lines if line.label != "state"] + [*record.claims_against],
        ),
        _evidence(record) if record.evidence else None,
        _outside(record) if record.outside else None,
        _cite(context, record),
        id=record.record_id,
        class_="record",
    )


def _facts(context: Context, lines: Sequence[Fact]) -> Markup:
    values: dict[str, list[Markup]] = {}
    for line in lines:
        values.setdefault(line.label, []).append(element("dd", *_fact(context, line)))
    return element("dl", *(join(element("dt", label), *found) for label, found in values.items()))


def _fact(context: Context, line: Fact) -> list[Child]:
    """A fact with links to what it names. A coding has no record of its own: its identifier is here."""
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


def _evidence(record: Description) -> Markup:
    sources = len({support.source_id for support in record.evidence})
    return element(
        "details",
        element(
            "summary",
            "Evidence: ",
            _number(len(record.evidence), "passage"),
            " in ",
            _number(sources, "source"),
        ),
        element("ul", *(_support(one) for one in record.evidence), class_="evidence"),
        element("a", "Check them in your own copy", href="#check"),
    )


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _support(one: Support) -> Markup:
    return element(
        "li",
        element("span", one.evidence_id, class_="id"),
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


def _outside(record: Description) -> Markup:
    """What outside documents say of the record, apart from its evidence."""
    return element(
        "details",
        element("summary", f"{HEADING}: {len(record.outside)} ", _soft(f"({CAUTION})")),
        element("ul", *(_document(one) for one in record.outside), class_="outside"),
        class_="outside",
    )


def _document(one: Outside) -> Markup:
    return element(
        "li",
        element("span", one.corroboration_id, class_="id"),
        f" {one.relation}",
        f" (the field {one.field})" if one.field else None,
        f": {one.note}",
        element("br"),
        link(one.reference_id, one.document),
        _soft(f", confidence: {one.confidence}") if one.confidence else None,
        id=one.corroboration_id,
    )


def _soft(text: str) -> Markup:
    return element("span", text, class_="soft")


def _cite(context: Context, record: Description) -> Markup:
    """How to cite the record. The citation of the package is put in when this is opened."""
    package = context.dataset.package
    own, whole = record.citation.text, cite(package).text
    name = f"{package.name} {package.version or ''}".strip()
    ends = bool(whole) and own.endswith(whole)
    words = [own.removesuffix(whole), element("a", name, href="#take"), "."] if ends else [own]
    return element(
        "details",
        element("summary", "Cite"),
        element("p", *words, class_="citation"),
        element("p", _versions(record), class_="soft") if record.first_version else None,
        class_="cite",
    )


def _versions(record: Description) -> str:
    """In which versions the record changed, as far as the changelog names it."""
    if record.changed_in:
        return f"Added or changed in version {', '.join(record.changed_in)}."
    return f"Not changed since version {record.first_version}, as far as the changelog says."


def _vocabulary(context: Context) -> Markup:
    """The terms of every vocabulary, each with its own link."""
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


def _withdrawn(context: Context) -> Markup | None:
    """The identifiers that are no longer used, each with its own link and its replacement."""
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
