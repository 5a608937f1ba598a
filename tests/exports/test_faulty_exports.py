"""Faulty data that is exported all the same: written, or refused in one line; never a traceback."""

from __future__ import annotations

import copy
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.cli import main
from shieldtalks.exports import FORMATS
from tests.cli.test_broken import DESCRIPTOR, ODD, ONCE, changed, places, write
from tests.support import EXAMPLES, Run
from tests.support.draws import examples
from tests.support.one_duckdb import one_duckdb

pytestmark = pytest.mark.slow

PACKAGES = sorted(EXAMPLES.rglob("datapackage.json"))


@one_duckdb()
def export(run: Run, form: str, package: Path, target: Path, *options: str) -> int:
    """The exit code; nothing stands at the target unless it is 0."""
    result = run("export", form, package, "--no-validate", "-o", target, *options)
    assert result.exit_code in (0, 2)
    assert target.exists() == (result.exit_code == 0)
    assert result.exit_code == 0 or "Error: " in result.stderr
    assert not re.search(r"\b[A-Z]\w+(Error|Exception)\b|NoneType|object has no", result.stderr)
    return result.exit_code


@pytest.mark.parametrize("form", FORMATS)
def test_no_fault_of_the_examples_breaks_a_writer(form: str, tmp_path: Path, run: Run) -> None:
    assert len(PACKAGES) > 200
    for number, example in enumerate(PACKAGES):
        export(run, form, example, tmp_path / f"{number}{FORMATS[form].endings[0]}")


@pytest.mark.parametrize("form", FORMATS)
def test_no_broken_descriptor_breaks_a_writer(form: str, tmp_path: Path, run: Run) -> None:
    for number, (place, value) in enumerate(ONCE):
        package = write(tmp_path / f"p{number}", changed(DESCRIPTOR, place, value))
        export(run, form, package, tmp_path / f"{number}{FORMATS[form].endings[0]}")


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=examples(8))
@given(data=st.data())
def test_no_drawn_descriptor_breaks_a_writer(
    form: str, data: st.DataObject, run_in: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, descriptor = tmp_path_factory.mktemp("drawn"), copy.deepcopy(DESCRIPTOR)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(sorted(places(descriptor), key=str)))
        descriptor = changed(descriptor, place, data.draw(st.sampled_from([..., *ODD])))
    package = write(folder / "package", descriptor)
    export(run_in, form, package, folder / f"out{FORMATS[form].endings[0]}")


@pytest.fixture(scope="module")
def run_in() -> Run:
    """The same as `run`, for drawn examples."""

    def call(*arguments: object, code: int | None = None) -> Result:
        del code
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


def cut(package: Path) -> None:
    (package / "data" / "sources.csv").unlink()


def no_number(package: Path) -> None:
    file = package / "data" / "attributions.csv"
    file.write_bytes(file.read_bytes().replace(b",1,", b",one,"))


def no_target(package: Path) -> None:
    file = package / "data" / "evidence.csv"
    file.write_bytes(file.read_bytes().replace(b"src-0003,evt-0001,", b"src-0009,,", 1))


def fewer_words(package: Path) -> None:
    change(package, lambda descriptor: [descriptor.pop("licenses"), descriptor.pop("contributors")])


def fewer_tables(package: Path) -> None:
    change(package, lambda descriptor: descriptor["resources"].pop(0))


def fewer_fields(package: Path) -> None:
    file = package / "schemas" / "tables" / "claims.json"
    schema = json.loads(file.read_text("utf-8"))
    schema["fields"].pop()
    file.write_text(json.dumps(schema), "utf-8")


def change(package: Path, how: Callable[[dict[str, Any]], object]) -> None:
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    how(descriptor)
    file.write_text(json.dumps(descriptor), "utf-8")


@pytest.mark.parametrize(
    "fault", [cut, no_number, no_target, fewer_words, fewer_tables, fewer_fields]
)
def test_no_fault_of_the_record_breaks_a_writer(
    fault: Callable[[Path], None], package: Path, tmp_path: Path, run: Run
) -> None:
    fault(package)
    for form, known in FORMATS.items():
        export(run, form, package, tmp_path / f"{form}{known.endings[0]}")
    for option in ("--flat", "--labels"):
        export(run, "csv", package, tmp_path / option, option)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x,y\n1,2\n", ""),
        (b"x,y\n1\n", ""),
        (b"x,y\n1,2,3\n1,2,\n", "2 rows have more cells than the table has fields"),
        (b"x,y\n1,caf\xe9\n", "1 place is not text in the declared encoding"),
    ],
)
def test_what_is_lost_of_faulty_data_is_said(
    content: bytes, said: str, tmp_path: Path, run: Run
) -> None:
    schema = {"fields": [{"name": name, "type": "string"} for name in "xy"]}
    resource = {"name": "t", "path": "t.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    (tmp_path / "t.csv").write_bytes(content)
    for form in ("json", "jsonl", "parquet", "xlsx"):
        target = tmp_path / f"out-{form}{'.xlsx' if form == 'xlsx' else ''}"
        result = run("export", form, tmp_path, "--no-validate", "-o", target, code=0)
        assert said in result.stderr
        assert len(result.stderr.splitlines()) == (3 if said else 2)


def test_numbers_that_json_lacks_are_spelled_as_in_the_table(tmp_path: Path, run: Run) -> None:
    schema = {"fields": [{"name": "x", "type": "number"}]}
    resource = {"name": "t", "path": "t.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    (tmp_path / "t.csv").write_text("x\nNaN\nINF\n-INF\n1.5\n", "utf-8")
    document = json.loads(run("export", "json", tmp_path, "-o", "-", code=0).stdout)
    assert [row["x"] for row in document["tables"]["t"]] == ["NaN", "INF", "-INF", 1.5]
    lines = run("export", "jsonl", tmp_path, "-o", "-", code=0).stdout.splitlines()
    assert json.loads(lines[1]) == {"table": "t", "x": "INF"}


#: Numbers that SQLite's own reader, or a double, does not hold to the last digit.
LONG = ["16.1576189999116", "8.93507601994681", "0.12345678901234567890", "+.5", "1e400", "12e-1"]


def test_numbers_keep_their_digits(tmp_path: Path, run: Run) -> None:
    schema = {"fields": [{"name": "x", "type": "number", "constraints": {"enum": LONG}}]}
    resource = {"name": "t", "path": "t.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    (tmp_path / "t.csv").write_text("x\n" + "".join(f"{text}\n" for text in LONG), "utf-8")
    for form in ("json", "jsonl"):
        text = run("export", form, tmp_path, "-o", "-", code=0).stdout
        rows = [line for line in text.splitlines() if '"x": ' in line and "fields" not in line]
        numbers = [line.rpartition('"x": ')[2].rstrip("]},") for line in rows]
        assert numbers == [*LONG[:3], "0.5", "1e400", "1.2"]
    run("export", "sqlite", tmp_path, "-o", tmp_path / "x.sqlite", code=0)
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as database:
        stored = [value for (value,) in database.execute("SELECT x FROM t")]
    assert stored == [float(text) for text in LONG]


def test_moments_written_in_several_ways_fit_into_sqlite(tmp_path: Path, run: Run) -> None:
    limits = {"minimum": "10:00:00.0", "maximum": "12:00:00", "enum": ["10:00:00", "12:00:00Z"]}
    schema = {
        "fields": [
            {"name": "at", "type": "time", "constraints": limits | {"unique": True}},
            {"name": "as", "type": "time"},
        ],
        "foreignKeys": [{"fields": "as", "reference": {"resource": "", "fields": "at"}}],
    }
    resource = {"name": "t", "path": "t.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    (tmp_path / "t.csv").write_text("at,as\n10:00:00,12:00:00.0Z\n14:00:00+02:00,\n", "utf-8")
    run("export", "sqlite", tmp_path, "-o", tmp_path / "x.sqlite", code=0)
