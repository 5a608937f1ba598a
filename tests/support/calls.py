"""Work that is counted, not timed: Python's function calls while something runs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def calls_of(work: Callable[[], Any]) -> int:
    """How many functions are called while something runs."""
    calls = 0

    def count(*_: Any) -> None:
        nonlocal calls
        calls += 1

    old = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(old)
    return calls
