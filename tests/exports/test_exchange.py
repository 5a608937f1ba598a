"""The exchange: who is on which lane, in which order, what is tied to what, and the finding in words."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from shieldtalks.exports.html.figure.pen import Pen
from shieldtalks.exports.html.sections.exchange import about
from shieldtalks.exports.html.sections.exchange.drawing import draw
from shieldtalks.exports.html.sections.exchange.finding import finding
from shieldtalks.exports.html.sections.exchange.layout import layouts, placed
from shieldtalks.exports.html.sections.exchange.rows import (
    FIRST,
    MOST_ROWS,
    OTHERS,
    SECOND,
    Exchange,
    drawn,
    exchange,
)
from shieldtalks.exports.html.sections.exchange.ties import ties
from shieldtalks.record.dataset import Dataset
from shieldtalks.record.description.context import Context, context
from shieldtalks.record.ledger.entries import Entry, ledger
from shieldtalks.tabular.package import read as read_package
from tests.support.records import event, made_up, proposal, response

Record = tuple[Context, tuple[Entry, ...]]


def read(root: Path) -> Record:
    package = read_package(root)
    return context(Dataset(package)), ledger(package)


@pytest.fixture(scope="module")
def record(root: Path) -> Record:
    return read(root)


@pytest.fixture(scope="module")
def shown(record: Record) -> Exchange:
    return exchange(*record)


def test_the_two_parties_with_most_moves_have_the_lanes(shown: Exchange) -> None:
    assert shown.lanes == ("Others", "United States", "Russia")


def test_every_answer_is_an_arrow_and_every_proposal_is_there(
    record: Record, shown: Exchange
) -> None:
    dataset = record[0].dataset
    answers = {row.record_id for row in shown.rows if row.move}
    assert answers == {row.response_id for row in dataset.responses}
    told = [
        name for row in shown.rows if not row.move for name in (row.record_id, *dict(row.parts))
    ]
    assert sorted(told) == [row.proposal_id for row in dataset.proposals]


def test_arrows_have_their_direction_and_ties(shown: Exchange) -> None:
    by_id = {row.record_id: row for row in shown.rows}
    decline = by_id["rsp-0008"]
    assert (decline.sender.lane, decline.receiver.lane) == (SECOND, FIRST)
    assert decline.answers == ("prp-0016",)
    counter = by_id["prp-0020"]
    assert (counter.sender.lane, counter.receiver.lane) == (SECOND, FIRST)
    assert counter.answers == ("prp-0016",)
    assert by_id["rsp-0007"].answers == ("prp-0001",), "the package of the part that is answered"
    assert by_id["rsp-0007"].sender.lane == OTHERS
    assert by_id["rsp-0004"].unsure
    assert not by_id["rsp-0008"].unsure


def test_time_runs_down(shown: Exchange) -> None:
    days = [row.span.last or row.span.first for row in shown.rows]
    known = [day for day in days if day]
    assert all(first <= later for first, later in pairwise(known))


def test_rows_lie_below_each_other(shown: Exchange) -> None:
    for layout in layouts(shown.lanes):
        listed, bottom = placed(shown.rows, layout)
        for one, after in pairwise(listed):
            assert one.top + one.height <= after.top
        assert listed[-1].top + listed[-1].height <= bottom


def test_the_finding(record: Record) -> None:
    first, second, third = finding(*record)
    assert first == (
        "Between April 2007 and June 2009, 22 proposals are reported: 15 by the United States to Russia, "
        "3 by Russia to the United States and 4 others."
    )
    assert second == (
        "2 were accepted (by Poland and the Czech Republic), 1 was declined (by Russia), 1 was agreed, "
        "according to one side, and 18 have no official answer in the sources read."
    )
    assert third.startswith("Not counted as official answers: 1 answer from an unnamed source")
    assert third.endswith("3 proposals were made in answer to another one.")


def test_the_finding_never_says_that_named_parties_are_not_named(tmp_path: Path) -> None:
    """Where no two proposals go the same way, those of each party are counted, or the parties."""
    events = [event(number, "2008-05-05") for number in range(1, 7)]
    ways = [(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]
    rows = [
        proposal(n, n, proposer_id=f"act-{a:04}", addressee_id=f"act-{b:04}")
        for n, (a, b) in enumerate(ways, start=1)
    ]
    by_party, *_ = finding(*read(made_up(tmp_path / "three", events=events, proposals=rows)))
    assert by_party.endswith("are reported: 2 by Russia, 2 by the United States and 2 by Poland.")
    alone = [row | {"proposer_id": f"act-{n:04}"} for n, row in enumerate(rows, start=1)]
    parties, *_ = finding(*read(made_up(tmp_path / "six", events=events, proposals=alone)))
    assert parties.endswith("6 proposals are reported: by 6 parties.")
    nameless = [row | {"proposer_id": ""} for row in rows]
    nobody, *_ = finding(*read(made_up(tmp_path / "none", events=events, proposals=nameless)))
    assert nobody.endswith("6 proposals are reported: 6 without a proposer.")


LONG = "The Provisional Council of the United Republics of the Northern and Southern Outer Lakeland"


@pytest.mark.parametrize("name", [LONG, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"])
def test_a_long_name_of_a_party_is_in_lines_that_fit(name: str) -> None:
    usual = layouts(("Others", "Norland", "Suthmark"))
    for layout, before in zip(layouts((name, name, name)), usual, strict=True):
        assert layout.head > before.head
        for lines in layout.names[FIRST:]:
            assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert all(layout.names[FIRST] == ("Norland",) for layout in usual)


def test_a_record_without_rows_says_so(tmp_path: Path) -> None:
    found = read(made_up(tmp_path / "package"))
    assert exchange(*found).rows == ()
    assert finding(*found) == ("This record contains no proposals yet.",)


def test_a_record_with_one_proposal_has_a_figure(tmp_path: Path) -> None:
    rows = {"proposals": [proposal(1, 1, addressee_id="")], "events": [event(1, "2007-04-23")]}
    found = read(made_up(tmp_path / "package", **rows))
    one = exchange(*found)
    assert [row.record_id for row in one.rows] == ["prp-0001"]
    assert one.lanes == ("", "United States", "")
    for layout in layouts(one.lanes):
        assert "Proposal 1" in draw(one, one.rows, layout, Pen(), about(one))
    assert finding(*found) == (
        "In April 2007, 1 proposal is reported, by the United States.",
        "It has no official answer in the sources read.",
    )


def test_an_answer_above_its_proposal_has_a_tie_beside_its_lane(tmp_path: Path) -> None:
    """The proposal is of a year, and comes after the day of its answer, which is in that year."""
    found = read(
        made_up(
            tmp_path / "package",
            events=[
                event(1, "2008", date_earliest="2008-01-01", date_latest="2008-12-31"),
                event(2, "2008-06-05"),
            ],
            proposals=[proposal(1, 1)],
            responses=[response(1, 1, "decline", event_id="evt-0002")],
        )
    )
    shown = exchange(*found)
    assert [row.record_id for row in shown.rows] == ["rsp-0001", "prp-0001"]
    for layout in layouts(shown.lanes):
        listed, _ = placed(shown.rows, layout)
        (tie,) = ties(Pen(), listed, layout)
        across = [float(x) for x in re.findall(r"H(-?[0-9.]+)", str(tie))]
        assert max(across) - min(across) <= 30, across
        assert any(min(abs(x - lane) for x in across) < 1 for lane in layout.lanes[FIRST:])
    assert finding(*found)[1] == "It was declined (by Russia)."


def test_a_figure_has_a_limit(shown: Exchange) -> None:
    many = shown.rows * 20
    assert len(drawn(many)) == MOST_ROWS
    assert len(drawn(shown.rows)) == len(shown.rows)
