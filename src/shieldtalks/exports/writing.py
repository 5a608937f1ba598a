"""Export a package from Python: checked first, written completely or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..tabular.findings import CannotRun, counted
from ..tabular.package import Package
from . import FORMATS, check_name, writer
from .job import Job, check_kind, check_tables, chosen


def export(
    package: Package,
    format_name: str,
    target: Path,
    tables: str | Sequence[str] = (),
    *,
    flat: bool = False,
    labels: bool = False,
    force: bool = False,
    check: bool = True,
    partition_by: str | None = None,
) -> None:
    """Write a package to a file or folder. Raises CannotRun if it has faults or cannot be written."""
    from ..record.ledger.flat import flat as flat_table
    from ..record.named_tables import NAMES
    from ..tabular.files import check_target, refuse_sources
    from ..tabular.package.own_files import own_files
    from ..tabular.tables.labels import labelled

    tables = (tables,) if isinstance(tables, str) else tuple(tables)
    write = writer(format_name)
    known = FORMATS[format_name]
    if (flat or labels) and not known.is_tabular:
        raise CannotRun(f"{format_name} does not support flat and labels")
    if flat and tables:
        raise CannotRun("flat writes a table of its own", "Leave out tables.")
    if partition_by is not None and not known.has_partitions:
        raise CannotRun(f"{format_name} does not support partition_by")
    check_name(format_name, target)
    check_target(target, force=force)
    refuse_sources(target, own_files(package))
    if known.needs_profile:  # before faults, which need not be fixed for nothing
        check_kind(package, format_name)
    if check:
        _refuse_faulty(package)
    wanted = [flat_table(package)] if flat else chosen(package, tables)
    if known.has_rows and not known.copies_files:
        check_tables(package, wanted, format_name)
    if labels:
        wanted = [labelled(package, table, NAMES) for table in wanted]
    write(Job(package, wanted, target, force, partition_by=partition_by))


def _refuse_faulty(package: Package) -> None:
    from ..record.checking import validate_package

    report = validate_package(package)
    if report.exit_code:
        raise CannotRun(
            f"{package.shown} has {counted(report.count(), 'finding')}, so nothing was written",
            "shieldtalks.validate shows them. To export the data as it is, use check=False.",
        )
