"""`shieldtalks export`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from ..exports import FORMATS, Format
from ..tabular.findings import CannotRun, counted
from ..tabular.package import Package
from . import complete
from .common import PATH, announce, note, open_package, package_argument, progress, with_settings


class _Export(click.Command):
    """The command; its help lists the formats."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Formats"):
            formatter.write_dl([(name, known.about) for name, known in FORMATS.items()])


@click.command(name="export", cls=_Export)
@click.argument("format_name", metavar="FORMAT", shell_complete=complete.formats)
@package_argument
@click.option(
    "-o",
    "--output",
    type=PATH,
    required=True,
    help="File or folder to write; - is standard output.",
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="TABLE",
    help="Write only this table. You can repeat this option.",
    shell_complete=complete.tables,
)
@click.option(
    "--flat", is_flag=True, help="Write one table, not all tables: one row per proposal and answer."
)
@click.option(
    "--labels",
    is_flag=True,
    help="Add columns with the labels of the codes and the names of the actors.",
)
@click.option(
    "--sql-js",
    type=PATH,
    metavar="FILE",
    help="For html: let readers write queries in SQL. FILE is sql-wasm-inline.js of the npm package sql.js.",
)
@click.option(
    "--partition-by",
    metavar="FIELD",
    help="For parquet: write one file per value of FIELD, for each table that has FIELD.",
    shell_complete=complete.fields,
)
@click.option("--force", is_flag=True, help="Overwrite the output if it exists.")
@click.option("--no-validate", is_flag=True, help="Export the data even if it has faults.")
def command(
    format_name: str,
    package: Path | None,
    output: Path,
    tables: tuple[str, ...],
    flat: bool,
    labels: bool,
    sql_js: Path | None,
    partition_by: str | None,
    force: bool,
    no_validate: bool,
) -> None:
    """Export a package to another format.

    PACKAGE is a folder, a datapackage.json, a zip file or a wheel. If you leave PACKAGE out, the command uses
    ./datapackage.json if there is one, otherwise the record that comes with shieldtalks.

    The package is validated first, and nothing is written if it has faults. The output is written
    completely or not at all. A folder is never replaced if it contains files that the export does not
    write, not even with --force.

    \b
    Examples:
      shieldtalks export csv -o shieldtalks-csv
      shieldtalks export json -o shieldtalks.json
      shieldtalks export jsonl --table claims -o -
      shieldtalks export xlsx --flat -o proposals-and-answers.xlsx
      shieldtalks export parquet --partition-by topic -o record-by-topic
    """
    from ..exports import check_name, writer
    from ..exports.job import Job, check_kind, check_tables, chosen, dropped_keys, left_out
    from ..exports.sql_js import read_sql_js
    from ..record.dataset import NAMES
    from ..record.ledger.flat import flat as flat_table
    from ..tabular.files import STDOUT, check_target, refuse_sources
    from ..tabular.package.own_files import own_files
    from ..tabular.tables.labels import labelled
    from ..tabular.tables.rows import lost

    write = writer(format_name)
    if flat and tables:
        raise click.UsageError("--flat writes a table of its own: leave out --table.")
    known = FORMATS[format_name]
    if flat or labels:
        _check_support(format_name, "--flat and --labels", lambda one: one.is_tabular)
    if sql_js is not None:
        _check_support(format_name, "--sql-js", lambda one: one.takes_sql_js)
    if partition_by is not None:
        _check_support(format_name, "--partition-by", lambda one: one.has_partitions)
    if output == STDOUT:
        if not known.is_text:
            raise CannotRun(
                f"{format_name} cannot be written to standard output",
                "Name a file or folder with -o.",
            )
    else:
        check_name(format_name, output)
        check_target(output, force=force)
    program = read_sql_js(sql_js) if sql_js else None
    source = open_package(package)
    refuse_sources(output, own_files(source))
    if known.needs_profile:  # before faults, which need not be fixed for nothing
        check_kind(source, format_name)
    wanted = [flat_table(source)] if flat else chosen(source, tables)
    announce("exporting", source)
    if not no_validate:
        _refuse_faulty(source)
    for fault in source.faults:
        note(f"left out {fault.table or fault.field or fault.file}: {fault.message}")
    if known.has_rows and not known.copies_files:
        check_tables(source, wanted, format_name)
    missing = left_out(source, files=known.copies_files)
    if missing and not tables and not flat and known.has_rows:
        note(f"left out, because {format_name} cannot hold it: {', '.join(missing)}")
    with _explained(format_name, source) if no_validate else nullcontext():
        if labels:
            wanted = [labelled(source, table, NAMES) for table in wanted]
        if known.drops_keys:
            for key in dropped_keys(wanted):
                note(f"left out the foreign key {key}: that table is not exported")
        before = lost()
        with progress() as tell:
            write(Job(source, wanted, output, force, tell, note, program, partition_by))
        _note_losses(before, lost())
    if output != STDOUT:
        note(f"wrote {output}")


def _check_support(format_name: str, option: str, supports: Callable[[Format], bool]) -> None:
    """Refuse an option for a format that does not support it, and name the formats that do."""
    if not supports(FORMATS[format_name]):
        fitting = ", ".join(name for name, known in FORMATS.items() if supports(known))
        raise CannotRun(f"{format_name} does not support {option}", f"These formats do: {fitting}.")


def _note_losses(before: Mapping[str, int], after: Mapping[str, int]) -> None:
    """Say what of faulty data is not in the output."""
    cells, octets = (after.get(kind, 0) - before.get(kind, 0) for kind in ("cells", "bytes"))
    if cells:
        rows = counted(cells, "row has", "rows have")
        note(f"{rows} more cells than the table has fields; these cells are left out")
    if octets:
        places = counted(octets, "place is", "places are")
        note(f"{places} not text in the declared encoding; U+FFFD is written there")


@contextmanager
def _explained(format_name: str, source: Package) -> Iterator[None]:
    """Turn any error of a writer into words. Faulty data can cause errors of every kind."""
    try:
        yield
    except (CannotRun, OSError):
        raise
    except Exception as error:
        raise CannotRun(
            f"{format_name} cannot hold this package, because it has faults{_first_fault(source)}",
            "Fix them first: `shieldtalks validate` shows what is wrong, and where.",
        ) from error


def _first_fault(source: Package) -> str:
    """The first fault of the descriptor, in words; "" if it has none."""
    from ..tabular.checks import descriptor
    from ..tabular.findings import Severity
    from ..tabular.reports.location import words

    found = [*source.faults, *descriptor.check(source)]
    for finding in found:
        if finding.severity is not Severity.WARNING:
            return f". The first one is: {finding.file}: {words(finding)}"
    return ""


def _refuse_faulty(source: Package) -> None:
    from ..record.checking import with_ours
    from ..tabular.reports.text import lines, summary
    from ..tabular.validation import validate_package

    report = validate_package(source, with_settings(with_ours(), source))
    if not report.findings:
        return
    if not report.faults:
        note(summary(report))
        return
    for line in lines(report, limit=5):
        note(line)
    note(summary(report))
    note("Nothing was written. Fix the data, or export it as it is with --no-validate.")
    raise SystemExit(report.exit_code)
