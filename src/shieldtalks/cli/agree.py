"""`shieldtalks agree`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.findings import CannotRun
from ..tabular.terminal import style
from .common import PATH, format_option, note, output_options, say, table_width

if TYPE_CHECKING:
    from ..record.agreement.comparison import Comparison


@click.command(name="agree")
@click.argument("first", metavar="A", type=PATH)
@click.argument("second", metavar="B", type=PATH)
@click.option(
    "--same-actor",
    "same",
    multiple=True,
    metavar="OTHER=NAME",
    help="Treat the actor with the name OTHER as the actor NAME. You can repeat this option.",
)
@format_option(
    "text", "json", "html", about="html is one page that shows both codings side by side."
)
@output_options()
@click.option("--exit-code", is_flag=True, help="Exit with 1 if the two codings differ.")
def command(
    first: Path,
    second: Path,
    same: tuple[str, ...],
    output_format: str,
    output: Path | None,
    force: bool,
    exit_code: bool,
) -> None:
    """Compare two codings of the same articles.

    A and B are each a package (a folder, a datapackage.json, a zip file or a wheel) or a folder with
    events.csv, proposals.csv, responses.csv, claims.csv, actors.csv and evidence.csv.

    Two rows of the same table are a pair if their evidence covers the same passage: at least 30 % of
    the characters that one or both of them use. The output shows how far the two codings agree on
    each field of the pairs (Krippendorff's alpha: 1 is full agreement, 0 is chance), the pairs that
    differ, and the rows that only one coding has.

    Actors are compared by name, because each coder gives identifiers alone. If one coding lists a
    name of the other in its table aliases, both are the same actor. See also --same-actor.

    \b
    Examples:
      shieldtalks agree coding-a coding-b
      shieldtalks agree coding-a coding-b --same-actor "William J. Burns=William Burns"
      shieldtalks agree coding-a coding-b --format html -o differences.html
    """
    from ..record.agreement.comparison import compare
    from ..record.agreement.reading import files_of, read_coding
    from ..record.agreement.text import summary
    from ..tabular.files import STDOUT, check_file_target, refuse_sources

    target = output or STDOUT
    if target != STDOUT:
        check_file_target(target, force=force)
        refuse_sources(target, [*files_of(first), *files_of(second)])
    names = dict(map(_names, same))
    found = compare(read_coding(first), read_coding(second), names)
    note(f"comparing A: {first} with B: {second}")
    if not any(found.pairs.values()):
        note("no row of A cites the same passage as a row of B")
    _write(found, output_format, (str(first), str(second)), target, force)
    note(summary(found))
    if exit_code and found.differs:
        raise SystemExit(1)


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
