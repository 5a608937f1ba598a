"""`shieldtalks validate`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.findings import Report
from ..tabular.package import DESCRIPTOR
from ..tabular.terminal import Style, plain, style
from . import complete
from .common import PATH, announce, no_collection, note, progress

if TYPE_CHECKING:
    from ..tabular.validation import Options


@click.command(name="validate")
@click.argument("packages", nargs=-1, type=PATH, metavar="[PACKAGE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "junit", "github"]),
    default="text",
    show_default=True,
    help="How the findings are written.",
)
@click.option("-o", "--output", type=PATH, help="Write the findings to this file, not to stdout.")
@click.option("--force", is_flag=True, help="Let --output overwrite a file.")
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="ID",
    help="Report this rule only.",
    shell_complete=complete.rules,
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "sqlite", "duckdb"]),
    default="auto",
    show_default=True,
    help="What runs the checks; auto takes DuckDB, where installed, for large packages.",
)
@click.option("--rules", "own", type=PATH, help="Run the rules (*.sql) in this folder, too.")
@click.option("--articles", type=PATH, help="Check the evidence against the copies in this folder.")
@click.option("--reference", is_flag=True, help="Run frictionless too and report disagreement.")
@click.option("--limit", type=click.IntRange(min=0), help="Print at most this many findings.")
def command(
    packages: tuple[Path, ...],
    form: str,
    output: Path | None,
    force: bool,
    rules: tuple[str, ...],
    engine: str,
    own: Path | None,
    articles: Path | None,
    reference: bool,
    limit: int | None,
) -> None:
    """Check a package: descriptor, bytes, structure and rules.

    PACKAGE is a folder, a datapackage.json, or a zip that holds one. Left out, it is
    ./datapackage.json where there is one, else the installed record.

    \b
    Examples:
      shieldtalks validate
      shieldtalks validate my-record --format json -o findings.json
    """
    from ..tabular.reports.text import skipped, summary
    from ..tabular.validation import only

    if output is not None and str(output) != "-":
        from ..tabular.files import check_target

        check_target(output, force=force)
    options = _options(engine, own, articles, reference)
    reports = []
    for package in packages or (None,):
        report = _one(package, options)
        reports.append(only(report, rules, options) if rules else report)
    _write(reports, form, output, force, limit)
    for report in reports:
        which = f"{report.package['path']}: " if len(reports) > 1 else ""
        note(f"{which}{summary(report)}")
        for line in skipped(report):
            note(line)
    raise SystemExit(max(report.exit_code for report in reports))


def _options(engine: str, own: Path | None, articles: Path | None, reference: bool) -> Options:
    from ..record.checking import with_ours
    from ..record.evidence.sealed import against
    from ..tabular.validation import Options

    also = (against(articles),) if articles is not None else ()
    return with_ours(Options(engine=engine, reference=reference, rules=own, also=also))


def _one(given: Path | None, options: Options) -> Report:
    from ..record.installed import meant
    from ..tabular import validation
    from ..tabular.findings import PackageError
    from ..tabular.package.archive import opened
    from ..tabular.package.package import is_archive

    path = meant(given)
    with ExitStack() as stack:
        try:
            source = stack.enter_context(opened(path))
        except PackageError as error:
            note(f"checking {path}")
            return validation.unread(path, error)
        shown = path / DESCRIPTOR if is_archive(path) else source.file
        announce("checking", source, shown)
        with progress() as tell, no_collection():
            report = validation.validate_package(source, replace(options, tell=tell))
    report.package["path"] = str(shown)
    return report


def _write(
    reports: list[Report], form: str, output: Path | None, force: bool, limit: int | None
) -> None:
    from ..tabular.files import STDOUT, write_text

    target = output or STDOUT
    write_text(_parts(reports, form, limit, style() if target == STDOUT else plain), target, force)


def _parts(reports: list[Report], form: str, limit: int | None, look: Style) -> Iterator[str]:
    """The reports in the chosen form. A form is imported when it is asked for."""
    if form == "json":
        from ..tabular.reports import json

        yield json.text(reports, limit)
    elif form == "sarif":
        from .. import __version__
        from ..tabular.reports import sarif

        yield sarif.text(reports, __version__, limit)
    elif form == "junit":
        from ..tabular.reports import junit

        yield junit.text(reports, limit)
    else:
        from ..tabular.reports import github, text

        for report in reports:
            lines = (
                github.lines(report, limit) if form == "github" else text.lines(report, limit, look)
            )
            yield from (f"{line}\n" for line in lines)
