"""The command `shieldtalks fmt`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.terminal import one_line, style
from .common import note, package_argument, say

if TYPE_CHECKING:
    from ..tabular.findings import Report
    from ..tabular.package import Package
    from ..tabular.validation import Options


@click.command(name="fmt")
@package_argument
@click.option(
    "--check",
    is_flag=True,
    help="Change nothing. Show what would change, and exit with 1 if there is anything to change.",
)
@click.option(
    "--to-profile",
    type=click.Choice(["2"]),
    help="Convert a collection of profile 1 to this profile, as far as that is possible without you.",
)
def command(package: Path | None, check: bool, to_profile: str | None) -> None:
    """Format a package: sort rows, normalise CSV quotes, update hashes.

    PACKAGE is a folder or a datapackage.json. If you leave PACKAGE out, the command uses
    ./datapackage.json. The command never changes the record that comes with shieldtalks.

    The command sorts the rows of each table by its primary key, and normalises CSV quotes and line ends.
    In a package of the record's profile, it also fills in the earliest and latest dates, and the lists
    of codes in the schemas. Then it updates the hash and size of each table. It does not change any
    other content: codes for missing values stay as they are. If a table has a fault that the command
    cannot fix, it shows the fault and does not change this table. Faults have the same levels as in
    validate: a warning does not change the exit code.

    With --to-profile 2, a collection of profile 1 is converted first: claims get propositions, oppositions
    become relations, and new tables and fields are empty. The command lists what you must do yourself.

    \b
    Examples:
      shieldtalks fmt
      shieldtalks fmt --check
      shieldtalks fmt --to-profile 2
    """
    from ..record.checking import with_ours
    from ..record.derived import additions
    from ..record.installed import judged_package
    from ..tabular.files import replace_all
    from ..tabular.findings import CannotRun, Report, counted
    from ..tabular.formatting import plan
    from ..tabular.levels import check_settings
    from ..tabular.package import read
    from ..tabular.package.package import is_archive
    from ..tabular.package.paths import is_inside
    from ..tabular.reports.text import lines, skipped
    from .common import announce, with_settings

    path = judged_package(package)
    if is_archive(path):
        raise CannotRun(
            f"fmt does not change archives, and {path} is one",
            "Unpack it, and run fmt on its folder.",
        )
    source = read(path)
    if to_profile:
        _move(source, check)
        if check:
            return
        source = read(source.file)
    announce("checking the format of" if check else "formatting", source)
    options = with_settings(with_ours(), source)
    for sentence in check_settings(options, source):
        note(sentence)
    planned = plan(source, additions(source))
    for change in planned.changes if not check else []:
        if not is_inside(source.root / change.path, source.root):
            raise CannotRun(
                f"{source.root / change.path} is a symbolic link that leads out of the package",
                "Put the file itself into the package. Nothing was changed.",
            )
    if not check:
        # A link inside the package stays, and the file that it leads to is rewritten.
        replace_all({(source.root / one.path).resolve(): one.content for one in planned.changes})
    for change in planned.changes:
        say(one_line(f"{source.root / change.path}: {change.what}"))
    faults = _levelled(Report({"path": str(source.file)}, planned.findings), options, source)
    for line in lines(faults, style=style()):
        say(line)
    for sentence in (*skipped(faults), *planned.notes):
        note(sentence)
    verb = "would change" if check else "changed"
    changed, left = len(planned.changes), len(faults.findings)
    note(f"{verb} {counted(changed, 'file')}; {counted(left, 'fault')} that fmt cannot fix")
    if not check:
        note("fmt does not check the content: run shieldtalks validate")
    code = faults.exit_code or int(check and bool(planned.changes))
    if code:
        raise SystemExit(code)


def _levelled(report: Report, options: Options, source: Package) -> Report:
    """The report with each fault at the level that it has in `validate`."""
    from ..tabular.levels import levelled, levels_of
    from ..tabular.package.profile import declared

    profile = declared(source, options.profiles)
    return levelled(report, levels_of(profile, options.settings), options.settings)


def _move(source: Package, check: bool) -> None:
    """Move a package to profile 2, and list what is left to people."""
    from ..record.moving import move
    from ..tabular.files import whole_file
    from ..tabular.findings import counted
    from .common import announce

    announce("checking how to move" if check else "moving", source)
    moved = move(source)
    for path, content in moved.files.items():
        if not check:
            (source.root / path).parent.mkdir(parents=True, exist_ok=True)
            with whole_file(source.root / path, force=True) as file:
                file.write(content)
    for left in moved.left:
        say(one_line(f"{left.table} {left.record_id}: {left.what}"))
    verb = "would write" if check else "wrote"
    things = counted(len(moved.left), "thing is", "things are")
    note(f"{verb} {counted(len(moved.files), 'file')}; {things} left to you")
    old = source.resource("oppositions")
    if old is not None:
        note(f"{old.path} is no longer read: remove it when you have checked the relations")
