"""`validate --engine spark` without a server: one message, exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import EXAMPLES, Run

PACKAGE = EXAMPLES / "good" / "path-in-folder"


def test_no_address(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    result = run("validate", PACKAGE, "--engine", "spark")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[-2:] == [
        "Error: the engine spark needs the address of a Spark server",
        "Give --spark-remote sc://HOST:PORT, or set SPARK_REMOTE.",
    ]


def test_an_address_for_another_engine(run: Run) -> None:
    result = run("validate", PACKAGE, "--spark-remote", "sc://localhost")
    assert result.exit_code == 2
    assert "--spark-remote needs --engine spark." in result.stderr


def test_no_other_engine_reads_the_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SPARK_REMOTE", "sc://localhost:1")
    assert run("validate", PACKAGE).exit_code == 0
