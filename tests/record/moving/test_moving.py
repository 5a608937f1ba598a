"""A collection of profile 1 moved to profile 2."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from shieldtalks.record.models import RECORDS
from shieldtalks.record.moving import AFTER, BEFORE, Left
from shieldtalks.record.moving.claims import Row, moved
from shieldtalks.record.moving.proposals import left
from shieldtalks.record.profile import PROFILE
from tests.support import Findings, Run
from tests.support.tables import Tables, load_tables, read_table


@pytest.fixture
def collection(root: Path, tmp_path: Path) -> Path:
    """A package of profile 1: the release 1.0.0, unpacked."""
    with zipfile.ZipFile(root / "releases" / "shieldtalks-1.0.0.zip") as release:
        release.extractall(tmp_path / "old")
    return tmp_path / "old"


def claim(name: str, text: str, factuality: str = "CT+", topic: str = "x") -> Row:
    about = dict.fromkeys(("about_event_id", "about_proposal_id", "about_actor_id"), "")
    return {"claim_id": name, "text": text, "topic": topic, "factuality": factuality, **about}


def pair(one: str, other: str, kind: str = "contradicts") -> Row:
    return {"claim_id": one, "other_id": other, "kind": kind}


def test_one_proposition_for_each_content() -> None:
    parts = moved([claim("c1", "So."), claim("c2", "So.", "CT-"), claim("c3", "Oh.")], [])
    assert [row["text"] for row in parts.propositions] == ["So.", "Oh."]
    assert [row["proposition_id"] for row in parts.claims] == ["pos-0001", "pos-0001", "pos-0002"]
    assert parts.left == [Left("claims", "c2", "write the denial into its text")]


def test_one_text_about_two_things_is_two_propositions_and_is_told() -> None:
    parts = moved([claim("c1", "So."), claim("c2", "So.", topic="y")], [])
    assert len(parts.propositions) == 2
    assert [left.table for left in parts.left] == ["propositions"]


def test_oppositions_become_relations_of_propositions() -> None:
    claims = [claim("c1", "A."), claim("c2", "B."), claim("c3", "B.", "CT-"), claim("c4", "C.")]
    parts = moved(
        claims,
        [pair("c1", "c2"), pair("c2", "c3"), pair("c1", "c4", "qualifies"), pair("c3", "c4")],
    )
    assert [tuple(row.values()) for row in parts.relations] == [
        ("pos-0001", "pos-0002", "excludes"),
        ("pos-0001", "pos-0003", "qualifies"),
    ]
    assert [(left.table, left.record_id) for left in parts.left] == [
        ("claims", "c3"),  # its text
        ("relations", "pos-0001"),  # which way it qualifies
        ("claims", "c3"),  # what it denies is not what c4 holds
    ]


def test_a_collection_is_moved(collection: Path, run: Run) -> None:
    before = load_tables(collection)
    result = run("fmt", collection, "--to-profile", "2", code=0)
    descriptor = json.loads((collection / "datapackage.json").read_text("utf-8"))
    assert descriptor["conformsTo"] == AFTER
    assert [one["name"] for one in descriptor["resources"]] == [r.table.name for r in RECORDS]
    for record in RECORDS:
        file = collection / "data" / f"{record.table.name}.csv"
        header = file.read_text("utf-8").partition("\n")[0].split(",")
        assert header == list(record.model_fields)
    after = load_tables(collection)
    kept(before, after, ("sources", "actors", "events", "proposals", "responses", "evidence"))
    (reference, *_) = after["references"]
    assert reference["citation"] == before["references"][0]["citation"]
    assert reference["title"] == f"[{reference['citation'].rstrip('.')}]"
    assert "references ref-0001: give its title, publisher and date" in result.stdout
    assert "claims clm-0027: write the denial into its text" in result.stdout


def kept(before: Tables, after: Tables, tables: tuple[str, ...]) -> None:
    """Every cell of these tables is there, under its own name."""
    for table in tables:
        for old, new in zip(before[table], after[table], strict=True):
            assert {name: new[name] for name in old} == old


def test_new_fields_of_codes_are_filled(collection: Path, run: Run) -> None:
    """In 1.0.0, codes of moves did not state what they decide."""
    assert "decides" not in read_table(collection / "data" / "codes.csv")[0]
    run("fmt", collection, "--to-profile", "2", code=0)
    moves = [
        row for row in read_table(collection / "data" / "codes.csv") if row["scheme"] == "move"
    ]
    assert {row["decides"] for row in moves} == {"true", "false"}
    assert all(row["outcome"] for row in moves)


def test_what_proposals_answers_and_threats_lack_is_listed() -> None:
    events = [
        {"event_id": "e1", "status": "occurred", "announced_in_id": ""},
        {"event_id": "e2", "status": "threatened", "announced_in_id": "e1"},
        {"event_id": "e3", "status": "planned", "announced_in_id": "e1"},
    ]
    proposals = [
        {"proposal_id": "p1", "kind": "package", "combination": "all"},
        {"proposal_id": "p2", "kind": "principle", "combination": "all"},
        {"proposal_id": "p3", "kind": "measure", "combination": ""},
    ]
    responses = [
        {"response_id": "r1", "move": "counter", "proposal_id": "p1"},
        {"response_id": "r2", "move": "accept", "proposal_id": "p1"},
    ]
    found = [*left(events, proposals, responses)]
    assert [one.record_id for one in found] == ["e2", "e1", "p2", "r1"]
    assert found[-1].what == "name p1 in the proposal that answers it (in_answer_to_id)"


@pytest.mark.slow
def test_a_moved_collection_is_read_by_every_command(collection: Path, run: Run) -> None:
    run("fmt", collection, "--to-profile", "2", code=0)
    ledger = run("ledger", collection, "--actor", "Poland", "--format", "json", code=0)
    (proposal,) = json.loads(ledger.stdout)["proposals"]
    assert proposal["proposal_id"] == "prp-0002"
    assert (proposal["in_answer_to_id"], proposal["perhaps_same_as_id"]) == (None, None)
    run("ledger", collection, "--measure", "joint-radar-use", "--move", "decline", code=0)
    positions = run("positions", collection, "--party", "Russia", code=0).stdout
    assert "Serdyukov" in positions
    run("show", "clm-0027", "--package", collection, code=0)
    assert run("fmt", collection, "--check", code=0).stdout == ""


@pytest.mark.skipif(PROFILE != AFTER, reason="profile 1 is still the current one")
def test_only_what_people_must_write_is_left(
    collection: Path, run: Run, findings: Findings
) -> None:
    result = run("fmt", collection, "--to-profile", "2", code=0)
    listed = result.stdout
    assert f"{len(listed.splitlines())} things are left to you" in result.stderr
    for one in ("events evt-0010", "events evt-0011", "proposals prp-0021"):
        assert f"{one}: " in listed
    assert {finding["rule"] for finding in findings(collection)} <= {
        "claim-caution",
        "claim-sign",
        "combination",
        "disputed-without-contradiction",
        "indirect-speech",
        "threat-target",
    }


@pytest.mark.parametrize(
    ("table", "old", "new", "reason"),
    [
        ("claims", "claim_id,text", "claim_id,words", "it has no field text"),
        ("claims", "topic,", "", "it has no field topic"),
        ("references", "citation", "title", "it has no field citation"),
        ("codes", "code_id", "id", "it has no field code_id"),
        ("claims", "\nclm-0002,", "\nclm-0002,extra,", "line 3: too many or too few cells"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_in_words(
    table: str, old: str, new: str, reason: str, collection: Path, run: Run
) -> None:
    file = collection / "data" / f"{table}.csv"
    file.write_bytes(file.read_bytes().replace(old.encode(), new.encode(), 1))
    result = run("fmt", collection, "--to-profile", "2", code=2)
    assert f"{table}.csv cannot be read ({reason})" in result.stderr
    assert "Correct it with the version" in result.stderr


def test_a_byte_order_mark_is_no_part_of_a_name(collection: Path, run: Run) -> None:
    file = collection / "data" / "claims.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    run("fmt", collection, "--to-profile", "2", code=0)
    assert file.read_bytes().startswith(b"claim_id,proposition_id,text,")


def test_a_collection_without_oppositions(collection: Path, run: Run) -> None:
    file = collection / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    kept = [one for one in descriptor["resources"] if one["name"] != "oppositions"]
    file.write_text(json.dumps(descriptor | {"resources": kept}), "utf-8")
    result = run("fmt", collection, "--to-profile", "2", code=0)
    assert "oppositions" not in result.output


def test_check_writes_nothing(collection: Path, run: Run) -> None:
    files = {file: file.read_bytes() for file in collection.rglob("*") if file.is_file()}
    result = run("fmt", collection, "--to-profile", "2", "--check", code=0)
    assert "would write" in result.stderr
    assert {file: file.read_bytes() for file in collection.rglob("*") if file.is_file()} == files


def test_the_propositions_hold_all_that_the_claims_held(collection: Path, run: Run) -> None:
    claims = read_table(collection / "data" / "claims.csv")
    run("fmt", collection, "--to-profile", "2", code=0)
    propositions = {row["proposition_id"]: row for row in moved(claims, []).propositions}
    held = {row["claim_id"]: row["proposition_id"] for row in moved(claims, []).claims}
    for row in claims:
        assert propositions[held[row["claim_id"]]]["text"] == row["text"]


def test_a_package_of_another_profile_is_not_moved(package: Path, run: Run) -> None:
    descriptor = package / "datapackage.json"
    value = json.loads(descriptor.read_text("utf-8"))
    descriptor.write_text(json.dumps(value | {"conformsTo": "urn:shieldtalks:profile:9"}), "utf-8")
    result = run("fmt", package, "--to-profile", "2", code=2)
    assert BEFORE in result.stderr


def test_a_collection_that_was_moved_in_part_is_refused(collection: Path, run: Run) -> None:
    file = collection / "data" / "claims.csv"
    file.write_text(file.read_text("utf-8").replace("claim_id,", "claim_id,proposition_id,", 1))
    result = run("fmt", collection, "--to-profile", "2", code=2)
    assert "Restore the folder" in result.stderr


@pytest.mark.parametrize("number", ["0", "99"])
def test_a_package_of_another_version_is_told_how_to_move(
    number: str, package: Path, run: Run
) -> None:
    descriptor = package / "datapackage.json"
    text = descriptor.read_text("utf-8")
    descriptor.write_text(text.replace(PROFILE, f"urn:shieldtalks:profile:{number}"), "utf-8")
    result = run("validate", package, "--format", "json", code=1)
    (found,) = json.loads(result.stdout)["findings"]
    assert (found["rule"], found["field"]) == ("profile", "/conformsTo")
    assert "fmt --to-profile 2" in found["hint"]
