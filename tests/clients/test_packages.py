"""The CSV export in other people's hands: readers of packages, and readers of plain CSV."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support import Run
from tests.support.tables import read_table

pytestmark = pytest.mark.client

Cells = dict[str, list[dict[str, str]]]


@pytest.fixture(params=["folder", "zip"])
def handed(request: pytest.FixtureRequest, exported: Callable[..., Path]) -> Path:
    """The package as it is handed on: the descriptor in a folder, or a zip."""
    if request.param == "zip":
        return exported("csv", "csv.zip")
    return exported("csv", "csv") / "datapackage.json"


@pytest.fixture
def folder(exported: Callable[..., Path]) -> Path:
    return exported("csv", "csv")


@pytest.fixture
def awkward_folder(awkward: Path, tmp_path: Path, run: Run) -> Path:
    """The export of notes that hold semicolons, quotes, tabs and line breaks."""
    run("export", "csv", awkward, "-o", tmp_path / "csv", code=0)
    return tmp_path / "csv"


def as_cells(rows: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Typed values as the cells that they were read from."""

    def text(value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, float | Decimal):
            return format(Decimal(str(value)).normalize(), "f")
        return "" if value is None else str(value)

    return [{name: text(value) for name, value in row.items()} for row in rows]


def test_frictionless_reads_it(handed: Path, cells: Cells) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        package = frictionless.Package(str(handed))
        report = package.validate()
        assert report.valid, report.flatten(["type", "note"])
        read = {
            resource.name: as_cells(row.to_dict() for row in resource.read_rows())
            for resource in package.resources
        }
    assert read == cells


def test_the_older_reader_reads_it(handed: Path, cells: Cells) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import datapackage

        package = datapackage.Package(str(handed))
        assert package.valid, package.errors
        for resource in package.resources:
            resource.check_relations()
        read = {res.name: as_cells(res.read(keyed=True)) for res in package.resources}
    assert read == cells


PACKAGE_JS = """
const {Package} = require("datapackage");
(async () => {
  const package = await Package.load(process.argv[1]), tables = {}, relations = [];
  for (const resource of package.resources) {
    tables[resource.name] = await resource.read({keyed: true, cast: false});
    await resource.read({keyed: true});
    relations.push(await resource.checkRelations());
  }
  console.log(JSON.stringify({valid: package.valid, errors: package.errors.map(String), tables, relations}));
})();
"""


def test_the_reader_in_javascript_reads_it(
    folder: Path, cells: Cells, node: Callable[..., Any]
) -> None:
    read = node(PACKAGE_JS, folder / "datapackage.json")
    assert read["valid"], read["errors"]
    assert all(read["relations"])
    assert {name: as_cells(rows) for name, rows in read["tables"].items()} == cells


def test_the_reader_in_javascript_notices_a_dangling_key(
    folder: Path, tmp_path: Path, node: Callable[..., Any]
) -> None:
    shutil.copytree(folder, tmp_path / "csv")
    file = tmp_path / "csv" / "data" / "responses.csv"
    file.write_bytes(file.read_bytes().replace(b",prp-0001,", b",prp-9999,", 1))
    with pytest.raises(AssertionError, match="Foreign key"):
        node(PACKAGE_JS, tmp_path / "csv" / "datapackage.json")


#: Programs that print the rows of the CSV file that they are given, as lists of text.
CSV_READERS = {
    "papaparse": """
        const text = require("fs").readFileSync(process.argv[1], "utf-8");
        const {data, errors} = require("papaparse").parse(text, {skipEmptyLines: true});
        if (errors.length) throw new Error(JSON.stringify(errors));
        console.log(JSON.stringify(data));""",
    "csv-parse": """
        const text = require("fs").readFileSync(process.argv[1], "utf-8");
        console.log(JSON.stringify(require("csv-parse/sync").parse(text)));""",
}


@pytest.mark.parametrize("reader", CSV_READERS)
def test_a_csv_reader_in_javascript_sees_the_same_cells(
    reader: str, awkward_folder: Path, node: Callable[..., Any]
) -> None:
    for file in sorted((awkward_folder / "data").glob("*.csv")):
        header, *rows = node(CSV_READERS[reader], file)
        assert [dict(zip(header, row, strict=True)) for row in rows] == read_table(file), file.name


R = """
for (file in commandArgs(trailingOnly = TRUE)) {
  table <- read.csv(file, colClasses = "character", na.strings = character(0), encoding = "UTF-8")
  write.table(table, "", sep = "\\x1f", eol = "\\x1e", quote = FALSE, row.names = FALSE)
  cat("\\x1d")
}
"""


def test_r_sees_the_same_cells(awkward_folder: Path, rscript: Callable[..., str]) -> None:
    files = sorted((awkward_folder / "data").glob("*.csv"))
    *tables, rest = rscript(R, *files).split("\x1d")
    assert rest == ""
    for file, table in zip(files, tables, strict=True):
        header, *rows = [line.split("\x1f") for line in table.split("\x1e")[:-1]]
        assert [dict(zip(header, row, strict=True)) for row in rows] == read_table(file), file.name


def test_pandas_polars_and_duckdb_see_the_same_cells(awkward_folder: Path) -> None:
    import duckdb
    import pandas
    import polars

    for file in sorted((awkward_folder / "data").glob("*.csv")):
        rows = read_table(file)
        frame = pandas.read_csv(file, dtype=str, keep_default_na=False)
        assert frame.to_dict("records") == rows
        polar = polars.read_csv(file, infer_schema=False)
        assert as_cells(polar.rows(named=True)) == rows
        query = f"SELECT * FROM read_csv('{file}', all_varchar = true, header = true, delim = ',')"
        duck = [tuple(cell or "" for cell in row) for row in duckdb.sql(query).fetchall()]
        assert duck == [tuple(row.values()) for row in rows]
