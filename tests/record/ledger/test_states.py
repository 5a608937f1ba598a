"""What the moves in `codes.csv` do in the ledger: which decide, and to which state."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from shieldtalks.record import vocabulary
from shieldtalks.record.ledger.entries import history, ledger
from shieldtalks.record.ledger.flat import flat
from shieldtalks.record.ledger.states import states, states_of
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import Package, read
from tests.support import ROOT
from tests.support.records import event, made_up, proposal, response
from tests.support.tables import read_table, seal, write_table

MOVES = vocabulary.read(ROOT / "data" / "codes.csv")["move"]
STATES = states({"move": MOVES})

JAN, MAR = "2008-01-10", "2008-03-10"


def test_the_states_are_those_of_the_moves_that_decide(root: Path) -> None:
    assert set(STATES) == {
        "no-official-answer",
        "agreed-told-by-one-side",
        "accepted",
        "partly-accepted",
        "declined",
        "deferred",
        "countered",
        "undecided-order",
    }
    assert states_of(read(root)) == STATES
    assert states({}) == ("no-official-answer", "agreed-told-by-one-side", "undecided-order")


def test_the_codebook_lists_the_moves_that_decide(root: Path) -> None:
    text = (root / "docs" / "parts" / "ledger.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| ([a-z-]+) \| `([a-z-]+)` \|$", text, re.MULTILINE))
    assert listed == {t.code: t.outcome.replace(" ", "-") for t in MOVES if t.decides}


def with_move(root: Path, folder: Path, authority: str = "official", **code: str) -> Package:
    """A proposal that Russia endorses, a move which this row of `codes` describes."""
    row = {"code_id": "move:endorse", "scheme": "move", "code": "endorse", "label": "Endorse"}
    made = made_up(
        folder / "made-up",
        codes=[
            *read_table(root / "data" / "codes.csv"),
            row | {"definition": "The party backs it."} | code,
        ],
        events=[event(1, JAN), event(2, MAR)],
        proposals=[proposal(1, 1)],
        responses=[response(1, 1, "endorse", event_id="evt-0002", authority=authority)],
    )
    seal(made)
    return read(made)


@pytest.mark.parametrize(
    ("authority", "decides", "state", "words"),
    [
        ("official", "true", "warmly-endorsed", "warmly endorsed"),
        ("official", "false", "no-official-answer", "no official answer, warmly endorsed"),
        (
            "anonymous",
            "true",
            "no-official-answer",
            "no official answer, warmly endorsed (anonymous)",
        ),
    ],
)
def test_a_move_does_what_its_code_states(
    authority: str, decides: str, state: str, words: str, root: Path, tmp_path: Path
) -> None:
    made = with_move(root, tmp_path, authority, decides=decides, outcome="warmly endorsed")
    (entry,) = ledger(made)
    assert (entry.state, entry.brief) == (state, words)
    assert ("warmly-endorsed" in states_of(made)) == (decides == "true")


@pytest.mark.sample(3)
@pytest.mark.parametrize("code", [{"decides": "true"}, {"outcome": "endorsed"}, {}])
def test_a_move_without_a_known_outcome_is_refused(
    code: dict[str, str], root: Path, tmp_path: Path
) -> None:
    made = with_move(root, tmp_path, **code)
    with pytest.raises(CannotRun, match=r"(?s)does not know the move endorse.*decides and outcome"):
        ledger(made)
    with pytest.raises(CannotRun, match="does not know the move endorse"):
        history(made)
    with pytest.raises(CannotRun, match="does not know the move endorse"):
        list(flat(made).rows())


def test_codes_that_do_not_state_what_a_move_does(package: Path) -> None:
    """As in a collection that was started with version 1."""
    file = package / "schemas" / "tables" / "codes.json"
    schema = json.loads(file.read_text("utf-8"))
    schema["fields"] = [f for f in schema["fields"] if f["name"] not in ("decides", "outcome")]
    file.write_text(json.dumps(schema), "utf-8")
    names = [field["name"] for field in schema["fields"]]
    table = package / "data" / "codes.csv"
    write_table(table, [{name: row[name] for name in names} for row in read_table(table)])
    with pytest.raises(CannotRun, match=r"(?s)no field decides, outcome.*shieldtalks init"):
        ledger(read(package))


def test_codes_that_cannot_be_read(package: Path) -> None:
    (package / "data" / "codes.csv").write_bytes(b"code_id,scheme\n\xff\n")
    with pytest.raises(CannotRun, match=r"(?s)cannot be read.*shieldtalks validate"):
        states_of(read(package))


def test_faulty_data_are_refused(package: Path) -> None:
    file = package / "data" / "responses.csv"
    file.write_bytes(file.read_bytes().replace(b"prp-0016", b"prp-9999", 1))
    with pytest.raises(CannotRun, match="does not fit into SQLite as its schema has it"):
        ledger(read(package))
