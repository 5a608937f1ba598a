"""How many examples the tests with drawn data draw."""

from __future__ import annotations

import os

#: `make draw` draws many times as many examples as each run of the tests.
TIMES = int(os.environ.get("SHIELDTALKS_DRAW", "1"))


def examples(usual: int) -> int:
    """The number of examples: as many as usual, or many times as many where that is asked for."""
    return usual * TIMES
