"""Why a file that is no JSON is no descriptor, by what it seems to be instead."""

from __future__ import annotations

from pathlib import Path

from ..jsontext import JsonError
from ..reading import open_regular

#: The endings of texts that no other name would make a descriptor or a table.
_TEXTS = (".csv", ".tsv", ".tab", ".txt", ".dat", ".psv", ".md", ".jsonl", ".ndjson")
_SPREADSHEETS = (".ods", ".xls", ".xlsb", ".numbers")


def why_no_descriptor(file: Path, error: JsonError, usual: str) -> tuple[str, str, int | None]:
    """The message, the hint and the line. `usual` is the name that a descriptor has."""
    ending = file.suffix.lower()
    if ending in _SPREADSHEETS:
        return "a spreadsheet of this kind is not read", "Save it as .xlsx or .csv.", None
    with open_regular(file) as start:
        if start.read(4) == b"PK\x03\x04":
            hint = "Give it a name that ends in .zip."
            return "the file is a zip archive, not a descriptor", hint, None
    if ending in (".yml", ".yaml"):
        message = "the file is in YAML, and descriptors in YAML are not read"
        return message, f"Convert it to {usual}.", None
    if ending == ".json":
        return str(error), "Fix the JSON of the descriptor.", error.line
    hint = f"Give the folder of the package, or its {usual}."
    if ending not in _TEXTS:
        hint += " If it is a table, save it as .csv."
    return str(error), hint, error.line
