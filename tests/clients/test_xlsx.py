"""Excel through readers that others wrote: the cells of data/ come back, and no text becomes more."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.installed import read_package
from tests.support import MakePackage, Run

pytestmark = pytest.mark.client

Cells = dict[str, list[dict[str, str]]]
#: A workbook and a sheet go in, rows of cells come out.
Reader = Callable[[Path, str], list[list[Any]]]

TABLES = [resource.name for resource in read_package(None).resources]

#: Texts that a spreadsheet might take for more: formulas, links, numbers, dates, errors, markup.
TRAPS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "=HYPERLINK(\"x\")", "{=1+1}", "'=1+1",
    "urn:isbn:0", "mailto:a@b.example", "https://a.example/", "internal:'A'!A1", "010", "1e5", "1/2",
    "2008-11-05", "10:30", "TRUE", "#N/A", "<r>x</r>", "<r><t>x</t></r>", "<b>&amp;</b>", "_x0041_",
    "a\nb", "  a  ", "\u00a0", "é\U0001f600", "\x07", "%", "1,000", "€1",
]  # fmt: skip


def _openpyxl(book: Path, sheet: str) -> list[list[Any]]:
    import openpyxl
    from openpyxl.utils.escape import unescape

    found = openpyxl.load_workbook(book)[sheet]
    for row in found.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert cell.hyperlink is None
    # openpyxl leaves the escapes of the standard as they are.
    return [
        [unescape(value) if isinstance(value, str) else value for value in row]
        for row in found.iter_rows(values_only=True)
    ]


def _calamine(book: Path, sheet: str) -> list[list[Any]]:
    import fastexcel

    found = fastexcel.read_excel(book).load_sheet(sheet, header_row=None, dtypes="string")
    return [list(row) for row in found.to_polars().rows()]


@pytest.fixture(scope="session")
def libreoffice(need: Callable[[str], None], tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """LibreOffice turns a workbook into CSV, one file a sheet."""
    need("soffice")
    home = tmp_path_factory.mktemp("libreoffice")
    known: dict[Path, Path] = {}

    def convert(book: Path, sheet: str) -> list[list[Any]]:
        if book not in known:
            known[book] = tmp_path_factory.mktemp("converted")
            # UTF-8, all quoted, as shown, every sheet.
            form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
            subprocess.run(
                ["soffice", f"-env:UserInstallation={home.as_uri()}", "--headless", "--norestore",
                 "--convert-to", form, "--outdir", str(known[book]), str(book)],
                check=True,
                capture_output=True,
            )  # fmt: skip
        file = known[book] / f"{book.stem}-{sheet}.csv"
        with file.open(encoding="utf-8", newline="") as lines:
            return [list(row) for row in csv.reader(lines)]

    return convert


@pytest.fixture(params=["openpyxl", "calamine", "libreoffice"])
def reader(request: pytest.FixtureRequest) -> Reader:
    """A reader of workbooks."""
    if request.param == "libreoffice":
        chosen: Reader = request.getfixturevalue("libreoffice")
        return chosen
    return {"openpyxl": _openpyxl, "calamine": _calamine}[request.param]


def agrees(value: Any, cell: str) -> bool:
    """Whether a value is that of a cell."""
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        value = value.isoformat()
    if value is None or value == "":
        return cell == ""
    if isinstance(value, str) and value.endswith(" 00:00:00"):
        value = value.removesuffix(" 00:00:00")
    return value == cell or (cell != "" and _number(value) == _number(cell))


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_is_that_of_the_data(
    table: str, reader: Reader, exported: Callable[..., Path], cells: Cells
) -> None:
    header, *rows = reader(exported("xlsx", "book.xlsx"), table)
    assert len(rows) == len(cells[table])
    for row, wanted in zip(rows, cells[table], strict=True):
        assert header == list(wanted)
        pairs = zip(row, wanted.values(), strict=True)
        assert [pair for pair in pairs if not agrees(*pair)] == []


def test_the_sheets_are_the_readme_and_the_tables(exported: Callable[..., Path]) -> None:
    import openpyxl

    book = openpyxl.load_workbook(exported("xlsx", "book.xlsx"))
    assert book.sheetnames == ["README", *TABLES]


def test_codes_are_texts_days_are_days_and_counts_are_numbers(
    exported: Callable[..., Path],
) -> None:
    import openpyxl

    book = openpyxl.load_workbook(exported("xlsx", "book.xlsx"))

    def column(sheet: str, name: str) -> list[Any]:
        header, *rows = book[sheet].iter_rows(values_only=True)
        return [row[header.index(name)] for row in rows if row[header.index(name)] is not None]

    assert "010" in column("codes", "code")
    assert {type(value) for value in column("events", "date_earliest")} == {datetime}
    assert {type(value) for value in column("events", "date_edtf")} == {str}
    assert {type(value) for value in column("evidence", "start")} == {int}


def test_texts_stay_the_texts_they_are(
    reader: Reader,
    make_package: MakePackage,
    tmp_path: Path,
    run: Run,
) -> None:
    lines = "".join('"' + trap.replace('"', '""') + '",x\n' for trap in TRAPS)
    package = make_package("a,b\n" + lines, [{"name": "a"}, {"name": "b"}])
    book = tmp_path / "traps.xlsx"
    run("export", "xlsx", package, "-o", book, "--no-validate", code=0)
    assert [row[0] for row in reader(book, "things")[1:]] == TRAPS
