"""The record as data: filled columns, spread of values, care for what the articles do not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

import shieldtalks
from shieldtalks.record.models import RECORDS, Proposition, Record
from shieldtalks.record.schemas import extras

DATASET = shieldtalks.load()


def rows(record: type[Record]) -> tuple[Record, ...]:
    found: tuple[Record, ...] = getattr(DATASET, record.table.name)
    return found


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.table.name)
def test_no_column_is_constant_or_empty_without_a_reason(record: type[Record]) -> None:
    found = rows(record)
    if not found:
        assert record.table.empty_because, "an empty table says why"
        return
    for name, info in record.model_fields.items():
        values = Counter(getattr(row, name) for row in found)
        filled = len(found) - values.pop(None, 0)
        print(f"{record.table.name}.{name}: filled {filled}/{len(found)}, {len(values)} distinct")
        facts = extras(info)
        if not filled:
            assert "empty_because" in facts, f"{name} is empty"
        elif len(values) == 1 and filled == len(found) and len(found) > 1:
            assert "constant_because" in facts, f"{name} is constant"


def test_reasons_are_not_out_of_date() -> None:
    for record in RECORDS:
        found = rows(record)
        assert not (found and record.table.empty_because), record.table.name
        for name, info in record.model_fields.items():
            values = {getattr(row, name) for row in found}
            if "constant_because" in extras(info):
                assert len(values) <= 1, f"{record.table.name}.{name} is not constant any more"
            if "empty_because" in extras(info):
                assert values == {None}, f"{record.table.name}.{name} is not empty any more"


def test_every_measure_named_in_the_articles_is_a_proposal() -> None:
    measures = {proposal.measure for proposal in DATASET.proposals}
    assert measures >= {
        "radar-colocation",
        "joint-radar-use",
        "information-sharing",
        "joint-technology",
        "transparency",
        "expert-group",
        "site-access",
        "real-time-video",
        "data-exchange-centre",
        "radar-in-russia",
        "basing-in-russia",
        "joint-threat-assessment",
        "equality",
        "cancel-third-site",
        "basing-poland",
        "basing-czech-republic",
        "cooperation-plan",
        "confidence-building",
    }


def one(rows_: tuple[Any, ...], fits: Callable[[Any], bool]) -> Any:
    (row,) = [row for row in rows_ if fits(row)]
    return row


def test_the_rejection_of_2008_is_anonymous_and_of_one_package_only() -> None:
    rejection = one(DATASET.responses, lambda row: row.authority == "anonymous")
    assert rejection.move == "decline"
    voice = DATASET[rejection.voiced_by_id]
    assert voice.kind == "unnamed-source"  # type: ignore[attr-defined]
    earlier = one(DATASET.proposals, lambda row: row.measure == "confidence-building")
    assert rejection.proposal_id != earlier.proposal_id
    assert DATASET.responses_to(earlier.proposal_id) == ()


def test_one_threat_two_reports() -> None:
    threat = one(DATASET.events, lambda row: row.status == "occurred" and "Iskander" in row.label)
    assert threat.condition
    sources = {row.source_id for row in DATASET.evidence_for(threat.event_id)}
    assert sources == {"src-0001", "src-0002"}
    deed = one(DATASET.events, lambda row: row.status == "threatened")
    assert deed.announced_in_id == threat.event_id
    assert deed.condition


def test_what_the_other_side_is_told_to_have_admitted_is_the_tellers_claim() -> None:
    gates = one(DATASET.actors, lambda row: row.name == "Robert M. Gates").actor_id
    russia = one(DATASET.actors, lambda row: row.name == "Russia").actor_id
    granted = [
        claim
        for claim in DATASET.claims
        for held in [DATASET[claim.proposition_id]]
        if isinstance(held, Proposition)
        and held.topic == "iranian-threat"
        and held.about_actor_id == russia
    ]
    assert granted
    assert {claim.claimant_id for claim in granted} == {gates}


def test_the_article_s_own_mistake_is_marked() -> None:
    mistake = one(DATASET.claims, lambda row: row.standing == "erroneous")
    assert mistake.voiced_by_id is None
    assert "Soviet Union" in (mistake.notes or "")


def test_plans_are_not_deeds() -> None:
    planned = [event for event in DATASET.events if event.status in ("planned", "threatened")]
    assert len(planned) >= 4
    assert {event.factuality for event in planned}.isdisjoint({"CT+"})


def test_no_burns_lavrov_talks_are_said_to_have_taken_place() -> None:
    talks = one(DATASET.events, lambda row: "Lavrov" in row.label)
    assert talks.status == "planned"


def test_identifiers_that_nobody_settled_are_empty() -> None:
    """The notes on actors mark them as unsure."""
    unsure = {"Robert M. Gates", "William Burns", "Anatoly E. Serdyukov", "Andrei Nesterenko"}
    found = {row.name: row.wikidata_id for row in DATASET.actors if row.name in unsure}
    assert found == dict.fromkeys(unsure)


#: The rows that a known conflict with outside documents touches, by its number in the curators' list.
CONFLICTS = {
    1: "clm-0009",
    2: "evt-0023",
    3: "prp-0017",
    4: "clm-0043",
    5: "evt-0009",
    6: "rsp-0004",
    7: "prp-0015",
    8: "clm-0052",
    9: "evt-0002",
    10: "prp-0002",
    11: "evt-0010",
    12: "rsp-0002",
    13: "evt-0003",
    14: "rsp-0006",
    15: "evt-0008",
    16: "clm-0033",
}


@pytest.mark.parametrize("row", CONFLICTS.values())
def test_every_known_conflict_is_a_corroboration(row: str) -> None:
    assert DATASET.corroborations_for(row)


def test_outside_documents_of_every_relation() -> None:
    rows = DATASET.corroborations
    assert len(rows) >= 40
    assert {row.relation for row in rows} == {"confirms", "contradicts", "refines"}


def test_corroborations_rest_on_documents_that_can_be_named() -> None:
    """An identifier from memory settles no more than itself."""
    memory = {row.reference_id for row in DATASET.references if "memory" in (row.citation or "")}
    assert memory
    assert memory.isdisjoint({row.reference_id for row in DATASET.corroborations})
    assert {DATASET[name].confidence for name in memory} == {"low"}  # type: ignore[attr-defined]
