"""Records in words."""

from __future__ import annotations

import hashlib
import json
from itertools import groupby
from pathlib import Path

import pytest

from shieldtalks import Dataset, load
from shieldtalks.record.datewords import date_words
from shieldtalks.record.description import Description, Fact, describe
from shieldtalks.record.models import RECORDS
from tests.support.tables import read_table


@pytest.fixture(scope="module")
def dataset(root: Path) -> Dataset:
    return load(root)


def texts(described: Description, label: str) -> list[str]:
    return [line.text for line in described.lines if line.label == label]


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2008-11-05", "5 November 2008"),
        ("2008-11", "November 2008"),
        ("2008", "2008"),
        ("2009-06~", "about June 2009"),
        ("2007-04-23?", "perhaps 23 April 2007"),
        ("2007%", "perhaps about 2007"),
        ("../2007-04-23", "on or before 23 April 2007"),
        ("../2013", "in or before 2013"),
        ("2008-11-12/..", "from 12 November 2008 on"),
        ("2007-10~/2008-03~", "between about October 2007 and about March 2008"),
        ("soon", "soon"),
    ],
)
def test_dates_in_words(edtf: str, words: str) -> None:
    assert date_words(edtf) == words


@pytest.mark.slow
def test_every_row_with_an_identifier_can_be_described(dataset: Dataset) -> None:
    for record in RECORDS:
        if (key := record.table.identifier) and record.table.name != "retired":
            for row in getattr(dataset, record.table.name):
                described = describe(dataset, getattr(row, key))
                assert described.table == record.table.name
                assert described.heading
                assert described.lines


def test_facts_with_one_label_stand_together(dataset: Dataset) -> None:
    for name, row in dataset.by_id.items():
        if row.table.name != "retired":
            labels = [line.label for line in describe(dataset, name).lines]
            assert len([*groupby(labels)]) == len(set(labels))


def test_every_identifier_in_a_description_is_a_row(dataset: Dataset) -> None:
    for row in (*dataset.proposals, *dataset.claims, *dataset.events, *dataset.actors):
        described = describe(dataset, getattr(row, row.table.key[0]))
        for line in (*described.lines, *described.claims_against):
            for record_id in line.ids:
                assert dataset[record_id]


def test_a_proposal_tells_who_when_and_what_became_of_it(dataset: Dataset) -> None:
    described = describe(dataset, "prp-0016")
    assert texts(described, "voiced by") == ["Robert M. Gates (U.S. defense secretary)"]
    assert texts(described, "date") == ["9 June 2009 (stated relatively)"]
    (answer,) = texts(described, "answer")
    assert answer.startswith("Russia: decline, in the words of Andrei Nesterenko (Foreign Ministry")


def test_a_package_lists_its_parts(dataset: Dataset) -> None:
    parts = [line for line in describe(dataset, "prp-0017").lines if line.label == "part"]
    assert [line.ids for line in parts] == [("prp-0018",), ("prp-0019",)]
    assert texts(describe(dataset, "prp-0018"), "part of") == ["Radar or data centres in Russia"]


def test_a_denied_claim_never_reads_as_if_it_were_held(dataset: Dataset) -> None:
    assert describe(dataset, "clm-0027").heading == (
        "United States: The planned U.S. system does not threaten Russia's national security."
    )


def test_claims_against_a_claim_are_told_on_both_sides(dataset: Dataset) -> None:
    line = Fact("contradicts", describe(dataset, "clm-0048").heading, ("clm-0048",))
    assert line in describe(dataset, "clm-0027").claims_against
    other = Fact("contradicts", describe(dataset, "clm-0027").heading, ("clm-0027",))
    assert other in describe(dataset, "clm-0048").claims_against


def test_the_chain_runs_from_the_outlet_back_to_the_speaker(dataset: Dataset) -> None:
    (support, *_) = describe(dataset, "rsp-0004").evidence
    assert support.chain == ("act-0024", "act-0027", "act-0025")
    assert support.chain_words == (
        "NBC News, citing Russian news agencies, citing an unnamed Kremlin source"
    )


def test_the_place_in_words_is_where_the_span_is(dataset: Dataset) -> None:
    (support,) = describe(dataset, "evd-0143").evidence
    assert (support.start, support.length) == (1104, 72)  # of 2103
    assert support.place == "about halfway through the text"


def test_the_row_hash_can_be_computed_from_the_table_alone(dataset: Dataset, root: Path) -> None:
    for row in read_table(root / "data" / "proposals.csv"):
        filled = {name: row[name] for name in sorted(row) if row[name]}
        text = json.dumps(filled, separators=(",", ":"), ensure_ascii=False)
        digest = hashlib.sha256(text.encode()).hexdigest()
        assert describe(dataset, row["proposal_id"]).row_hash == digest
