"""The same table has the same findings in every source, on both engines."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.record.checking import Options, validate
from tests.support.draws import examples
from tests.support.one_duckdb import one_duckdb
from tests.support.sources import package_of, parquet, workbook

SCHEMA = {
    "fields": [
        {"name": "id", "type": "integer"},
        {"name": "word", "type": "string", "constraints": {"enum": ["a", "b", "a,b", "\n"]}},
        {"name": "day", "type": "date", "constraints": {"required": True}},
    ],
    "primaryKey": "id",
}
NAMES = ["id", "word", "day"]

#: Cells as texts; None is a missing value.
CELLS = st.none() | st.sampled_from(
    ["1", "2", "x", "a", "a,b", '"', "\n", "2024-02-29", "2024-02-30"]
)

Table = list[tuple[str | None, ...]]


def as_csv(rows: Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([NAMES, *([cell or "" for cell in row] for row in rows)])
    return out.getvalue().encode()


def as_objects(rows: Table) -> list[dict[str, Any]]:
    return [dict(zip(NAMES, row, strict=True)) for row in rows]


def as_lists(rows: Table) -> bytes:
    return json.dumps([NAMES, *rows]).encode()


def as_lines(rows: Table) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in as_objects(rows)).encode()


def as_parquet(rows: Table) -> bytes:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [[], [], []]
    return parquet(
        {n: pa.array(list(column), pa.string()) for n, column in zip(NAMES, columns, strict=True)}
    )


#: The name of a file, and what writes a table to it.
SOURCES: dict[str, Callable[[Table], bytes]] = {
    "a.csv.gz": lambda rows: gzip.compress(as_csv(rows)),
    "a.json": as_lists,
    "b.json": lambda rows: json.dumps(as_objects(rows)).encode(),
    "a.jsonl": as_lines,
    "a.xlsx": lambda rows: workbook([NAMES, *rows]),
    "a.parquet": as_parquet,
}


@one_duckdb()
def findings(folder: Path, entry: dict[str, Any], files: dict[str, bytes], engine: str) -> Any:
    package = package_of(folder, entry | {"schema": SCHEMA}, files=files)
    found = validate(package.file, Options(engine=engine)).findings
    return sorted(
        (one.rule, one.row or 0, one.field or "", one.value or "")
        for one in found
        if one.rule != "blank-row"  # an empty row of a sheet is no row
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@settings(max_examples=examples(8))
@given(st.lists(st.tuples(st.sampled_from(["1", "2", "3", "x"]), CELLS, CELLS), max_size=4))
def test_same_findings(
    name: str, engine: str, tmp_path_factory: pytest.TempPathFactory, rows: Table
) -> None:
    folder = tmp_path_factory.mktemp("p")
    wanted = findings(folder, {"path": "a.csv"}, {"a.csv": as_csv(rows)}, engine)
    entry = {"path": name, "type": "table"}
    if name in ("b.json", "a.jsonl") and not rows:
        return  # without objects there are no keys, so the header is missing
    assert findings(folder, entry, {name: SOURCES[name](rows)}, engine) == wanted
