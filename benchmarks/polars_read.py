"""The other reading baseline: polars reads the CSV files of a package as text. Run `polars_read.py DIR`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars


def main(folder: Path) -> None:
    """Read every table into memory with all columns as text. Nothing is checked."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    files = [folder / resource["path"] for resource in descriptor["resources"]]
    frames = [polars.read_csv(file, infer_schema=False) for file in files]
    print(sum(map(len, frames)))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
