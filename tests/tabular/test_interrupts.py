"""Signals: what a block that must not be interrupted does, and that handlers are put back."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shieldtalks.tabular import interrupts, temporary

ENDING = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGUSR1", "SIGXCPU")
    if hasattr(signal, name)
]


@pytest.mark.parametrize("number", ENDING)
def test_each_signal_that_ends_a_process_raises(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), interrupts.handled():
        signal.raise_signal(number)
        pytest.fail("not reached")
    assert signal.getsignal(number) is before


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with interrupts.handled():
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_signal_waits_for_the_end_of_a_block_and_is_raised_once() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), interrupts.handled():
        with interrupts.uninterrupted():
            with interrupts.uninterrupted():
                signal.raise_signal(signal.SIGTERM)
                signal.raise_signal(signal.SIGINT)
                done.append("inner")
            done.append("outer")
        done.append("not reached")
    assert done == ["inner", "outer"]
    with interrupts.handled():
        assert not interrupts.came()


def test_a_signal_that_was_lost_still_ends_the_command(capfd: pytest.CaptureFixture[str]) -> None:
    """In `__del__` nothing can be raised."""
    with pytest.raises(KeyboardInterrupt), interrupts.handled():
        one = type("One", (), {"__del__": lambda _: signal.raise_signal(signal.SIGTERM)})()
        del one
    assert capfd.readouterr().err == ""


def test_temporary_files_that_no_block_removes_are_removed_at_the_end(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), interrupts.handled():
        folder = temporary.new_folder(tmp_path / "target")
        (folder / "inner").mkdir()
        (folder / "inner" / "file").touch()
        temporary.new_file(tmp_path / "target")
        signal.raise_signal(signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []


def test_temporary_files_of_a_long_name(tmp_path: Path) -> None:
    name = "ä" * 127  # 254 bytes: one more character is too long
    with temporary.folder(tmp_path / name) as folder:
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_python_does_not_kill_itself_for_an_exception_that_was_caught(tmp_path: Path) -> None:
    """Python does so under `-m` if Ctrl-C came while a text was executed, such as for a dataclass."""
    code = (
        "import signal, sys\n"
        "from shieldtalks.tabular.interrupts import handled\n"
        "try:\n"
        "    with handled():\n"
        "        exec('signal.raise_signal(signal.SIGINT)')\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(2)\n"
    )
    (tmp_path / "ended.py").write_text(code)
    done = subprocess.run([sys.executable, "-m", "ended"], check=False, cwd=tmp_path)
    assert done.returncode == 2
