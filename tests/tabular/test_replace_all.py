"""Several files are replaced together: all of them, or none."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.files import replace_all
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.interrupts import handled

NEW = {"a": b"new a", "b": b"new b", "c": b"new c"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files."""
    for name in NEW:
        (tmp_path / name).write_text(f"old {name}")
    return tmp_path


def read(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def given(folder: Path) -> dict[Path, bytes]:
    return {folder / name: content for name, content in NEW.items()}


def test_all_files_are_replaced(folder: Path) -> None:
    (folder / "a").chmod(0o640)
    replace_all(given(folder))
    assert read(folder) == NEW
    assert (folder / "a").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "call"), [("fsync", 1), ("fsync", 3), ("replace", 1), ("replace", 3)]
)
def test_no_file_is_replaced_if_one_fails(
    name: str, call: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real, calls = read(folder), getattr(os, name), []

    def fails(*arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) == call:
            raise OSError(28, "No space left on device")
        return real(*arguments)

    monkeypatch.setattr(os, name, fails)
    with pytest.raises((OSError, CannotRun)):
        replace_all(given(folder))
    assert read(folder) == before


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_signal_waits_until_all_files_are_replaced(
    call: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.replace, []

    def interrupted(*arguments: Any) -> None:
        calls.append(arguments)
        if len(calls) == call:
            signal.raise_signal(signal.SIGINT)
        real(*arguments)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt), handled():
        replace_all(given(folder))
    assert read(folder) == NEW


def test_a_signal_before_leaves_everything(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = read(folder), os.fsync

    def interrupted(number: int) -> None:
        signal.raise_signal(signal.SIGINT)
        real(number)

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt), handled():
        replace_all(given(folder))
    assert read(folder) == before
