"""The record in Python."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

import shieldtalks
from shieldtalks.record.dataset import RecordError
from shieldtalks.tabular.findings import PackageError


def test_load_gives_the_shipped_record(root: Path) -> None:
    dataset = shieldtalks.load()
    assert dataset.version == shieldtalks.__version__
    assert dataset.package.root == root
    assert repr(dataset) == f"<Dataset shieldtalks {dataset.version}>"


def test_records_are_typed() -> None:
    event = next(e for e in shieldtalks.load().events if e.date_edtf == "2008-11-05")
    assert event.date_earliest == date(2008, 11, 5)
    evidence = shieldtalks.load().evidence[0]
    assert isinstance(evidence.start, int)
    code = next(c for c in shieldtalks.load().codes if c.code_id == "cameo:010")
    assert code.code == "010"
    assert code.score == 0.0


def test_records_cannot_be_changed() -> None:
    claim = shieldtalks.load().claims[0]
    with pytest.raises(ValidationError):
        claim.text = "Another."  # type: ignore[misc]


def test_a_record_by_its_identifier() -> None:
    dataset = shieldtalks.load()
    assert dataset["prp-0003"] == dataset.proposals[2]
    assert dataset["cameo:010"] in dataset.codes


def test_a_wrong_identifier_names_the_nearest() -> None:
    with pytest.raises(KeyError, match='did you mean "prp-0003"'):
        shieldtalks.load()["prp-00003"]


def test_answers_and_evidence() -> None:
    dataset = shieldtalks.load()
    answered = {response.proposal_id for response in dataset.responses}
    for proposal_id in answered:
        answers = dataset.responses_to(proposal_id)
        assert answers
        for answer in answers:
            assert dataset.evidence_for(answer.response_id)


def test_the_file_of_a_table() -> None:
    dataset = shieldtalks.load()
    assert dataset.path("claims").name == "claims.csv"
    with pytest.raises(KeyError, match="there is no table"):
        dataset.path("claim")


def test_a_row_that_does_not_fit_names_the_file(package: Path) -> None:
    file = package / "data" / "evidence.csv"
    text = file.read_text("utf-8")
    file.write_text(text.replace("evd-0001,src-0003,", "evd-0001,src-3,", 1), "utf-8", newline="\n")
    with pytest.raises(
        RecordError, match=r"evidence\.csv contains a row that does not match its table"
    ):
        _ = shieldtalks.load(package).evidence


def test_load_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="does not exist"):
        shieldtalks.load(tmp_path)


def test_unknown_names_of_the_module() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = shieldtalks.nothing
