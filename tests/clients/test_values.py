"""The same values everywhere: every export of tables, read back by others, cell by cell.

More readers of one format each: test_packages.py (CSV), test_json.py, test_sqlite.py, test_parquet.py,
test_xlsx.py. What is no table is read back in test_jsonld.py and test_html.py.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.exports import FORMATS
from tests.clients.conftest import on_the_hub
from tests.support import Run

pytestmark = [
    pytest.mark.client,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),  # of mlcroissant
]

Cells = dict[str, list[dict[str, str]]]
Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
Node = Callable[..., Any]


def frame_rows(frame: Any) -> Rows:
    """The rows of a data frame of pandas, missing = None."""
    rows: Rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows


def pandas_csv(target: Path) -> Tables:
    import pandas

    def read(file: Path) -> Rows:
        return frame_rows(pandas.read_csv(file, dtype=str, keep_default_na=False, na_values=[""]))

    return {file.stem: read(file) for file in (target / "data").glob("*.csv")}


def polars_zip(target: Path) -> Tables:
    from zipfile import ZipFile

    import polars

    with ZipFile(target) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        return {
            Path(name).stem: polars.read_csv(archive.read(name), infer_schema=False).to_dicts()
            for name in names
        }


def node_json(target: Path, node: Node) -> Tables:
    script = "console.log(JSON.stringify(JSON.parse(fs.readFileSync(process.argv[1])).tables))"
    tables: Tables = node(f"const fs = require('fs'); {script}", target.resolve())
    return tables


def duckdb_jsonl(target: Path) -> Tables:
    import duckdb

    tables: Tables = {}
    query = f"SELECT json FROM read_json_objects('{target}', format = 'newline_delimited')"
    for (line,) in duckdb.sql(query).fetchall():
        row = json.loads(line)
        tables.setdefault(row.pop("table"), []).append(row)
    return tables


def sqlite_utils(target: Path) -> Tables:
    import sqlite_utils as utils

    database = utils.Database(target)
    names = set(database.table_names()) - {"_package", "clock"}
    tables = {name: list(database[name].rows) for name in names}
    database.close()
    return tables


def datasette(target: Path) -> Tables:
    from datasette.app import Datasette

    async def read() -> Tables:
        served = Datasette([str(target)])

        async def get(address: str) -> Any:
            return (await served.client.get(f"/{target.stem}{address}")).json()

        listed = [table["name"] for table in (await get(".json"))["tables"]]
        names = [name for name in listed if name not in ("_package", "clock")]
        address = "/{}.json?_shape=objects&_size=max"
        return {name: (await get(address.format(name)))["rows"] for name in names}

    # In a thread of its own: a browser that another test keeps open has a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(read())).result()


def pyarrow(target: Path) -> Tables:
    from pyarrow import parquet

    return {file.stem: parquet.read_table(file).to_pylist() for file in target.glob("*.parquet")}


def duckdb_parquet(target: Path) -> Tables:
    import duckdb

    def read(file: Path) -> Rows:
        found = duckdb.sql(f"SELECT * FROM read_parquet('{file}')")
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    return {file.stem: read(file) for file in target.glob("*.parquet")}


def duckdb_file(target: Path) -> Tables:
    import duckdb

    def read(name: str) -> Rows:
        found = database.sql(f'SELECT * FROM "{name}"')
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    with duckdb.connect(str(target), read_only=True) as database:
        listed = database.sql("SELECT table_name FROM duckdb_tables()").fetchall()
        return {name: read(name) for (name,) in listed if name not in ("_package", "clock")}


def croissant(target: Path) -> Tables:
    import mlcroissant

    def read(table: str) -> Rows:
        dataset = mlcroissant.Dataset(jsonld=target / "croissant.json")
        return [
            {
                name.partition("/")[2]: value.decode() if isinstance(value, bytes) else value
                for name, value in row.items()
            }
            for row in dataset.records(record_set=table)
        ]

    described = json.loads((target / "croissant.json").read_text("utf-8"))
    return {entry["name"]: read(entry["@id"]) for entry in described["recordSet"]}


def huggingface(target: Path) -> Tables:
    found = on_the_hub(target)
    del found[""]  # the default configuration again
    return {name: one["rows"] for name, one in found.items()}


def openpyxl(target: Path) -> Tables:
    from openpyxl import load_workbook

    tables: Tables = {}
    for sheet in load_workbook(target).worksheets[1:]:
        header, *rows = sheet.iter_rows(values_only=True)
        tables[sheet.title] = [dict(zip(map(str, header), row, strict=True)) for row in rows]
    return tables


#: For each format of tables its readers; CSV comes as a folder and as a zip.
READERS: dict[str, list[Callable[..., Tables]]] = {
    "csv": [pandas_csv, polars_zip],
    "json": [node_json],
    "jsonl": [duckdb_jsonl],
    "sqlite": [sqlite_utils, datasette],
    "duckdb": [duckdb_file],
    "parquet": [pyarrow, duckdb_parquet],
    "croissant": [croissant],
    "ro-crate": [pandas_csv],
    "huggingface": [huggingface],
    "xlsx": [openpyxl],
}

CASES = [(form, reader) for form, readers in READERS.items() for reader in readers]
each_reader = pytest.mark.parametrize(
    ("form", "reader"), CASES, ids=[f"{form}-{reader.__name__}" for form, reader in CASES]
)


def test_every_format_of_tables_is_read_back() -> None:
    assert list(READERS) == [name for name, form in FORMATS.items() if form.is_tabular]


def as_cell(value: Any) -> str:
    """A value as a cell: days in ISO form, whole numbers without a point, missing = empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def number(cell: str) -> str:
    """A cell of numbers as every reader gives it: 1.0 is 1."""
    return as_cell(float(cell)) if cell else ""


def flag(cell: str) -> str:
    """A cell of booleans as every reader gives it: SQLite has 1 for true and 0 for false."""
    return {"1": "true", "0": "false"}.get(cell, cell)


#: What makes cells of a type comparable.
FORMS: dict[str, Callable[[str], str]] = {"integer": number, "number": number, "boolean": flag}


@pytest.fixture
def forms(root: Path) -> dict[tuple[str, str], Callable[[str], str]]:
    """The fields whose cells readers give in several forms, by table and name."""
    found = {}
    for file in (root / "schemas" / "tables").glob("*.json"):
        schema = json.loads(file.read_text("utf-8"))
        for field in schema["fields"]:
            if field["type"] in FORMS:
                found[schema["name"], field["name"]] = FORMS[field["type"]]
    return found


@pytest.fixture
def read_back(
    exported: Callable[..., Path],
    request: pytest.FixtureRequest,
    forms: dict[tuple[str, str], Callable[[str], str]],
) -> Callable[..., Cells]:
    """What a reader gives for an export with these options, as cells."""

    def call(form: str, reader: Callable[..., Tables], *options: str) -> Cells:
        ending = ".zip" if reader is polars_zip else FORMATS[form].endings[0]
        name = "-".join(["values", *(option.strip("-") for option in options)]) + f"-{form}"
        also = [request.getfixturevalue("node")] if reader is node_json else []
        tables = reader(exported(form, name + ending, *options), *also)
        return {
            table: [
                {
                    field: forms.get((table, field), str)(as_cell(value))
                    for field, value in row.items()
                }
                for row in rows
            ]
            for table, rows in tables.items()
        }

    return call


def differences(found: Cells, wanted: Cells) -> Iterator[str]:
    """Where two sets of tables are not the same, cell by cell."""
    if found.keys() != wanted.keys():
        yield f"tables: {sorted(found)}, not {sorted(wanted)}"
        return
    for table, rows in wanted.items():
        if len(found[table]) != len(rows):
            yield f"{table}: {len(found[table])} rows, not {len(rows)}"
        for index, (row, want) in enumerate(zip(found[table], rows, strict=False), start=1):
            if list(row) != list(want):
                yield f"{table}: fields {list(row)}, not {list(want)}"
                break
            for field, cell in want.items():
                if row[field] != cell:
                    yield f"{table} {index} {field}: {row[field]!r}, not {cell!r}"


@pytest.fixture
def wanted(cells: Cells, forms: dict[tuple[str, str], Callable[[str], str]]) -> Cells:
    """The cells of data/, numbers in one form."""
    return {
        table: [
            {field: forms.get((table, field), str)(cell) for field, cell in row.items()}
            for row in rows
        ]
        for table, rows in cells.items()
    }


def with_rows(tables: Cells) -> Cells:
    """The tables that have rows: JSON Lines cannot show the others."""
    return {name: rows for name, rows in tables.items() if rows}


@each_reader
def test_every_cell_is_that_of_the_data(
    form: str, reader: Any, read_back: Callable[..., Cells], wanted: Cells
) -> None:
    found = read_back(form, reader)
    if form == "jsonl":
        wanted = with_rows(wanted)
    assert list(differences(found, wanted)) == []


@each_reader
def test_every_label_is_that_of_the_code_or_actor(
    form: str, reader: Any, read_back: Callable[..., Cells], wanted: Cells, root: Path
) -> None:
    labels = {(row["scheme"], row["code"]): row["label"] for row in wanted["codes"]}
    names = {
        "actors": {row["actor_id"]: row["name"] for row in wanted["actors"]},
        "codes": {row["code_id"]: row["label"] for row in wanted["codes"]},
    }
    wide: Cells = {}
    for table, rows in wanted.items():
        schema = json.loads((root / "schemas" / "tables" / f"{table}.json").read_text("utf-8"))
        schemes = {f["name"]: f["vocabulary"] for f in schema["fields"] if "vocabulary" in f}
        keys = {
            key["fields"][0]: key["reference"]["resource"] or table
            for key in schema.get("foreignKeys", [])
        }
        wide[table] = []
        for row in rows:
            wider = {}
            for field, cell in row.items():
                wider[field] = cell
                if field in schemes:
                    wider[f"{field}_label"] = labels.get((schemes[field], cell), "")
                elif keys.get(field) in names:
                    wider[f"{field}_label"] = names[keys[field]].get(cell, "")
            wide[table].append(wider)
    found = read_back(form, reader, "--labels")
    assert list(differences(found, with_rows(wide) if form == "jsonl" else wide)) == []


@each_reader
def test_the_flat_table_joins_what_the_tables_say(
    form: str, reader: Any, read_back: Callable[..., Cells], wanted: Cells
) -> None:
    rows = read_back(form, reader, "--flat")["proposals-and-answers"]
    proposals = {row["proposal_id"]: row for row in wanted["proposals"]}
    responses = {row["response_id"]: row for row in wanted["responses"]}
    events = {row["event_id"]: row for row in wanted["events"]} | {
        "": dict.fromkeys(wanted["events"][0], "")
    }
    actors = {row["actor_id"]: row["name"] for row in wanted["actors"]} | {"": ""}
    none = dict.fromkeys(wanted["responses"][0], "")
    for row in rows:
        proposal, answer = proposals[row["proposal_id"]], responses.get(row["response_id"], none)
        made, given = events[proposal["made_in_event_id"]], events[answer["event_id"]]
        pairs = {
            "proposal": proposal["label"],
            "measure": proposal["measure"],
            "proposer": actors[proposal["proposer_id"]],
            "addressee": actors[proposal["addressee_id"]],
            "proposal_voice": actors[proposal["voiced_by_id"]],
            "proposal_event": made["label"],
            "proposal_date_edtf": made["date_edtf"],
            "proposal_date_earliest": made["date_earliest"],
            "responder": actors[answer["responder_id"]],
            "answer_voice": actors[answer["voiced_by_id"]],
            "answer_event": given["label"],
            "answer_date_edtf": given["date_edtf"] or answer["date_edtf"],
            "answer_date_latest": given["date_latest"] or answer["date_latest"],
            "move": answer["move"],
            "authority": answer["authority"],
            "answer_reason": answer["reason"],
        }
        assert {name: row[name] for name in pairs} == pairs
    assert {row["response_id"] for row in rows} - {""} == set(responses)
    assert {row["proposal_id"] for row in rows} == set(proposals)


def test_another_package_is_read_from_duckdb(rivers: Path, tmp_path: Path, run: Run) -> None:
    run("export", "duckdb", rivers, "-o", tmp_path / "rivers.duckdb", code=0)
    assert duckdb_file(tmp_path / "rivers.duckdb") == {
        "rivers": [
            {"river": "Severn", "length_km": 354},
            {"river": "Wye", "length_km": 250},
        ]
    }
