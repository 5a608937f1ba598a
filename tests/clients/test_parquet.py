"""Parquet through readers that others wrote: the cells of data/ come back, and values of every type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.installed import read_package
from tests.support import MakePackage, Run

pytestmark = [
    pytest.mark.client,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of pyspark and fastparquet
    pytest.mark.filterwarnings("ignore::FutureWarning"),  # of fastparquet
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of pyspark's gateway
]

Rows = list[dict[str, Any]]
Cells = dict[str, list[dict[str, str]]]
Reader = Callable[[Path], Rows]

TABLES = [resource.name for resource in read_package(None).resources]


def _from_pandas(frame: Any) -> Rows:
    rows: Rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows


def _pandas(file: Path) -> Rows:
    import pandas

    return _from_pandas(pandas.read_parquet(file))


def _fastparquet(file: Path) -> Rows:
    import fastparquet

    return _from_pandas(fastparquet.ParquetFile(str(file)).to_pandas())


def _polars(file: Path) -> Rows:
    import polars

    return polars.read_parquet(file).to_dicts()


def _duckdb(file: Path, query: str = "SELECT * FROM read_parquet(?)") -> Rows:
    import duckdb

    found = duckdb.connect().execute(query, [str(file)])
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.fixture(scope="session")
def spark(need: Callable[[str], None]) -> Iterator[Any]:
    """A Spark of its own, which needs Java."""
    need("java")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    for name in ("spark.driver.bindAddress", "spark.driver.host"):
        builder = builder.config(name, "127.0.0.1")
    session = builder.getOrCreate()
    yield session
    session.stop()


#: A line of JavaScript that prints the rows of a file; what JSON has not becomes text.
HYPARQUET = """
import('hyparquet').then(async ({asyncBufferFromFile, parquetReadObjects}) => {
  const {compressors} = await import('hyparquet-compressors');
  const file = await asyncBufferFromFile(process.argv[1]);
  const rows = await parquetReadObjects({file, compressors});
  const plain = (_, value) => typeof value === 'bigint' ? Number(value) : value;
  console.log(JSON.stringify(rows, plain));
});
"""


@pytest.fixture(params=["pandas", "polars", "duckdb", "fastparquet", "spark", "hyparquet"])
def reader(request: pytest.FixtureRequest) -> Reader:
    """A reader of Parquet: a file goes in, rows come out."""
    name = request.param
    if name == "spark":
        session = request.getfixturevalue("spark")
        return lambda file: [
            row.asDict() for row in session.read.parquet(str(file.resolve())).collect()
        ]
    if name == "hyparquet":
        node = request.getfixturevalue("node")
        return lambda file: node(HYPARQUET, file)
    return {
        "pandas": _pandas,
        "polars": _polars,
        "duckdb": _duckdb,
        "fastparquet": _fastparquet,
    }[name]


def plain(value: Any) -> Any:
    """A value with its day as an ISO text, whatever the reader makes of days."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.endswith("T00:00:00.000Z"):
        return value[:10]
    return value


def agrees(value: Any, cell: str) -> bool:
    """Whether a value is that of a cell."""
    value = plain(value)
    if isinstance(value, bool):
        value = str(value).lower()
    if value is None or isinstance(value, str):
        return (value or "") == cell
    return cell != "" and float(value) == float(cell)


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_is_that_of_the_data(
    table: str, reader: Reader, exported: Callable[..., Path], cells: Cells
) -> None:
    rows = reader(exported("parquet", "parquet") / f"{table}.parquet")
    assert len(rows) == len(cells[table])
    for row, wanted in zip(rows, cells[table], strict=True):
        assert list(row) == list(wanted)
        assert [name for name in row if not agrees(row[name], wanted[name])] == []


#: A column of each type: its field, its cells, the values that they mean.
COLUMNS: dict[str, tuple[dict[str, Any], list[str], list[Any]]] = {
    "whole": ({"type": "integer"}, ["7", "-9007199254740991"], [7, -9007199254740991]),
    "number": ({"type": "number"}, ["0.1", "-1e300"], [0.1, -1e300]),
    "flag": ({"type": "boolean"}, ["true", "0"], [True, False]),
    "day": ({"type": "date"}, ["2008-02-29", "1800-01-01"], ["2008-02-29", "1800-01-01"]),
    "year": ({"type": "year"}, ["2008", "-0044"], [2008, -44]),
    "time": ({"type": "time"}, ["10:30:00", "23:59:59Z"], ["10:30:00", "23:59:59Z"]),
    "code": ({"constraints": {"enum": ["b", "010"]}}, ["010", "b"], ["010", "b"]),
    "text": ({}, ["010", '"=1+1, ""é\U0001f600"""'], ["010", '=1+1, "é\U0001f600"']),
}


def test_values_of_every_type_and_none_come_back(
    reader: Reader,
    make_package: MakePackage,
    tmp_path: Path,
    run: Run,
) -> None:
    fields = [{"name": name, **field} for name, (field, _, _) in COLUMNS.items()]
    lines = [
        ",".join(COLUMNS),
        ",".join(written[0] for _, written, _ in COLUMNS.values()),
        "," * (len(COLUMNS) - 1),
        ",".join(written[1] for _, written, _ in COLUMNS.values()),
    ]
    package = make_package("\n".join([*lines, ""]), fields)
    target = tmp_path / "things.parquet"
    run("export", "parquet", package, "-o", target, "--no-validate", code=0)
    first, none, last = ([plain(value) for value in row.values()] for row in reader(target))
    assert first == [values[0] for _, _, values in COLUMNS.values()]
    assert set(none) == {None}
    assert last == [values[1] for _, _, values in COLUMNS.values()]


def _of_folder(folder: Path, client: str) -> Rows:
    """The rows of a table in several files, as a client reads them."""
    if client == "polars":
        return _polars(folder)
    if client == "pandas":
        import pandas

        return _from_pandas(pandas.read_parquet(folder, partitioning=None))
    if client == "pyarrow":
        from pyarrow import dataset

        rows: Rows = dataset.dataset(folder).to_table().to_pylist()
        return rows
    query = "SELECT * FROM read_parquet(?, hive_partitioning = false)"
    return _duckdb(folder / "*" / "*.parquet", query)


@pytest.mark.parametrize("client", ["pandas", "polars", "duckdb", "pyarrow"])
@pytest.mark.parametrize("field", ["whole", "number", "day", "year", "time", "code", "text"])
def test_a_table_in_several_files_is_one_table(
    client: str, field: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    """Each value has its folder, and a missing value too; the field has the same type as in one file."""
    own, written, values = COLUMNS[field]
    lines = [f"id,{field}", f"a,{written[0]}", "b,", f"c,{written[1]}", f"d,{written[0]}", ""]
    package = make_package("\n".join(lines), [{"name": "id"}, {"name": field, **own}])
    run("export", "parquet", package, "--partition-by", field, "-o", tmp_path / "out", code=0)
    rows = _of_folder(tmp_path / "out" / "things", client)
    found = {row["id"]: plain(row[field]) for row in rows}
    assert found == {"a": values[0], "b": None, "c": values[1], "d": values[0]}
