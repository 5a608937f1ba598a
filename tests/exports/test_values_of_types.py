"""Values of every type in every output: typed where the format has a type, and the same when read again."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.jsontext import dumps, exact_float
from shieldtalks.tabular.package import read
from shieldtalks.tabular.tables import frames
from shieldtalks.tabular.tables.rows import unchanged
from tests.support import MakePackage, Run

LONG = "0.10000000000000000001"
POINT = {"type": "Point", "coordinates": [1, 2]}
EURO = {"decimalChar": ",", "groupChar": "."}
FIELDS: list[dict[str, Any]] = [
    {"name": "id"},
    {"name": "day", "type": "date", "format": "%d/%m/%Y", "constraints": {"minimum": "01/01/2008"}},
    {"name": "time", "type": "time", "format": "%H:%M"},
    {"name": "at", "type": "datetime", "format": "any"},
    {"name": "price", "type": "number", **EURO, "constraints": {"enum": ["1.000,5", 2]}},
    {"name": "share", "type": "integer", "bareNumber": False},
    {"name": "open", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
    {"name": "length", "type": "duration", "constraints": {"maximum": "P1Y"}},
    {"name": "data", "type": "object", "constraints": {"minLength": 1}},
    {"name": "parts", "type": "array", "constraints": {"unique": True}},
    {"name": "tags", "type": "list", "delimiter": ";", "itemType": "date"},
    {"name": "sizes", "type": "list", "itemType": "number"},
    {"name": "place", "type": "geopoint", "constraints": {"enum": ["1, 2"]}},
    {"name": "pair", "type": "geopoint", "format": "array"},
    {"name": "shape", "type": "geojson"},
    {"name": "size", "categories": ["small", "large"], "categoriesOrdered": True},
]
ROW = [
    *("a", "5/11/2008", "9:30", "Nov 5, 2008 10:30 PM", "1.000,5", "95 %", "yes", "P12M"),
    *('{"b": [1, {"c": %s}]}' % LONG, "[1, null]", "2008-11-05;2008-11-06", f"1.5,{LONG},INF"),  # noqa: UP031
    *("1, 2", "[1.5, -2]", json.dumps(POINT), "large"),
]
#: The same as values of JSON.
VALUES: dict[str, Any] = {
    "id": "a",
    "day": "2008-11-05",
    "time": "09:30:00",
    "at": "2008-11-05T22:30:00",
    "price": 1000.5,
    "share": 95,
    "open": True,
    "length": "P12M",
    "data": {"b": [1, {"c": float(LONG)}]},
    "parts": [1, None],
    "tags": ["2008-11-05", "2008-11-06"],
    "sizes": [1.5, float(LONG), "INF"],
    "place": "1, 2",
    "pair": [1.5, -2],
    "shape": POINT,
    "size": "large",
}
NAMES = list(VALUES)


@pytest.fixture
def package(make_package: MakePackage) -> Path:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([NAMES, ROW, ["b", *[""] * (len(NAMES) - 1)]])
    return make_package(out.getvalue(), FIELDS)


def test_json_has_values_of_json(package: Path, run: Run, tmp_path: Path) -> None:
    run("export", "json", package, "-o", tmp_path / "out.json", code=0)
    run("export", "jsonl", package, "-o", tmp_path / "out.jsonl", code=0)
    text = (tmp_path / "out.json").read_text("utf-8")
    rows = json.loads(text)["tables"]["things"]
    assert rows == [VALUES, dict.fromkeys(NAMES) | {"id": "b"}]
    assert text.count(LONG) == 2
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert lines == [{"table": "things"} | row for row in rows]


def test_parquet_has_types_and_a_schema_that_fits(package: Path, run: Run, tmp_path: Path) -> None:
    said = run("export", "parquet", package, "-o", tmp_path / "out.parquet", code=0).stderr
    assert "longer ones are rounded: things.sizes" in said
    table = parquet.read_table(tmp_path / "out.parquet")
    point = pa.struct([("lon", pa.float64()), ("lat", pa.float64())])
    wanted = {
        "day": pa.date32(),
        "price": pa.float64(),
        "share": pa.int64(),
        "open": pa.bool_(),
        "place": point,
        "pair": point,
    }
    for name, type_ in wanted.items():
        assert table.schema.field(name).type == type_
    assert pa.types.is_list(table.schema.field("tags").type)
    assert table.schema.field("size").type.ordered
    first, second = table.to_pylist()
    assert set(second.values()) == {None, "b"}
    assert first["day"] == date(2008, 11, 5)
    assert first["tags"] == [date(2008, 11, 5), date(2008, 11, 6)]
    assert first["sizes"][0] == 1.5
    assert first["place"] == {"lon": 1.0, "lat": 2.0}
    assert json.loads(first["shape"]) == POINT
    assert LONG in first["data"]
    (resource,) = json.loads(table.schema.metadata[b"datapackage"])["resources"]
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert fields["day"] == {
        "name": "day",
        "type": "date",
        "constraints": {"minimum": "2008-01-01"},
    }
    assert fields["price"] == {
        "name": "price",
        "type": "number",
        "constraints": {"enum": [1000.5, 2]},
    }
    assert fields["open"] == {"name": "open", "type": "boolean"}
    assert fields["place"]["format"] == "object"
    assert fields["place"]["constraints"] == {"enum": [{"lon": 1.0, "lat": 2.0}]}


def test_sqlite_has_types_checks_and_a_schema_that_fits(
    package: Path, run: Run, tmp_path: Path
) -> None:
    file = package / "things.csv"
    file.write_text(file.read_text("utf-8").replace(",INF", ""), "utf-8")
    run("export", "sqlite", package, "-o", tmp_path / "out.sqlite", code=0)
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as database:
        database.row_factory = sqlite3.Row
        first, second = map(dict, database.execute("SELECT * FROM things ORDER BY id"))
        ((descriptor,),) = database.execute("SELECT descriptor FROM _package")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("INSERT INTO things (id, day) VALUES ('c', '2007-12-31')")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("INSERT INTO things (id, price) VALUES ('c', 3)")
    assert set(second.values()) == {None, "b"}
    assert (first["day"], first["price"], first["share"], first["open"]) == (
        "2008-11-05",
        1000.5,
        95,
        1,
    )
    assert (first["time"], first["at"]) == ("09:30:00", "2008-11-05T22:30:00")
    assert json.loads(first["parts"]) == [1, None]
    assert first["tags"] == "2008-11-05,2008-11-06"
    assert LONG in first["data"]
    # The stored values, as text, follow the schema that is stored beside them.
    (resource,) = json.loads(descriptor)["resources"]
    again = tmp_path / "again"
    again.mkdir()
    first["open"] = "true"
    with (again / "things.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([NAMES, first.values()])
    (again / "datapackage.json").write_text(
        dumps({"name": "again", "resources": [resource]}), "utf-8"
    )
    assert validate(again, Options()).findings == []


def test_a_workbook_has_days_numbers_and_texts(package: Path, run: Run, tmp_path: Path) -> None:
    run("export", "xlsx", package, "-o", tmp_path / "out.xlsx", code=0)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    header, row, *_ = book["things"].iter_rows(values_only=True)
    cells = dict(zip(header, row, strict=True))
    assert cells["day"].date() == date(2008, 11, 5)
    assert (cells["price"], cells["share"], cells["open"]) == (1000.5, 95, True)
    assert json.loads(cells["shape"]) == POINT
    assert cells["tags"] == "2008-11-05,2008-11-06"
    assert (cells["place"], cells["pair"]) == ("1, 2", "[1.5, -2]")


def test_croissant_describes_the_file_that_it_has(package: Path, run: Run, tmp_path: Path) -> None:
    run("export", "croissant", package, "-o", tmp_path / "out", code=0)
    metadata = json.loads((tmp_path / "out" / "croissant.json").read_text("utf-8"))
    types = {field["name"]: field["dataType"] for field in metadata["recordSet"][0]["field"]}
    assert (types["day"], types["at"], types["price"]) == ("sc:Date", "sc:DateTime", "cr:Float64")
    with (tmp_path / "out" / "data" / "things.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["day"], row["at"], row["price"]) == ("2008-11-05", "2008-11-05T22:30:00", "1000.5")
    assert (row["open"], json.loads(row["shape"])) == ("true", POINT)


def test_csv_is_copied(package: Path, run: Run, tmp_path: Path) -> None:
    run("export", "csv", package, "-o", tmp_path / "out", code=0)
    assert (tmp_path / "out" / "things.csv").read_bytes() == (package / "things.csv").read_bytes()


def test_pandas_and_polars_have_columns_of_each_type(package: Path) -> None:
    table = unchanged(read(package).resources[0])
    frame = frames.frame(table, "pandas")
    assert frame["day"].dtype == "datetime64[s]"
    assert frame["size"].cat.ordered
    assert str(frame["data"][0]) == str({"b": [1, {"c": exact_float(LONG)}]})
    assert frame["tags"][0] == [date(2008, 11, 5), date(2008, 11, 6)]
    assert frame["place"][0] == {"lon": 1.0, "lat": 2.0}
    assert pd.isna(frame["place"][1])
    columns = frames.frame(table, "polars")
    assert columns["tags"].dtype == pl.List(pl.Date)
    assert columns["place"].dtype == pl.Struct({"lon": pl.Float64, "lat": pl.Float64})
    assert columns["open"].to_list() == [True, None]
    assert json.loads(columns["shape"][0]) == POINT
    assert columns["pair"].to_list() == [{"lon": 1.5, "lat": -2.0}, None]


def test_formatting_changes_no_cell(package: Path, run: Run) -> None:
    before = (package / "things.csv").read_bytes()
    run("fmt", package, code=0)
    assert (package / "things.csv").read_bytes() == before


def test_a_difference_in_form_is_no_change_of_a_value(
    package: Path, make_package: MakePackage, run: Run
) -> None:
    other = [
        *("a", "05/11/2008", "09:30", "2008-11-05T22:30:00", "1000,50", "95", "yes", "P1Y"),
        *('{"b":[1.0,{"c":%s}]}' % LONG, "[1,null]", "2008-11-05;2008-11-06", f"1.50,{LONG},INF"),  # noqa: UP031
        *("1,2.0", "[1.50,-2.0]", '{"coordinates":[1,2],"type":"Point"}', "large"),
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([NAMES, other, ["b", *[""] * (len(NAMES) - 1)]])
    after = make_package(out.getvalue(), FIELDS)
    said = json.loads(run("diff", package, after, "--format", "json").stdout)
    kinds = {change["kind"] for change in said["changes"]}
    assert kinds <= {"file-rewritten"}
