"""The ledger of the shipped record."""

from __future__ import annotations

from datetime import date

import shieldtalks

#: The state of each proposal of the record in words; the others have no official answer.
RECORD = {
    "prp-0001": "no official answer; opposed by Russia (23 Apr 2007, again on or before 11 Jun 2009)",
    "prp-0002": "accepted by Poland (20 Aug 2008); "
    "package opposed by Russia (23 Apr 2007, again on or before 11 Jun 2009)",
    "prp-0003": "accepted by the Czech Republic (8 Jul 2008); "
    "package opposed by Russia (23 Apr 2007, again on or before 11 Jun 2009)",
    "prp-0011": "agreed, reported by one side only: accepted by the United States (23 Apr 2007); "
    "accepted by Russia, as Robert M. Gates reports (23 Apr 2007)",
    "prp-0015": "no official answer; declined by an unnamed Kremlin source (12 Nov 2008), "
    "taken as fact by NBC News",
    "prp-0016": "declined by Russia (11 Jun 2009); answered with prp-0020, prp-0021, prp-0022",
}


def test_the_record() -> None:
    dataset = shieldtalks.load()
    entries = dataset.ledger()
    assert [entry.proposal_id for entry in entries] == [p.proposal_id for p in dataset.proposals]
    none = "no official answer"
    told = {entry.proposal_id: entry.words for entry in entries if entry.words != none}
    assert told == RECORD


def test_state_and_noted_moves_are_apart() -> None:
    entries = {entry.proposal_id: entry for entry in shieldtalks.load().ledger()}
    assert (entries["prp-0015"].state, entries["prp-0015"].noted) == (
        "no-official-answer",
        ("decline:anonymous",),
    )
    assert entries["prp-0011"].brief == "agreed, reported by one side only"
    assert (entries["prp-0011"].state, entries["prp-0011"].noted) == (
        "agreed-told-by-one-side",
        ("accept:reported-by-counterpart",),
    )
    assert entries["prp-0015"].answers[0].told_by == "NBC News"
    assert "clm-0041" in entries["prp-0022"].claims


def test_who_decided_and_on_what_authority() -> None:
    entries = {entry.proposal_id: entry for entry in shieldtalks.load().ledger()}
    declined = entries["prp-0016"]
    assert declined.decided_by == ("rsp-0008",)
    assert (declined.responder_id, declined.answer_voice_id) == ("act-0001", "act-0023")
    assert (declined.authority, declined.answer_date_edtf) == ("official", "2009-06-11")
    anonymous = entries["prp-0015"]
    assert anonymous.decided_by == ()
    assert (anonymous.responder_id, anonymous.authority) == ("act-0001", "anonymous")
    assert [note.response_id for note in anonymous.annotations] == ["rsp-0004"]


def test_the_record_on_a_date() -> None:
    dataset = shieldtalks.load()
    on_the_day = {entry.proposal_id: entry.words for entry in dataset.ledger(date(2008, 8, 1))}
    assert "prp-0015" not in on_the_day
    assert on_the_day["prp-0002"] == (
        "no official answer; "
        "package opposed by Russia (23 Apr 2007, again on or before 11 Jun 2009, standing)"
    )
    assert on_the_day["prp-0003"].startswith("accepted by the Czech Republic (8 Jul 2008); package")
    assert "prp-0001" not in {e.proposal_id for e in dataset.ledger(known_by="2007-04-23")}
