"""How the record was made: the comparison of the two raw codings, and what of the articles is in no row."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from shieldtalks import load
from shieldtalks.record.evidence.anchors import Anchor, Status, copies_in, verify
from tests.support.tables import read_table


def script(root: Path, name: str) -> ModuleType:
    """A script of curation/, which is no package."""
    spec = importlib.util.spec_from_file_location(f"curation_{name}", root / f"curation/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def agreement(root: Path) -> ModuleType:
    return script(root, "agreement")


@pytest.fixture(scope="module")
def coverage(root: Path) -> ModuleType:
    return script(root, "coverage")


@pytest.fixture(scope="module")
def coders(root: Path) -> ModuleType:
    return script(root, "coders")


def coding(
    *claims: tuple[str, str, int, int], actor: str = "Nobody"
) -> dict[str, list[dict[str, str]]]:
    """A coding of claims only, each given by identifier, topic, and start and length of its span."""
    empty = dict.fromkeys(("voiced_by_id", "speech_act", "factuality", "standing"), "")
    return {
        "actors": [{"actor_id": "act-0001", "name": actor}],
        "claims": [
            {**empty, "claim_id": name, "text": name, "topic": topic, "claimant_id": "act-0001"}
            for name, topic, _, _ in claims
        ],
        "evidence": [
            {"source_id": "s", "claim_id": name, "field": "", "start": str(at), "length": str(size)}
            for name, _, at, size in claims
        ],
        "codings": [],
    }


def pairs(agreement: ModuleType, one: Any, other: Any) -> list[tuple[str, str]]:
    matched = agreement.match(agreement.units(one, "claims"), agreement.units(other, "claims"))
    return [(first.unit_id, second.unit_id) for first, second in matched]


def test_agreement_page_is_fresh(root: Path, agreement: ModuleType) -> None:
    stands = (root / "docs" / "agreement.md").read_bytes().decode("utf-8")
    assert stands == agreement.page(agreement.results()), "stale: run `make agreement`"


def test_check_names_the_command(
    agreement: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CliRunner().invoke(agreement.main, ["--check"]).exit_code == 0
    monkeypatch.setattr(agreement, "PAGE", tmp_path / "agreement.md")
    result = CliRunner().invoke(agreement.main, ["--check"])
    assert result.exit_code == 1
    assert "make agreement" in result.output
    assert not agreement.PAGE.exists()


@pytest.mark.parametrize("coder", ["a", "b"])
def test_raw_coding_verifies(root: Path, articles: Path, coder: str) -> None:
    copies = copies_in(articles, ["src-0001", "src-0002", "src-0003"])
    rows = read_table(root / f"curation/coding-{coder}/evidence.csv")
    assert rows
    for row in rows:
        anchor = Anchor(int(row["start"]), int(row["length"]), row["sha256"])
        status, _ = verify(copies.get(row["source_id"]), anchor)
        assert status is Status.VERIFIED, row["evidence_id"]


def test_coverage_is_accounted_for(root: Path, articles: Path, coverage: ModuleType) -> None:
    record = load(root)
    unlisted, stale = coverage.compare(record, coverage.copies_of(record, articles))
    assert not unlisted, "run `make coverage` to see the passages"
    assert not stale, "docs/coverage.md lists stretches that are not uncovered"


def test_coverage_finds_a_gap(root: Path, articles: Path, coverage: ModuleType) -> None:
    record = load(root)
    copies = coverage.copies_of(record, articles)
    evidence = [row for row in record.evidence if row.source_id != "src-0002"]
    lines = list(coverage.pieces("src-0002", copies["src-0002"], coverage.LINE))
    assert coverage.uncovered(evidence, {"src-0002": copies["src-0002"]}) == lines


def test_coverage_reads_only_rows_with_a_reason(coverage: ModuleType) -> None:
    page = "| src-0001 | 0 | 20 | a heading |\n| src-0001 | 30 | 20 |  |\n"
    assert coverage.listed(page) == {coverage.Stretch("src-0001", 0, 20)}


def test_greatest_overlap_pairs_first(agreement: ModuleType) -> None:
    one = coding(("a1", "x", 0, 100), ("a2", "x", 0, 60))
    other = coding(("b1", "x", 0, 60), ("b2", "x", 0, 90))
    assert pairs(agreement, one, other) == [("a1", "b2"), ("a2", "b1")]


def test_little_overlap_is_no_pair(agreement: ModuleType) -> None:
    one = coding(("a1", "x", 0, 100))
    assert pairs(agreement, one, coding(("b1", "x", 0, 30))) == [("a1", "b1")]
    assert pairs(agreement, one, coding(("b1", "x", 0, 29))) == []


def test_topic_then_identifier_break_ties(agreement: ModuleType) -> None:
    one = coding(("a1", "x", 0, 50), ("a2", "y", 0, 50), ("a3", "z", 0, 50))
    other = coding(("b1", "y", 0, 50), ("b2", "v", 0, 50), ("b3", "w", 0, 50))
    assert pairs(agreement, one, other) == [("a1", "b2"), ("a2", "b1"), ("a3", "b3")]


def test_evidence_of_one_field_does_not_count(agreement: ModuleType) -> None:
    other = coding(("b1", "x", 0, 50))
    other["evidence"][0]["field"] = "date_edtf"
    assert pairs(agreement, coding(("a1", "x", 0, 50)), other) == []


def test_actors_are_compared_by_name(agreement: ModuleType) -> None:
    one = agreement.units(coding(("a1", "x", 0, 50), actor="William Burns"), "claims")
    other = agreement.units(coding(("b1", "x", 0, 50), actor="William J. Burns"), "claims")
    assert one[0].coded["claimant_id"] == other[0].coded["claimant_id"] == "William Burns"


def test_alpha(agreement: ModuleType) -> None:
    assert agreement.alpha([("x", "x"), ("y", "y")]) == 1.0
    # By hand: observed 1/4; expected 2 * 5 * 3 / (8 * 7) = 15/28; 1 - 7/15.
    values = [("x", "x"), ("x", "x"), ("x", "y"), ("y", "y")]
    assert agreement.alpha(values) == pytest.approx(8 / 15)
    assert agreement.alpha([("x", "x"), ("x", "x")]) is None


def test_the_table_of_coders_is_fresh(root: Path, coders: ModuleType) -> None:
    kept = (root / "data" / "coders.csv").read_bytes().decode("utf-8")
    assert kept == coders.table(), "stale: run `make coders`"


def test_coders_check_names_the_command(
    coders: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CliRunner().invoke(coders.main, ["--check"]).exit_code == 0
    monkeypatch.setattr(coders, "TABLE", tmp_path / "coders.csv")
    result = CliRunner().invoke(coders.main, ["--check"])
    assert result.exit_code == 1
    assert "make coders" in result.output


def test_rows_can_be_filtered_by_agreement(root: Path) -> None:
    dataset = load(root)
    agreed = {row.record_id for row in dataset.coders if row.settled_by == "agreement"}
    claims = [row for row in dataset.claims if row.claim_id in agreed]
    assert 0 < len(claims) < len(dataset.claims)
    frame = dataset.frame("coders", backend="polars")
    joined = dataset.frame("claims", backend="polars").join(
        frame, left_on="claim_id", right_on="record_id"
    )
    assert len(joined) == len(dataset.claims)
    assert len(joined.filter(joined["settled_by"] == "agreement")) == len(claims)


def test_corrected_rows_are_rows(root: Path, coders: ModuleType) -> None:
    ids = {row["record_id"] for row in read_table(coders.CORRECTED)}
    rows = {row.record_id: row for row in load(root).coders}
    retired = {row.record_id for row in load(root).retired}
    assert ids <= set(rows) | retired
    assert {rows[name].settled_by for name in ids - retired} <= {"correction"}


def test_how_a_row_compares(coders: ModuleType) -> None:
    """The first coding has c1 and c2, the second c1 with another topic; nobody has c3."""
    record = coding(("c1", "x", 0, 50), ("c2", "x", 100, 50), ("c3", "x", 200, 50))
    first = coding(("a1", "x", 0, 50), ("a2", "x", 100, 50))
    second = coding(("b1", "y", 0, 50))
    for one in (record, first, second):
        for table in ("events", "proposals", "responses"):
            one[table] = []
        for row in one["evidence"]:
            row |= dict.fromkeys(("event_id", "proposal_id", "response_id"), "")
    rows = coders.compared(record, first, second, {"c3"})
    assert [tuple(row.values()) for row in rows] == [
        ("c1", "same", "differs", "adjudication", "topic"),
        ("c2", "same", "absent", "adjudication", ""),
        ("c3", "absent", "absent", "correction", ""),
    ]


def test_rows_changed_since_the_codings_were_settled(coders: ModuleType) -> None:
    """The topic of c2 is new, c3 is new, and c1 has only another wording."""
    settled = coding(("c1", "x", 0, 50), ("c2", "x", 100, 50))
    record = coding(("c1", "x", 0, 50), ("c2", "y", 100, 50), ("c3", "x", 200, 50))
    record["claims"][0]["text"] = "the same in other words"
    for one in (settled, record):
        one |= {table: [] for table in ("events", "proposals", "responses")}
        for row in one["evidence"]:
            row |= dict.fromkeys(("event_id", "proposal_id", "response_id"), "")
    assert [*coders.changed(record, settled)] == ["c2", "c3"]


def test_the_topic_of_a_claim_is_that_of_its_proposition(coders: ModuleType) -> None:
    record = coding(("c1", "", 0, 50))
    del record["claims"][0]["topic"]
    record["claims"][0]["proposition_id"] = "p1"
    record["propositions"] = [{"proposition_id": "p1", "topic": "x"}]
    assert coders.with_topics(record)["claims"][0]["topic"] == "x"
