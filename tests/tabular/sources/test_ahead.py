"""Files that are looked at while other tables are read."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular import validation
from shieldtalks.tabular.engine.duckdb import DuckDb
from shieldtalks.tabular.engine.limits import Limits
from shieldtalks.tabular.package import read
from shieldtalks.tabular.reading import Changed
from shieldtalks.tabular.sources import ahead, csv, octets
from tests.support import Run

ROWS = b'id,name\n1,a\n2,"b\nc"\n'


def package(folder: Path, **hashes: str | None) -> Path:
    """A package with one table of the same rows for each hash; the table is called as its hash."""
    fields = [{"name": "id", "type": "integer"}, {"name": "name"}]
    tables: list[dict[str, Any]] = []
    for name, declared in hashes.items():
        (folder / f"{name}.csv").write_bytes(ROWS)
        table: dict[str, Any] = {"name": name, "path": f"{name}.csv", "schema": {"fields": fields}}
        tables.append(table | ({"hash": declared} if declared else {}))
    (folder / "datapackage.json").write_text(json.dumps({"resources": tables}), "utf-8")
    return folder


def sha256() -> str:
    return "sha256:" + hashlib.sha256(ROWS).hexdigest()


def test_the_findings_are_those_of_one_thread(tmp_path: Path, run: Run) -> None:
    md5 = hashlib.md5(ROWS, usedforsecurity=False).hexdigest()
    package(tmp_path, good=sha256(), bad="sha256:" + "0" * 64, md5=md5, none=None, gone=None)
    package_with = ("validate", tmp_path, "--engine", "duckdb", "--format", "json", "--threads")
    (tmp_path / "none.csv").write_bytes(ROWS + b'x,"y" \n')
    (tmp_path / "gone.csv").unlink()
    one, two = (json.loads(run(*package_with, n, code=2).stdout) for n in ("1", "2"))
    assert one["findings"] == two["findings"]
    assert {finding["rule"] for finding in one["findings"]} >= {"hash", "quote"}


def test_a_file_that_changes_after_the_look_is_not_taken(tmp_path: Path) -> None:
    resources = read(package(tmp_path, t=sha256())).resources
    engine = DuckDb(resources, lean=True, limits=Limits(threads=2))
    try:
        with ahead.Ahead(resources) as looks:
            look = looks.look(resources[0])
            assert look is not None
            assert look.facts().lines == 4
            assert look.facts().sha256 == sha256().removeprefix("sha256:")
            os.utime(tmp_path / "t.csv", ns=(0, 0))
            with pytest.raises(Changed):
                csv.load(resources[0], engine, looks)
    finally:
        engine.close()


@pytest.mark.parametrize("threads", [1, 2])
def test_only_several_threads_look_ahead(
    threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[ahead.Ahead] = []
    start = ahead.Ahead.__enter__

    def noted(self: ahead.Ahead) -> ahead.Ahead:
        made.append(self)
        return start(self)

    monkeypatch.setattr(ahead.Ahead, "__enter__", noted)
    chosen = validation.Options(engine="duckdb", limits=Limits(threads=threads))
    report = validation.validate(package(tmp_path, a=sha256(), b=None), chosen)
    assert not report.findings
    assert len(made) == threads - 1


def test_a_hash_is_computed_only_if_one_is_declared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    inspect = octets.inspect

    def noted(file: Path, *, hashed: bool, **options: Any) -> octets.Octets:
        asked.append(hashed)
        return inspect(file, hashed=hashed, **options)

    monkeypatch.setattr(octets, "inspect", noted)
    report = validation.validate(package(tmp_path, a=sha256(), b=None))
    assert not report.findings
    assert asked == [True, False]
