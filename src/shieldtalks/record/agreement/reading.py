"""Read a coding: a package, or a folder of CSV files with the names of the tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ...tabular.findings import CannotRun
from ...tabular.mistyped import what_to_do
from ...tabular.package import Package
from ...tabular.package.opening import opened
from ...tabular.package.own_files import own_files
from ...tabular.reading import LARGEST_TEXT, TooLong, read_bytes
from ...tabular.tables.rows import rows
from .units import FIELDS, Coding, Row

#: The tables that a comparison uses.
_USED = (*FIELDS, "actors", "aliases", "propositions", "evidence", "codings", "sources")


def read_coding(path: Path) -> Coding:
    """The tables of a coding. Raises CannotRun if there is no coding, or if it cannot be read."""
    coding = _folder(path) if _is_bare(path) else _package(path)
    if not any(table in coding for table in FIELDS):
        raise CannotRun(
            f"{path} is not a coding: it has none of the tables {', '.join(FIELDS)}",
            "Name a folder with events.csv, claims.csv and so on, or a package.",
        )
    if "evidence" not in coding:
        raise CannotRun(
            f"{path}: there is no table evidence",
            "Rows are paired by the passages that they cite, so both codings need that table.",
        )
    return coding


def files_of(path: Path) -> list[Path]:
    """The files of a coding: an output must not take the place of one of them."""
    if _is_bare(path):
        return sorted([*path.glob("*.csv"), *path.glob("*.toml")])
    if path.suffix == ".toml":
        return [path]
    with opened(path) as package:
        return [path, *own_files(package)]


def read_folder(folder: Path) -> Coding:
    """All tables in a folder of CSV files, for curation/. Raises CannotRun if a file cannot be read."""
    return {file.stem: _table(file) for file in sorted(folder.glob("*.csv"))}


def _is_bare(path: Path) -> bool:
    """Whether this is a folder of tables without a descriptor."""
    return path.is_dir() and not (path / "datapackage.json").exists()


def _folder(folder: Path) -> Coding:
    files = {name: folder / f"{name}.csv" for name in _USED}
    return {name: _table(file) for name, file in files.items() if file.exists()}


def _table(file: Path) -> list[Row]:
    try:
        text = read_bytes(file, LARGEST_TEXT).decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, restkey="", restval="")
        found = [{name: cell for name, cell in row.items() if name} for row in reader]
    except UnicodeDecodeError as error:
        raise CannotRun(f"{file} is not UTF-8 text", "Save it as UTF-8.") from error
    except csv.Error as error:
        raise CannotRun(f"{file} is not a CSV file ({error})", "Correct the file.") from error
    except TooLong as error:
        raise CannotRun(f"{file} cannot be read ({error})", "Use a package for it.") from error
    except OSError as error:
        raise CannotRun(
            f"{file} cannot be read ({error.strerror})", what_to_do(error, file)
        ) from error
    return found


def _package(path: Path) -> Coding:
    with opened(path) as package:
        return coding_of(package)


def coding_of(package: Package) -> Coding:
    """The tables of a package that a comparison uses."""
    return {
        table.name: rows_as_text(package, table.name)
        for table in package.resources
        if table.name in _USED
    }


def rows_as_text(package: Package, name: str) -> list[Row]:
    """The rows of a table of a package as text; "" is a missing value. Empty if there is no such table."""
    table = package.resource(name)
    return [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in (rows(table) if table else ())
    ]
