"""Findings: what is wrong, where it is, and how to fix it. A finding is a value, never an exception."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

#: A value in a finding is cut to this many characters. The file contains the full value.
LONGEST_VALUE = 200

#: The most findings of one rule in one table that are listed, if there are not many other findings;
#: the number of findings from which there are many; and the most that are listed then.
MOST_OF_A_RULE, MOST_LISTED, FEWEST_OF_A_RULE = 10_000, 100_000, 10

#: How many findings of one rule in one file a page shows, with their rows.
MOST_WITH_ROWS = 20


class Severity(StrEnum):
    """How much a finding weighs.

    `warning`: you should look at it, but the package is valid. `error`: a fault in the data. `fatal`:
    something could not be checked.
    """

    WARNING = "warning"
    ERROR = "error"
    FATAL = "fatal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault with its exact place.

    `file` is relative to the package's folder. `line` is the physical line on which the row starts
    (the header is line 1). `row` counts data rows from 1. `value` is the content of the cell.

    >>> from shieldtalks import Finding
    >>> found = Finding(rule="type", message="not an integer", file="rivers.csv", line=3, value="x")
    >>> found.file, found.line, found.severity.value
    ('rivers.csv', 3, 'error')
    """

    rule: str
    message: str
    file: str
    severity: Severity = Severity.ERROR
    table: str | None = None
    line: int | None = None
    row: int | None = None
    field: str | None = None
    value: str | None = None
    hint: str | None = None
    #: Where it is, if a line is not enough: a cell of a workbook, a path in JSON.
    place: str | None = None

    def at(self, severity: Severity) -> Finding:
        """The same finding with another severity."""
        return replace(self, severity=severity)

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON shows it, with its keys in the published order."""
        values = {name: getattr(self, name) for name in _PUBLISHED}
        return values | {"severity": self.severity.value}


#: The parts of a finding, in the order of its JSON form.
_PUBLISHED = (
    "rule",
    "severity",
    "table",
    "file",
    "line",
    "place",
    "row",
    "field",
    "value",
    "message",
    "hint",
)


class Further(NamedTuple):
    """Faults of a rule that are only counted, because enough of them are listed.

    If `times` is 0, it is not counted either: it is a row to which another finding belongs.
    """

    table: str | None
    rule: str
    row: int | None = None
    field: str | None = None
    severity: Severity = Severity.ERROR
    times: int = 1


@dataclass(slots=True, eq=False, repr=False)
class Quota:
    """Which findings of a package are listed. The others are only counted, so that memory is bounded.

    A rule may list so many findings in each table. After `MOST_LISTED` findings it lists fewer.
    """

    listed: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    total: int = 0
    #: Whether each finding is built all the same, because somebody watches (see `Tally`).
    is_open: bool = False

    def is_full(self, table: str | None, rule: str) -> bool:
        """Whether no more findings of a rule in a table are listed, so that none needs to be built."""
        return not self.is_open and self._is_reached(table, rule)

    def _is_reached(self, table: str | None, rule: str) -> bool:
        most = MOST_OF_A_RULE if self.total < MOST_LISTED else FEWEST_OF_A_RULE
        return self.listed[table, rule] >= most

    def takes(self, table: str | None, rule: str) -> bool:
        """Whether one more finding of a rule in a table is listed. If so, it is counted here."""
        if self._is_reached(table, rule):
            return False
        self.listed[table, rule] += 1
        self.total += 1
        return True


class Skipped(NamedTuple):
    """A rule or check that did not run, and the reason."""

    rule: str
    reason: str


class SplitTable(NamedTuple):
    """How many rows of a table are good and bad, and the name of both files."""

    table: str
    file: str
    good: int
    bad: int


class SplitRows(NamedTuple):
    """What `--split` wrote: a folder, the tables, and how many findings belong to no row."""

    folder: str
    tables: list[SplitTable]
    others: int
    #: How many errors the good rows still have.
    remaining: int


class Excerpt(NamedTuple):
    """Some rows of a table as text, by their numbers, with the names of the fields."""

    fields: list[str]
    rows: dict[int, list[str]]


@dataclass(slots=True)
class Report:
    """The result of validating one package.

    >>> import shieldtalks
    >>> report = shieldtalks.validate(shieldtalks.load())
    >>> report.exit_code, report.count(), report.rows["sources"]
    (0, 0, 3)
    """

    package: dict[str, str | None]
    findings: list[Finding] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    #: The number of rows read, per table.
    rows: dict[str, int] = field(default_factory=dict)
    #: The SQL rules that ran, each with its sentence: of the profile, of the caller, of the package.
    rules: dict[str, str] = field(default_factory=dict)
    #: Whether only the shape of the file was checked, because there is no schema.
    shape_only: bool = False
    #: Whether warnings give the exit code 1.
    strict: bool = False

    #: How many findings of other rules were removed, because only some rules are shown (`--only`).
    others: int = 0

    #: Rows with findings, by table, if they were asked for.
    excerpts: dict[str, Excerpt] = field(default_factory=dict)

    #: The rows that were written apart; None if that was not asked for.
    split: SplitRows | None = None

    #: How many findings are counted but not listed, by table, rule and severity.
    left_out: Counter[tuple[str | None, str, Severity]] = field(default_factory=Counter)

    def __repr__(self) -> str:
        """The result in one line, and the first findings."""
        from .notebook import report_text  # few programs print a report

        return report_text(self)

    def _repr_html_(self) -> str:
        """The result and the first findings as a table, for a notebook."""
        from .notebook import report_html

        return report_html(self)

    @property
    def exit_code(self) -> int:
        """0 without faults, 1 for faults in the data, 2 if something could not be checked.

        A warning is a fault only if the report is strict.
        """
        counts = self.by_severity()
        if counts[Severity.FATAL]:
            return 2
        return 1 if counts[Severity.ERROR] or (self.strict and counts[Severity.WARNING]) else 0

    @property
    def unchecked(self) -> int:
        """How many parts that are not supported were left out on request (`--skip-unsupported`)."""
        return sum(skip.rule == "unsupported" for skip in self.skipped)

    @property
    def faults(self) -> list[Finding]:
        """The listed findings that are not warnings."""
        return [finding for finding in self.findings if finding.severity is not Severity.WARNING]

    def by_severity(self) -> Counter[Severity]:
        """The number of findings of each severity, with those that are not listed."""
        counts = Counter(finding.severity for finding in self.findings)
        for (_, _, severity), times in self.left_out.items():
            counts[severity] += times
        return counts

    def count(self) -> int:
        """The number of findings, with those that are not listed."""
        return len(self.findings) + self.left_out.total()

    def totals(self) -> dict[str, Any]:
        """Counts for the summary: tables, rows, findings, warnings, and findings per rule."""
        by_rule = Counter(finding.rule for finding in self.findings)
        for (_, rule, _), times in self.left_out.items():
            by_rule[rule] += times
        return {
            "tables": len(self.rows),
            "rows": sum(self.rows.values()),
            "findings": by_rule.total(),
            "warnings": self.by_severity()[Severity.WARNING],
            "by_rule": dict(sorted(by_rule.items())),
        }


class CannotRun(Exception):
    """The command cannot do what was asked: one message for people, a hint, and exit code 2.

    >>> import shieldtalks
    >>> try:
    ...     shieldtalks.load().ledger(actor="Rusia")
    ... except shieldtalks.CannotRun as error:
    ...     print(error.message)
    there is no actor "Rusia"
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        #: What is wrong. It may contain text of a package, so it is shown with `one_line`.
        self.message = message
        #: The next step, shown on a line of its own.
        self.hint = hint
        super().__init__(message if hint is None else f"{message}\n{hint}")


class PackageError(CannotRun):
    """A package that cannot be read at all; `finding` shows why."""

    def __init__(self, finding: Finding, shown: str) -> None:
        super().__init__(f"{shown}: {finding.message}", finding.hint)
        self.finding = finding


def shortened(value: Any) -> str | None:
    """A value as text, cut to the length that a finding shows."""
    if value is None:
        return None
    return cut(str(value), LONGEST_VALUE)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, in the singular or in the plural: `1 table`, `2 tables`, `0 tables`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def cut(text: str, longest: int) -> str:
    """A text, cut to at most `longest` characters, the last of which is then an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
