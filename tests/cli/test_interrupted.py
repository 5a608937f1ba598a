"""A command that is ended by a signal, at any line: one message, exit code 2, and nothing is left."""

from __future__ import annotations

import contextlib
import gc
import json
import shutil
import signal
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import CliRunner, Result

import shieldtalks
from shieldtalks.cli import main

#: Commands with temporary files: each format of an export, and archives.
COMMANDS = {
    "validate": ["validate", "{package}", "-o", "{out}/report"],
    "validate-zip": ["validate", "{package}/p.zip"],
    "validate-duckdb": ["validate", "{package}", "--engine", "duckdb"],
    "validate-limit": ["validate", "{package}", "--engine", "duckdb", "--memory-limit", "256MB"],
    "diff-zip": ["diff", "{package}", "{package}/p.zip"],
    "diff-large": ["diff", "{package}", "{package}/other"],
    "init": ["init", "{out}/new"],
    "csv": ["export", "csv", "{package}", "-o", "{out}/x"],
    "csv-force": ["export", "csv", "{package}", "-o", "{out}/kept", "--force"],
    "csv-zip": ["export", "csv", "{package}", "-o", "{out}/x.zip"],
    "json": ["export", "json", "{package}", "-o", "{out}/x"],
    "jsonl": ["export", "jsonl", "{package}", "-o", "{out}/x"],
    "sqlite": ["export", "sqlite", "{package}", "-o", "{out}/x"],
    "parquet": ["export", "parquet", "{package}", "-o", "{out}/x"],
    "parquet-parts": ["export", "parquet", "{package}", "--partition-by", "a", "-o", "{out}/x"],
    "xlsx": ["export", "xlsx", "{package}", "-o", "{out}/x.xlsx"],
    "croissant": ["export", "croissant", "{package}", "-o", "{out}/x"],
}

#: Where a signal is sent: in the modules with temporary files, and in those that make them.
_HOME = Path(shieldtalks.__file__).parent
PLACES = (
    *(
        str(_HOME / part)
        for part in ("exports", "cli", "tabular/engine", "tabular/package/archive")
    ),
    *(str(_HOME / "tabular" / f"{name}.py") for name in ("temporary", "files", "interrupts")),
    contextlib.__file__,
    tempfile.__file__,
)

SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Path]]:
    """A package, which is also in a zip; a folder for outputs; and one for temporary files."""
    found = {name: tmp_path / name for name in ("package", "out", "temporary")}
    for folder in found.values():
        folder.mkdir()
    fields = [{"name": "id", "type": "integer"}, {"name": "a"}]
    table = {"name": "t", "path": "t.csv", "schema": {"primaryKey": "id", "fields": fields}}
    (found["package"] / "t.csv").write_text("id,a\n1,x\n2,y\n")
    (found["package"] / "datapackage.json").write_text(json.dumps({"resources": [table]}))
    (found["package"] / "other").mkdir()
    (found["package"] / "other" / "t.csv").write_text("id,a\n1,z\n2,y\n")
    shutil.copy(found["package"] / "datapackage.json", found["package"] / "other")
    monkeypatch.setattr("shieldtalks.tabular.diff.keyed.MOST_ROWS", 0)
    with zipfile.ZipFile(found["package"] / "p.zip", "w") as archive:
        for name in ("t.csv", "datapackage.json"):
            archive.write(found["package"] / name, name)
    monkeypatch.setattr(tempfile, "tempdir", str(found["temporary"]))
    # What other tests left behind is not collected in the middle of a command.
    gc.collect()
    gc.disable()
    lost: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: lost.append(what.exc_type))
    yield found
    gc.enable()
    gc.collect()
    # A file that was just opened is closed when Python forgets it. Nothing else is late.
    assert set(lost) <= {ResourceWarning}


@cache
def is_in(file: str, places: tuple[str, ...]) -> bool:
    """Whether a file is one of the places, or in one of them."""
    return file.startswith(places)


def at_line(number: int, which: signal.Signals, arguments: list[str]) -> Result:
    """Run a command and send a signal at the line with this number, if it gets there."""
    passed = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        del event, argument
        return line if is_in(frame.f_code.co_filename, PLACES) else None

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal passed
        del frame, event, argument
        passed += 1
        if passed == number:
            sys.settrace(before)
            signal.raise_signal(which)
        return line

    before = sys.gettrace()
    inner = main._reported  # type: ignore[attr-defined]

    def traced(*given: Any, **more: Any) -> Any:
        sys.settrace(trace)
        try:
            return inner(*given, **more)
        finally:
            sys.settrace(before)

    main._reported = traced  # type: ignore[attr-defined]
    try:
        return CliRunner().invoke(main, arguments)
    finally:
        main._reported = inner  # type: ignore[attr-defined]
        sys.settrace(before)


def check_nothing_is_left(name: str, places: dict[str, Path], first: int, step: int) -> int:
    """Run a command again and again, each time with a signal at a later line. The number of runs."""
    arguments = [part.format(**places) for part in COMMANDS[name]]
    runs = 0
    while True:
        shutil.rmtree(places["out"])
        places["out"].mkdir()
        if "--force" in arguments:
            shutil.copytree(
                places["package"], places["out"] / "kept", ignore=lambda *_: ["p.zip", "other"]
            )
        which = SIGNALS[runs % len(SIGNALS)]
        result = at_line(first + runs * step, which, arguments)
        if "interrupted" not in result.stderr:
            assert result.exit_code == 0, result.output
            return runs
        assert result.exit_code == 2
        assert result.stderr.splitlines()[-1] == "Error: interrupted; no file was left incomplete"
        assert "Traceback" not in result.stderr
        assert list(places["temporary"].iterdir()) == []
        assert list(places["out"].glob(".*")) == []
        if "--force" in arguments:
            assert (places["out"] / "kept" / "t.csv").read_text() == "id,a\n1,x\n2,y\n"
        runs += 1


@pytest.mark.parametrize("name", ["validate-zip", "jsonl", "csv-force"])
def test_nothing_is_left_by_a_signal(name: str, places: dict[str, Path]) -> None:
    assert check_nothing_is_left(name, places, first=11, step=151) > 2


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_left_by_a_signal_at_any_line(name: str, places: dict[str, Path]) -> None:
    step = 101 if name == "diff-large" else 29  # it validates two packages
    assert check_nothing_is_left(name, places, first=1, step=step) > 10
