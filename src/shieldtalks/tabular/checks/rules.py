"""Rules that a schema cannot express: one SQL file per rule, with one SELECT that must return no row.

The comment at the top of the file has the rule in one sentence, then a line `tables:` (what it
reads), a line `hint:` (how to fix what it finds) and, if what it finds is not an error, a line
`severity: warning`. The SELECT returns "table", row, field, value.

A rule that was asked for and cannot run is a fatal finding about its file, never a rule that passed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ..engine.base import Engine, MemoryLimit, TimeLimit
from ..findings import MOST_OF_A_RULE, CannotRun, Finding, Further, Severity, Skipped, counted, cut
from ..marks import Rows
from ..reading import read_bytes
from ..sources.loaded import LoadedTable
from .keys import IsBad

_HEADER = re.compile(r"\A((?:--[^\n]*\n)+)")

#: The most seconds that a rule of a caller takes, unless the caller gives another number.
TIMEOUT = 60.0

#: The largest file with a rule, in bytes.
_LARGEST = 1 << 20

#: Names through which SQL sees more than the tables of the package: settings, files, other databases.
#: A pattern that few runs need is compiled when it is needed: that takes longer than a small check.
_BEYOND = (
    r"(?i)\b(duckdb_\w+|pragma_\w+|sqlite_(?:temp_)?(?:master|schema)|information_schema|pg_catalog"
    r"|(?:current_setting|getenv|getvariable|query|query_table|sqlite_\w+|pg_\w+)(?=\"?\s*\())"
)

#: Parts of SQL that are no names: comments and texts.
_NO_NAMES = r"(?s)--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'"


class Rule(NamedTuple):
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
    #: The path of the file in the package, if the rule comes with it.
    inside: str = ""


def read(folder: Path) -> list[Rule]:
    """The rules of a folder, by name. Raises CannotRun if there are none."""
    files = sorted(folder.glob("*.sql")) if folder.is_dir() else []
    if not files:
        raise CannotRun(f"{folder} contains no rules", "Give a folder with one .sql file per rule.")
    return [parse(file) for file in files]


def parse(file: Path) -> Rule:
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
    data = read_bytes(file, _LARGEST)
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} of the file is not valid UTF-8") from error


def check(
    rule: Rule,
    tables: dict[str, LoadedTable],
    engine: Engine,
    is_bad: IsBad,
    seconds: float | None = None,
) -> Iterator[Finding | Further | Skipped]:
    """What breaks the rule, or why it did not run. A cell that has a finding gets no second one.

    With `seconds`, the rule is a stranger's: it must end in that time, with bounded memory, and its
    tables must be there. Otherwise it belongs to the profile, which has optional tables: without
    them it is skipped. A rule that cannot run for another reason is a fatal finding.
    """
    lacking = _lacking(rule, tables)
    if lacking and not rule.fault and seconds is None:
        yield Skipped(rule.id, lacking)
        return
    found = _Found(rule, tables, is_bad)
    reason = rule.fault or lacking or _run(rule, engine, found, seconds)
    yield from found.findings
    yield from found.further()
    if reason:
        yield _cannot_run(rule, reason, own=seconds is None)


def _run(rule: Rule, engine: Engine, found: _Found, seconds: float | None) -> str:
    """Give each row that the rule returns to `found`. Why the rule could not be checked, or ""."""
    try:
        if seconds is None:
            for row in engine.query(rule.sql):
                found.add(row)
            return ""
        beyond = re.search(_BEYOND, re.sub(_NO_NAMES, " ", rule.sql))
        if beyond:
            what = f"{beyond[1]} is not allowed: a rule reads only the tables of the package"
            raise ValueError(what)
        engine.bounded(rule.sql, seconds, found.add)
    except TimeLimit:
        return f"it did not end within {seconds:g} seconds (--rule-timeout)"
    except _NoPlace as error:
        return str(error)
    except (MemoryLimit, MemoryError) as error:
        return str(error) or "it needs too much memory"
    except ValueError as error:
        return f"its SQL cannot run on this package ({error})"
    return ""


def _lacking(rule: Rule, tables: dict[str, LoadedTable]) -> str:
    """Which tables or columns of the rule are not there; "" if all are."""
    missing = [name for name in rule.tables if name not in tables]
    if missing:
        return f"the package has no table {' or '.join(missing)}, or it was not read"
    partly = [name for name in rule.tables if tables[name].is_partial]
    if partly:
        return f"a file of the table {partly[0]} was not read to its end"
    absent = [f"{name}.{field}" for name in rule.tables for field in sorted(tables[name].absent)]
    return f"the package has no column {' or '.join(absent)}" if absent else ""


class _NoPlace(Exception):
    """A row of the result that has no place in the package."""


@dataclass(slots=True, eq=False, repr=False)
class _Found:
    """The findings of a rule. After the first ones, the rows of its result are only counted."""

    rule: Rule
    tables: dict[str, LoadedTable]
    is_bad: IsBad
    findings: list[Finding] = field(default_factory=list)
    _counted: Counter[str] = field(default_factory=Counter)
    #: The rows of those that were only counted, if somebody watches.
    _rows: dict[str, Rows] = field(default_factory=dict)

    def add(self, found: tuple[Any, ...]) -> None:
        """Take one row of the result. Raises _NoPlace if it has no place in the package."""
        table, row, field, value = _place(self.tables, found)
        if not table.trusts(row, value) or self.is_bad(table.resource.name, row, field or ""):
            return
        if len(self.findings) >= MOST_OF_A_RULE or table.is_full(self.rule.id):
            self._counted[table.resource.name] += 1
            if table.quota.is_open:
                self._rows.setdefault(table.resource.name, Rows()).add(row)
            return
        finding = table.finding(
            self.rule.id,
            self.rule.sentence,
            row=row,
            field=field,
            value=value,
            hint=self.rule.hint,
        )
        error = self.rule.severity is Severity.ERROR
        self.findings.append(finding if error else finding.at(self.rule.severity))

    def further(self) -> Iterator[Further]:
        """The findings that were only counted."""
        severity = self.rule.severity
        for table, times in self._counted.items():
            rest = times
            for row in self._rows.get(table, ()):
                rest -= 1
                yield Further(table, self.rule.id, row, severity=severity)
            if rest:
                yield Further(table, self.rule.id, severity=severity, times=rest)


def _place(
    tables: dict[str, LoadedTable], found: tuple[Any, ...]
) -> tuple[LoadedTable, int, str | None, Any]:
    """The table, row, field and value in one row of the result. Raises _NoPlace if there is none."""
    if len(found) != 4:
        columns = counted(len(found), "column")
        what = f'its SELECT returns {columns}, not "table", row, field, value'
        raise _NoPlace(what)
    name, number, field, value = found
    table = tables.get(name) if isinstance(name, str) else None
    if table is None:
        what = f'its SELECT returns the table "{_short(name)}", which the package does not have'
        raise _NoPlace(what)
    row = _whole(number)
    if row is None or not 1 <= row <= table.rows:
        what = f'its SELECT returns the row {_short(number)}, but "{name}" has the rows 1 to {table.rows}'
        raise _NoPlace(what)
    names = field.split(", ") if isinstance(field, str) else [field]
    if field is not None and not set(names) <= set(table.resource.field_names):
        what = f'its SELECT returns the field "{_short(field)}", which "{name}" does not have'
        raise _NoPlace(what)
    return table, row, field, value


def _short(value: Any) -> str:
    return cut(str(value), 100)


def _whole(number: Any) -> int | None:
    """A row number as an integer; None if it is not one."""
    try:
        whole = int(number)
    except (TypeError, ValueError, OverflowError):
        return None
    return whole if isinstance(number, str) or whole == number else None


def _cannot_run(rule: Rule, reason: str, *, own: bool) -> Finding:
    """The finding about a rule that could not be checked, on the line of its file if that is known.

    An `own` rule comes from the profile, so it fits packages that the profile describes.
    """
    hint = "Correct the rule, or leave it out of the folder of --rules."
    if rule.inside:
        hint = "Correct the rule, or remove it from the package."
    if own:
        hint = "The rule belongs to the profile. Give the tables the fields that the profile describes."
    first, _, rest = reason.partition("\n")
    return Finding(
        rule=rule.id,
        severity=Severity.FATAL,
        file=rule.inside or str(rule.file.absolute()),
        line=_line(rule.sql, reason),
        message=f"the rule could not be checked: {first.strip()}{')' if rest and '(' in first else ''}",
        hint=hint,
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
