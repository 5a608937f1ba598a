"""The words of the ledger for people, agreements, counter-proposals, and who can decide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.ledger.entries import Entry, ledger
from shieldtalks.tabular.package import read
from tests.support.records import event, made_up, proposal, response

JAN, MAR, MAY = "2008-01-10", "2008-03-10", "2008-05-10"
RUSSIA, AMERICA, POLAND, SOURCE, GATES = "act-0001", "act-0002", "act-0003", "act-0024", "act-0016"


def entries(
    folder: Path, as_of: str | None = None, /, **tables: list[dict[str, Any]]
) -> tuple[Entry, ...]:
    rows = {"events": [event(1, JAN), event(2, MAR), event(3, MAY)], "proposals": [proposal(1, 1)]}
    return ledger(read(made_up(folder / "made-up", **(rows | tables))), as_of)


#: An answer, the day asked for, and what a reader is told.
PHRASES: dict[str, tuple[dict[str, Any], str | None, str]] = {
    "official": (
        response(1, 1, "accept", event_id="evt-0002"),
        None,
        "accepted by Russia (10 Mar 2008)",
    ),
    "no article in the name": (
        response(1, 1, "oppose", event_id="evt-0002", responder_id=AMERICA),
        None,
        "no official answer; opposed by the United States (10 Mar 2008)",
    ),
    "an unnamed voice": (
        response(1, 1, "decline", event_id="evt-0002", authority="anonymous", voiced_by_id=SOURCE),
        None,
        "no official answer; declined by an unnamed Kremlin source (10 Mar 2008)",
    ),
    "a voice that is not given": (
        response(1, 1, "decline", event_id="evt-0002", authority="anonymous"),
        None,
        "no official answer; declined by an unnamed source (10 Mar 2008)",
    ),
    "told by the other side": (
        response(
            1,
            1,
            "accept",
            event_id="evt-0002",
            authority="reported-by-counterpart",
            voiced_by_id=GATES,
        ),
        None,
        "no official answer; accepted by Russia, as Robert M. Gates reports (10 Mar 2008)",
    ),
    "a period": (
        response(1, 1, "defer", date_edtf=f"{MAR}/{MAY}", date_earliest=MAR, date_latest=MAY),
        "2008-04",
        "possibly deferred by Russia (between 10 Mar 2008 and 10 May 2008)",
    ),
    "a month": (
        response(
            1, 1, "defer", date_edtf="2008-03", date_earliest="2008-03-01", date_latest="2008-03-31"
        ),
        None,
        "deferred by Russia (Mar 2008)",
    ),
    "an open start": (
        response(1, 1, "decline", date_edtf=f"../{MAY}", date_latest=MAY),
        MAR,
        "declined by Russia (on or before 10 May 2008, standing)",
    ),
    "an open end": (
        response(1, 1, "decline", date_edtf=f"{MAR}/..", date_earliest=MAR),
        None,
        "declined by Russia (on or after 10 Mar 2008)",
    ),
}


@pytest.mark.sample(3)
@pytest.mark.parametrize("case", PHRASES)
def test_words_for_people(case: str, tmp_path: Path) -> None:
    answer, as_of, words = PHRASES[case]
    (entry,) = entries(tmp_path, as_of, responses=[answer])
    assert entry.words == words


#: The days of equal answers, the day asked for, and what a reader is told.
REPEATED: dict[str, tuple[list[dict[str, Any]], str | None, str]] = {
    "two days": (
        [
            response(1, 1, "oppose", event_id="evt-0003"),
            response(2, 1, "oppose", event_id="evt-0002"),
        ],
        None,
        "no official answer; opposed by Russia (10 Mar 2008, again 10 May 2008)",
    ),
    "one day": (
        [response(n, 1, "oppose", event_id="evt-0002") for n in (1, 2)],
        None,
        "no official answer; opposed by Russia (10 Mar 2008)",
    ),
    "a second that is only possible": (
        [
            response(1, 1, "oppose", event_id="evt-0002"),
            response(2, 1, "oppose", date_edtf=f"{MAR}/{MAY}", date_earliest=MAR, date_latest=MAY),
        ],
        "2008-04",
        "no official answer; opposed by Russia "
        "(10 Mar 2008, again possibly between 10 Mar 2008 and 10 May 2008)",
    ),
    "an open start comes last": (
        [
            response(1, 1, "decline", date_edtf=f"../{MAY}", date_latest=MAY),
            response(2, 1, "decline", event_id="evt-0002"),
        ],
        MAR,
        "declined by Russia (10 Mar 2008, again on or before 10 May 2008, standing)",
    ),
    "two unnamed voices": (
        [
            response(
                n, 1, "decline", event_id="evt-0002", authority="anonymous", voiced_by_id=voice
            )
            for n, voice in ((1, SOURCE), (2, ""))
        ],
        None,
        "no official answer; declined by an unnamed Kremlin source (10 Mar 2008); "
        "declined by an unnamed source (10 Mar 2008)",
    ),
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("case", REPEATED)
def test_equal_answers_are_one_phrase_with_all_their_days(case: str, tmp_path: Path) -> None:
    answers, as_of, words = REPEATED[case]
    (entry,) = entries(tmp_path, as_of, responses=answers)
    assert entry.words == words


def test_names_as_they_are_in_a_sentence(tmp_path: Path) -> None:
    """An actor's name, its kind, and how a sentence has it."""
    names = [
        ("A Velmark official", "unnamed-source", "a Velmark official"),
        ("An aide", "unnamed-source", "an aide"),
        ("Unnamed officials", "unnamed-source", "unnamed officials"),
        ("An Li", "person", "An Li"),
        ("Sundra Isles", "state", "the Sundra Isles"),
        ("Kingdom of Velmark", "state", "the Kingdom of Velmark"),
        ("The Gambia", "state", "the Gambia"),
        ("The Wire", "outlet", "The Wire"),
    ]
    actors = [
        {"actor_id": f"act-{n:04}", "name": name, "kind": kind}
        for n, (name, kind, _) in enumerate(names, 1)
    ]
    answers = [
        response(n, 1, "oppose", event_id="evt-0002", responder_id=f"act-{n:04}")
        for n in range(1, len(names) + 1)
    ]
    put = [proposal(1, 1, proposer_id="act-0005", addressee_id="act-0006")]
    (entry,) = entries(tmp_path, sources=[], actors=actors, proposals=put, responses=answers)
    told = [answer.words.removeprefix("opposed by ").partition(" (")[0] for answer in entry.answers]
    assert told == [shown for *_, shown in names]


def test_two_moves_in_an_unknown_order(tmp_path: Path) -> None:
    answers = [
        response(n, 1, move, event_id="evt-0002") for n, move in ((1, "accept"), (2, "defer"))
    ]
    (entry,) = entries(tmp_path, responses=answers)
    assert entry.words == (
        "order not known: accepted by Russia (10 Mar 2008) or deferred by Russia (10 Mar 2008)"
    )


@pytest.mark.parametrize(
    ("responder", "state"), [(RUSSIA, "declined"), (POLAND, "no-official-answer")]
)
def test_only_the_party_addressed_decides(responder: str, state: str, tmp_path: Path) -> None:
    answer = response(1, 1, "decline", event_id="evt-0002", responder_id=responder)
    (entry,) = entries(tmp_path, responses=[answer])
    assert entry.state == state
    assert bool(entry.noted) == (responder == POLAND)


def test_a_counter_proposal_is_named_from_its_own_day_on(tmp_path: Path) -> None:
    proposals = [
        proposal(1, 1),
        proposal(2, 3, in_answer_to_id="prp-0001", proposer_id=RUSSIA, addressee_id=AMERICA),
    ]
    answers = [response(1, 1, "counter", event_id="evt-0002")]
    before = entries(tmp_path / "a", MAR, proposals=proposals, responses=answers)
    after = entries(tmp_path / "b", proposals=proposals, responses=answers)
    assert [entry.words for entry in before] == ["countered by Russia (10 Mar 2008)"]
    assert after[0].words == "countered by Russia (10 Mar 2008); answered with prp-0002"
    assert after[0].answered_with == ("prp-0002",)
    assert after[1].in_answer_to_id == "prp-0001"


Move = tuple[str, str, str, str]

#: The moves on an agreement between Russia and the United States: party, move, event, authority.
AGREEMENTS: dict[str, tuple[list[Move], str]] = {
    "nobody": ([], "no-official-answer"),
    "one side": ([(AMERICA, "accept", "evt-0002", "official")], "agreed-told-by-one-side"),
    "one side tells of both": (
        [
            (AMERICA, "accept", "evt-0002", "official"),
            (RUSSIA, "accept", "evt-0002", "reported-by-counterpart"),
        ],
        "agreed-told-by-one-side",
    ),
    "each side, one after the other": (
        [(AMERICA, "accept", "evt-0002", "official"), (RUSSIA, "accept", "evt-0003", "official")],
        "accepted",
    ),
    "one side declines": (
        [(AMERICA, "accept", "evt-0003", "official"), (RUSSIA, "decline", "evt-0002", "official")],
        "declined",
    ),
    "a side comes round": (
        [
            (AMERICA, "accept", "evt-0002", "official"),
            (RUSSIA, "decline", "evt-0002", "official"),
            (RUSSIA, "accept", "evt-0003", "official"),
        ],
        "accepted",
    ),
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("case", AGREEMENTS)
def test_an_agreement_needs_an_official_move_of_each_side(case: str, tmp_path: Path) -> None:
    moves, state = AGREEMENTS[case]
    agreed = proposal(1, 1, form="agreement")
    agreed |= {"proposer_id": "", "addressee_id": ""}
    parties = [
        {"event_id": "evt-0001", "actor_id": actor, "role": "actor"} for actor in (RUSSIA, AMERICA)
    ]
    answers = [
        response(n, 1, move, responder_id=party, event_id=event_id, authority=authority)
        for n, (party, move, event_id, authority) in enumerate(moves, 1)
    ]
    (entry,) = entries(tmp_path, proposals=[agreed], participants=parties, responses=answers)
    assert entry.state == state
