"""The command `shieldtalks validate`."""

from __future__ import annotations

from pathlib import Path

import click

from . import complete
from . import validate_inputs as inputs
from .common import PATH, format_option, note, output_option
from .validate_reports import FORMATS, write


def _size(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    del ctx, param
    if value is None:
        return None
    from ..tabular.engine.limits import LEAST_MEMORY, size_of

    size = size_of(value)
    if size is None:
        raise click.BadParameter(f'"{value}" is not a size. Write it as in 2GB or 512MB.')
    if size < LEAST_MEMORY:
        raise click.BadParameter(f"use at least {LEAST_MEMORY >> 20}MiB.")
    return size


def _not_negative(ctx: click.Context, param: click.Parameter, value: int | None) -> int | None:
    del ctx, param
    if value is not None and value < 0:
        raise click.BadParameter("use 0 or a greater number.")
    return value


@click.command(name="validate")
@click.argument("packages", nargs=-1, type=PATH, metavar="[PACKAGE|FILE]...")
@click.option("--installed", is_flag=True, help="Check the installed record.")
@click.option(
    "--schema",
    type=PATH,
    metavar="FILE",
    help="Check FILE against this Table Schema (a JSON file).",
)
@format_option(*FORMATS, what="findings", about="html is one page for a browser.")
@output_option("the findings to this file")
@click.option(
    "--split",
    type=PATH,
    metavar="DIR",
    help="Write the good rows and the bad rows into separate tables, in DIR/good and DIR/bad. Each bad row "
    "has three more columns: line, rule and message.",
)
@click.option(
    "--force", is_flag=True, help="Overwrite the file of --output and the folder of --split."
)
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
    type=click.Choice(["auto", "sqlite", "duckdb", "spark"]),
    default="auto",
    show_default=True,
    help="The database that runs the checks. auto uses DuckDB for large packages if it is "
    "installed, otherwise SQLite. spark uses a Spark server, for tables that are too large for one "
    "machine.",
)
@click.option(
    "--spark-remote",
    metavar="ADDRESS",
    help="The Spark server for --engine spark, such as sc://localhost:15002. Default: the environment "
    "variable SPARK_REMOTE.",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="The most threads that DuckDB uses. The findings are the same with any number. Default: 1 for small "
    "packages; for large ones, as many as the process may use.",
)
@click.option(
    "--memory-limit",
    callback=_size,
    metavar="SIZE",
    help="The most memory to use, such as 2GB. What does not fit goes to temporary files, which are removed "
    "at the end. Default: most of the memory of the machine.",
)
@click.option(
    "--rules",
    "rules_folders",
    type=PATH,
    multiple=True,
    metavar="DIR|package",
    help="Also check your own rules: the *.sql files in this folder. The word package means the "
    "rules inside the package (x-rules in its descriptor).",
    shell_complete=complete.rule_folders,
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
    help="The level of a rule that is not in the standard: error, warning or off, such as blanks=off. You "
    "can repeat the option. You can also set levels in a file: shieldtalks.toml beside the package.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if there are warnings.")
@click.option(
    "--skip-unsupported",
    is_flag=True,
    help="Leave out what is not supported, such as remote files, and list it. Then the exit code depends "
    "only on the other findings, but the package is not called valid. Without this option, the exit code "
    "is 2.",
)
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
    schema: Path | None,
    output_format: str,
    output: Path | None,
    split: Path | None,
    force: bool,
    only_rules: tuple[str, ...],
    old_only_rules: tuple[str, ...],
    engine: str,
    spark_remote: str | None,
    threads: int | None,
    memory_limit: int | None,
    rules_folders: tuple[Path, ...],
    rule_timeout: float,
    articles: Path | None,
    reference: bool,
    levels: tuple[str, ...],
    strict: bool,
    skip_unsupported: bool,
    limit: int | None,
) -> None:
    """Check a data package, or a file with a table, and list every fault.

    PACKAGE is a folder, a datapackage.json, a zip file or a wheel. You can name several packages. If
    you leave PACKAGE out, the command uses ./datapackage.json. It checks the record that comes with
    shieldtalks only with
    --installed.

    FILE is a table without a descriptor, such as people.csv. The command checks its shape: the header,
    the number of cells in each row, quotes and the encoding. With --schema, it also checks every cell. To get
    a descriptor for the file, run shieldtalks describe.

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
      shieldtalks validate people.csv --schema people.schema.json
      shieldtalks validate my-package --format html -o findings.html
      shieldtalks validate my-package --split rows
    """
    from ..tabular.engine.limits import Limits
    from ..tabular.levels import only, without_unsupported
    from ..tabular.reports.text import skipped, summary

    if str(output) == "-":
        output = None
    if output is not None:
        from ..tabular.files import check_file_target, refuse_sources

        check_file_target(output, force=force)
        refuse_sources(output, inputs.named_files(packages, schema, *rules_folders, articles))
    if split is not None:
        inputs.check_split(
            split, len(packages) + installed, force=force, only=only_rules + old_only_rules
        )
    if spark_remote is not None and engine != "spark":
        raise click.UsageError("--spark-remote needs --engine spark.")
    options = inputs.options_of(
        engine,
        rules_folders,
        rule_timeout,
        articles,
        reference,
        Limits(threads, memory_limit),
        spark_remote,
    )
    options = options._replace(with_rows=output_format == "html")
    wanted = only_rules + old_only_rules
    outputs = [path for path in (output, split) if path is not None]
    reports = []
    for path in inputs.chosen(packages, installed, schema):
        report = inputs.report_on(
            path,
            options,
            levels,
            schema=schema,
            strict=strict,
            outputs=outputs,
            split=split,
            force=force,
        )
        if skip_unsupported:
            report = without_unsupported(report)
        reports.append(only(report, wanted, options) if wanted else report)
    write(reports, output_format, output, force, limit)
    for report in reports:
        name = f"{report.package['path']}: " if len(reports) > 1 else ""
        note(f"{name}{summary(report)}")
        for line in (*skipped(report), *inputs.next_steps(report, split)):
            note(line)
    raise SystemExit(max(report.exit_code for report in reports))
