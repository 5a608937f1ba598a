"""The filters of the page: for each record its kind, actors, measures and sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ...record import models
from ...record.description.context import Context, target
from ...record.measures import Measures
from .markup import Markup, element

#: The tables whose rows are shown as records: their name for several records and for one.
KINDS = {
    "proposals": ("Proposals", "Proposal"),
    "responses": ("Answers", "Answer"),
    "events": ("Events", "Event"),
    "propositions": ("Propositions", "Proposition"),
    "claims": ("Claims", "Claim"),
    "sources": ("Sources", "Source"),
    "actors": ("Actors", "Actor"),
    "references": ("References", "Reference"),
}


class Facets(NamedTuple):
    """The values by which one record can be filtered. Its measures include the broader ones."""

    kind: str
    actors: list[str]
    measures: list[str]
    sources: list[str]


def facets(context: Context) -> dict[str, Facets]:
    """The facets of each record, by its identifier."""
    dataset, tree = context.dataset, Measures(context.dataset.codes)
    sources: dict[str, dict[str, None]] = defaultdict(dict)
    for row in dataset.evidence:
        sources[target(row) or ""][row.source_id] = None
    for claim in dataset.claims:
        sources[claim.proposition_id] |= sources[claim.claim_id]
    by_record: dict[str, Facets] = {}
    for table in KINDS:
        for row in getattr(dataset, table):
            record_id = getattr(row, row.table.key[0])
            by_record[record_id] = Facets(
                table,
                sorted(set(_actors(context, row))),
                tree.known(_measures(context, row)),
                [record_id] if table == "sources" else list(sources[record_id]),
            )
    return by_record


def _actors(context: Context, row: Any) -> Iterator[str]:
    for name in type(row).model_fields:
        value = getattr(row, name)
        if value and name.endswith("_id") and isinstance(context.rows.get(value), models.Actor):
            yield value
    match row:
        case models.Event():
            for part in context.referring("participants", "event_id", row.event_id):
                yield part.actor_id
        case models.Proposal():
            for answer in context.referring("responses", "proposal_id", row.proposal_id):
                yield answer.responder_id
        case models.Proposition():
            for claim in context.referring("claims", "proposition_id", row.proposition_id):
                yield claim.claimant_id
        case models.Claim():
            yield from _about(context.rows[row.proposition_id])
        case models.Response():
            yield from _actors(context, context.rows[row.proposal_id])


def _about(row: models.Record) -> Iterator[str]:
    if isinstance(row, models.Proposition) and row.about_actor_id:
        yield row.about_actor_id


def _measures(context: Context, row: Any) -> Iterator[str]:
    match row:
        case models.Proposal():
            yield row.measure
            for part in context.referring("proposals", "part_of_id", row.proposal_id):
                yield part.measure
        case models.Event():
            for proposal in context.referring("proposals", "made_in_event_id", row.event_id):
                yield proposal.measure
        case models.Response():
            yield from _measures(context, context.rows[row.proposal_id])
        case models.Proposition() if row.about_proposal_id:
            yield from _measures(context, context.rows[row.about_proposal_id])
        case models.Claim():
            yield from _measures(context, context.rows[row.proposition_id])


def names(context: Context) -> dict[str, str]:
    """The other names of each actor that has some, so that a search for one of them finds its records."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in context.dataset.aliases:
        found[row.actor_id].append(row.alias)
    return {actor: ", ".join([context.name(actor), *others]) for actor, others in found.items()}


def bar(context: Context, by_record: dict[str, Facets]) -> Markup:
    """The search field and the filters. They are hidden until the page's program shows them."""
    dataset = context.dataset
    terms = {code.code: code.label for code in dataset.codes if code.scheme == "measure"}
    actors = _used(one for facet in by_record.values() for one in facet.actors)
    measures = _used(one for facet in by_record.values() for one in facet.measures)
    kinds = [(name, words) for name, (words, _) in KINDS.items()]
    return element(
        "form",
        element(
            "label",
            element("span", "Search", class_="unseen"),
            element("input", type="search", id="search", autocomplete="off", placeholder="Search"),
        ),
        element(
            "button",
            "Filters",
            type="button",
            id="filters-open",
            aria_expanded="false",
            aria_controls="filters-more",
        ),
        element(
            "div",
            _choice("actor", "Actor", [(one, context.name(one)) for one in actors]),
            _choice("measure", "Measure", [(one, terms.get(one, one)) for one in measures]),
            _choice("source", "Source", [(row.source_id, row.title) for row in dataset.sources]),
            _choice("kind", "Kind", kinds, ordered=True),
            element("button", "Clear", type="reset"),
            element("button", "Cite this view", type="button", id="cite-view"),
            id="filters-more",
            hidden=True,
        ),
        element(
            "span",
            element("output", id="shown", aria_live="polite"),
            element("button", "Go to first", type="button", id="to-first", hidden=True),
            class_="found",
        ),
        element(
            "p",
            element("span"),
            " ",
            element("button", "Clear search and filters", type="button", id="none-clear"),
            id="none",
            role="status",
            hidden=True,
        ),
        id="filters",
        role="search",
        aria_label="Search and filters",
        hidden=True,
    )


def _used(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _choice(
    name: str, words: str, options: list[tuple[str, str]], *, ordered: bool = False
) -> Markup:
    listed = options if ordered else sorted(options, key=lambda option: option[1].casefold())
    return element(
        "label",
        element("span", words),
        element(
            "select",
            element("option", "any", value=""),
            *(element("option", label, value=value) for value, label in listed),
            id=f"by-{name}",
            data_facet=name,
        ),
    )
