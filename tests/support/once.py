"""Slow things that a run of the tests makes once, whichever worker of pytest-xdist asks first."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

#: Two settings of a process. What it makes must not depend on them.
SURROUNDINGS = (
    {"TZ": "Asia/Kamchatka", "PYTHONHASHSEED": "0", "LC_ALL": "C"},
    {"TZ": "America/Anchorage", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"},
)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name, shared by all workers; `make` fills it, new and empty, once."""
    top = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        top = top.parent  # the folder of a worker is inside the folder of the run
    folder = top / "once" / name
    done = folder.with_suffix(".done")
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
