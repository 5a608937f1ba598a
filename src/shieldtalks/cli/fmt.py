"""`shieldtalks fmt`."""

from __future__ import annotations

from pathlib import Path

import click

from ..tabular.terminal import style
from .common import local, note, package_argument


@click.command(name="fmt")
@package_argument
@click.option("--check", is_flag=True, help="Change nothing; say what would change, exit 1 if any.")
def command(package: Path | None, check: bool) -> None:
    """Put a package into canonical form and seal it again.

    That is: row order, quoting, line ends, date bounds, code lists, hash and size of every table. It
    mends form, never content. A table with a fault that it cannot mend is left as it is, and the
    fault is printed.

    \b
    Examples:
      shieldtalks fmt
      shieldtalks fmt --check
    """
    from ..record.derived import additions
    from ..tabular.files import whole_file
    from ..tabular.findings import Report
    from ..tabular.formatting import plan
    from ..tabular.package import read
    from ..tabular.reports.text import lines
    from .common import announce

    source = read(local(package))
    announce("checking the form of" if check else "formatting", source)
    todo = plan(source, additions(source))
    for change in todo.changes:
        if not check:
            with whole_file(source.root / change.path, force=True) as file:
                file.write(change.content)
        click.echo(f"{source.root / change.path}: {change.what}")
    left = Report({"path": str(source.file)}, todo.findings)
    for line in lines(left, style=style()):
        click.echo(line)
    verb = "would change" if check else "changed"
    note(f"{verb} {len(todo.changes)} file(s); {len(todo.findings)} fault(s) that fmt cannot mend")
    if not check:
        note("fmt mends form only: run shieldtalks validate for the rest")
    if todo.findings or (check and todo.changes):
        raise SystemExit(left.exit_code or 1)
