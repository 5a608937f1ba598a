"""The reading baseline: DuckDB reads the CSV files of a package as text. Run `duckdb_read.py DIR`."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import duckdb


def main(folder: Path) -> None:
    """Read every table into memory with all columns as text. Nothing is checked."""
    database = duckdb.connect()
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for number, resource in enumerate(descriptor["resources"]):
        file = folder / resource["path"]
        with file.open(encoding="utf-8", newline="") as stream:
            columns = dict.fromkeys(next(csv.reader(stream)), "VARCHAR")
        options = (
            f"auto_detect=false, header=true, delim=',', quote='\"', escape='\"', columns={columns}"
        )
        database.execute(f"CREATE TABLE t{number} AS FROM read_csv(?, {options})", [str(file)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
