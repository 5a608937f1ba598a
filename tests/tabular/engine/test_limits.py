"""The threads and the memory of an engine: options, and findings that do not depend on them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from shieldtalks.tabular.engine import limits
from shieldtalks.tabular.engine.duckdb import DuckDb
from shieldtalks.tabular.engine.limits import Limits, size_of
from shieldtalks.tabular.engine.storage import short
from shieldtalks.tabular.engine.within import meaning
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import read
from tests.support import Run
from tests.support.once import once


def package(folder: Path, rows: int) -> list[tuple[int, str, str]]:
    """Write a package of two tables; the row, the field and the rule of each of its faults.

    Some cells have a line feed or a delimiter.
    """
    faults = []
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("id,code,up,text\n")
        for row in range(1, rows + 1):
            key, code, up = f"k{row}", "abcd"[row % 4], f"p{row % 5}"
            if row % 7_919 == 0:
                code = "z"
                faults.append((row, "code", "enum"))
            if row % 10_007 == 0:
                up = "none"
                faults.append((row, "up", "foreign-key"))
            if row % 12_007 == 0:
                key = f"k{row - 5}"
                faults.append((row, "id", "unique"))
            file.write(f'{key},{code},{up},"{"a, b" if row % 3 else "two" + chr(10) + "lines"}"\n')
    (folder / "p.csv").write_text("id,x\n" + "".join(f"p{n},1\n" for n in range(5)), "utf-8")
    constraints = {"code": {"enum": list("abcd")}, "id": {"unique": True}}
    fields = [
        {"name": name, "constraints": constraints.get(name, {})}
        for name in ("id", "code", "up", "text")
    ]
    link = {"fields": "up", "reference": {"resource": "p", "fields": "id"}}
    child = {"fields": fields, "foreignKeys": [link]}
    parent = {"fields": [{"name": "id"}, {"name": "x"}], "primaryKey": "id"}
    tables = [
        {"name": "t", "path": "t.csv", "schema": child},
        {"name": "p", "path": "p.csv", "schema": parent},
    ]
    (folder / "datapackage.json").write_text(json.dumps({"resources": tables}), "utf-8")
    return faults


def found(run: Run, folder: Path, *options: str) -> list[tuple[int, str, str]]:
    """The faults that DuckDB finds with these options."""
    options = ("--engine", "duckdb", "--format", "json", *options)
    report = json.loads(run("validate", folder, *options, code=1).stdout)
    return [(one["row"], one["field"], one["rule"]) for one in report["findings"]]


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of a million rows, which must not be changed, with its faults beside it."""

    def make(folder: Path) -> None:
        (folder / "faults.json").write_text(json.dumps(package(folder, 1_000_000)), "utf-8")

    return once(tmp_path_factory, "a-million-rows", make)


def faults_of(folder: Path) -> list[tuple[int, str, str]]:
    """The faults that the package was made with."""
    faults = json.loads((folder / "faults.json").read_text("utf-8"))
    return [(row, field, rule) for row, field, rule in faults]


def test_the_findings_are_the_same_with_any_number_of_threads(run: Run, tmp_path: Path) -> None:
    faults = package(tmp_path, 25_000)
    assert len(faults) > 5
    for threads in ("1", "4"):
        assert found(run, tmp_path, "--threads", threads) == faults


@pytest.mark.slow
def test_a_million_rows_have_the_same_faults_with_any_number_of_threads(
    run: Run, million: Path
) -> None:
    faults = faults_of(million)
    for threads in ("1", "2", "4"):
        assert found(run, million, "--threads", threads) == faults


@pytest.mark.slow
def test_the_findings_are_the_same_with_little_memory(
    run: Run, million: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (scratch := tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    faults = faults_of(million)
    assert found(run, million, "--memory-limit", "128MiB", "--threads", "1") == faults
    assert list(scratch.iterdir()) == []


def test_the_engine_gets_the_limits() -> None:
    with closing(DuckDb([], lean=False, limits=Limits(2, 400 << 20))) as engine:
        sql = "SELECT current_setting('threads'), current_setting('memory_limit')"
        assert list(engine.query(sql)) == [(2, "300.0 MiB")]
        engine.read_only(strangers=True)
        assert list(engine.query(sql)) == [(2, "300.0 MiB")]


def test_only_large_tables_get_several_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package(tmp_path, 1000)
    resources = read(tmp_path).resources
    size = sum(resource.file.stat().st_size for resource in resources)
    monkeypatch.setattr(limits, "usable_cores", lambda: 3)
    assert Limits().threads_for(resources) == 1
    monkeypatch.setattr(limits, "_WORTH_A_THREAD", size // 2)
    assert Limits().threads_for(resources) == 2
    monkeypatch.setattr(limits, "_WORTH_A_THREAD", 100)
    assert Limits().threads_for(resources) == 3
    assert Limits(threads=8).threads_for(resources) == 8
    assert limits.usable_cores() >= 1


@pytest.mark.parametrize(
    ("text", "size"),
    [
        *(
            ("2GB", 2 * 10**9),
            ("512 MiB", 512 << 20),
            ("1.5gb", 15 * 10**8),
            ("300000000", 3 * 10**8),
        ),
        *((text, None) for text in ("", "much", "-1GB", "2XB", "GB", "1e9", "2GB!")),
    ],
)
def test_sizes(text: str, size: int | None) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--threads", "0", "1<=x<=1024"),
        ("--memory-limit", "much", "Write it as in 2GB"),
        ("--memory-limit", "1MB", "at least 128MiB"),
    ],
)
def test_other_values_are_refused(
    option: str, value: str, words: str, run: Run, tmp_path: Path
) -> None:
    package(tmp_path, 10)
    assert words in run("validate", tmp_path, option, value, code=2).stderr


def test_too_little_memory_is_one_message() -> None:
    error = meaning(Exception("Out of Memory Error: failed to pin block of size 256.0 KiB"))
    assert isinstance(error, CannotRun)
    assert "larger --memory-limit" in str(error)
    assert short(Exception("Binder Error: Out of Memory Error")) is None
