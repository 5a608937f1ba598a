"""Which Java `make spark` uses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.java import java_home


def java(home: Path, version: str) -> Path:
    """A program in `home` that says it is this version of Java."""
    program = home / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2026-11-17' >&2\n")
    program.chmod(0o755)
    return home


@pytest.fixture(autouse=True)
def _nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "none"))


def test_the_first_java_that_is_new_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = java(tmp_path / "old", "1.8.0_402"), java(tmp_path / "new", "21.0.4")
    monkeypatch.setenv("JAVA_HOME", str(old))
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), str(new / "bin")]))
    assert java_home(tmp_path / "made") == new


def test_the_java_that_was_unpacked_before(tmp_path: Path) -> None:
    home = java(tmp_path / "made" / "usr" / "lib" / "jvm" / "java-17", "17.0.21")
    assert java_home(tmp_path / "made") == home


def test_no_java_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="install openjdk-17-jre-headless"):
        java_home(tmp_path / "made")
