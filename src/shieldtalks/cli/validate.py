"""The command `shieldtalks validate`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.findings import CannotRun, PackageError, Report
from ..tabular.package.package import locate
from ..tabular.package.paths import is_inside
from ..tabular.terminal import Style, plain, style
from . import complete
from .common import PATH, announce, no_collection, note, progress, with_settings

if TYPE_CHECKING:
    from ..tabular.validation import ExtraCheck, Options


def _not_negative(ctx: click.Context, param: click.Parameter, value: int | None) -> int | None:
    del ctx, param
    if value is not None and value < 0:
        raise click.BadParameter("use 0 or a greater number.")
    return value


@click.command(name="validate")
@click.argument("packages", nargs=-1, type=PATH, metavar="[PACKAGE]...")
@click.option("--installed", is_flag=True, help="Check the installed record.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "sarif", "junit", "github"]),
    default="text",
    show_default=True,
    help="The format of the findings.",
)
@click.option(
    "-o",
    "--output",
    type=PATH,
    metavar="FILE",
    help="Write the findings to this file. Default: standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite the file of --output if it exists.")
@click.option(
    "--only",
    "only_rules",
    multiple=True,
    metavar="RULE",
    help="Show and count only the findings of this rule. You can repeat the option. Default: all rules.",
    shell_complete=complete.rules,
)
# The name of --only in version 1.0.0, kept so that older scripts still run.
@click.option(
    "--rule",
    "old_only_rules",
    multiple=True,
    metavar="RULE",
    hidden=True,
    shell_complete=complete.rules,
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "sqlite", "duckdb"]),
    default="auto",
    show_default=True,
    help="The database that runs the checks. auto uses DuckDB for large packages if it is "
    "installed, otherwise SQLite.",
)
@click.option(
    "--rules",
    "rules_folder",
    type=PATH,
    metavar="DIR",
    help="Also check your own rules: the *.sql files in this folder.",
)
@click.option(
    "--rule-timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="The most time that each of your own rules may take.",
)
@click.option(
    "--articles",
    type=PATH,
    metavar="DIR",
    help="Also check the evidence against your copies of the articles in this folder.",
)
@click.option(
    "--reference",
    is_flag=True,
    help="Also run the validator frictionless, and report the errors that only frictionless finds.",
)
@click.option(
    "--set",
    "levels",
    multiple=True,
    metavar="RULE=LEVEL",
    help="Make a rule an error, a warning or off, such as blanks=off. You can repeat the option. "
    "A settings file can do the same: shieldtalks.toml beside the package.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if there are warnings.")
@click.option(
    "--limit",
    type=int,
    callback=_not_negative,
    metavar="N",
    help="Show at most N findings. Default: all.",
)
def command(
    packages: tuple[Path, ...],
    installed: bool,
    output_format: str,
    output: Path | None,
    force: bool,
    only_rules: tuple[str, ...],
    old_only_rules: tuple[str, ...],
    engine: str,
    rules_folder: Path | None,
    rule_timeout: float,
    articles: Path | None,
    reference: bool,
    levels: tuple[str, ...],
    strict: bool,
    limit: int | None,
) -> None:
    """Check a data package and list every fault.

    PACKAGE is a folder, a datapackage.json, a zip file or a wheel. You can name several packages. If
    you leave PACKAGE out, the command uses ./datapackage.json. It checks the record that comes with
    shieldtalks only with
    --installed.

    The command checks the descriptor (datapackage.json), the files and every cell. If the package
    declares the profile of Shieldtalks (with conformsTo), the command also checks the rules of this
    profile. Each finding
    names the file, the line and the rule, and shows how to fix the fault.

    A warning does not change the exit code, except with --strict.

    Exit codes: 0 no findings, 1 findings, 2 something could not be checked.

    \b
    Examples:
      shieldtalks validate
      shieldtalks validate --installed
      shieldtalks validate my-package --only enum --only type
      shieldtalks validate my-package --format json -o findings.json
    """
    from ..tabular.reports.text import skipped, summary
    from ..tabular.validation import only

    if str(output) == "-":
        output = None
    if output is not None:
        from ..tabular.files import check_file_target, refuse_sources

        check_file_target(output, force=force)
        refuse_sources(output, _named_files(packages, rules_folder, articles))
    options = replace(
        _options(engine, rules_folder, articles, reference), rule_timeout=rule_timeout
    )
    wanted = only_rules + old_only_rules
    reports = []
    for path in _chosen(packages, installed):
        report = _report(path, options, levels, strict, output)
        reports.append(only(report, wanted, options) if wanted else report)
    _write(reports, output_format, output, force, limit)
    for report in reports:
        name = f"{report.package['path']}: " if len(reports) > 1 else ""
        note(f"{name}{summary(report)}")
        for line in skipped(report):
            note(line)
    raise SystemExit(max(report.exit_code for report in reports))


def _options(
    engine: str, rules_folder: Path | None, articles: Path | None, reference: bool
) -> Options:
    from ..record.checking import with_ours
    from ..tabular.validation import Options

    also: tuple[ExtraCheck, ...] = ()
    if articles is not None:
        from ..record.evidence.sealed import against

        also = (against(articles),)
    return with_ours(Options(engine=engine, reference=reference, rules=rules_folder, also=also))


def _chosen(packages: tuple[Path, ...], installed: bool) -> list[Path]:
    """The packages to check: those that are named, and the installed record if it is asked for."""
    from ..record.installed import INSTALLED, judged_package

    named = [judged_package(given) for given in packages]
    if installed:
        return [*named, INSTALLED]
    return named or [judged_package(None)]


def _named_files(
    packages: tuple[Path, ...], rules: Path | None, articles: Path | None
) -> Iterator[Path]:
    """The files that the command line names: packages, rules and copies of articles."""
    yield from (locate(path) for path in packages)
    for folder in (rules, articles):
        if folder is not None and folder.is_dir():
            yield from folder.iterdir()


def _refuse_unknown(output: Path | None, path: Path, error: PackageError) -> None:
    """Raise CannotRun if an output that exists may be a file of a package that cannot be read."""
    root = locate(path).parent
    if output is not None and os.path.lexists(output) and is_inside(output, root):
        raise CannotRun(
            f"{error.message}, so {output} may be one of its files",
            "Choose another path for the output.",
        )


def _report(
    path: Path, options: Options, levels: tuple[str, ...], strict: bool, output: Path | None
) -> Report:
    from ..tabular import validation
    from ..tabular.files import refuse_sources
    from ..tabular.package.opening import opened
    from ..tabular.package.own_files import own_files

    with ExitStack() as stack:
        try:
            source = stack.enter_context(opened(path))
        except PackageError as error:
            _refuse_unknown(output, path, error)
            note(f"checking {path}")
            return validation.unread(path, error)
        announce("checking", source)
        if output is not None:
            refuse_sources(output, own_files(source))
        options = with_settings(options, source, levels, strict=strict)
        if output is not None and options.settings.file is not None:
            refuse_sources(output, [options.settings.file])
        for sentence in validation.check_settings(options):
            note(sentence)
        with progress() as show_step, no_collection():
            return validation.validate_package(source, replace(options, tell=show_step))


def _write(
    reports: list[Report], output_format: str, output: Path | None, force: bool, limit: int | None
) -> None:
    from ..tabular.files import STDOUT, write_text

    target = output or STDOUT
    look = style() if target == STDOUT else plain
    parts = _parts(reports, output_format, limit, look)
    if target == STDOUT and output_format == "text":
        sys.stdout.writelines(parts)
    else:
        write_text(parts, target, force)


def _parts(
    reports: list[Report], output_format: str, limit: int | None, look: Style
) -> Iterator[str]:
    """The text of the reports in the chosen format. Only the module of that format is imported."""
    if output_format == "json":
        from ..tabular.reports import json

        yield json.text(reports, limit)
    elif output_format == "sarif":
        from .. import __version__
        from ..tabular.reports import sarif

        yield sarif.text(reports, __version__, limit, _sentences())
    elif output_format == "junit":
        from ..tabular.reports import junit

        yield junit.text(reports, limit)
    else:
        for report in reports:
            if output_format == "github":
                from ..tabular.reports import github

                lines = github.lines(report, limit)
            else:
                from ..tabular.reports import text

                lines = text.lines(report, limit, look)
            yield from (f"{line}\n" for line in lines)


def _sentences() -> dict[str, str]:
    """The sentence of each SQL rule, including those in the folder of `--rules`."""
    from ..record.checking import with_ours
    from ..tabular.validation import Options, known_rules

    try:
        return known_rules(
            with_ours(Options(rules=click.get_current_context().params["rules_folder"]))
        )
    except CannotRun:  # the report shows why
        return {}
