"""Rules that a schema cannot express: one SQL file per rule, with one SELECT that must return no row.

The comment at the top of the file has the rule in one sentence, then a line `tables:` (what it
reads), a line `hint:` (how to fix what it finds) and, if what it finds is not an error, a line
`severity: warning`. The SELECT returns "table", row, field, value.

A rule that was asked for and cannot run is a fatal finding about its file, never a rule that passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..engine.base import Engine, TimeLimit
from ..findings import CannotRun, Finding, Severity, Skipped
from ..sources.loaded import LoadedTable

_HEADER = re.compile(r"\A((?:--[^\n]*\n)+)")

#: The most seconds that a rule of a caller takes, unless the caller gives another number.
TIMEOUT = 60.0

#: The most rows that a rule of a caller may return.
MOST_ROWS = 100_000

#: The largest file with a rule, in bytes.
_LARGEST = 1 << 20

#: Names through which SQL sees more than the tables of the package: settings, files, other databases.
_BEYOND = re.compile(
    r"(?i)\b(duckdb_\w+|pragma_\w+|sqlite_(?:temp_)?(?:master|schema)|information_schema|pg_catalog"
    r"|(?:current_setting|getenv|getvariable|query|query_table|sqlite_\w+|pg_\w+)(?=\"?\s*\())"
)

#: Parts of SQL that are no names: comments and texts.
_NO_NAMES = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its identifier (the file name), its sentence, the tables that it reads, and its SELECT."""

    id: str
    file: Path
    sentence: str
    tables: tuple[str, ...]
    hint: str | None
    sql: str
    severity: Severity = Severity.ERROR
    #: Why the file is not a rule; "" if it is one.
    fault: str = ""


def read(folder: Path) -> list[Rule]:
    """The rules of a folder, by name. Raises CannotRun if there are none."""
    files = sorted(folder.glob("*.sql")) if folder.is_dir() else []
    if not files:
        raise CannotRun(f"{folder} contains no rules", "Give a folder with one .sql file per rule.")
    return [_parse(file) for file in files]


def _parse(file: Path) -> Rule:
    """The rule in a file. If it is not a rule, its `fault` shows why."""
    try:
        text, fault = _text(file), ""
    except (OSError, ValueError) as error:
        text, fault = "", getattr(error, "strerror", None) or str(error)
    match = _HEADER.match(text)
    lines = [line[2:].strip() for line in match.group(1).splitlines()] if match else []
    facts: dict[str, str] = {}
    sentence: list[str] = []
    last = ""
    for line in lines:
        name, colon, value = line.partition(": ")
        if colon and name in ("tables", "hint", "severity"):
            facts[name], last = value.strip(), name
        elif last == "hint":
            facts["hint"] += f" {line}"
        else:
            sentence.append(line)
    severity = facts.get("severity", "error")
    if not fault and (not sentence or "tables" not in facts):
        fault = "the file is not a rule: it must start with a comment, the rule in one sentence, "
        fault += "then a line `tables:`"
    elif severity not in ("error", "warning"):
        fault = f'the severity is "{severity}"; it can be error or warning'
    tables = tuple(name.strip() for name in facts.get("tables", "").split(","))
    known = Severity.WARNING if severity == "warning" else Severity.ERROR
    return Rule(file.stem, file, " ".join(sentence), tables, facts.get("hint"), text, known, fault)


def _text(file: Path) -> str:
    """The text of a rule. Raises OSError or ValueError if the file cannot be one."""
    if not file.is_file():
        raise ValueError("it is not a regular file")
    with file.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST >> 20} MiB")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} of the file is not valid UTF-8") from error


def check(
    rule: Rule,
    tables: dict[str, LoadedTable],
    engine: Engine,
    bad_cells: set[tuple[str, int, str]],
    seconds: float | None = None,
) -> Iterator[Finding | Skipped]:
    """What breaks the rule, or why it did not run. A cell that has a finding gets no second one.

    With `seconds`, the rule was asked for: it must end in that time, and a finding shows why it did not
    run. Otherwise it belongs to the profile, which has optional tables, and it is skipped.
    """
    reason = rule.fault or _lacking(rule, tables)
    rows: list[tuple[Any, ...]] = []
    if not reason:
        try:
            rows = _rows(rule, engine, seconds)
        except TimeLimit:
            reason = f"it did not end within {seconds:g} seconds (--rule-timeout)"
        except ValueError as error:
            reason = f"its SQL cannot run on this package ({error})"
    if reason:
        yield Skipped(rule.id, reason) if seconds is None else _cannot_run(rule, reason)
        return
    for row in rows[:MOST_ROWS] if seconds is not None else rows:
        found = _placed(rule, tables, bad_cells, row)
        if isinstance(found, str):
            yield _cannot_run(rule, found)
            return
        if found is not None:
            yield found
    if seconds is not None and len(rows) > MOST_ROWS:
        yield _cannot_run(rule, f"it returns more than {MOST_ROWS:,} rows")


def _lacking(rule: Rule, tables: dict[str, LoadedTable]) -> str:
    """Which tables or columns of the rule are not there; "" if all are."""
    missing = [name for name in rule.tables if name not in tables]
    if missing:
        return f"the package has no table {' or '.join(missing)}, or it was not read"
    partly = [name for name in rule.tables if tables[name].unread]
    if partly:
        return f"a file of the table {partly[0]} was not read"
    absent = [f"{name}.{field}" for name in rule.tables for field in sorted(tables[name].absent)]
    return f"the package has no column {' or '.join(absent)}" if absent else ""


def _rows(rule: Rule, engine: Engine, seconds: float | None) -> list[tuple[Any, ...]]:
    """The rows that the rule returns. Raises ValueError if it cannot run."""
    if seconds is None:
        return list(engine.query(rule.sql))
    beyond = _BEYOND.search(_NO_NAMES.sub(" ", rule.sql))
    if beyond:
        raise ValueError(f"{beyond[1]} is not allowed: a rule reads only the tables of the package")
    return engine.bounded(rule.sql, seconds, MOST_ROWS + 1)


def _placed(
    rule: Rule,
    tables: dict[str, LoadedTable],
    bad_cells: set[tuple[str, int, str]],
    found: tuple[Any, ...],
) -> Finding | str | None:
    """The finding for one row of the result; a text if that row has no place in the package.

    None if the place already has a finding.
    """
    if len(found) != 4:
        return f'its SELECT returns {len(found)} columns, not "table", row, field, value'
    name, number, field, value = found
    table = tables.get(name) if isinstance(name, str) else None
    if table is None:
        return f'its SELECT returns the table "{name}", which the package does not have'
    row = _whole(number)
    if row is None or not 1 <= row <= table.rows:
        return f'its SELECT returns the row {number}, but "{name}" has the rows 1 to {table.rows}'
    names = field.split(", ") if isinstance(field, str) else [field]
    if field is not None and not set(names) <= set(table.resource.field_names):
        return f'its SELECT returns the field "{field}", which "{name}" does not have'
    if not table.trusts(row, value) or (name, row, field) in bad_cells:
        return None
    finding = table.finding(
        rule.id, rule.sentence, row=row, field=field, value=value, hint=rule.hint
    )
    return finding if rule.severity is Severity.ERROR else finding.at(rule.severity)


def _whole(number: Any) -> int | None:
    """A row number as an integer; None if it is not one."""
    try:
        whole = int(number)
    except (TypeError, ValueError, OverflowError):
        return None
    return whole if isinstance(number, str) or whole == number else None


def _cannot_run(rule: Rule, reason: str) -> Finding:
    """The finding about a rule that could not be checked, on the line of its file if that is known."""
    first, _, rest = reason.partition("\n")
    return Finding(
        rule=rule.id,
        severity=Severity.FATAL,
        file=str(rule.file.absolute()),
        line=_line(rule.sql, reason),
        message=f"the rule could not be checked: {first.strip()}{')' if rest and '(' in first else ''}",
        hint="Correct the rule, or leave it out of the folder of --rules.",
    )


def _line(sql: str, reason: str) -> int | None:
    """The line to which an engine's message points: by its number, or by a name that appears once."""
    numbered = re.search(r"^LINE (\d+):", reason, re.MULTILINE)
    if numbered:
        return int(numbered[1])
    named = re.search(r'near "([^"]+)"|no such (?:column|table|function): (\S+?)\)?$', reason)
    word = (named[1] or named[2]) if named else ""
    header = _HEADER.match(sql)
    start = header.end() if header else 0
    if not word or sql.count(word, start) != 1:
        return None
    return sql.count("\n", 0, sql.index(word, start)) + 1
