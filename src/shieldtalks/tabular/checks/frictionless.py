"""frictionless beside us: each of its errors must have a finding of ours at that table and row."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ..findings import CannotRun, Finding
from ..package import Package


@dataclass(frozen=True, slots=True)
class TheirError:
    """One error as frictionless reports it; `row` counts data rows from 1, None for the whole file."""

    table: str | None
    row: int | None
    type: str
    note: str


def errors(package: Package) -> list[TheirError]:
    """Every error frictionless finds in a package. Raises CannotRun where it is not installed."""
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
    """No connection is made meanwhile: frictionless would fetch what a package names."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("the network is not used")

    known = socket.socket.connect, socket.getaddrinfo
    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse  # type: ignore[assignment]
    try:
        yield
    finally:
        socket.socket.connect, socket.getaddrinfo = known  # type: ignore[method-assign]


def _errors(frictionless: Any, package: Package) -> list[TheirError]:
    try:
        read = frictionless.Package(str(package.file))
        report = read.validate(limit_errors=2**31)
    except frictionless.FrictionlessException as error:
        return [TheirError(None, None, error.error.type, error.error.note)]
    except Exception as error:  # theirs may stop anywhere: that is their answer
        return [TheirError(None, None, "failure", f"it stopped with {error!r}")]
    found = [TheirError(None, None, theirs.type, theirs.note) for theirs in report.errors]
    for task in report.tasks:
        for theirs in task.errors:
            number = getattr(theirs, "row_number", None)
            row = number - 1 if isinstance(number, int) and number > 1 else None
            found.append(TheirError(task.name, row, theirs.type, theirs.note))
    return found


def disagreements(package: Package, findings: list[Finding]) -> list[Finding]:
    """The errors of frictionless that no finding of ours stands for, as findings."""
    ours_rows = {(finding.table, finding.row) for finding in findings}
    ours_whole = {finding.table for finding in findings if finding.row is None}
    missed = []
    for error in errors(package):
        if (error.table, error.row) in ours_rows or error.table in ours_whole:
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
                message=f"frictionless reports {error.type} here, and we do not: {error.note}",
                hint="One of the two is wrong: please report it.",
            )
        )
    return missed
