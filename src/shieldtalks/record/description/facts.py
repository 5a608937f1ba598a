"""The facts that are shown for each kind of row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .. import models
from ..datewords import date_words
from .context import Context, target
from .shape import Fact

Facts = Iterator[Fact]


def lines(context: Context, record_id: str) -> tuple[Fact, ...]:
    """The facts of a record. Facts with the same label follow each other. Empty ones are left out."""
    row = context.rows[record_id]
    by_label: dict[str, list[Fact]] = {}
    for fact in (*_FACTS[row.table.name](context, row), *_coders(context, record_id)):
        if fact.text:
            by_label.setdefault(fact.label, []).append(fact)
    return tuple(fact for facts in by_label.values() for fact in facts)


def _coders(context: Context, record_id: str) -> Facts:
    """How the two independent codings had a row."""
    for row in context.comparisons(record_id):
        a, b = context.label(row, "coding_a"), context.label(row, "coding_b")
        fields = f"; differing: {row.fields}" if row.fields else ""
        settled = context.label(row, "settled_by")
        yield Fact("two codings", f"first: {a}, second: {b}{fields}; settled by {settled}")


def against(context: Context, claim_id: str) -> tuple[Fact, ...]:
    """The claims that contradict a claim."""
    others = context.contradicted.get(claim_id, ())
    return tuple(_link(context, "contradicts", other) for other in others)


def _link(context: Context, label: str, record_id: str | None) -> Fact:
    if not record_id:
        return Fact(label, "")
    return Fact(label, context.name(record_id), (record_id,))


def _links(context: Context, label: str, table: str, field: str, record_id: str) -> Facts:
    """One fact for each row of a table that refers to a record."""
    for row in context.referring(table, field, record_id):
        yield _link(context, label, getattr(row, type(row).table.key[0]))


def _person(context: Context, label: str, actor_id: str | None, event_id: str | None) -> Fact:
    text = context.person(actor_id, event_id)
    return Fact(label, text, (actor_id,) if actor_id else ())


def _occasion(context: Context, label: str, event_id: str | None) -> Facts:
    """The event in which something was done or said, and its date."""
    event = context.rows.get(event_id or "")
    yield _link(context, label, event_id)
    if isinstance(event, models.Event):
        yield Fact("date", context.when(event))


def _codings(context: Context, field: str, record_id: str) -> Facts:
    for row in context.referring("codings", field, record_id):
        label = "action code" if row.rank == 1 else "other code"
        reason = f" - {row.reason}" if row.reason else ""
        yield Fact(label, _scored(context, row.code_id) + reason, (row.code_id, row.coding_id))


def _scored(context: Context, code_id: str) -> str:
    code = context.rows.get(code_id)
    if not isinstance(code, models.Code):
        return code_id
    words = f"{code.scheme.upper()} {code.code}: {code.label}"
    if code.score is None:
        return words
    other = f" ({code.score_variant:+g} in ICEWS)" if code.score_variant is not None else ""
    return f"{words}, score {code.score:+g}{other}"


def _source(context: Context, row: models.Source) -> Facts:
    yield Fact("kind", context.label(row, "kind"))
    yield Fact("title", f"{row.title} ({context.label(row, 'title_basis')})")
    yield _link(context, "published by", row.publisher_id)
    yield _link(context, "news agency", row.agency_id)
    yield Fact("byline", row.byline or "")
    yield Fact("dateline", row.dateline or "")
    yield Fact("date", context.when(row, "published"))
    yield _link(context, "dated by", row.reference_id)
    yield Fact("language", row.language)
    yield Fact("address", row.url or "")
    yield Fact("rights", context.label(row, "rights"))
    yield Fact(
        "canonical",
        f"{row.canon_version}, {row.canon_length} characters, SHA-256 {row.canon_sha256}",
    )
    spans = context.referring("evidence", "source_id", row.source_id)
    for field in ("event_id", "proposal_id", "response_id", "claim_id"):
        ids = tuple(dict.fromkeys(getattr(span, field) for span in spans if getattr(span, field)))
        yield _rows("evidence for", "", field.removesuffix("_id"), ids)
    yield Fact("notes", row.notes or "")


def _rows(label: str, where: str, what: str, ids: tuple[str, ...]) -> Fact:
    """A fact about several rows: their number and their identifiers."""
    many = "" if len(ids) == 1 else "s"
    return Fact(label, f"{where}{len(ids)} {what}{many}" if ids else "", ids)


def _actor(context: Context, row: models.Actor) -> Facts:
    actor = row.actor_id
    yield Fact("kind", context.label(row, "kind"))
    yield Fact("country", row.country or "")
    yield _link(context, "belongs to", row.member_of_id)
    yield Fact("Wikidata", row.wikidata_id or "")
    yield Fact("CAMEO actor", row.cameo_actor or "")
    yield _link(context, "settled by", row.reference_id)
    yield from _links(context, "includes", "actors", "member_of_id", actor)
    for alias in context.referring("aliases", "actor_id", actor):
        yield Fact("also called", f"{alias.alias} ({context.label(alias, 'kind')})")
    for part in context.referring("participants", "actor_id", actor):
        office = f" as {part.capacity}" if part.capacity else ""
        words = f"{context.label(part, 'role')}{office}: {context.name(part.event_id)}"
        yield Fact("took part", words, (part.event_id,))
    for table, field, label in _DEEDS:
        yield from _links(context, label, table, field, actor)
    yield Fact("notes", row.notes or "")


#: What an actor does in the record: table, field, and the label of the fact.
_DEEDS = (
    ("proposals", "proposer_id", "proposed"),
    ("proposals", "voiced_by_id", "voiced"),
    ("proposals", "addressee_id", "was asked"),
    ("responses", "responder_id", "answered"),
    ("responses", "voiced_by_id", "voiced"),
    ("claims", "claimant_id", "claimed"),
    ("propositions", "about_actor_id", "subject of"),
    ("sources", "publisher_id", "published"),
    ("sources", "agency_id", "wrote"),
)


def _event(context: Context, row: models.Event) -> Facts:
    event = row.event_id
    yield Fact("what", row.description)
    yield Fact("status", context.label(row, "status"))
    yield Fact("date", context.when(row))
    yield _link(context, "dated by", row.reference_id)
    yield Fact("place", ", ".join(part for part in (row.place, row.country) if part))
    for part in context.referring("participants", "event_id", event):
        office = f" ({part.capacity})" if part.capacity else ""
        role = context.label(part, "role")
        yield Fact(role, context.name(part.actor_id) + office, (part.actor_id,))
    yield Fact("factuality", _factuality(context, row))
    yield Fact("condition", row.condition or "")
    yield _link(context, "announced in", row.announced_in_id)
    yield from _links(context, "announces", "events", "announced_in_id", event)
    yield from _links(context, "proposed here", "proposals", "made_in_event_id", event)
    yield from _links(context, "answered here", "responses", "event_id", event)
    yield from _links(context, "said here", "claims", "said_in_event_id", event)
    yield from _links(context, "subject of", "propositions", "about_event_id", event)
    yield from _codings(context, "event_id", event)
    yield Fact("notes", row.notes or "")


def _factuality(context: Context, row: Any) -> str:
    return f"{context.label(row, 'factuality')} ({row.factuality})"


def _proposal(context: Context, row: models.Proposal) -> Facts:
    proposal, occasion = row.proposal_id, row.made_in_event_id
    yield Fact("what", row.description)
    yield Fact("measure", context.label(row, "measure"))
    yield Fact("kind", f"{context.label(row, 'kind')}, {context.label(row, 'form')}")
    yield _person(context, "proposed by", row.proposer_id, occasion)
    yield _person(context, "voiced by", row.voiced_by_id, occasion)
    yield _person(context, "addressed to", row.addressee_id, occasion)
    yield from _occasion(context, "made in", occasion)
    yield Fact("state", context.states.get(proposal, ""))
    yield _link(context, "part of", row.part_of_id)
    yield from _links(context, "part", "proposals", "part_of_id", proposal)
    yield Fact("combination", context.label(row, "combination") if row.combination else "")
    yield _link(context, "restates", row.restates_id)
    yield from _links(context, "restated by", "proposals", "restates_id", proposal)
    yield _link(context, "in answer to", row.in_answer_to_id)
    yield from _links(context, "answered with", "proposals", "in_answer_to_id", proposal)
    yield _link(context, "maybe same as", row.perhaps_same_as_id)
    yield from _links(context, "maybe same as", "proposals", "perhaps_same_as_id", proposal)
    yield Fact("condition", row.condition or "")
    for answer in context.referring("responses", "proposal_id", proposal):
        yield Fact("answer", _answer(context, answer), (answer.response_id,))
    yield from _links(context, "subject of", "propositions", "about_proposal_id", proposal)
    yield from _codings(context, "proposal_id", proposal)
    yield Fact("notes", row.notes or "")


def _answer(context: Context, row: models.Response) -> str:
    """An answer in one line: the party, the move, the speaker with the office, the date."""
    words = f"{context.name(row.responder_id)}: {context.possibly(row)}{context.move(row)}"
    if row.voiced_by_id:
        words += f", in the words of {context.speaker(row.voiced_by_id, row.event_id)}"
    event = context.rows.get(row.event_id or "")
    when = context.when(event if isinstance(event, models.Event) else row)
    return f"{words}, {when}" if when else words


def _response(context: Context, row: models.Response) -> Facts:
    yield _link(context, "answers", row.proposal_id)
    yield Fact("move", context.label(row, "move"))
    yield Fact("authority", context.label(row, "authority"))
    yield _person(context, "answered by", row.responder_id, row.event_id)
    yield _person(context, "voiced by", row.voiced_by_id, row.event_id)
    yield from _occasion(context, "given in", row.event_id)
    yield Fact("date", context.when(row))
    yield Fact("reason", row.reason or "")
    yield Fact("condition", row.condition or "")
    yield from _codings(context, "response_id", row.response_id)
    yield Fact("notes", row.notes or "")


def _proposition(context: Context, row: models.Proposition) -> Facts:
    yield Fact("topic", context.label(row, "topic"))
    yield from _about(context, row)
    for claim in context.referring("claims", "proposition_id", row.proposition_id):
        yield _link(context, _HELD.get(claim.factuality[2:], "left open"), claim.claim_id)
    for relation in context.referring("relations", "proposition_id", row.proposition_id):
        yield _link(context, context.label(relation, "kind"), relation.other_id)
    for relation in context.referring("relations", "other_id", row.proposition_id):
        kind = context.label(relation, "kind")
        label = kind if relation.kind == "excludes" else _PASSIVE.get(relation.kind, f"{kind} (by)")
        yield _link(context, label, relation.proposition_id)
    yield Fact("notes", row.notes or "")


#: The label of a claim about a proposition, by the sign of its factuality.
_HELD = {"+": "held true", "-": "held false"}

#: The label of a relation, seen from the second proposition.
_PASSIVE = {"implies": "implied by", "qualifies": "qualified by", "supports": "supported by"}


def _about(context: Context, row: models.Proposition) -> Facts:
    for record_id in (row.about_event_id, row.about_proposal_id, row.about_actor_id):
        yield _link(context, "about", record_id)


def _claim(context: Context, row: models.Claim) -> Facts:
    occasion = row.said_in_event_id
    proposition = context.rows.get(row.proposition_id)
    yield _link(context, "proposition", row.proposition_id)
    if isinstance(proposition, models.Proposition):
        yield Fact("topic", context.label(proposition, "topic"))
    yield _person(context, "view of", row.claimant_id, occasion)
    yield _person(context, "voiced by", row.voiced_by_id, occasion)
    yield from _occasion(context, "said in", occasion)
    yield Fact("date", context.when(row))
    if isinstance(proposition, models.Proposition):
        yield from _about(context, proposition)
    yield Fact("speech act", context.label(row, "speech_act"))
    yield Fact("factuality", _factuality(context, row))
    yield Fact("standing", context.label(row, "standing"))
    yield Fact("notes", row.notes or "")


def _evidence(context: Context, row: models.Evidence) -> Facts:
    yield _link(context, context.label(row, "stance"), target(row))


def _coding(context: Context, row: models.Coding) -> Facts:
    yield _link(context, "codes", target(row))
    yield Fact("code", _scored(context, row.code_id), (row.code_id,))
    yield Fact("rank", "main code" if row.rank == 1 else "alternative")
    yield Fact("reason", row.reason or "")


def _code(context: Context, row: models.Code) -> Facts:
    yield Fact("vocabulary", row.scheme)
    yield Fact("meaning", row.definition)
    if row.decides is not None:
        yield Fact("decides", "yes" if row.decides else "no")
    yield Fact("outcome", row.outcome or "")
    yield _link(context, "narrower than", row.parent_id)
    yield from _links(context, "broader than", "codes", "parent_id", row.code_id)
    if row.score is not None:
        yield Fact("score", _scored(context, row.code_id).rpartition("score ")[2])
    for table, field, ids in context.uses(row):
        yield _rows("used in", f"{table}.{field}: ", "row", ids)
    yield Fact("notes", row.notes or "")


def _reference(context: Context, row: models.Reference) -> Facts:
    yield Fact("publisher", row.publisher or "")
    yield Fact("date", date_words(row.date_edtf) if row.date_edtf else "")
    yield Fact("address", row.url or "")
    yield Fact("rights", context.label(row, "rights") if row.rights else "")
    yield Fact("confidence", context.label(row, "confidence"))
    yield Fact("what", row.citation or "")
    for table in ("sources", "actors", "events"):
        yield from _links(context, "settles", table, "reference_id", row.reference_id)
    for one in context.referring("corroborations", "reference_id", row.reference_id):
        about = target(one) or ""
        ids = (about, one.corroboration_id)
        yield Fact(context.label(one, "relation"), context.name(about), ids)
    yield Fact("notes", row.notes or "")


def _corroboration(context: Context, row: models.Corroboration) -> Facts:
    yield _link(context, context.label(row, "relation"), target(row))
    yield Fact("field", row.field or "")
    yield Fact("document says", row.note)
    yield _link(context, "document", row.reference_id)


_FACTS: dict[str, Callable[[Context, Any], Facts]] = {
    "sources": _source,
    "actors": _actor,
    "events": _event,
    "proposals": _proposal,
    "responses": _response,
    "propositions": _proposition,
    "claims": _claim,
    "evidence": _evidence,
    "codings": _coding,
    "codes": _code,
    "references": _reference,
    "corroborations": _corroboration,
}
