"""What the tests share: where things are in the checkout, and the types of the shared fixtures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

#: The top of the checkout.
ROOT = Path(__file__).resolve().parents[2]

#: Small packages, each with one fault (`faults`) or with none (`good`), and a small made-up record.
EXAMPLES = ROOT / "tests" / "examples"

#: The folder of the made-up article, `src-9001.txt`.
ARTICLES = ROOT / "tests" / "article"

#: The fixture `run`: `shieldtalks` with these arguments.
Run = Callable[..., Result]

#: The fixture `findings`: what `shieldtalks validate` finds in a package.
Findings = Callable[..., list[dict[str, Any]]]

#: The fixture `make_package`: a package of one table.
MakePackage = Callable[..., Path]


def one_line(result: Result) -> str:
    """The last line of standard error: a refusal, and nothing on standard output."""
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert result.stderr.splitlines()[-1] == line
    assert result.stdout == ""
    return line


def statuses(result: Result) -> dict[str, str]:
    """What `verify --format json` says of each row of evidence."""
    return {row["evidence_id"]: row["status"] for row in json.loads(result.stdout)}
