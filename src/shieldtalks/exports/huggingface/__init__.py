"""Hugging Face: a folder with a dataset card and Parquet files, as the Hub takes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pyarrow import parquet

from ...tabular.files import whole_folder
from .. import parquet as parquet_export
from ..job import Job
from ..names import file_names
from .card import card
from .licences import OTHER
from .page import Configuration

#: The name of the card.
CARD = "README.md"

#: The folder with the tables.
DATA = "data"


def write(job: Job) -> None:
    """Write the folder."""
    names = file_names([table.name for table in job.tables])
    with whole_folder(job.target, force=job.force) as folder:
        parquet_export.write(replace(job, target=folder / DATA, force=False))
        tables = [
            Configuration(names[table.name], table, _rows(folder / DATA, names[table.name]))
            for table in job.tables
        ]
        empty = [one.table.name for one in tables if not one.rows]
        if empty:
            job.note(
                f"only files, because the Hub cannot load a table without rows: {', '.join(empty)}"
            )
        properties, text = card(job.package, tables)
        if "license" not in properties:
            job.note('the card names no licence: state "licenses" in the descriptor')
        elif OTHER in properties["license"]:
            named = properties.get("license_name", "")
            job.note(f'the Hub has no name for this licence: {named}; the card says "{OTHER}"')
        (folder / CARD).write_bytes(text.encode("utf-8"))


def _rows(folder: Path, name: str) -> int:
    """The number of rows of a table that was written."""
    path = folder / f"{name}{parquet_export.ENDING}"
    with path.open("rb") as file:
        rows: int = parquet.read_metadata(file).num_rows
    return rows
