"""The command `shieldtalks describe`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import PATH, note, output_options, print_document, progress, say, text_or_json

if TYPE_CHECKING:
    from ..tabular.describe import Description

#: The most uncertain guesses that are shown without --explain.
_MOST_SHOWN = 5


@click.command(name="describe")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE... | FOLDER")
@output_options("the descriptor to this file, such as my-folder/datapackage.json")
@click.option(
    "--explain",
    is_flag=True,
    help="Show each guess with its evidence, and how certain it is. "
    "Without --output, only this is shown, not the descriptor.",
)
@text_or_json
def command(
    files: tuple[Path, ...], output: Path | None, force: bool, explain: bool, output_format: str
) -> None:
    """Write a descriptor (datapackage.json) for files that have none.

    FILE is a table, such as a CSV file. FOLDER is a folder with such files, also in inner folders.

    The command reads the files and guesses what a descriptor says about them: encoding, delimiter,
    header, types and formats, missing values, primary keys, references between the tables, lists of
    codes, patterns and bounds. What is uncertain is left out, and the command says so. Read the result
    before you use it: nobody knows your data better than you.

    --format is the format of the explanation. The descriptor is always JSON.

    \b
    Examples:
      shieldtalks describe rivers
      shieldtalks describe rivers -o rivers/datapackage.json
      shieldtalks describe harbours.csv ships.csv --explain
    """
    from ..tabular.describe import describe
    from ..tabular.files import STDOUT, check_file_target, refuse_sources

    if explain and output == STDOUT:
        raise click.UsageError(
            "--explain and -o - would both write to standard output: leave one out."
        )
    to_file = output if output is not None and output != STDOUT else None
    if to_file is not None:
        check_file_target(to_file, force=force)
    with progress() as show_step:
        found = describe(files, base=to_file.parent if to_file else None, tell=show_step)
    if to_file is not None:
        refuse_sources(
            to_file, [found.root / entry["path"] for entry in found.descriptor["resources"]]
        )
    _write(found, to_file, force=force, explain=explain, output_format=output_format)
    _summarise(found, explain)
    if to_file is not None:
        note(f"wrote {to_file}. Read it, then run: shieldtalks validate {to_file}")


def _write(
    found: Description, to_file: Path | None, *, force: bool, explain: bool, output_format: str
) -> None:
    from ..tabular.files import write_text
    from ..tabular.jsontext import visible

    if to_file is not None:
        write_text([visible(found.descriptor)], to_file, force)
    elif not explain:
        print_document(visible(found.descriptor))
    if not explain:
        return
    if output_format == "json":
        from ..tabular.describe.json import explanation

        print_document(visible(explanation(found)))
        return
    from ..tabular.describe.text import lines

    for line in lines(found):
        say(line)


def _summarise(found: Description, explain: bool) -> None:
    """Say on standard error what was described, what was left out, and what is uncertain."""
    from ..tabular.describe.guess import many
    from ..tabular.describe.text import line, place

    rows = sum(found.rows.values())
    note(f"described {many(len(found.rows), 'table')}, {many(rows, 'row')}")
    if explain:
        return
    for path, why in found.left_out[:_MOST_SHOWN]:
        note(f"left out {path}: {why}")
    if len(found.left_out) > _MOST_SHOWN:
        others = many(len(found.left_out) - _MOST_SHOWN, "more file")
        note(f"left out {others}: see --explain")
    open_ones = [
        guess for guess in found.guesses if guess.value is None or guess in found.uncertain
    ]
    for guess in open_ones[:_MOST_SHOWN]:
        note(f"{place(guess)}: {line(guess)}")
    more = len(open_ones) - _MOST_SHOWN
    if more > 0:
        note(f"{many(more, 'more note')}: see --explain")
