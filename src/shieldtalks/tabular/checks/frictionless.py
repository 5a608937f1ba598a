"""The comparison with frictionless: for each of its errors, Shieldtalks should have a finding."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ..findings import CannotRun, Finding
from ..package import Package
from ..tally import Tally


@dataclass(frozen=True, slots=True)
class TheirError:
    """One error of frictionless. `row` counts data rows from 1; None means the whole file."""

    table: str | None
    row: int | None
    type: str
    note: str


def errors(package: Package) -> list[TheirError]:
    """Each error that frictionless finds in a package. Raises CannotRun if it is not installed."""
    try:
        import frictionless
    except ImportError as error:
        raise CannotRun(
            "frictionless is not installed", 'Install it with: pip install "frictionless>=5.21,<6"'
        ) from error
    with warnings.catch_warnings(), _offline():
        warnings.simplefilter("ignore")
        return _errors(frictionless, package)


@contextmanager
def _offline() -> Iterator[None]:
    """Block network access: frictionless would download remote files that a package names."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("network access is disabled")

    original = socket.socket.connect, socket.getaddrinfo
    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse  # type: ignore[assignment]
    try:
        yield
    finally:
        socket.socket.connect, socket.getaddrinfo = original  # type: ignore[method-assign]


def _errors(frictionless: Any, package: Package) -> list[TheirError]:
    try:
        read = frictionless.Package(str(package.file))
        report = read.validate(limit_errors=2**31)
    except frictionless.FrictionlessException as error:
        return [TheirError(None, None, error.error.type, error.error.note)]
    except Exception as error:  # frictionless itself can fail on a faulty package
        return [TheirError(None, None, "failure", f"it failed with {error!r}")]
    found = [TheirError(None, None, entry.type, entry.note) for entry in report.errors]
    for task in report.tasks:
        for entry in task.errors:
            number = getattr(entry, "row_number", None)
            row = number - 1 if isinstance(number, int) and number > 1 else None
            found.append(TheirError(task.name, row, entry.type, entry.note))
    return found


def disagreements(package: Package, tally: Tally) -> list[Finding]:
    """A finding for each error of frictionless that no finding in `tally` covers."""
    findings = tally.report.findings
    reported_tables = {finding.table for finding in findings if finding.row is None}
    missed = []
    for error in errors(package):
        if tally.is_reported(error.table, error.row) or error.table in reported_tables:
            continue
        if error.row is None and any(finding.table == error.table for finding in findings):
            continue
        if error.table is None and findings:
            continue
        resource = package.resource(error.table) if error.table else None
        missed.append(
            Finding(
                rule="reference",
                table=error.table,
                file=resource.path if resource else package.file.name,
                row=error.row,
                message=f"frictionless reports {error.type} here, but Shieldtalks does not: {error.note}",
                hint="One of the two is wrong. Please report it.",
            )
        )
    return missed
