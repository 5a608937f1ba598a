"""Rules that a schema cannot express: one SQL file per rule, with one SELECT that must return no row.

The comment at the top of the file has the rule in one sentence, then a line `tables:` (what it
reads) and a line `hint:` (how to fix what it finds). The SELECT returns "table", row, field, value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..engine.base import Engine
from ..findings import CannotRun, Finding, Skipped
from ..sources.csv import LoadedTable

_HEADER = re.compile(r"\A((?:--[^\n]*\n)+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its identifier (the file name), its sentence, the tables that it reads, and its SELECT."""

    id: str
    sentence: str
    tables: tuple[str, ...]
    hint: str | None
    sql: str


def read(folder: Path) -> list[Rule]:
    """The rules of a folder, by name. Raises CannotRun if there are none, or if a file is not a rule."""
    files = sorted(folder.glob("*.sql"))
    if not files:
        raise CannotRun(f"{folder} contains no rules", "Give a folder with one .sql file per rule.")
    return [_parse(file) for file in files]


def _parse(file: Path) -> Rule:
    text = file.read_text(encoding="utf-8")
    match = _HEADER.match(text)
    lines = [line[2:].strip() for line in match.group(1).splitlines()] if match else []
    facts: dict[str, str] = {}
    sentence: list[str] = []
    for line in lines:
        name, colon, value = line.partition(": ")
        if colon and name in ("tables", "hint"):
            facts[name] = value.strip()
        elif "hint" in facts:
            facts["hint"] += f" {line}"
        else:
            sentence.append(line)
    if not sentence or "tables" not in facts:
        raise CannotRun(
            f"{file} is not a rule",
            "Start it with a comment: the rule in one sentence, then a line `tables:`.",
        )
    tables = tuple(name.strip() for name in facts["tables"].split(","))
    return Rule(file.stem, " ".join(sentence), tables, facts.get("hint"), text)


def check(
    rule: Rule, tables: dict[str, LoadedTable], engine: Engine, bad_cells: set[tuple[str, int, str]]
) -> Iterator[Finding | Skipped]:
    """What breaks the rule, or why it did not run. A cell that has a finding gets no second one."""
    missing = [name for name in rule.tables if name not in tables]
    if missing:
        yield Skipped(rule.id, f"the package has no table {' or '.join(missing)}")
        return
    absent = [f"{name}.{field}" for name in rule.tables for field in sorted(tables[name].absent)]
    if absent:
        yield Skipped(rule.id, f"the package has no column {' or '.join(absent)}")
        return
    try:
        rows = list(engine.query(rule.sql))
    except ValueError as error:
        yield Skipped(rule.id, f"its SQL cannot run on this package ({error})")
        return
    try:
        placed = [(tables[str(name)], int(row), field, value) for name, row, field, value in rows]
    except (KeyError, TypeError, ValueError):
        yield Skipped(rule.id, 'its SELECT does not return "table", row, field, value')
        return
    for table, row, field, value in placed:
        if row in table.broken or (table.resource.name, row, field) in bad_cells:
            continue
        yield table.finding(
            rule.id, rule.sentence, row=row, field=field, value=value, hint=rule.hint
        )
