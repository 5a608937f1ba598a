"""Large tables become JSON Lines by DuckDB: the same bytes, or not by DuckDB at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.engine.duckdb import DuckDb
from tests.support import Run

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": 'te"xt', "type": "string"},
    {"name": "day", "type": "date"},
    {"name": "year", "type": "year"},
    {"name": "open", "type": "boolean"},
]
HEADER = 'id,"te""xt",day,year,open\n'
PLAIN = (
    HEADER
    + '1,"a ""b"" \\ / c",2008-11-05,2008,true\n'
    + '-2,"two\nlines\t\u2028 \U0001f680 žluť",,1999,0\n'
    + ',"",n/a,,\n'
    + "9223372036854775807, blank ,2008-02-30,2007,False\n"
)

#: Each file with whether DuckDB may write it.
FILES = {
    "plain": (PLAIN, True),
    "another sign": (HEADER + "+1,a,,,\n", False),
    "zeros before": (HEADER + "007,a,,,\n", False),
    "a large number": (HEADER + "9223372036854775808,a,,,\n", False),
    "no integer": (HEADER + "x,a,,,\n", False),
    "no boolean": (HEADER + "1,a,,,maybe\n", False),
    "a stray quote": (HEADER + '1,a "b" c,,,\n', False),
    "a blank before a quote": (HEADER + '1, "b",,,\n', False),
    "a short row": (HEADER + "1,a\n2,b,,,\n", False),
    "a blank line": (HEADER + "1,a,,,\n\n2,b,,,\n", False),
    "carriage returns": (PLAIN.replace("\n", "\r\n"), False),
    "another header": (PLAIN.replace("day", "date"), False),
}


@pytest.fixture
def by_duckdb(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether DuckDB wrote each table that it was asked to write."""
    written: list[bool] = []
    write_lines = DuckDb.write_lines

    def noted(*args: Any) -> int:
        written.append(False)
        rows = write_lines(*args)
        written[-1] = True
        return rows

    monkeypatch.setattr(DuckDb, "write_lines", noted)
    return written


def package(folder: Path, text: str, **changes: Any) -> Path:
    fields = [{**field, **changes.get(str(field["name"]), {})} for field in FIELDS]
    schema = {"fields": fields, "missingValues": ["", "n/a"]}
    descriptor = {"resources": [{"name": "things", "path": "things.csv", "schema": schema}]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (folder / "things.csv").write_bytes(text.encode())
    return folder


def both(source: Path, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """What is written either way, which is the same."""
    written = []
    for name, least in (("small", 10**9), ("large", 1)):
        monkeypatch.setattr("shieldtalks.tabular.engine.BULK", least)
        file = folder / f"{name}.jsonl"
        run("export", "jsonl", source, "--no-validate", "-o", file, code=0)
        written.append(file.read_bytes())
        assert sorted(folder.glob(".*")) == []
    assert written[0] == written[1]
    return written[0]


@pytest.mark.parametrize("name", FILES)
def test_a_file_gives_the_same_lines(
    name: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, by_duckdb: list[bool]
) -> None:
    text, plain = FILES[name]
    both(package(tmp_path, text), tmp_path, run, monkeypatch)
    assert any(by_duckdb) == plain


@pytest.mark.slow
def test_every_character_is_written_alike(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, by_duckdb: list[bool]
) -> None:
    points = [*range(32, 127), *range(0xA0, 0xD800), *range(0xE000, 0x11000), 0x10FFFF, 9, 10]
    rows = (f'{point},"{chr(point) * (1 + (point == 34))}",,,\n' for point in points)
    written = both(package(tmp_path, HEADER + "".join(rows)), tmp_path, run, monkeypatch)
    assert by_duckdb == [True]
    assert [json.loads(line)['te"xt'] for line in written.split(b"\n")[:-1]] == list(
        map(chr, points)
    )


def test_numbers_are_left_to_python(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, by_duckdb: list[bool]
) -> None:
    both(package(tmp_path, PLAIN, id={"type": "number"}), tmp_path, run, monkeypatch)
    assert by_duckdb == []


def test_the_shipped_record(
    root: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, by_duckdb: list[bool]
) -> None:
    both(root, tmp_path, run, monkeypatch)
    assert set(by_duckdb) == {True}
