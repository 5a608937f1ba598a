"""`Dataset.frame`: pandas and polars, typed; labels; the flat table."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import shieldtalks
from shieldtalks.record.dataset import NAMES
from shieldtalks.record.installed import read_package
from shieldtalks.record.ledger.flat import COLUMNS, VIEW
from shieldtalks.record.views import open_record
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import read
from shieldtalks.tabular.package.schema import codes
from shieldtalks.tabular.tables import frames
from tests.support import MakePackage

TABLES = [resource.name for resource in read_package(None).resources]


def values(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame of either library, as the library gives them, missing = None."""
    if isinstance(frame, pl.DataFrame):
        return frame.to_dicts()
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [
        {n: v.date() if isinstance(v, pd.Timestamp) else v for n, v in row.items()} for row in rows
    ]


@pytest.mark.sample(6)
@pytest.mark.parametrize("backend", frames.BACKENDS)
@pytest.mark.parametrize("table", TABLES)
def test_every_record_is_there_value_for_value(table: str, backend: str) -> None:
    dataset = shieldtalks.load()
    wanted = [record.model_dump() for record in getattr(dataset, table)]
    assert values(dataset.frame(table, backend=backend)) == wanted


def test_pandas_has_proper_types() -> None:
    dataset = shieldtalks.load()
    events = dataset.frame("events", backend="pandas")
    assert events["label"].dtype == "string"
    assert events["date_earliest"].dtype == "datetime64[s]"
    assert dataset.frame("evidence", backend="pandas")["start"].dtype == "Int64"
    assert dataset.frame("codes", backend="pandas")["score"].dtype == "Float64"
    assert dataset.frame("codes", backend="pandas")["code"].dtype == "string"


def test_polars_has_proper_types() -> None:
    dataset = shieldtalks.load()
    events = dataset.frame("events", backend="polars")
    assert events.schema["label"] == pl.String
    assert events.schema["date_earliest"] == pl.Date
    assert dataset.frame("evidence", backend="polars").schema["start"] == pl.Int64
    assert dataset.frame("codes", backend="polars").schema["score"] == pl.Float64


def test_codes_are_categories_with_all_terms_in_order() -> None:
    dataset = shieldtalks.load()
    terms = [code.code for code in dataset.codes if code.scheme == "move"]
    moves = dataset.frame("responses", backend="pandas")["move"]
    assert list(moves.cat.categories) == terms
    assert not moves.cat.ordered
    unused = set(terms) - {answer.move for answer in dataset.responses}
    assert unused
    assert all(moves.value_counts()[term] == 0 for term in unused)
    assert dataset.frame("responses", backend="polars").schema["move"] == pl.Enum(terms)


def test_pandas_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(shieldtalks.load().frame("codes"), pd.DataFrame)
    there = frames.util.find_spec
    monkeypatch.setattr(
        frames.util, "find_spec", lambda name: None if name == "pandas" else there(name)
    )
    assert isinstance(shieldtalks.load().frame("codes"), pl.DataFrame)


@pytest.mark.parametrize(
    ("backend", "said"),
    [(None, "pandas or polars is needed"), ("polars", "polars is needed")],
)
def test_without_a_library_the_extra_is_named(
    backend: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames.util, "find_spec", lambda _: None)
    with pytest.raises(ImportError, match=said) as caught:
        shieldtalks.load().frame("claims", backend=backend)
    assert f'pip install "shieldtalks[{backend or "pandas"}]"' in str(caught.value)
    assert isinstance(caught.value, CannotRun)


def test_an_unknown_backend_names_the_known() -> None:
    with pytest.raises(ValueError, match="known: pandas, polars"):
        shieldtalks.load().frame("claims", backend="spark")


def test_an_unknown_table_names_the_known() -> None:
    with pytest.raises(KeyError, match=r"The tables are: sources, actors, .* retired, ledger"):
        shieldtalks.load().frame("claim")


def test_nothing_heavy_is_imported_before_it_is_asked_for() -> None:
    program = """
import sys, shieldtalks
shieldtalks.load().claims
assert not {"pandas", "polars", "pyarrow", "numpy"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("backend", frames.BACKENDS)
@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ({"type": "integer"}, "12a"),
        ({"type": "integer"}, "9223372036854775808"),
        ({"type": "number"}, "a"),
        ({"type": "boolean"}, "yes"),
        ({"type": "date"}, "2009-02-29"),
        ({"constraints": {"enum": ["a", "b"]}}, "c"),
    ],
)
def test_a_value_that_does_not_fit_is_named_by_its_place(
    field: dict[str, Any], cell: str, backend: str, make_package: MakePackage
) -> None:
    package = make_package(f"a,b\n1,\n2,{cell}\n", [{"name": "a"}, {"name": "b", **field}])
    with pytest.raises(ValueError, match=f'things, row 2, b: "{cell}" does not fit'):
        shieldtalks.load(package).frame("things", backend=backend)


@pytest.mark.parametrize("backend", frames.BACKENDS)
def test_every_type_of_a_schema(backend: str, make_package: MakePackage) -> None:
    types = ("integer", "number", "boolean", "date", "year", "time", "any")
    cells = ("-7", "1.5", "true", "2008-11-05", "2008", "10:30:00", "x")
    text = "\n".join([",".join(types), ",".join(cells), "," * 6, ""])
    package = make_package(text, [{"name": type_, "type": type_} for type_ in types])
    first, second = values(shieldtalks.load(package).frame("things", backend=backend))
    assert list(first.values()) == [-7, 1.5, True, date(2008, 11, 5), 2008, "10:30:00", "x"]
    assert set(second.values()) == {None}


@pytest.mark.parametrize("backend", frames.BACKENDS)
def test_labels_stand_behind_codes_and_actors(backend: str) -> None:
    dataset = shieldtalks.load()
    rows = values(dataset.frame("responses", labels=True, backend=backend))
    names = list(rows[0])
    for row, answer in zip(rows, dataset.responses, strict=True):
        assert row["move_label"] == next(
            code.label for code in dataset.codes if code.code_id == f"move:{answer.move}"
        )
        assert row["responder_id_label"] == dataset[answer.responder_id].name
    for field in ("move", "authority", "responder_id", "voiced_by_id"):
        assert names.index(f"{field}_label") == names.index(field) + 1


#: The columns that `labels` joins in, other than labels and the parts of a date.
JOINED = {
    "proposals": {"date", "made_in", "state", "state_brief"},
    "responses": {"date", "given_in"},
    "claims": {"date", "sign", "held", "proposition", "topic", "said_in"},
}


@pytest.mark.parametrize("table", TABLES)
def test_exactly_what_is_coded_or_an_actor_has_a_label(table: str) -> None:
    resource = shieldtalks.load().package.resource(table)
    assert resource is not None
    wanted = {field["name"] for field in resource.fields if codes(field)}
    for key in resource.schema.get("foreignKeys") or []:
        if (key["reference"]["resource"] or table) in NAMES:
            wanted |= set(key["fields"])
    frame = shieldtalks.load().frame(table, labels=True, backend="polars")
    joined = JOINED.get(table, set())
    new = {name for name in frame.columns if name not in resource.field_names}
    assert {name for name in new - joined if not name.startswith("when_")} == {
        f"{name}_label" for name in wanted
    }


def test_the_flat_table_has_one_row_a_proposal_and_answer() -> None:
    dataset = shieldtalks.load()
    frame = dataset.frame("ledger", backend="polars")
    assert frame.columns == list(COLUMNS)
    assert set(frame["proposal_id"]) == {row.proposal_id for row in dataset.proposals}
    answered = Counter(row.proposal_id for row in dataset.responses)
    for (proposal,), rows in frame.group_by("proposal_id"):
        assert len(rows) == max(answered[proposal], 1)
    assert sorted(frame["response_id"].drop_nulls()) == sorted(
        row.response_id for row in dataset.responses
    )


def test_the_flat_table_names_the_columns_of_its_view(root: Path) -> None:
    database = open_record(read(root))
    cursor = database.execute(f"SELECT * FROM {VIEW}")
    assert [column[0] for column in cursor.description] == list(COLUMNS)
    database.close()


def test_the_flat_table_is_typed_like_the_tables_it_is_from() -> None:
    frame = shieldtalks.load().frame("ledger", backend="pandas")
    assert frame["answer_date_latest"].dtype == "datetime64[s]"
    assert frame["authority"].dtype == "category"
    assert frame["proposal"].dtype == "string"


def test_the_positions_have_one_row_a_claim() -> None:
    dataset = shieldtalks.load()
    frame = dataset.frame("positions", labels=True, backend="polars")
    assert sorted(frame["claim_id"]) == [row.claim_id for row in dataset.claims]
    assert set(frame["held"]) == {"true", "false"}
    assert frame["commitment"].dtype == pl.Enum(["certain", "probable", "possible", "uncommitted"])


def test_another_kind_of_package_has_no_flat_table(root: Path) -> None:
    good = root / "tests" / "examples" / "good" / "foreign-key"
    with pytest.raises(CannotRun, match="not a record of proposals and answers"):
        shieldtalks.load(good).frame("ledger")
    with pytest.raises(CannotRun, match="not a record of claims"):
        shieldtalks.load(good).frame("positions")
