"""What `fmt` fills in for a record: date bounds from EDTF dates, code lists from the table codes."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Mapping

from ..tabular.formatting import Additions, Cells
from ..tabular.jsontext import JsonObject
from ..tabular.package import Package, Resource
from . import edtf, vocabulary
from .profile import is_ours


def additions(package: Package) -> Additions:
    """What `fmt` fills in for this package, besides what it does for every package."""
    if not is_ours(package):
        return Additions()  # in another package, fields with such names may mean anything
    return Additions(bound_dates, "date bounds", code_lists, "code lists", seals_all=True)


def bound_dates(resource: Resource, rows: Cells) -> Cells:
    """The rows, with the first and last day of each `x_edtf` written to `x_earliest` and `x_latest`."""
    names, missing = resource.field_names, resource.missing
    triples = [
        (names.index(name), names.index(f"{stem}_earliest"), names.index(f"{stem}_latest"))
        for name in names
        if name.endswith("_edtf")
        and f"{(stem := name[:-5])}_earliest" in names
        and f"{stem}_latest" in names
    ]
    bounded = [list(row) for row in rows]
    for row in bounded:
        for date, earliest, latest in triples:
            try:
                is_open = row[date] in missing[date]
                bounds = (None, None) if is_open else edtf.bounds(row[date])
            except ValueError:
                continue  # validation reports the wrong date
            for place, day in zip((earliest, latest), bounds, strict=True):
                row[place] = day.isoformat() if day else _missing(row[place], missing[place])
    return bounded


def _missing(cell: str, codes: list[str]) -> str:
    """The text for a missing value: the one that the cell already has, otherwise the first code."""
    return cell if cell in codes or not codes else "" if "" in codes else codes[0]


def code_lists(
    package: Package, contents: Mapping[str, bytes]
) -> Iterator[tuple[Resource, JsonObject]]:
    """Each table with its schema. The code lists in it are filled from the package's table codes."""
    codes = package.resource("codes")
    if codes is None or "codes" not in contents or codes.dialect.delimiter != ",":
        return
    text = contents["codes"].decode(codes.encoding)
    vocabularies = vocabulary.parse(io.StringIO(text, newline=""))
    for resource in package.resources:
        schema = copy.deepcopy(resource.schema)
        vocabulary.fill(schema, vocabularies)
        yield resource, schema
