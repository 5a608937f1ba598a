"""The command `shieldtalks code`."""

from __future__ import annotations

from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.findings import CannotRun
from ..tabular.package import DESCRIPTOR
from ..tabular.terminal import one_line
from .common import PATH, note, open_package, refuse, say

if TYPE_CHECKING:
    from ..record.sheet.rows import CodedSheet

#: How a run ends that found faults.
NOTHING = "nothing was written"


@click.command(name="code")
@click.argument("sheet", type=PATH)
@click.argument("old_package", required=False, type=PATH, metavar="")
@click.option(
    "--article", "copy", type=PATH, required=True, metavar="COPY", help="A copy of the article."
)
@click.option(
    "--package",
    type=PATH,
    help="The collection that gets the rows. Default: ./datapackage.json.",
)
@click.option("--dry-run", is_flag=True, help="Change nothing. Print the rows that would be added.")
@click.option(
    "--dispute",
    is_flag=True,
    help="If a new claim contradicts a claim that is there, set the standing of that claim to disputed.",
)
def command(
    sheet: Path,
    old_package: Path | None,
    package: Path | None,
    copy: Path,
    dry_run: bool,
    dispute: bool,
) -> None:
    """Add the rows of a coding sheet to a collection.

    SHEET is a TOML file about one article, which you write while you read. `shieldtalks sheet` starts
    one. COPY is your copy of the article, as plain text.

    The command looks up the names, finds each passage in the copy, gives each new row an identifier,
    and fills in what the sheet leaves out. Then it validates the collection with the new rows. If anything
    is wrong, it shows the line of the sheet and writes nothing.

    The command only adds rows. It does not change a row that is already there, unless you use
    --dispute. If two articles report the same event or claim, its row gets the passages of both. If you
    run the same sheet again, it adds nothing.

    \b
    Examples:
      shieldtalks code sheet.toml --article src-0004.txt
      shieldtalks code sheet.toml --article src-0004.txt --dry-run
    """
    from ..record.evidence.anchors import read_article
    from ..record.sheet.coding import check_package, prepare, write
    from ..record.sheet.reading import read_sheet
    from ..record.sheet.rows import rows_of
    from ..record.sheet.spans import Article
    from ..record.sheet.tables import Tables
    from ..tabular.findings import counted
    from .common import announce

    if package and old_package:
        raise click.UsageError("name the collection only once, with --package.")
    given = package or old_package
    if given is None and not lexists(DESCRIPTOR):
        raise CannotRun(
            f"no collection is named, and this folder contains no {DESCRIPTOR}",
            "Run the command in the folder of the collection, or use --package. `shieldtalks init` starts "
            "a collection.",
        )
    source = open_package(given, judged=True)
    check_package(source)
    announce("coding into", source)
    content, faults = read_sheet(sheet)
    article = read_article(copy)
    if content is None:
        refuse(faults.found, NOTHING)
    coded = rows_of(content, faults, Article(article), Tables.of(source).old)
    if faults.found:
        refuse(faults.found, NOTHING)
    for sentence in coded.notes:
        note(sentence)
    planned = prepare(source, coded, dispute=dispute)
    if planned.report.faults:
        refuse(planned.report.faults, NOTHING)
    if dry_run:
        _show(coded)
    else:
        write(source, planned)
    if planned.later:
        ids = [finding.value or "" for finding in planned.later]
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        note(
            f"the table coders has no row for {', '.join(ids[:5])}{more}: add them before you validate"
        )
    for claim in planned.contradicted:
        note(f"{claim} {'would be' if dry_run else 'is'} disputed now: a new claim contradicts it")
    verb = "would add" if dry_run else "added"
    tables = {row.table: None for row in coded.new}
    where = f" to {counted(len(tables), 'table')}" if tables else ": all of them are already there"
    note(f"{verb} {counted(len(coded.new), 'row')}{where}")


def _show(coded: CodedSheet) -> None:
    """Print the new rows as CSV lines, below the name and the header of their table."""
    import csv
    import io

    for table, rows in coded.tables().items():
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        say(f"# {table}")
        for line in text.getvalue().splitlines():
            say(one_line(line))
