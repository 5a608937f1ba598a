"""`shieldtalks export`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from ..exports import FORMATS
from ..tabular.findings import CannotRun
from ..tabular.package import Package
from . import complete
from .common import PATH, announce, note, package_argument, progress


class _Export(click.Command):
    """The command with its formats listed from where they are kept."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Formats"):
            formatter.write_dl([(name, form.about) for name, form in FORMATS.items()])


@click.command(name="export", cls=_Export)
@click.argument("form", metavar="FORMAT", shell_complete=complete.formats)
@package_argument
@click.option(
    "-o", "--output", type=PATH, required=True, help="Where to write; - is standard output."
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="TABLE",
    help="Write this table only.",
    shell_complete=complete.tables,
)
@click.option("--flat", is_flag=True, help="One table instead: a row a proposal and answer.")
@click.option("--labels", is_flag=True, help="Beside each code and actor a column in words.")
@click.option("--force", is_flag=True, help="Overwrite what stands at the output.")
@click.option("--no-validate", is_flag=True, help="Write faulty data as it is.")
def command(
    form: str,
    package: Path | None,
    output: Path,
    tables: tuple[str, ...],
    flat: bool,
    labels: bool,
    force: bool,
    no_validate: bool,
) -> None:
    """Write a package in another form.

    The package is validated first, and faulty data is refused. What is written appears whole or not
    at all; a folder that holds other files is not replaced, even with --force.

    \b
    Examples:
      shieldtalks export csv -o shieldtalks-csv
      shieldtalks export json -o shieldtalks.json
      shieldtalks export jsonl --table claims -o -
      shieldtalks export xlsx --flat -o proposals-and-answers.xlsx
    """
    from ..exports import check_name, writer
    from ..exports.job import Job, chosen, dropped_keys
    from ..record.dataset import NAMES
    from ..record.installed import read_meant
    from ..record.ledger.flat import flat as flat_table
    from ..tabular.files import STDOUT, check_target
    from ..tabular.tables.labels import labelled

    write = writer(form)
    if flat and tables:
        raise click.UsageError("--flat is one table of its own: leave out --table.")
    if (flat or labels) and not FORMATS[form].is_tabular:
        fitting = ", ".join(name for name, known in FORMATS.items() if known.is_tabular)
        raise CannotRun(f"{form} takes neither --flat nor --labels", f"These do: {fitting}.")
    if output == STDOUT:
        if not FORMATS[form].is_text:
            raise CannotRun(f"{form} does not go to standard output", "Name a file with -o.")
    else:
        check_name(form, output)
        check_target(output, force=force)
    source = read_meant(package)
    wanted = [flat_table(source)] if flat else chosen(source, tables)
    announce("exporting", source)
    if not no_validate:
        _refuse_faulty(source)
    with _faults_told(form) if no_validate else nullcontext():
        if labels:
            wanted = [labelled(source, table, NAMES) for table in wanted]
        if FORMATS[form].drops_keys:
            for key in dropped_keys(wanted):
                note(f"left out: the foreign key {key}, whose table is not exported")
        with progress() as tell:
            write(Job(source, wanted, output, force, tell))
    if output != STDOUT:
        note(f"wrote {output}")


@contextmanager
def _faults_told(form: str) -> Iterator[None]:
    """Whatever faulty data does to a writer is one line: what it can be is not to be foreseen."""
    try:
        yield
    except (CannotRun, OSError):
        raise
    except Exception as error:
        raise CannotRun(
            f"{form} cannot hold this data as it is ({type(error).__name__}: {error})",
            "Mend it first: shieldtalks validate says what is wrong, and where.",
        ) from error


def _refuse_faulty(source: Package) -> None:
    from ..record.checking import validate_package
    from ..tabular.reports.text import lines, summary

    report = validate_package(source)
    if not report.findings:
        return
    for line in lines(report, limit=5):
        note(line)
    note(summary(report))
    note("Nothing was written: mend the data (shieldtalks validate), or insist with --no-validate.")
    raise SystemExit(report.exit_code)
