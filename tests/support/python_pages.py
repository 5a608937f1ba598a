"""The Python sessions of a page (blocks of `pycon`), run one after the other, with shared names."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Any


def python_session(page: Path) -> list[str]:
    """What differs between the Python sessions of a page and what they print; empty if nothing does."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"```pycon\n(.*?)```", text, re.DOTALL)
    names: dict[str, Any] = {}
    said: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)
    for number, block in enumerate(blocks, start=1):
        test = doctest.DocTestParser().get_doctest(block, names, f"{page.name} {number}", None, 0)
        assert test.examples
        runner.run(test, out=said.append, clear_globs=False)
        names = test.globs
    assert blocks
    return said
