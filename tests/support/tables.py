"""Tables as rows of text: read, written, and sealed as `shieldtalks fmt` seals them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from shieldtalks.record.derived import additions
from shieldtalks.tabular.formatting import plan
from shieldtalks.tabular.package import read

Row = dict[str, str]
Tables = dict[str, list[Row]]


def read_table(file: Path) -> list[Row]:
    """The rows of a CSV file by field name."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_table(
    file: Path, rows: list[Row] | list[dict[str, object]], fields: Iterable[str] = ()
) -> None:
    """Write rows into a CSV file; the header is `fields`, or else the names of the first row.

    A field that a row does not name is empty.
    """
    with file.open("w", encoding="utf-8", newline="") as lines:
        header = list(fields) or list(rows[0])
        writer = csv.DictWriter(lines, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def load_tables(package: Path) -> Tables:
    """Every table of a package with the layout of the shipped one, by name."""
    return {file.stem: read_table(file) for file in sorted((package / "data").glob("*.csv"))}


def save_tables(package: Path, tables: Mapping[str, list[Row]]) -> None:
    """Write tables back under the headers that they have, and seal them as a curator does."""
    for name, rows in tables.items():
        file = package / "data" / f"{name}.csv"
        with file.open(encoding="utf-8", newline="") as lines:
            header = next(csv.reader(lines))
        write_table(file, rows, header)
    seal(package)


def seal(package: Path) -> None:
    """Do what `shieldtalks fmt` does; there must be nothing that it cannot do."""
    todo = plan(read(package), additions(read(package)))
    assert todo.findings == [], todo.findings
    for change in todo.changes:
        (package / change.path).write_bytes(change.content)
