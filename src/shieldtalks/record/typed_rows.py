"""The rows of a table as typed records, and what is said where there is no such row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn, TypeVar

from pydantic import ValidationError

from ..tabular.findings import CannotRun
from ..tabular.package import Package
from ..tabular.sources.parts import lines_of
from ..tabular.sources.plain import as_csv
from . import models
from .identifiers import nearest_identifier

if TYPE_CHECKING:
    from .dataset import Dataset


class RecordError(CannotRun, ValueError):
    """A table is missing, or one of its rows does not match its model."""


RecordT = TypeVar("RecordT", bound=models.Record)


def typed_rows(package: Package, record: type[RecordT]) -> Iterator[RecordT]:
    """The rows of the table of this model. Raises RecordError."""
    name = record.table.name
    resource = package.resource(name)
    if resource is None:
        raise RecordError(f'{package.shown} has no table "{name}"', _way_out(package))
    try:
        for row in csv.DictReader(lines_of(as_csv(resource))):
            yield record.model_validate({name: cell or None for name, cell in row.items()})
    except (ValidationError, UnicodeDecodeError, LookupError, csv.Error) as error:
        raise RecordError(
            f"{package.shown_file(resource.path)} contains a row that does not match its table",
            _way_out(package),
        ) from error


def _way_out(package: Package) -> str:
    """What to do if a table cannot be read. A package that does not follow the profile can be valid."""
    from .profile import PROFILE, is_ours

    if is_ours(package):
        return "Run `shieldtalks validate` to see what is wrong."
    return (
        f'The package does not follow our profile: its descriptor has no "conformsTo": "{PROFILE}".'
    )


def row_of(dataset: Dataset, record_id: str, *tables: str) -> models.Record:
    """The row with this identifier in one of these tables. Raises KeyError if there is none.

    A slip in an identifier must not look like a proposal without answers.
    """
    row = dataset[record_id]
    if row.table.name in tables:
        return row
    listed = " or ".join(tables)
    raise KeyError(
        f'"{record_id}" is in {row.table.name}; give the identifier of a row of {listed}'
    )


def no_row(record_id: str, dataset: Dataset) -> NoReturn:
    """Raise KeyError with the nearest identifier, or with what gives a table if it is the name of one."""
    if dataset.package.resource(str(record_id)) is not None:
        hint = f'; to get the table, use frame("{record_id}") or the attribute {record_id}'
    else:
        near = nearest_identifier(str(record_id), dataset.by_id)
        hint = f'; did you mean "{near}"?' if near else ""
    raise KeyError(f'there is no record "{record_id}"{hint}')
