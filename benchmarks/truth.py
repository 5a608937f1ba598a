"""Compare the findings on a bad copy with the wrong cells that were put in, and engine with engine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measuring import Group

#: What follows the name of an engine in the name of the command that validates a bad copy.
BAD_COPY = "-bad"

#: What `truth.json` says of each wrong cell.
FACTS = ("table", "line", "row", "field", "rule")

Fault = tuple[str, int, int, str, str]


def compare(group: Group) -> Iterator[tuple[str, bool]]:
    """For each validation of a bad copy: a sentence, and whether the findings are exactly right.

    The tables, lines, rows, fields and rules of all findings are compared with the truth. Then whole
    reports, with values and messages, are compared with that of the first engine.
    """
    works = [work for work in group.taken if work in group.findings]
    if group.truth is None or not works:
        return
    wanted = faults(json.loads(group.truth.read_text(encoding="utf-8")))
    reports = {work: _report(group.findings[work]) for work in works}
    for work, report in reports.items():
        found = faults(report["findings"])
        missed, extra = (wanted - found).total(), (found - wanted).total()
        left_out = report["totals"][
            "left_out"
        ]  # a report does not list every finding if there are many
        words = f"{wanted.total()} wrong cells, {missed} missed, {extra} extra"
        more = f", {left_out} findings only counted" if left_out else ""
        yield _sentence(group, work, words + more), not missed and not extra and not left_out
    first, *others = works
    for work in others:
        is_same = reports[work] == reports[first]
        words = "the same report as" if is_same else "another report than"
        yield _sentence(group, work, f"{words} {_engine(first)}"), is_same


def faults(entries: list[dict[str, Any]]) -> Counter[Fault]:
    """The table, line, row, field and rule of each finding. `truth.json` contains only these."""
    return Counter(tuple(entry[name] for name in FACTS) for entry in entries)  # type: ignore[misc]


def _sentence(group: Group, work: str, words: str) -> str:
    return f"{group.package} claims, {_engine(work)}: {words}"


def _engine(work: str) -> str:
    return work.removesuffix(BAD_COPY)


def _report(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
