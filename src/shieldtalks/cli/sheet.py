"""The command `shieldtalks sheet`."""

from __future__ import annotations

from pathlib import Path

import click

from . import complete
from .common import DEFAULT_PACKAGE, PATH, announce, note, open_package


@click.command(name="sheet")
@click.option("--article", "copy", type=PATH, metavar="COPY", help="A copy of the article.")
@click.option(
    "--from-record",
    "source_id",
    metavar="ID",
    help="Write the sheet of this source, which is coded already.",
    shell_complete=complete.sources,
)
@click.option("--published", metavar="DATE", help="The date of publication, such as 2031-05-06.")
@click.option(
    "-o",
    "--output",
    type=PATH,
    default=Path("-"),
    help="The file to write. Default: standard output.",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@click.option(
    "--package", type=PATH, help=f"The collection that the sheet is for. {DEFAULT_PACKAGE}"
)
def command(
    copy: Path | None,
    source_id: str | None,
    published: str | None,
    output: Path,
    force: bool,
    package: Path | None,
) -> None:
    """Start a coding sheet for an article, or write the sheet of a coded article.

    With --article, the sheet has the sentences of the article as comments. Below each sentence are the
    actors and the dates that the command recognised. Dates such as "on Tuesday" need --published. Fill
    in the sheet, then run `shieldtalks code`. The sheet contains the text of the article, so keep it
    for yourself if the article is in copyright.

    With --from-record, the sheet has the rows of an article that is coded already. With --article as
    well, each passage is named by its first and last words, otherwise by its position.

    \b
    Examples:
      shieldtalks sheet --article src-0004.txt --published 2009-06-12 -o sheet.toml
      shieldtalks sheet --from-record src-0002 --article src-0002.txt
    """
    from ..record.evidence.anchors import read_article
    from ..record.sheet.from_record import sheet_of
    from ..record.sheet.publication import name_of
    from ..record.sheet.starting import WARNING, started
    from ..record.sheet.tables import Tables
    from ..record.sheet.writing import toml
    from ..tabular.files import STDOUT, check_file_target, refuse_sources, write_text
    from ..tabular.package.own_files import own_files

    if copy is None and source_id is None:
        raise click.UsageError(
            "use --article to start a sheet, or --from-record for a coded article."
        )
    if output != STDOUT:
        check_file_target(output, force=force)
        refuse_sources(output, [copy] if copy else [])
    source = open_package(package)
    refuse_sources(output, own_files(source))
    announce("reading", source)
    article = read_article(copy) if copy else None
    tables = Tables.of(source)
    text = ""
    if source_id is not None:
        made = f"The coding sheet of {source_id}, made from {source.name} {source.version or ''}"
        about = [f"{made.rstrip()}.", *(WARNING if article else ())]
        text = toml(sheet_of(tables, source_id, article), about)
    elif copy is not None and article is not None:
        text = started(tables, article, name_of(copy), _day(published))
    write_text([text], output, force)
    if output != STDOUT and source.archive is None and _is_within(output, source.root):
        note(f"{output} is inside the package: move it out, so that it is not published by mistake")
    if article:
        note(
            "the sheet contains words of the article: keep it for yourself if they are in copyright"
        )


def _is_within(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())


def _day(published: str | None) -> str | None:
    """The day of publication. Raises UsageError if it is none."""
    from datetime import date

    try:
        return date.fromisoformat(published).isoformat() if published else None
    except ValueError as error:
        raise click.UsageError(
            f'"{published}" is not a day. Write --published as 2031-05-06.'
        ) from error
