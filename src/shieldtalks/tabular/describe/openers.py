"""What opens files that are not delimited text, by the ending of their names."""

from __future__ import annotations

from .collect import Opener
from .objects import json_file, json_lines
from .packed import in_columns, packed
from .workbooks import workbook

#: The openers, each by its ending in small letters.
OPENERS: dict[str, Opener] = {
    ".jsonl": json_lines,
    ".ndjson": json_lines,
    ".json": json_file,
    ".xlsx": workbook,
    ".xlsm": workbook,
    ".parquet": in_columns,
    ".parq": in_columns,
    ".gz": packed,
    ".zip": packed,
}
