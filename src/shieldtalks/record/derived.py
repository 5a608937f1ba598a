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
        return Additions(bound_dates, "date bounds")
    return Additions(bound_dates, "date bounds", code_lists, "code lists", seals_all=True)


def bound_dates(resource: Resource, rows: Cells) -> Cells:
    """The rows, with the first and last day of each `x_edtf` written to `x_earliest` and `x_latest`."""
    names = resource.field_names
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
                first, last = edtf.bounds(row[date]) if row[date] else (None, None)
            except ValueError:
                continue  # validation reports the wrong date
            row[earliest] = first.isoformat() if first else ""
            row[latest] = last.isoformat() if last else ""
    return bounded


def code_lists(
    package: Package, contents: Mapping[str, bytes]
) -> Iterator[tuple[Resource, JsonObject]]:
    """Each table with its schema. The code lists in it are filled from the package's table codes."""
    if "codes" not in contents:
        return
    vocabularies = vocabulary.parse(io.StringIO(contents["codes"].decode("utf-8"), newline=""))
    for resource in package.resources:
        schema = copy.deepcopy(resource.schema)
        vocabulary.fill(schema, vocabularies)
        yield resource, schema
