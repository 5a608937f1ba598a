"""`shieldtalks code` that is ended by a signal: the collection has all of the new rows, or none."""

from __future__ import annotations

import signal
import tempfile
from pathlib import Path

import pytest

import shieldtalks
from tests.cli import test_interrupted
from tests.cli.test_interrupted import SIGNALS, at_line
from tests.support.article import FILE
from tests.support.sheets import LIGHTHOUSE, collection, contents

#: Where the signals are sent: while the files are written, and around it.
_HOME = Path(shieldtalks.__file__).parent
PLACES = (str(_HOME / "record" / "sheet" / "coding.py"), str(_HOME / "tabular" / "files.py"))


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection without rows, and a folder for temporary files."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(test_interrupted, "PLACES", PLACES)
    return collection(tmp_path / "lighthouse")


@pytest.mark.slow
def test_nothing_is_half_written(target: Path) -> None:
    before = contents(target)
    arguments = ["code", str(LIGHTHOUSE), "--package", str(target), "--article", str(FILE)]
    number, stopped = 1, 0
    while contents(target) == before:
        which: signal.Signals = SIGNALS[stopped % len(SIGNALS)]
        result = at_line(number, which, arguments)
        assert "Traceback" not in result.output
        assert list((target.parent / "temporary").iterdir()) == []
        assert not [name for name in contents(target) if Path(name).name.startswith(".new")]
        if "interrupted" in result.stderr:
            assert result.exit_code == 2
            stopped += 1
        number += 241
    assert stopped >= 5
    again = at_line(1_000_000, SIGNALS[0], arguments)
    assert "added 0 rows: all of them are already there" in again.stderr
