"""The comparison with frictionless: for each of its errors, Shieldtalks should have a finding."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ..engine.lookaround import fits
from ..engine.patterns import PatternError, is_plain
from ..findings import MOST_LISTED, CannotRun, Finding, Severity
from ..package import DataFile, Package, Resource
from ..package.dialect import CsvDialect
from ..tally import Tally
from .fence import TooLong, fenced, in_time

#: The time that frictionless gets: so many seconds, and more for each byte of the files.
LEAST_SECONDS, SECONDS_PER_BYTE = 60.0, 2e-6


@dataclass(frozen=True, slots=True)
class TheirError:
    """One error of frictionless. `row` counts data rows from 1; None means the whole file."""

    table: str | None
    row: int | None
    type: str
    note: str


def errors(
    package: Package, refused: Collection[Path] = (), seconds: float = LEAST_SECONDS
) -> list[TheirError]:
    """Each error that frictionless finds in a package. It cannot open the files in `refused`.

    Raises CannotRun if it is not installed, and TooLong if it does not end in time.
    """
    try:
        import frictionless
    except ImportError as error:
        raise CannotRun(
            "frictionless is not installed", 'Install it with: pip install "frictionless>=5.21,<6"'
        ) from error
    with warnings.catch_warnings(), fenced(package.root, refused):
        warnings.simplefilter("ignore")
        return in_time(partial(_errors, frictionless, package), seconds)


class _Patterns:
    """Stands for the module `re` where frictionless compiles the patterns of fields.

    A pattern that may take exponential time in `re` is matched in linear time, as the engines do it.
    A pattern that they do not support matches everything: a finding shows that it was not checked.
    """

    @staticmethod
    def compile(pattern: str) -> Any:
        """An object that matches whole texts, from a pattern between ^ and $."""
        inner = pattern[1:-1]
        if is_plain(inner):
            return re.compile(pattern)
        try:
            return SimpleNamespace(match=fits(inner))
        except PatternError:
            return SimpleNamespace(match=lambda _: True)


def _errors(frictionless: Any, package: Package) -> list[TheirError]:
    field = sys.modules["frictionless.schema.field"]
    original = field.re
    field.re = _Patterns  # type: ignore[attr-defined]
    try:
        read = frictionless.Package(str(package.file))
        report = read.validate(limit_errors=MOST_LISTED)
    except frictionless.FrictionlessException as error:
        return [TheirError(None, None, error.error.type, error.error.note)]
    except Exception as error:  # frictionless itself can fail on a faulty package
        return [TheirError(None, None, "failure", f"it failed with {error!r}")]
    finally:
        field.re = original  # type: ignore[attr-defined]
    found = [TheirError(None, None, entry.type, entry.note) for entry in report.errors]
    for task in report.tasks:
        for entry in task.errors:
            number = getattr(entry, "row_number", None)
            row = _row(package, task.name, number) if isinstance(number, int) else None
            found.append(TheirError(task.name, row, entry.type, entry.note))
    return found


def _row(package: Package, table: str, number: int) -> int | None:
    """The row that frictionless means: it counts the header and the comments, too."""
    bare = (one for one in package.bare if one.name == table)
    named = package.resource(table) or next(bare, None)
    dialect = named.dialect if named is not None else CsvDialect()
    header = max(dialect.header_rows, default=0)
    comments = sum(header < comment < number for comment in dialect.comment_rows)
    return max(number - header - comments, 0) or None


def disagreements(package: Package, tally: Tally) -> Iterator[Finding]:
    """A finding for each error of frictionless that no finding in `tally` covers.

    Frictionless does not read tables that were refused here, because it has no limits of its own.
    """
    fatal = {f.table for f in tally.report.findings if f.severity is Severity.FATAL}
    tables: list[Resource | DataFile] = [*package.resources, *package.bare, *package.files]
    refused = [table.file for table in tables if table.name in fatal]
    seconds = LEAST_SECONDS + sum(map(_size, tables)) * SECONDS_PER_BYTE
    try:
        found = errors(package, refused, seconds)
    except TooLong:
        yield Finding(
            rule="reference",
            severity=Severity.FATAL,
            file=package.file.name,
            message=f"frictionless did not end within {seconds:.0f} seconds, so it was stopped",
            hint="Leave out --reference.",
        )
        return
    yield from _missed(package, tally, [one for one in found if not _not_read(package, one, fatal)])


def _not_read(package: Package, error: TheirError, fatal: Collection[str | None]) -> bool:
    """Whether frictionless did not read a table only because it refers to one that was refused."""
    table = package.resource(error.table) if error.table and error.row is None else None
    return table is not None and any(key.table in fatal for key in table.foreign_keys)


def _size(table: Resource | DataFile) -> int:
    try:
        return table.file.stat().st_size
    except (OSError, ValueError):
        return 0


def _missed(package: Package, tally: Tally, found: list[TheirError]) -> Iterator[Finding]:
    """A finding for each of their errors that no finding covers."""
    findings = list(tally.report.findings)
    reported_tables = {finding.table for finding in findings if finding.row is None}
    all_tables = {finding.table for finding in findings}
    for error in found:
        if tally.is_reported(error.table, error.row) or error.table in reported_tables:
            continue
        if error.row is None and error.table in all_tables:
            continue
        if error.table is None and findings:
            continue
        resource = package.resource(error.table) if error.table else None
        message = f"frictionless reports {error.type} here, but Shieldtalks does not: {error.note}"
        yield Finding(
            rule="reference",
            table=error.table,
            file=resource.path if resource else package.file.name,
            row=error.row,
            message=message,
            hint="One of the two is wrong. Please report it.",
        )
