"""Frames of the record: claims ready to plot, and a frame for every SQL view."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import shieldtalks
from shieldtalks.record.named_tables import table_names
from shieldtalks.record.views import open_record, selects

DATASET = shieldtalks.load()
BACKENDS = ["pandas", "polars"]


def column(frame: Any, name: str) -> list[Any]:
    """The values of a column of either library, missing = None."""
    if isinstance(frame, pl.DataFrame):
        return frame[name].to_list()
    values: list[Any] = frame[name].astype(object).where(frame[name].notna(), None).tolist()
    return [value.date() if isinstance(value, pd.Timestamp) else value for value in values]


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_claim_has_a_day_and_a_sign(backend: str) -> None:
    frame = DATASET.frame("claims", labels=True, backend=backend)
    events = {event.event_id: event for event in DATASET.events}
    texts = {row.proposition_id: row.text for row in DATASET.propositions}
    names = ("date", "sign", "held", "proposition", "when_latest", "when_edtf")
    for claim, date, sign, held, text, latest, edtf in zip(
        DATASET.claims, *(column(frame, name) for name in names), strict=True
    ):
        dated = events.get(claim.said_in_event_id or "", claim)
        assert latest == dated.date_latest
        assert edtf == dated.date_edtf
        assert date == (dated.date_latest or dated.date_earliest)
        assert date is not None
        wanted = {"+": (1, "true"), "-": (-1, "false")}
        assert (sign, held) == wanted.get(claim.factuality[2], (0, "open"))
        assert text == texts[claim.proposition_id]


def test_a_denial_is_never_taken_for_a_claim() -> None:
    frame = DATASET.frame("claims", labels=True, backend="pandas").set_index("claim_id")
    assert frame.loc["clm-0026", "proposition"] == frame.loc["clm-0027", "proposition"]
    assert frame.loc["clm-0026", "sign"] == 1
    assert frame.loc["clm-0027", "sign"] == -1
    assert frame["date"].dtype == "datetime64[s]"


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_proposal_has_a_day_and_its_state(backend: str) -> None:
    frame = DATASET.frame("proposals", labels=True, backend=backend)
    events = {event.event_id: event for event in DATASET.events}
    entries = DATASET.ledger()
    names = ("date", "made_in", "state", "state_brief")
    assert list(zip(*(column(frame, name) for name in names), strict=True)) == [
        (
            events[one.made_in_event_id].date_latest or events[one.made_in_event_id].date_earliest,
            events[one.made_in_event_id].label,
            one.state,
            one.brief,
        )
        for one in entries
    ]


def test_every_answer_has_a_day() -> None:
    frame = DATASET.frame("responses", labels=True, backend="polars")
    events: dict[str | None, Any] = {event.event_id: event for event in DATASET.events}
    assert frame["date"].to_list() == [
        events.get(row.event_id, row).date_latest for row in DATASET.responses
    ]
    assert frame["given_in"].null_count() == sum(row.event_id is None for row in DATASET.responses)


def test_a_table_of_somebody_else_with_such_a_name_gets_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text("id\n1\n", "utf-8")
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    entry = {"name": "claims", "path": "claims.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [entry]}), "utf-8")
    assert shieldtalks.load(tmp_path).frame("claims", labels=True, backend="polars").columns == [
        "id"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("backend", BACKENDS)
def test_the_columns_of_a_frame_are_described(backend: str) -> None:
    for name in table_names(DATASET.package):
        frame = DATASET.frame(
            name, labels=name in ("proposals", "responses", "claims"), backend=backend
        )
        described = frame.attrs["columns"]
        assert list(described) == list(frame.columns)
        assert all(described.values()), name
        assert frame.attrs["title"]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(selects().keys() - {"ledger"}))
def test_every_view_is_a_frame_of_the_same_name(name: str) -> None:
    frame = DATASET.frame(name, backend="polars")
    with closing(open_record(DATASET.package)) as database:
        cursor = database.execute(f"SELECT * FROM {name}")
        rows, columns = cursor.fetchall(), [one[0] for one in cursor.description]
    if name != "positions":  # it has fewer columns: those of the clock are left out
        assert frame.columns == columns
    assert len(frame) == len(rows)


def test_columns_of_a_view_have_the_types_of_their_fields() -> None:
    claims = DATASET.frame("claims_with_speakers", backend="polars").schema
    assert claims["date_latest"] == pl.Date
    assert isinstance(claims["factuality"], pl.Enum)
    assert DATASET.frame("moves", backend="polars").schema["is_certain"] == pl.Boolean
    assert DATASET.frame("evidence_by_source", backend="polars").schema["start"] == pl.Int64


def test_a_package_without_what_a_view_needs_says_so(root: Any) -> None:
    other = shieldtalks.load(root / "tests" / "examples" / "good" / "foreign-key")
    with pytest.raises(shieldtalks.CannotRun, match='has no view "contradictions"'):
        other.frame("contradictions")
