"""Digits: every format keeps all of them, or says which values it cannot hold."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.tabular.jsontext import dumps, parse
from tests.support import MakePackage, Run

#: Numbers that a double holds, and numbers that it rounds.
HELD = ["0.1", "16.1576189999116", "123456789012345.67", "5e-324", "1e23", "100"]
LONG = ["1234567890123456.7", "0.12345678901234567890", "9007199254740993"]

WHOLE = ["0", "999999999999999", "9007199254740993", "9223372036854775807", "-9223372036854775808"]
MOMENTS = ["2008-11-05T10:00:00.123456789Z", "2008-11-05T24:00:00", "2008-11-05T10:00:00+02:00"]


def made(make_package: MakePackage, type_: str, cells: list[str]) -> Path:
    return make_package(
        "x\n" + "".join(f"{cell}\n" for cell in cells), [{"name": "x", "type": type_}]
    )


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("cells", [HELD + LONG, WHOLE, [*WHOLE, "9" * 40]], ids=len)
def test_json_has_every_digit(
    form: str, cells: list[str], make_package: MakePackage, run: Run
) -> None:
    package = made(make_package, "integer" if cells[0] == "0" else "number", cells)
    result = run("export", form, package, "-o", "-", code=0)
    lines = result.stdout.splitlines()
    texts = lines if form == "jsonl" else [json.dumps(json.loads(result.stdout)["package"])]
    if form == "jsonl":
        found = [json.loads(line, parse_float=Decimal)["x"] for line in texts]
    else:
        found = json.loads(result.stdout, parse_float=Decimal)["tables"]["things"]
        found = [row["x"] for row in found]
    assert found == [Decimal(cell) for cell in cells]
    assert "digits" not in result.stderr


def test_sqlite_says_which_numbers_it_rounds(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    held = run("export", "sqlite", made(make_package, "number", HELD), "-o", tmp_path / "a", code=0)
    assert "rounded" not in held.stderr
    package = made(make_package, "number", LONG)
    for number, option in enumerate(([], ["--labels"])):
        target = tmp_path / f"{number}.sqlite"
        result = run("export", "sqlite", package, *option, "-o", target, code=0)
        assert "SQLite holds about 16 digits" in result.stderr
        assert result.stderr.count("things.x") == 1
        with closing(sqlite3.connect(target)) as database:
            stored = [value for (value,) in database.execute("SELECT x FROM things")]
        assert stored == [float(cell) for cell in LONG]


def test_sqlite_has_every_digit_of_whole_numbers_and_moments(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    for type_, cells, make in (("integer", WHOLE, int), ("datetime", MOMENTS, str)):
        package = made(make_package, type_, cells)
        run("export", "sqlite", package, "-o", tmp_path / type_, code=0)
        with closing(sqlite3.connect(tmp_path / type_)) as database:
            stored = [value for (value,) in database.execute("SELECT x FROM things")]
        assert stored == [make(cell) for cell in cells]


def test_parquet_says_which_numbers_it_rounds(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    from pyarrow import parquet

    for name, cells, said in (("a", HELD, False), ("b", [*HELD, LONG[0]], True)):
        package = made(make_package, "number", cells)
        for option in ([], ["--labels"]):
            target = tmp_path / f"{name}{len(option)}.parquet"
            result = run("export", "parquet", package, *option, "-o", target, code=0)
            assert ("Parquet holds about 16 digits" in result.stderr) == said
            assert parquet.read_table(target)["x"].to_pylist() == [float(cell) for cell in cells]


def test_csv_and_croissant_have_the_cells_as_they_are(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    package = made(make_package, "number", HELD + LONG)
    run("export", "csv", package, "-o", tmp_path / "csv", code=0)
    run("export", "croissant", package, "-o", tmp_path / "croissant", code=0)
    run("export", "csv", package, "--labels", "-o", tmp_path / "labels", code=0)
    before = (package / "things.csv").read_bytes()
    for path in ("csv/things.csv", "croissant/data/things.csv"):
        assert (tmp_path / path).read_bytes() == before
    cells = (tmp_path / "labels" / "data" / "things.csv").read_text("utf-8").split()[1:]
    assert [Decimal(cell) for cell in cells] == [Decimal(cell) for cell in HELD + LONG]


#: Limits with a value that each allows, and that a rounded comparison would refuse.
LIMITS: list[tuple[str, dict[str, str], str]] = [
    ("number", {"exclusiveMaximum": "0.3"}, "0.29999999999999999999"),
    ("number", {"exclusiveMaximum": "0.30000000000000000001"}, "0.3"),
    ("number", {"exclusiveMaximum": '"0.30000000000000000001"'}, "0.3"),
    ("number", {"exclusiveMinimum": "0.3"}, "0.30000000000000000001"),
    ("number", {"exclusiveMaximum": "1"}, "0.99999999999999999999"),
    ("number", {"minimum": "9007199254740993"}, "9007199254740993"),
    ("number", {"maximum": "0.1234567890123456789"}, "0.1234567890123456789"),
    ("number", {"minimum": "1e400"}, "1e401"),
    ("integer", {"exclusiveMaximum": "3.00000000000000000001"}, "3"),
    ("integer", {"maximum": "9007199254740993.0"}, "9007199254740993"),
    ("integer", {"exclusiveMinimum": "-9223372036854775809"}, "-9223372036854775808"),
    ("integer", {"exclusiveMaximum": "9223372036854775808"}, "9223372036854775807"),
    ("integer", {"minimum": "-9223372036854775808"}, "-9223372036854775808"),
    ("year", {"exclusiveMaximum": "2000.5"}, "2000"),
]


def limited(folder: Path, type_: str, limits: dict[str, str], cell: str) -> Path:
    """A package with one number; the limits stand in the descriptor as they are given."""
    stated = ", ".join(f'"{name}": {value}' for name, value in limits.items())
    (folder / "t.csv").write_text(f"x\n{cell}\n", "utf-8")
    (folder / "datapackage.json").write_text(
        '{"name": "limited", "resources": [{"name": "t", "path": "t.csv", "hash": "md5:0", "schema": '
        f'{{"fields": [{{"name": "x", "type": "{type_}", "constraints": {{{stated}}}}}]}}}}]}}',
        "utf-8",
    )
    return folder


@pytest.mark.parametrize(("type_", "limits", "cell"), LIMITS)
def test_no_limit_in_sqlite_refuses_a_valid_value(
    type_: str, limits: dict[str, str], cell: str, tmp_path: Path, run: Run
) -> None:
    package = limited(tmp_path, type_, limits, cell)
    assert "out of" not in run("validate", package, "--only", "minimum", code=0).stdout
    run("export", "sqlite", package, "--no-validate", "-o", tmp_path / "out", code=0)


def test_a_limit_in_sqlite_refuses_what_is_clearly_out(tmp_path: Path, run: Run) -> None:
    package = limited(tmp_path, "number", {"exclusiveMaximum": "0.5", "minimum": "-2"}, "0.6")
    result = run("export", "sqlite", package, "--no-validate", "-o", tmp_path / "out", code=2)
    assert "does not fit into SQLite" in result.stderr


LONG_LIMIT = "0.12345678901234567890123"


def test_a_long_limit_keeps_its_digits_in_what_is_written(tmp_path: Path, run: Run) -> None:
    package = limited(tmp_path, "number", {"maximum": LONG_LIMIT, "minimum": "-1e400"}, "0.1")
    run("export", "csv", package, "--no-validate", "-o", tmp_path / "csv", code=0)
    assert LONG_LIMIT in (tmp_path / "csv" / "datapackage.json").read_text("utf-8")
    run("export", "csv", package, "--no-validate", "--labels", "-o", tmp_path / "labels", code=0)
    assert LONG_LIMIT in (tmp_path / "labels" / "datapackage.json").read_text("utf-8")
    run("export", "sqlite", package, "--no-validate", "-o", tmp_path / "sqlite", code=0)
    with closing(sqlite3.connect(tmp_path / "sqlite")) as database:
        ((descriptor,),) = database.execute("SELECT descriptor FROM _package").fetchall()
    assert LONG_LIMIT in descriptor
    run("export", "parquet", package, "--no-validate", "-o", tmp_path / "t.parquet", code=0)
    assert LONG_LIMIT.encode() in (tmp_path / "t.parquet").read_bytes()
    run("fmt", package, code=0)
    text = (package / "datapackage.json").read_text("utf-8")
    assert LONG_LIMIT in text
    assert "-1e400" in text
    assert "md5:0" not in text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.slow
@given(JSON, st.decimals(allow_nan=False, allow_infinity=False))
def test_a_value_is_written_with_all_its_digits(value: Any, number: Decimal) -> None:
    """Also beside texts with the character that marks long numbers inside."""
    text = str(number)
    document = f'{{"x": {text}, "marks": "\ue000\ue000{text}", "y": {json.dumps(value)}}}'
    try:
        before = parse(document.encode("utf-8", "surrogatepass"))
    except ValueError:  # a text with NUL or half a character
        return
    again = json.loads(dumps(before), parse_float=Decimal, parse_int=Decimal)
    assert again["x"] == number
    assert again["marks"] == f"\ue000\ue000{text}"
    assert parse(dumps(before, indent=2).encode("utf-8")) == before
