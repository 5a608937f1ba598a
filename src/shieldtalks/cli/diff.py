"""`shieldtalks diff`."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.findings import CannotRun
from ..tabular.package import DESCRIPTOR, Package
from ..tabular.terminal import one_line
from .common import PATH, no_collection, note, progress

if TYPE_CHECKING:
    from ..record.releases import Breach
    from ..tabular.diff import Difference


@click.command(name="diff")
@click.argument("old", type=PATH)
@click.argument("new", required=False, type=PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How the changes are written; markdown is for a changelog.",
)
@click.option("--exit-code", "by_code", is_flag=True, help="Exit with 1 where there are changes.")
@click.option(
    "--changelog",
    type=PATH,
    metavar="FILE",
    help="Hold NEW to the release rule, with this changelog; exit with 1 where it breaks it.",
)
def command(old: Path, new: Path | None, form: str, by_code: bool, changelog: Path | None) -> None:
    """Say what changed from OLD to NEW, and the smallest version bump that it allows.

    Both are a folder, a datapackage.json, a zip as `export csv` writes it or a wheel; OLD may be a
    folder of releases, of which the latest is taken. NEW left out: the package here, else the
    installed one. Both must be valid; an OLD one is not held to rules that may be newer than it.

    The release rule: the version is large enough, no identifier is deleted rather than retired, none
    is used again, and the changelog names each row that was changed.

    \b
    Examples:
      shieldtalks diff shieldtalks-1.0.0.zip --format markdown
      shieldtalks diff releases --changelog CHANGELOG.md
    """
    from ..record import releases
    from ..record.installed import meant
    from ..tabular.package.archive import opened

    if changelog is not None and not changelog.is_file():
        raise click.UsageError(f"there is no changelog {changelog}.")
    if old.is_dir() and not (old / DESCRIPTOR).is_file():
        release = releases.latest(old)
        if release is None and changelog is not None:
            note(f"nothing released yet: {old} holds no release such as name-1.2.3.zip")
            return
        if release is None:
            raise CannotRun(
                f"there is nothing to compare with in {old}",
                f"It holds neither {DESCRIPTOR} nor a release such as name-1.2.3.zip.",
            )
        old = release
    with ExitStack() as stack:
        before, after = (stack.enter_context(opened(meant(given))) for given in (old, new))
        after_path = str(new or after.file)
        note(f"comparing {_words(before)}: {old}")
        note(f"with {_words(after)}: {after_path}")
        with progress() as tell, no_collection():
            tell("checking both")
            _refuse_invalid(before, str(old), by_rules=False)
            _refuse_invalid(after, after_path, by_rules=True)
            tell("comparing")
            found = releases.difference(before, after)
        broken = None
        if changelog is not None:
            text = changelog.read_text(encoding="utf-8", errors="replace")
            broken = releases.breaches(before, after, found, text)
    _write(found, broken, form)
    if broken or (by_code and found.changes):
        raise SystemExit(1)


def _words(package: Package) -> str:
    name = package.descriptor.get("name") or "a package without a name"
    return f"{name} {package.version}" if package.version else str(name)


def _refuse_invalid(package: Package, shown: str, *, by_rules: bool) -> None:
    """Raise CannotRun, in one line, where a package does not validate."""
    from ..record.checking import validate_package, with_ours
    from ..tabular.reports.location import words
    from ..tabular.validation import STRUCTURAL, only

    report = validate_package(package)
    if not by_rules:
        report = only(report, STRUCTURAL - {"profile"}, with_ours())
    if report.findings:
        first = report.findings[0]
        line = f":{first.line}" if first.line else ""
        raise CannotRun(
            f"{shown} does not validate, so there is no diff: {len(report.findings)} finding(s), "
            f"the first {first.file}{line}: {first.rule}: {words(first)}"
        )


def _write(found: Difference, broken: list[Breach] | None, form: str) -> None:
    """The difference in the chosen form on stdout, whose module is imported for it."""
    if form == "json":
        from ..tabular.diff import json as document

        told = None if broken is None else [asdict(breach) for breach in broken]
        click.echo(document.text(found, told), nl=False)
        return
    if form == "markdown":
        from ..tabular.diff import markdown

        lines = markdown.lines(found)
    else:
        from ..tabular.diff import text

        lines = text.lines(found)
    for line in lines:
        click.echo(one_line(line))
    for breach in broken or []:
        message = one_line(f"not allowed: {breach.rule}: {breach.message}")
        click.echo(message, err=form == "markdown")
        click.echo(f"    {breach.hint}", err=form == "markdown")
