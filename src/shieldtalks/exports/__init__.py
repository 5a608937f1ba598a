"""The forms in which a package is handed on: one module a format, found by its name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module, util
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..tabular.findings import CannotRun

if TYPE_CHECKING:
    from .job import Job

#: Writes the tables of a job to its target.
Writer = Callable[["Job"], None]


class Format(NamedTuple):
    """What is known of a format before its module is imported."""

    #: One line of help.
    about: str
    #: The endings that it may have, the usual one first; "" is a folder or no ending.
    endings: tuple[str, ...]
    #: Whether it is one text, which may go to standard output.
    is_text: bool = True
    #: The library it needs beyond the package's own, and the extra that brings it.
    needs: tuple[str, str] | None = None
    #: Whether it holds tables as such, so that tables made from others fit too (`--flat`, `--labels`).
    is_tabular: bool = True
    #: Whether it states foreign keys and so leaves out those to tables that are not exported.
    drops_keys: bool = False


FORMATS = {
    "csv": Format(
        "a folder (or .zip) with the CSV tables and their descriptor", ("", ".zip"), drops_keys=True
    ),
    "json": Format("one JSON document with all tables", (".json", "")),
    "jsonl": Format("JSON Lines, one row of one table a line", (".jsonl", ".ndjson", "")),
    "sqlite": Format(
        "an SQLite database with keys, indexes and views",
        (".sqlite", ".sqlite3", ".db"),
        is_text=False,
        drops_keys=True,
    ),
    "parquet": Format(
        "a folder with one Parquet file a table (or one table as .parquet)",
        ("", ".parquet"),
        is_text=False,
        needs=("pyarrow", "parquet"),
    ),
    "croissant": Format("a folder with CSV files and a croissant.json", ("",), is_text=False),
    "jsonld": Format(
        "linked data: the record as one graph", (".jsonld", ".json", ""), is_tabular=False
    ),
    "xlsx": Format(
        "an Excel workbook, one sheet a table",
        (".xlsx",),
        is_text=False,
        needs=("xlsxwriter", "xlsx"),
    ),
    "html": Format(
        "one page to read, search and check, without a network",
        (".html", ".htm", ""),
        is_tabular=False,
    ),
}

#: Endings that promise another form than they would hold.
_PROMISES = {ending for form in FORMATS.values() for ending in form.endings if ending} | {".csv"}


def writer(name: str) -> Writer:
    """The writer of a format, imported when it is asked for.

    Raises CannotRun where there is no such format or the library that it needs is not installed.
    """
    if name not in FORMATS:
        raise CannotRun(f'there is no format "{name}"', f"Known: {', '.join(FORMATS)}.")
    needs = FORMATS[name].needs
    if needs and util.find_spec(needs[0]) is None:
        raise CannotRun(
            f"export {name} needs {needs[0]}, which is not installed",
            f'Install it: pip install "shieldtalks[{needs[1]}]", or pip install {needs[0]}.',
        )
    write: Writer = import_module(f".{name}", __name__).write
    return write


def check_name(form: str, target: Path) -> None:
    """Raise CannotRun where the ending of a target promises another form."""
    ending = target.suffix.lower()
    if ending in _PROMISES and ending not in FORMATS[form].endings:
        usual, *others = FORMATS[form].endings
        fitting = f"a file that ends in {usual}" if usual else "a folder"
        fitting += f", or a file that ends in {others[0]}" if not usual and others else ""
        raise CannotRun(f"{target} does not look like {form}", f"Name {fitting}.")
