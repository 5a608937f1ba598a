"""The rules of the ledger as a table of cases, and the ledger of the record itself."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import shieldtalks
from shieldtalks.record import vocabulary
from shieldtalks.record.ledger.entries import DateError, Entry, day, history, ledger
from shieldtalks.record.ledger.states import states
from shieldtalks.record.views import open_record
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import Package, read
from tests.support import ROOT
from tests.support.records import event, made_up, proposal, response

MOVES = vocabulary.read(ROOT / "data" / "codes.csv")["move"]
STATES = states({"move": MOVES})

JAN, MAR, MAY, JUL = "2008-01-10", "2008-03-10", "2008-05-10", "2008-07-10"
SPAN = (MAR, MAY)

#: An answer: its move, its days (one, or the first and the last; "" is open), its authority.
Answer = tuple[str, str | tuple[str, str], str]


def on(move: str, days: str | tuple[str, str], authority: str = "official") -> Answer:
    return move, days, authority


def package(folder: Path, answers: list[Answer], **first: str) -> Package:
    """A proposal of January with these answers, each in an event of its own."""
    events, responses = [event(1, JAN, **first)], []
    for number, (move, days, authority) in enumerate(answers, start=1):
        planned = authority in ("planned", "threatened")
        earliest, latest = (days, days) if isinstance(days, str) else days
        status = authority if planned else "occurred"
        events.append(event(number + 1, earliest, latest, status=status))
        responses.append(
            response(
                number,
                1,
                move,
                event_id=f"evt-{number + 1:04}",
                authority="official" if planned else authority,
            )
        )
    made = made_up(
        folder / "made-up", events=events, proposals=[proposal(1, 1)], responses=responses
    )
    return read(made)


#: Answers, the day asked for, and what a reader is told.
CASES: dict[str, tuple[list[Answer], str | None, str]] = {
    "no answer": ([], None, "no official answer"),
    "accept": ([on("accept", MAR)], None, "accepted"),
    "partly accept": ([on("partly-accept", MAR)], None, "partly accepted"),
    "decline": ([on("decline", MAR)], None, "declined"),
    "defer": ([on("defer", MAR)], None, "deferred"),
    "counter": ([on("counter", MAR)], None, "countered"),
    "acknowledge decides nothing": (
        [on("acknowledge", MAR)],
        None,
        "no official answer, acknowledged",
    ),
    "no comment decides nothing": ([on("no-comment", MAR)], None, "no official answer, no comment"),
    "oppose decides nothing": ([on("oppose", MAR)], None, "no official answer, opposed"),
    "before the answer": ([on("accept", MAR)], "2008-03-09", "no official answer"),
    "on the day of the answer": ([on("accept", MAR)], MAR, "accepted"),
    "a month is its last day": ([on("accept", MAR)], "2008-03", "accepted"),
    "a year is its last day": ([on("accept", MAR)], "2008", "accepted"),
    "before a span": ([on("accept", SPAN)], JAN, "no official answer"),
    "within a span": ([on("accept", SPAN)], "2008-04-01", "possibly accepted"),
    "after a span": ([on("accept", SPAN)], MAY, "accepted"),
    "all that is recorded is certain": ([on("accept", SPAN)], None, "accepted"),
    "a later move overtakes": ([on("defer", MAR), on("decline", MAY)], None, "declined"),
    "not yet overtaken": ([on("defer", MAR), on("decline", MAY)], MAR, "deferred"),
    "the order of rows is not that of time": (
        [on("decline", MAY), on("defer", MAR)],
        None,
        "declined",
    ),
    "possibly overtaken": (
        [on("defer", JAN), on("decline", SPAN)],
        "2008-04-01",
        "possibly declined",
    ),
    "the same day": (
        [on("accept", MAR), on("decline", MAR)],
        None,
        "order not known: accepted or declined",
    ),
    "spans that overlap": (
        [on("accept", SPAN), on("decline", ("2008-04-01", JUL))],
        None,
        "order not known: accepted or declined",
    ),
    "spans that touch in no day": (
        [on("accept", (JAN, MAR)), on("decline", (MAY, JUL))],
        None,
        "declined",
    ),
    "of one mind, whatever the order": ([on("accept", SPAN), on("accept", SPAN)], None, "accepted"),
    "settled by a third": (
        [on("accept", MAR), on("decline", MAR), on("defer", JUL)],
        None,
        "deferred",
    ),
    "anonymous annotates": (
        [on("decline", MAR, "anonymous")],
        None,
        "no official answer, declined (anonymous)",
    ),
    "anonymous never overrides": (
        [on("accept", MAR), on("decline", MAY, "anonymous")],
        None,
        "accepted, declined (anonymous)",
    ),
    "told by the other side annotates": (
        [on("accept", MAR, "reported-by-counterpart")],
        None,
        "no official answer, accepted (reported by the other side)",
    ),
    "possibly, anonymous": (
        [on("decline", SPAN, "anonymous")],
        "2008-04-01",
        "no official answer, possibly declined (anonymous)",
    ),
    "said twice is told once": (
        [on("oppose", MAR), on("oppose", MAY)],
        None,
        "no official answer, opposed",
    ),
    "said in two ways is told twice": (
        [on("decline", MAR, "anonymous"), on("decline", MAY, "reported-by-counterpart")],
        None,
        "no official answer, declined (anonymous), declined (reported by the other side)",
    ),
    "told as firmly as it is known": (
        [on("oppose", ("", JUL)), on("oppose", MAR)],
        MAR,
        "no official answer, opposed",
    ),
    "a view held on every date": (
        [on("oppose", ("", JUL))],
        MAR,
        "no official answer, opposed (standing)",
    ),
    "of one mind, one for certain": ([on("accept", SPAN), on("accept", MAR)], MAR, "accepted"),
    "annotations in the order of time": (
        [on("oppose", MAY), on("acknowledge", MAR)],
        None,
        "no official answer, acknowledged, opposed",
    ),
    "an open start stands on every date": (
        [on("decline", ("", JUL))],
        MAR,
        "declined (standing)",
    ),
    "an open start, once it is certain": ([on("decline", ("", JUL))], JUL, "declined"),
    "no date at all stands": ([on("decline", ("", ""))], MAR, "declined (standing)"),
    "no date at all, all that is recorded": ([on("decline", ("", ""))], None, "declined"),
    "no date at all has no order": (
        [on("accept", MAR), on("decline", ("", ""))],
        None,
        "order not known: declined or accepted",
    ),
    "an open end is never certain": ([on("decline", (MAR, ""))], "2020", "possibly declined"),
    "what is planned decides nothing": (
        [on("accept", MAR), on("decline", MAY, "planned")],
        "2020",
        "accepted, declined (planned only)",
    ),
    "what is threatened decides nothing": (
        [on("decline", MAY, "threatened")],
        "2020",
        "no official answer, declined (planned only)",
    ),
}


@pytest.fixture(scope="module")
def entry_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Entry]:
    """The entry of a case, worked out once."""

    @cache
    def call(case: str) -> Entry:
        answers, as_of, _ = CASES[case]
        (entry,) = ledger(package(tmp_path_factory.mktemp("case"), answers), as_of)
        return entry

    return call


@pytest.mark.sample(3)
@pytest.mark.parametrize("case", CASES)
def test_rules(case: str, entry_of: Callable[[str], Entry]) -> None:
    assert entry_of(case).brief == CASES[case][2]


@pytest.mark.sample(3)
@pytest.mark.parametrize("case", CASES)
def test_flags_agree_with_the_words(case: str, entry_of: Callable[[str], Entry]) -> None:
    answers, _, words = CASES[case]
    entry = entry_of(case)
    assert entry.state in STATES
    told = words.partition(", ")[0]
    if told.startswith("order not known"):
        assert entry.state == "undecided-order"
        assert len(entry.decided_by) == 2
    else:
        plain = told.removeprefix("possibly ").removesuffix(" (standing)")
        assert entry.state == plain.replace(" ", "-")
        assert bool(entry.decided_by) == (entry.state != "no-official-answer")
    if entry.state != "no-official-answer":
        assert entry.possibly == ("possibly" in told or "standing" in told)
        assert entry.authority == "official"
    assert entry.standing == any(answer[1][0] == "" for answer in answers)


def test_a_proposal_counts_from_its_own_event(tmp_path: Path) -> None:
    events = [event(1, MAR, MAY), event(2, "", MAY), event(3, JAN, status="planned")]
    rows = {"events": events, "proposals": [proposal(n, n) for n in (1, 2, 3)]}
    made = read(made_up(tmp_path / "made-up", **rows))

    def counted(as_of: str | None) -> dict[str, bool]:
        return {entry.proposal_id: entry.certain for entry in ledger(made, as_of)}

    assert counted("2007") == {"prp-0002": False}
    assert counted(JAN) == {"prp-0002": False, "prp-0003": False}
    assert counted(MAR) == {"prp-0001": False, "prp-0002": False, "prp-0003": False}
    assert counted(MAY) == {"prp-0001": True, "prp-0002": True, "prp-0003": False}
    assert counted(None) == {"prp-0001": True, "prp-0002": True, "prp-0003": False}


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("package_answer", "part_answer", "words"),
    [
        (None, None, "no official answer"),
        ("accept", None, "no official answer; package accepted by Russia (10 Mar 2008)"),
        (
            "decline",
            "accept",
            "accepted by Russia (10 Mar 2008); package declined by Russia (10 Mar 2008)",
        ),
        ("oppose", None, "no official answer; package opposed by Russia (10 Mar 2008)"),
        (None, "accept", "accepted by Russia (10 Mar 2008)"),
    ],
)
def test_a_part_inherits_nothing_and_shows_its_package(
    package_answer: str | None, part_answer: str | None, words: str, tmp_path: Path
) -> None:
    proposals = [proposal(1, 1, kind="package"), proposal(2, 1, part_of_id="prp-0001")]
    given = [(1, package_answer), (2, part_answer)]
    responses = [
        response(target, target, move, event_id="evt-0002") for target, move in given if move
    ]
    rows = {"events": [event(1, JAN), event(2, MAR)], "proposals": proposals}
    made = read(made_up(tmp_path / "made-up", responses=responses, **rows))
    _, part = ledger(made)
    assert part.words == words
    assert part.package_state == ledger(made)[0].state
    assert ledger(made, JAN)[1].words == "no official answer"


def test_known_by_counts_what_had_been_published(tmp_path: Path) -> None:
    """src-0003 is of April 2007, src-0001 of November 2008."""
    span = {"start": "0", "length": "40", "sha256": "0" * 64, "stance": "supports"}
    span |= {"directness": "explicit", "quotation": "narration"}
    evidence = [
        span | {"evidence_id": "evd-0001", "source_id": "src-0003", "proposal_id": "prp-0001"},
        span | {"evidence_id": "evd-0002", "source_id": "src-0001", "response_id": "rsp-0001"},
    ]
    made = read(
        made_up(
            tmp_path / "made-up",
            events=[event(1, "2007-01-01"), event(2, "2007-02-01")],
            proposals=[proposal(1, 1)],
            responses=[response(1, 1, "decline", event_id="evt-0002")],
            evidence=evidence,
        )
    )
    assert ledger(made, known_by="2007-04-23") == ()
    assert [entry.brief for entry in ledger(made, known_by="2007-04-24")] == ["no official answer"]
    assert [entry.brief for entry in ledger(made, known_by="2008-11-11")] == ["no official answer"]
    assert [entry.brief for entry in ledger(made, known_by="2008-11-12")] == ["declined"]
    assert [entry.brief for entry in ledger(made, known_by="2008-11")] == ["declined"]
    assert [entry.brief for entry in ledger(made, "2007-01-15", "2009")] == ["no official answer"]


def test_what_is_known_of_an_answer_is_not_known_of_its_proposal(tmp_path: Path) -> None:
    span = {"start": "0", "length": "40", "sha256": "0" * 64, "stance": "supports"}
    span |= {"directness": "explicit", "quotation": "narration"}
    evidence = [
        span | {"evidence_id": "evd-0001", "source_id": "src-0003", "response_id": "rsp-0001"},
        span | {"evidence_id": "evd-0002", "source_id": "src-0001", "proposal_id": "prp-0001"},
    ]
    rows = {"events": [event(1, JAN)], "proposals": [proposal(1, 1)], "evidence": evidence}
    answers = [response(1, 1, "decline", event_id="evt-0001")]
    made = read(made_up(tmp_path / "made-up", responses=answers, **rows))
    assert ledger(made, known_by="2008-11-11") == ()
    assert [entry.brief for entry in ledger(made, known_by="2008-11-12")] == ["declined"]


def test_an_answer_that_is_planned_is_never_certain(tmp_path: Path) -> None:
    (entry,) = ledger(package(tmp_path, [on("decline", MAR, "planned")]), "2020")
    (answer,) = entry.answers
    assert answer.possibly


def test_a_date_of_its_own_serves_where_there_is_no_event(tmp_path: Path) -> None:
    answer = response(1, 1, "decline", date_edtf=f"{MAR}/{MAY}", date_earliest=MAR, date_latest=MAY)
    rows = {"events": [event(1, JAN)], "proposals": [proposal(1, 1)], "responses": [answer]}
    made = read(made_up(tmp_path / "made-up", **rows))
    assert [entry.brief for entry in ledger(made, JAN)] == ["no official answer"]
    assert [entry.brief for entry in ledger(made, MAR)] == ["possibly declined"]
    assert [entry.brief for entry in ledger(made, MAY)] == ["declined"]
    assert ledger(made)[0].answer_date_edtf == f"{MAR}/{MAY}"


@pytest.mark.slow
def test_history_agrees_with_the_ledger_of_each_day(root: Path) -> None:
    record = read(root)
    told = history(record)
    moments = sorted({moment for steps in told.values() for moment, _ in steps} - {""})
    for moment in moments:
        ledger_then = {
            entry.proposal_id: replace(entry, claims=()) for entry in ledger(record, moment)
        }
        from_history: dict[str, Entry] = {}
        for proposal_id, steps in told.items():
            reached = [entry for start, entry in steps if start <= moment]
            if reached:
                from_history[proposal_id] = replace(reached[-1], claims=())
        assert from_history == ledger_then


def test_history_tells_only_what_changes(root: Path) -> None:
    for steps in history(read(root)).values():
        assert list(steps) == sorted(steps, key=lambda step: step[0])
        for (_, before), (_, after) in pairwise(steps):
            assert before != after


def test_the_clock_of_the_database(root: Path) -> None:
    with closing(open_record(read(root))) as connection:
        connection.execute("UPDATE clock SET as_of = '2008-01-01'")
        told = dict(connection.execute("SELECT proposal_id, words FROM ledger"))
    assert told == {entry.proposal_id: entry.words for entry in ledger(read(root), "2008-01-01")}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2008-11-05", "2008-11-05"),
        ("2008-02", "2008-02-29"),
        ("2008", "2008-12-31"),
        (" 2008 ", "2008-12-31"),
        (date(2008, 11, 5), "2008-11-05"),
        (None, None),
    ],
)
def test_dates(given: str | date | None, wanted: str | None) -> None:
    assert day(given) == wanted


@pytest.mark.parametrize("given", ["", "now", "2008-13", "2008-02-30", "0000", "8-1-1", "٢٠٠٨"])
def test_what_is_no_date(given: str) -> None:
    with pytest.raises(DateError, match="is not a date"):
        day(given)


def test_every_move_has_a_case() -> None:
    covered = {answers[0][0] for answers, _, _ in CASES.values() if len(answers) == 1}
    assert covered == {term.code for term in MOVES}


def test_names_are_those_of_the_actors(root: Path) -> None:
    record = shieldtalks.load(root)
    names = {None: None} | {row.actor_id: row.name for row in record.actors}
    for entry in record.ledger():
        assert entry.proposer == names[entry.proposer_id]
        assert entry.voiced_by == names[entry.voiced_by_id]
        assert entry.addressee == names[entry.addressee_id]
        assert entry.responder == names[entry.responder_id]
        assert entry.answer_voice == names[entry.answer_voice_id]
        for answer in entry.answers:
            assert answer.responder == names[answer.responder_id]
            assert answer.voiced_by == names[answer.voiced_by_id]


def test_a_package_of_another_kind(tmp_path: Path, root: Path) -> None:
    whole = read(root)
    kept = tuple(res for res in whole.resources if res.name not in ("responses", "evidence"))
    with pytest.raises(CannotRun, match=r"(?s)not a record of proposals.*responses, evidence"):
        ledger(replace(whole, resources=kept))


def test_the_rules_stand_in_the_database_alone(root: Path) -> None:
    """What a reader of the file sees is what Python says, without any function of ours."""
    with closing(sqlite3.connect(":memory:")) as plain, closing(open_record(read(root))) as ours:
        ours.backup(plain)
        rows = plain.execute("SELECT proposal_id, words FROM ledger").fetchall()
    assert dict(rows) == {entry.proposal_id: entry.words for entry in ledger(read(root))}


def by_hand(answers: list[tuple[str, str, str, str]], as_of: str) -> tuple[str, set[int], set[int]]:
    """The state by the rules as the codebook has them, the answers that decide, those noted.

    An answer is its move, authority, first and last day ("" is open).
    """
    states = {
        "accept": "accepted",
        "partly-accept": "partly-accepted",
        "decline": "declined",
        "defer": "deferred",
        "counter": "countered",
    }
    counted = {n for n, (_, _, first, _) in enumerate(answers) if first <= as_of}
    official = {n for n in counted if answers[n][1] == "official" and answers[n][0] in states}
    last_day = {n: answers[n][3] or "9999" for n in official}
    deciding = {n for n in official if not any(answers[m][2] > last_day[n] for m in official)}
    found = {states[answers[n][0]] for n in deciding}
    state = found.pop() if len(found) == 1 else "undecided-order" if found else "no-official-answer"
    return state, deciding, counted - official


@pytest.mark.slow
def test_the_rules_worked_by_hand_give_the_same(tmp_path: Path) -> None:
    """Three hundred proposals with answers drawn by lot, on several days."""
    draw = random.Random(20081105)  # noqa: S311
    days = [f"2008-{month:02}-{day_:02}" for month in range(1, 7) for day_ in (1, 15)]
    moves = ["accept", "partly-accept", "decline", "defer", "counter", "acknowledge", "oppose"]
    cases: list[list[tuple[str, str, str, str]]] = []
    events, proposals, responses = [event(1, "2007-12-01")], [], []
    for number in range(1, 301):
        answers = []
        for _ in range(draw.randrange(5)):
            first, last = sorted(draw.choices(days, k=2))
            first, last = draw.choice([(first, last), (first, first), ("", last), (first, "")])
            authority = draw.choice(["official"] * 3 + ["anonymous", "reported-by-counterpart"])
            answers.append((draw.choice(moves), authority, first, last))
            events.append(event(len(events) + 1, first, last))
            responses.append(
                response(
                    len(events) - 1,
                    number,
                    answers[-1][0],
                    authority=authority,
                    event_id=events[-1]["event_id"],
                )
            )
        cases.append(answers)
        proposals.append(proposal(number, 1))
    rows = {"events": events, "proposals": proposals, "responses": responses}
    made = read(made_up(tmp_path / "made-up", **rows))
    ids = iter([answer["response_id"] for answer in responses])
    named = [[next(ids) for _ in answers] for answers in cases]
    for as_of in ("2007-12-31", "2008-01-15", "2008-03-07", "2008-05-01", "2009-01-01"):
        for entry, answers, own in zip(ledger(made, as_of), cases, named, strict=True):
            state, deciding, noted = by_hand(answers, as_of)
            assert entry.state == state
            assert set(entry.decided_by) == {own[n] for n in deciding}
            assert {note.response_id for note in entry.annotations} == {own[n] for n in noted}
