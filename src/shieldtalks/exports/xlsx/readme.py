"""The README sheet of a workbook: the package, its tables, how to read them, each field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...tabular.package import Package
from ...tabular.package.citation import citation
from ..job import Job

_HOW = (
    "An empty cell is a missing value: nothing is recorded. It does not mean that there was nothing.",
    "Identifiers and codes are text, even if they look like numbers: 010 is not 10.",
    "Days are Excel dates. Days before March 1900 are text, because Excel's calendar is wrong there.",
    "Numbers with more digits than Excel keeps are text, so that no digit is lost.",
    "No cell is a formula or a link, even if its text looks like one.",
)


class SheetRow(NamedTuple):
    """A row of the sheet: a label, a detail and a text."""

    cells: list[str | int | None]
    is_heading: bool = False


def readme(job: Job, names: dict[str, str], counts: dict[str, int]) -> Iterator[SheetRow]:
    """The rows of the sheet. `names` are the sheets and `counts` the rows of each table."""
    yield from _facts(job.package)
    yield from _heading("Sheet", "Rows", "Content")
    for table in job.tables:
        renamed = f'The table "{table.name}".' if names[table.name] != table.name else ""
        words = " ".join(filter(None, (renamed, table.title)))
        yield SheetRow([names[table.name], counts[table.name], words or None])
    yield from _heading("How to read it", None, None)
    for words in _HOW:
        yield SheetRow([None, None, words])
    yield from _heading("Sheet", "Field", "Meaning")
    for table in job.tables:
        for field in table.fields:
            meaning = field.get("description") or field.get("title")
            yield SheetRow([names[table.name], field["name"], str(meaning) if meaning else None])


def _facts(package: Package) -> Iterator[SheetRow]:
    stated = package.descriptor
    yield SheetRow([str(stated.get("title") or package.name), None, None], is_heading=True)
    licences = [entry for entry in stated.get("licenses") or [] if isinstance(entry, dict)]
    facts = {
        "About": stated.get("description"),
        "Version": package.version,
        "Licence": "; ".join(
            " ".join(str(entry[name]) for name in ("name", "title", "path") if name in entry)
            for entry in licences
        ),
        "Cite as": citation(package),
    }
    for label, words in facts.items():
        if words:
            yield SheetRow([label, None, str(words)])


def _heading(*cells: str | None) -> Iterator[SheetRow]:
    yield SheetRow([])
    yield SheetRow(list(cells), is_heading=True)
