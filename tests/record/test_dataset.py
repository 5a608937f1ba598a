"""The record in Python."""

from __future__ import annotations

import copy
import gc
import json
import pickle
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

import shieldtalks
from shieldtalks.record.dataset import RecordError
from shieldtalks.record.description import describe
from shieldtalks.tabular.findings import CannotRun, PackageError
from tests.support.records import event, made_up, proposal


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


def test_a_wrong_identifier_is_not_a_row_without_answers() -> None:
    dataset = shieldtalks.load()
    with pytest.raises(KeyError, match='did you mean "prp-0016"'):
        dataset.responses_to("prp-00016")
    with pytest.raises(
        KeyError, match='"clm-0001" is in claims; give the identifier of a row of proposals'
    ):
        dataset.responses_to("clm-0001")
    with pytest.raises(KeyError, match='"pos-0001" is in propositions'):
        dataset.evidence_for("pos-0001")
    with pytest.raises(KeyError, match='there is no record "evt-9"'):
        dataset.corroborations_for("evt-9")


def test_the_name_of_a_table_in_brackets_says_how_to_get_the_table() -> None:
    with pytest.raises(KeyError, match=r'use frame\("claims"\) or the attribute claims'):
        shieldtalks.load()["claims"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("claim", '; did you mean "claims"?'),
        ("claims_with_speakers", r'; use frame("claims_with_speakers")'),
        ("zeppelin", ""),
        ("_repr_png_", ""),
    ],
)
def test_a_wrong_attribute_gets_the_nearest_one(name: str, hint: str) -> None:
    with pytest.raises(AttributeError) as raised:
        getattr(shieldtalks.load(), name)
    assert str(raised.value) == f"'Dataset' object has no attribute '{name}'{hint}"


def test_a_data_set_can_be_copied_and_sent_to_another_process() -> None:
    dataset = shieldtalks.load()
    sent = pickle.loads(pickle.dumps(dataset))  # noqa: S301 (our own bytes)
    for other in (copy.copy(dataset), copy.deepcopy(dataset), sent):
        assert other.claims == dataset.claims
        assert repr(other.ledger()) == repr(dataset.ledger())
    ledger = pickle.loads(pickle.dumps(dataset.ledger()))  # noqa: S301 (our own bytes)
    assert repr(ledger) == repr(dataset.ledger())


def test_a_copy_of_what_was_in_an_archive_outlives_it(root: Path) -> None:
    """What was unpacked is deleted with the data set that it was unpacked for, not with its copies."""
    dataset = shieldtalks.load(root / "releases" / "shieldtalks-2.0.0.zip")
    sent, copies = pickle.dumps(dataset), [copy.copy(dataset), copy.deepcopy(dataset)]
    assert len(sent) < 1000
    del dataset
    gc.collect()
    for other in (*copies, pickle.loads(sent)):  # noqa: S301 (our own bytes)
        assert len(other.claims) == 54
        assert len(other.frame("responses")) == 8


def test_a_notebook_completes_identifiers() -> None:
    assert "prp-0016" in shieldtalks.load()._ipython_key_completions_()


def test_a_row_of_a_package_without_some_tables_is_found(tmp_path: Path) -> None:
    folder = made_up(
        tmp_path / "package", proposals=[proposal(1, 1)], events=[event(1, "2008-05-05")]
    )
    file = folder / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    kept = [entry for entry in descriptor["resources"] if entry["name"] != "corroborations"]
    file.write_text(json.dumps(descriptor | {"resources": kept}), "utf-8")
    assert shieldtalks.load(folder)["prp-0001"].table.name == "proposals"


def test_a_package_of_another_kind_has_no_rows_by_identifier(root: Path) -> None:
    other = shieldtalks.load(root / "tests" / "examples" / "good" / "foreign-key")
    with pytest.raises(RecordError, match='has no table "sources"'):
        _ = other["prp-0001"]


@pytest.mark.parametrize(
    "day",
    [
        date(2008, 12, 1),
        datetime(2008, 12, 1, 5),
        pd.Timestamp("2008-12-01"),
        np.datetime64("2008-12-01T10"),
    ],
)
def test_a_day_can_be_that_of_another_library(day: Any) -> None:
    dataset = shieldtalks.load()
    assert dataset.ledger(as_of=day) == dataset.ledger(as_of="2008-12-01")


@pytest.mark.parametrize("day", [20081201, pd.NaT, "2008-12-01T10", 3.5])
def test_what_is_not_a_day_is_refused(day: Any) -> None:
    with pytest.raises(CannotRun, match="is not a date"):
        shieldtalks.load().ledger(as_of=day)


def test_how_to_cite_the_data_and_a_row() -> None:
    dataset = shieldtalks.load()
    assert str(dataset.cite()).endswith("version 2.0.0.")
    cited = dataset.cite("prp-0016")
    assert cited == describe(dataset, "prp-0016").citation
    assert str(cited).endswith(f"In: {dataset.cite()}")
    with pytest.raises(KeyError, match="did you mean"):
        dataset.cite("prp-00016")


@pytest.mark.parametrize("name", ["claims", "package", "version", "clams"])
def test_a_data_set_cannot_be_changed(name: str) -> None:
    dataset = shieldtalks.load()
    with pytest.raises(AttributeError) as caught:
        setattr(dataset, name, ())
    assert name == "version" or "a Dataset cannot be changed" in str(caught.value)
    assert len(dataset.claims) == 54


def test_an_identifier_is_in_a_data_set_or_not() -> None:
    dataset = shieldtalks.load()
    assert "prp-0003" in dataset
    assert "prp-9999" not in dataset
    assert 3 not in dataset
    with pytest.raises(TypeError, match="not iterable"):
        iter(dataset)  # type: ignore[call-overload]


def test_the_rows_of_a_row_print_as_a_short_table() -> None:
    dataset = shieldtalks.load()
    found: list[tuple[object, ...]] = [
        dataset.responses_to("prp-0016"),
        dataset.evidence_for("prp-0016"),
        dataset.corroborations_for("prp-0016"),
    ]
    for rows in found:
        assert repr(rows).endswith(f"\n{len(rows)} rows" if len(rows) > 1 else "\n1 row")


def test_positions_by_topic_proposition_and_party() -> None:
    dataset = shieldtalks.load()
    everything = dataset.positions()
    assert {one.topic for one in dataset.positions(topic="threat-to-russia")} == {
        "threat-to-russia"
    }
    assert [one.proposition_id for one in dataset.positions(proposition="pos-0001")] == ["pos-0001"]
    denied = dataset.positions("2008-12", topic="threat-to-russia", party="Washington")
    assert [(one.proposition_id, one.words) for one in denied] == [
        ("pos-0001", "United States: certainly false")
    ]
    assert len(denied) < len(everything)


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ({"topic": "threat-to-rusia"}, 'Did you mean "threat-to-russia"?'),
        ({"proposition": "pos-001"}, 'Did you mean "pos-0001"?'),
        ({"party": "Moscw"}, "Did you mean Russia (act-0001)?"),
    ],
)
def test_positions_of_nothing_that_is_there(wanted: dict[str, str], hint: str) -> None:
    with pytest.raises(CannotRun) as caught:
        shieldtalks.load().positions(**wanted)
    assert caught.value.hint == hint


@pytest.mark.parametrize("short", ["prp-3", "PRP-0003", "prp3", "prp-00003"])
def test_a_short_identifier_means_the_full_one(short: str) -> None:
    with pytest.raises(KeyError, match='did you mean "prp-0003"'):
        shieldtalks.load()[short]
