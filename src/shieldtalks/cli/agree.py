"""`shieldtalks agree`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.findings import CannotRun
from ..tabular.package import DESCRIPTOR
from ..tabular.terminal import style
from .common import (
    PATH,
    format_option,
    note,
    open_package,
    output_options,
    refuse,
    say,
    table_width,
)

if TYPE_CHECKING:
    from ..record.agreement.comparison import Comparison
    from ..record.agreement.sheets import Desk
    from ..record.agreement.units import Coding


@click.command(name="agree")
@click.argument("first", metavar="A", type=PATH)
@click.argument("second", metavar="B", type=PATH)
@click.argument("more", nargs=-1, type=PATH, metavar="")
@click.option(
    "--same-actor",
    "same",
    multiple=True,
    metavar="OTHER=NAME",
    help="Treat the actor with the name OTHER as the actor NAME. You can repeat this option.",
)
@click.option(
    "--articles",
    type=PATH,
    metavar="DIR",
    help="For sheets: the folder with your copies: src-0001.txt, src-0002.txt and so on.",
)
@click.option(
    "--copy",
    "copies",
    multiple=True,
    metavar="[ID=]FILE",
    help="For sheets: your copy of the article. If there are several articles, repeat the option with "
    "their identifiers, such as src-0002=article.txt.",
)
@click.option(
    "--package",
    type=PATH,
    help="For sheets: the collection that they are for. Default: ./datapackage.json if there is one.",
)
@format_option(
    "text", "json", "html", about="html is one page that shows both codings side by side."
)
@output_options()
@click.option("--exit-code", is_flag=True, help="Exit with 1 if the two codings differ.")
def command(
    first: Path,
    second: Path,
    more: tuple[Path, ...],
    same: tuple[str, ...],
    articles: Path | None,
    copies: tuple[str, ...],
    package: Path | None,
    output_format: str,
    output: Path | None,
    force: bool,
    exit_code: bool,
) -> None:
    """Compare two codings of the same articles.

    A and B are each a coding sheet (TOML), a folder of sheets, a package (a folder, a datapackage.json,
    a zip file or a wheel), or a folder with events.csv, proposals.csv, responses.csv, claims.csv,
    actors.csv and evidence.csv.

    If A or B is a sheet, only its articles are compared. A sheet that names passages by their words
    needs the copy of the article: use --articles or --copy. If a sheet uses names of a collection, use
    --package.

    Two rows of the same table are a pair if their evidence overlaps enough: both rows must use at
    least 30 % of the characters that either row uses.

    The output shows how far the two codings agree on each field of the pairs, the pairs that differ,
    and the rows that only one coding has. The measure is Krippendorff's alpha: 1 is full agreement, 0
    is agreement by chance. If both coders used only one value, there is no alpha, and you see "one value".

    Actors are compared by name, because the two coders choose their identifiers independently. If the
    table aliases of one coding lists a name that the other coding uses, both are the same actor. See also
    --same-actor.

    \b
    Examples:
      shieldtalks agree coding-a coding-b
      shieldtalks agree anna.toml ben.toml --copy src-0004.txt
      shieldtalks agree coding-a coding-b --same-actor "William J. Burns=William Burns"
      shieldtalks agree coding-a coding-b --format html -o differences.html
    """
    from ..record.agreement.comparison import compare
    from ..record.agreement.reading import files_of
    from ..record.agreement.sheets import sheets_in
    from ..record.agreement.text import summary
    from ..tabular.files import STDOUT, check_file_target, refuse_sources

    if more:
        many = len(more) + 2
        raise click.UsageError(
            f"agree compares two codings, not {many}. Compare two of them at a time."
        )
    target = output or STDOUT
    if target != STDOUT:
        check_file_target(target, force=force)
        texts = [Path(given.partition("=")[2] or given) for given in copies]
        refuse_sources(target, [*files_of(first), *files_of(second), *texts])
    names = dict(map(_names, same))
    desk = partial(_desk, articles, copies, package, target)
    found = compare(*_codings(first, second, desk), names)
    note(f"comparing A: {first} with B: {second}")
    if not any(map(sheets_in, (first, second))):
        _note_unused(articles, copies, package)
    for letter, left in zip("AB", found.left_out, strict=True):
        if left:
            note(f"not compared, because {letter} has no column or table for it: {', '.join(left)}")
    if not any(found.pairs.values()):
        note("no row of A cites the same passage as a row of B")
    _write(found, output_format, (str(first), str(second)), target, force)
    note(summary(found))
    if exit_code and found.differs:
        raise SystemExit(1)


def _note_unused(articles: Path | None, copies: tuple[str, ...], package: Path | None) -> None:
    """Say which options change nothing, because neither A nor B is a sheet."""
    given = {"--articles": articles, "--copy": copies, "--package": package}
    unused = [name for name, value in given.items() if value]
    if unused:
        they = "is not used: it is" if len(unused) == 1 else "are not used: they are"
        note(f"{' and '.join(unused)} {they} for coding sheets, and A and B are tables")


def _codings(first: Path, second: Path, desk: Callable[[], Desk]) -> tuple[Coding, Coding]:
    """The two codings. If one is in sheets, the other has only the articles of these sheets."""
    from ..record.agreement import sheets
    from ..record.agreement.reading import read_coding

    files = [sheets.sheets_in(path) for path in (first, second)]
    if not any(files):
        return read_coding(first), read_coding(second)
    at_hand = desk()
    try:
        one, other = (
            sheets.read_sheets(some, at_hand) if some else read_coding(path)
            for path, some in zip((first, second), files, strict=True)
        )
    except sheets.SheetFaults as error:
        unknown = any(one.message.startswith("there is no ") for one in error.findings)
        if unknown and not at_hand.collection:
            note("no collection is used: if the sheets use its names, give it with --package")
        refuse(error.findings, "nothing was compared", code=2)
    other = sheets.same_articles(one, other)
    articles = [sheets.articles_of(coding) for coding in (one, other)]
    one = sheets.only_articles(one, articles[1]) if files[1] else one
    other = sheets.only_articles(other, articles[0]) if files[0] else other
    return one, other


def _desk(
    articles: Path | None, copies: tuple[str, ...], package: Path | None, target: Path
) -> Desk:
    """What the sheets are read with. Raises CannotRun if `target` would take the place of a part of it."""
    from ..record.agreement.sheets import Desk
    from ..record.evidence.anchors import read_copy
    from ..record.sheet.tables import Tables
    from ..tabular.files import refuse_sources
    from ..tabular.package.own_files import own_files

    named = {}
    for given in copies:
        source_id, equals, file = given.partition("=")
        named[source_id if equals else ""] = read_copy(Path(file if equals else given))
    refuse_sources(target, articles.glob("*.txt") if articles else ())
    if package is None and not Path(DESCRIPTOR).exists():
        return Desk({}, named, articles)
    opened = open_package(package)
    refuse_sources(target, own_files(opened))
    return Desk(Tables.of(opened).old, named, articles)


def _names(given: str) -> tuple[str, str]:
    """The two names of one actor."""
    other, separator, name = given.partition("=")
    if not (separator and other.strip() and name.strip()):
        raise CannotRun(
            f'--same-actor "{given}" does not name two actors',
            'Write it as --same-actor "OTHER=NAME".',
        )
    return other.strip(), name.strip()


def _write(
    found: Comparison, output_format: str, names: tuple[str, str], target: Path, force: bool
) -> None:
    from ..record.agreement import json, text
    from ..tabular.files import STDOUT, write_text

    if output_format == "json":
        write_text([json.text(found, names)], target, force=force)
    elif output_format == "html":
        from ..exports.agreement import parts

        write_text(parts(found, names), target, force=force)
    elif target != STDOUT:
        write_text([f"{line}\n" for line in text.lines(found)], target, force=force)
    else:
        for line in text.lines(found, table_width(), style()):
            say(line)
