"""The formats to which a package is exported: one module per format, with the same name (`_` for `-`)."""

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
    """What is known about a format before its module is imported."""

    #: One line of help.
    about: str
    #: The file endings that fit, the usual one first; "" means a folder, or a file without an ending.
    endings: tuple[str, ...]
    #: Whether it is one text, so that it can be written to standard output.
    is_text: bool = True
    #: The optional library that it needs, and the extra that installs it.
    needs: tuple[str, str] | None = None
    #: Whether it can hold any table, also one that is derived (`--flat`, `--labels`).
    is_tabular: bool = True
    #: Whether it states foreign keys, and leaves out those to tables that are not exported.
    drops_keys: bool = False
    #: Whether it also holds the files that are no tables, and the tables without a schema.
    copies_files: bool = False
    #: Whether it has the rows. A description of the package has none, so it leaves nothing out.
    has_rows: bool = True
    #: Whether it is only for packages that follow the profile of the record.
    needs_profile: bool = False
    #: Whether it can hold sql.js, to answer questions in SQL.
    takes_sql_js: bool = False
    #: Whether a table can be several files, one per value of a field.
    has_partitions: bool = False


FORMATS = {
    "csv": Format(
        "a folder (or .zip) with all files of the package and a datapackage.json",
        ("", ".zip"),
        drops_keys=True,
        copies_files=True,
    ),
    "json": Format("one JSON document with all tables", (".json", "")),
    "jsonl": Format(
        "JSON Lines: one row per line, with the name of its table", (".jsonl", ".ndjson", "")
    ),
    "sqlite": Format(
        "an SQLite database with keys, indexes and views",
        (".sqlite", ".sqlite3", ".db"),
        is_text=False,
        drops_keys=True,
    ),
    "duckdb": Format(
        "a DuckDB database with typed tables, keys and comments",
        (".duckdb",),
        is_text=False,
        needs=("duckdb", "bulk"),
        drops_keys=True,
    ),
    "parquet": Format(
        "a folder with one Parquet file per table, or a .parquet file with one table",
        ("", ".parquet"),
        is_text=False,
        needs=("pyarrow", "parquet"),
        has_partitions=True,
    ),
    "croissant": Format(
        "a folder with CSV files and a croissant.json that describes them", ("",), is_text=False
    ),
    "ro-crate": Format(
        "a folder with CSV files, the other files and an ro-crate-metadata.json (RO-Crate 1.2)",
        ("",),
        is_text=False,
        copies_files=True,
    ),
    "huggingface": Format(
        "a folder with Parquet files and a dataset card, for the Hugging Face Hub",
        ("",),
        is_text=False,
        needs=("pyarrow", "parquet"),
    ),
    "jsonld": Format(
        "linked data (JSON-LD): the record as one graph",
        (".jsonld", ".json", ""),
        is_tabular=False,
        needs_profile=True,
    ),
    "xlsx": Format(
        "an Excel workbook with one sheet per table",
        (".xlsx",),
        is_text=False,
        needs=("xlsxwriter", "xlsx"),
    ),
    "datacite": Format(
        "one DataCite 4.6 record (JSON) that describes the package",
        (".json", ""),
        is_tabular=False,
        has_rows=False,
    ),
    "bench": Format(
        "a folder to compare other codings with the record, with a score",
        ("",),
        is_text=False,
        is_tabular=False,
        needs_profile=True,
    ),
    "html": Format(
        "one web page to read, search and check the record offline",
        (".html", ".htm", ""),
        is_tabular=False,
        needs_profile=True,
        takes_sql_js=True,
    ),
}

#: Endings that a reader expects to be of one format.
_KNOWN_ENDINGS = {ending for known in FORMATS.values() for ending in known.endings if ending} | {
    ".csv"
}


def writer(name: str) -> Writer:
    """The writer of a format; its module is imported here.

    Raises CannotRun if there is no such format or the library that it needs is not installed.
    """
    if name not in FORMATS:
        from ..tabular.nearest import nearest

        near = nearest(name.casefold(), FORMATS)
        meant = f'Did you mean "{near}"? ' if near else ""
        raise CannotRun(f'there is no format "{name}"', f"{meant}Known: {', '.join(FORMATS)}.")
    needs = FORMATS[name].needs
    if needs and util.find_spec(needs[0]) is None:
        raise CannotRun(
            f"export {name} needs {needs[0]}, which is not installed",
            f'Install it: pip install "shieldtalks[{needs[1]}]", or pip install {needs[0]}.',
        )
    write: Writer = import_module(f".{name.replace('-', '_')}", __name__).write
    return write


def check_name(format_name: str, target: Path) -> None:
    """Raise CannotRun if the ending of a target belongs to another format."""
    ending = target.suffix.lower()
    if ending in _KNOWN_ENDINGS and ending not in FORMATS[format_name].endings:
        usual, *others = FORMATS[format_name].endings
        fitting = f"a file that ends in {usual}" if usual else "a folder"
        fitting += f", or a file that ends in {others[0]}" if not usual and others else ""
        raise CannotRun(
            f"{target}: an export to {format_name} cannot end in {ending}",
            f"Use {fitting}.",
        )
