"""`shieldtalks validate`."""

from __future__ import annotations

from pathlib import Path

import click

from ..findings import Report
from .common import PATH, note, style


@click.command(name="validate")
@click.argument("packages", nargs=-1, type=PATH, metavar="[PACKAGE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the findings are written.",
)
@click.option("-o", "--output", type=PATH, help="Write the findings to this file, not to stdout.")
@click.option("--force", is_flag=True, help="Let --output overwrite a file.")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Report this rule only.")
@click.option("--articles", type=PATH, help="Check the evidence against the copies in this folder.")
@click.option("--reference", is_flag=True, help="Run frictionless too and report disagreement.")
@click.option("--limit", type=click.IntRange(min=0), help="Print at most this many findings.")
def command(
    packages: tuple[Path, ...],
    form: str,
    output: Path | None,
    force: bool,
    rules: tuple[str, ...],
    articles: Path | None,
    reference: bool,
    limit: int | None,
) -> None:
    """Check a package: descriptor, bytes, structure and rules.

    PACKAGE is a folder or a datapackage.json. Left out, it is ./datapackage.json where there is
    one, else the installed record.

    \b
    Examples:
      shieldtalks validate
      shieldtalks validate my-record --format json -o findings.json
    """
    from ..files import check_target

    if output is not None and str(output) != "-":
        check_target(output, force=force)
    reports = [_one(package, rules, reference, articles) for package in packages or (None,)]
    _write(reports, form, output, force, limit)
    raise SystemExit(max(report.exit_code for report in reports))


def _one(
    package: Path | None, rules: tuple[str, ...], reference: bool, articles: Path | None
) -> Report:
    from .. import validation
    from ..findings import PackageError
    from ..package import locate, read
    from ..reports.text import summary
    from ..sealed import against
    from .common import announce

    try:
        announce("checking", read(package))
    except PackageError:
        note(f"checking {locate(package)}")
    also = [against(articles)] if articles is not None else []
    report = validation.validate(package, reference=reference, also=also)
    if rules:
        report = validation.only(report, rules)
    note(summary(report))
    return report


def _write(
    reports: list[Report], form: str, output: Path | None, force: bool, limit: int | None
) -> None:
    from ..exports.output import STDOUT, write_text
    from ..reports import json, text

    target = output or STDOUT
    if form == "json":
        write_text([json.text(reports, limit)], target, force)
        return
    look = style() if target == STDOUT else text.plain
    write_text((f"{line}\n" for r in reports for line in text.lines(r, limit, look)), target, force)
