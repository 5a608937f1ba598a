"""What frictionless may open, and how long it may take, with `--reference`."""

from __future__ import annotations

import json
import os
import re
import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.checks import frictionless as reference
from shieldtalks.tabular.checks.fence import TooLong, fenced, in_time
from tests.support import Run


def test_only_regular_files_of_the_package_can_be_opened(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "package"
    folder.mkdir()
    outside.write_text("x", "utf-8")
    (folder / "good.csv").write_text("x", "utf-8")
    (folder / "refused.csv").write_text("x", "utf-8")
    (folder / "link.csv").symlink_to(outside)
    (folder / "inner.csv").symlink_to("good.csv")
    (folder / "zero.csv").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.csv")
    with fenced(folder, [folder / "refused.csv"]):
        assert (folder / "good.csv").read_text("utf-8") == "x"
        assert (folder / "inner.csv").read_text("utf-8") == "x"
        Path(re.__file__).read_bytes()
        names = ["refused.csv", "link.csv", "zero.csv", "pipe.csv", "../outside"]
        for name in names:
            with pytest.raises(PermissionError):
                (folder / name).open("rb")
        with pytest.raises(PermissionError):
            os.open(os.fsencode(outside), os.O_RDONLY)
        with pytest.raises(FileNotFoundError):
            (folder / "none.csv").open("rb")
        with (
            socket.socket() as line,
            pytest.raises(OSError, match="network access is disabled"),
        ):
            line.connect(("127.0.0.1", 9))
    assert outside.read_text("utf-8") == "x"


def endless() -> None:
    """A match that takes for ever; what would stop it is hidden at first."""
    for _ in range(2):
        with suppress(Exception):
            re.match("(x+x+)+y", "x" * 40)


def test_work_ends_in_time() -> None:
    assert in_time(lambda: 3, 60) == 3
    with pytest.raises(ZeroDivisionError):
        in_time(lambda: 1 // 0, 60)
    with pytest.raises(TooLong):
        in_time(endless, 0.05)


def test_work_ends_in_time_in_another_thread() -> None:
    results: list[Any] = []
    wait = threading.Event()

    def work() -> None:
        results.append(in_time(lambda: 3, 60))
        try:
            in_time(lambda: wait.wait(60), 0.05)
        except TooLong:
            results.append("too long")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    wait.set()
    assert results == [3, "too long"]


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("(x+x+)+y", "xxy", "x" * 40),
        ("(x|x)*y", "xxy", "x" * 40),
        ("([a-z]+)*-[a-z]+", "a-b", "a" * 40),
        ("[0-9]{2}", "12", "1x"),
    ],
)
def test_frictionless_matches_patterns_in_linear_time(pattern: str, good: str, bad: str) -> None:
    compiled = reference._Patterns.compile(f"^{pattern}$")
    assert compiled.match(good)
    assert not compiled.match(bad)


def test_an_unsupported_pattern_matches_everything_there() -> None:
    assert reference._Patterns.compile(r"^(a)\1$").match("b")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["link", "schema", "zero", "pipe", "bomb"])
def test_the_reference_opens_nothing_that_was_refused(kind: str, tmp_path: Path, run: Run) -> None:
    folder, outside = tmp_path / "p", tmp_path / "outside.csv"
    folder.mkdir()
    outside.write_text('{"fields": [{"name": "a"}]}', "utf-8")
    field: dict[str, Any] = {"name": "a", "constraints": {"pattern": "(x+x+)+y"}}
    schema: Any = {"fields": [field]}
    file = folder / "t.csv"
    if kind == "pipe":
        os.mkfifo(file)
    elif kind in ("link", "zero"):
        file.symlink_to(outside if kind == "link" else "/dev/zero")
    else:
        file.write_text("a\n" + "x" * 60 + "\n", "utf-8")
    if kind == "schema":
        (folder / "s.json").symlink_to(outside)
        schema = "s.json"
    entry = {"name": "t", "path": "t.csv", "schema": schema}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [entry]}), "utf-8")
    run("validate", folder, "--reference", code=1 if kind == "bomb" else 2)


def test_a_reference_that_takes_too_long_is_a_finding(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: Any) -> Any:
        raise TooLong

    monkeypatch.setattr(reference, "errors", late)
    said = run("validate", root, "--reference", code=2).stdout
    assert "reference: frictionless did not end within 60 seconds, so it was stopped" in said
