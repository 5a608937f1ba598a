"""The command `shieldtalks diff`."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.findings import CannotRun, Report, counted
from ..tabular.package import DESCRIPTOR, Package
from ..tabular.package.package import locate
from ..tabular.package.paths import yaml_descriptor
from ..tabular.terminal import one_line
from .common import (
    PATH,
    format_option,
    no_collection,
    note,
    print_document,
    progress,
    say,
    with_settings,
)

if TYPE_CHECKING:
    from ..record.releases import Breach
    from ..tabular.diff import Difference


@click.command(name="diff")
@click.argument("old", type=PATH)
@click.argument("new", required=False, type=PATH)
@click.option(
    "--installed", is_flag=True, help="Compare OLD with the installed record. Leave NEW out."
)
@format_option("text", "json", "markdown", about="markdown is for a changelog.")
@click.option(
    "--exit-code",
    "by_code",
    is_flag=True,
    help="Exit with 1 if there are changes. Without this option, changes do not affect the exit code.",
)
@click.option(
    "--changelog",
    type=PATH,
    metavar="FILE",
    help="Check the release rule with this changelog. Exit with 1 if NEW breaks the rule.",
)
def command(
    old: Path,
    new: Path | None,
    installed: bool,
    output_format: str,
    by_code: bool,
    changelog: Path | None,
) -> None:
    """Show what changed from OLD to NEW, and the smallest version number that is allowed for NEW.

    OLD and NEW are each a folder, a datapackage.json, a zip file or a wheel. OLD can also be a folder
    with releases. Then the command uses the latest one. If you leave NEW out, the command uses
    ./datapackage.json. It uses the record that comes with shieldtalks only with --installed.

    The packages do not have to be valid: rows are compared wherever they can be read, and a note shows how
    many findings each side has.

    With --changelog, the command also checks the release rule. For this, NEW must be valid:

    \b
      - The version number is high enough for the changes.
      - If a row was deleted, its identifier is in the table retired.
      - No retired identifier is used again.
      - The changelog names every changed row.

    \b
    Examples:
      shieldtalks diff shieldtalks-1.0.0.zip --format markdown
      shieldtalks diff releases --changelog CHANGELOG.md
    """
    from ..record import releases
    from ..record.installed import INSTALLED, judged_package
    from ..tabular.diff.readable import sound, unreadable
    from ..tabular.package.changelog import read
    from ..tabular.package.opening import opened

    if installed and new is not None:
        raise click.UsageError("use either NEW or --installed, not both.")
    new_path = INSTALLED if installed else judged_package(new)
    changelog_text = read(changelog) if changelog is not None else ""
    if old.is_dir() and not os.path.lexists(old / DESCRIPTOR):
        release = releases.latest(old)
        if release is None and changelog is not None:
            note(f"there is no release yet: {old} contains no file such as name-1.2.3.zip")
            return
        old = release or _with_yaml(old)
    with ExitStack() as stack:
        before, after = (stack.enter_context(opened(path)) for path in (locate(old), new_path))
        after_path = str(new or after.file)
        note(f"comparing {_words(before)}: {old}")
        note(f"with {_words(after)}: {after_path}")
        with progress() as show_step, no_collection():
            show_step("checking both")
            reports = [_report(before, by_rules=False), _report(after, by_rules=True)]
            for report, path in zip(reports, (str(old), after_path), strict=True):
                _note_findings(report, path)
            if changelog is not None:
                _refuse_invalid(reports[1], after_path)
            show_step("comparing")
            unread = {table for report in reports for table in unreadable(report)}
            known = sound(reports[0], before) & sound(reports[1], after)
            found = releases.difference(before, after, unread, known)
            if changelog is not None and found.not_compared:
                raise CannotRun(
                    f"{old} has tables that cannot be read: {', '.join(found.not_compared)}",
                    "The release rule needs all rows of both packages.",
                )
        broken = None
        if changelog is not None:
            broken = releases.breaches(before, after, found, changelog_text)
    _write(found, broken, output_format)
    if broken or (by_code and found.changes):
        raise SystemExit(1)


def _with_yaml(folder: Path) -> Path:
    """A folder with a descriptor in YAML: its reader has the message. Raises CannotRun for any other."""
    if yaml_descriptor(folder) is None:
        raise CannotRun(
            f"{folder} contains no package and no release",
            f"Name a folder that contains {DESCRIPTOR} or a release such as name-1.2.3.zip.",
        )
    return folder


def _words(package: Package) -> str:
    """The name and the version of a package, for a message."""
    name = package.descriptor.get("name") or "a package without a name"
    return f"{name} {package.version}" if package.version else str(name)


def _report(package: Package, *, by_rules: bool) -> Report:
    """The findings of a package. OLD is not checked by rules, because they may be newer than it."""
    from ..record.checking import with_ours
    from ..tabular.levels import only
    from ..tabular.rule_names import STRUCTURAL
    from ..tabular.validation import validate_package

    report = validate_package(package, with_settings(with_ours(), package))
    return report if by_rules else only(report, STRUCTURAL - {"profile"}, with_ours())


def _note_findings(report: Report, shown: str) -> None:
    """Print how many findings a package has, if it has any."""
    count = len(report.faults)
    if count:
        note(
            f"{shown} has {counted(count, 'finding')}: run shieldtalks validate to see what is wrong"
        )


def _refuse_invalid(report: Report, shown: str) -> None:
    """Raise CannotRun, with the first finding, if a package is not valid."""
    from ..tabular.findings import Severity
    from ..tabular.reports.location import words

    if report.exit_code:
        # In a strict report, warnings alone are enough.
        first = (report.faults or report.findings)[0]
        warnings = 0 if report.strict else report.by_severity()[Severity.WARNING]
        line = f":{first.line}" if first.line else ""
        raise CannotRun(
            f"{shown} is not valid, so the release rule cannot be checked: "
            f"{counted(report.count() - warnings, 'finding')}, "
            f"the first is {first.file}{line}: {first.rule}: {words(first)}"
        )


def _write(found: Difference, broken: list[Breach] | None, output_format: str) -> None:
    """Print the difference in the chosen format. Only the module of that format is imported."""
    if output_format == "json":
        from ..tabular.diff import json

        breaches = None if broken is None else [asdict(breach) for breach in broken]
        print_document(json.text(found, breaches))
        return
    if output_format == "markdown":
        from ..tabular.diff import markdown

        lines = markdown.lines(found)
    else:
        from ..tabular.diff import text

        lines = text.lines(found)
    for line in lines:
        say(one_line(line))
    for breach in broken or []:
        message = one_line(f"not allowed: {breach.rule}: {breach.message}")
        say(message, error=output_format == "markdown")
        say(f"    {one_line(breach.hint)}", error=output_format == "markdown")
