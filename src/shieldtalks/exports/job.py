"""What is to be written: a package, the chosen tables and the target."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ..findings import CannotRun
from ..package import JsonObject, Package, Resource
from ..rows import rows

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One table to write: one of the package as it stands, or one made from several."""

    name: str
    #: One line that says what a row is; "" where nobody said.
    title: str
    #: Its Table Schema.
    schema: JsonObject
    #: Its rows in order, value by field name: integers and numbers as such, missing = None.
    rows: Callable[[], Iterator[Row]]
    #: The table of the package that this is, value for value; None where it was made.
    resource: Resource | None = None

    @property
    def fields(self) -> list[JsonObject]:
        """The fields of the schema, in order."""
        return list(self.schema.get("fields", []))


@dataclass(frozen=True, slots=True)
class Job:
    """Tables of a package on their way to a target."""

    package: Package
    tables: list[Table]
    target: Path
    force: bool
    #: Told what is being done, for a progress line.
    tell: Callable[[str], None] = lambda _: None

    @property
    def is_whole(self) -> bool:
        """Whether all tables of the package are here, as they stand."""
        kept = [table.resource.name for table in self.tables if table.resource]
        return kept == [resource.name for resource in self.package.resources]


def as_it_stands(resource: Resource) -> Table:
    """A table of a package, unchanged."""
    title = str(resource.descriptor.get("title") or resource.descriptor.get("description") or "")
    return Table(resource.name, title, resource.schema, partial(rows, resource), resource)


def chosen(package: Package, names: tuple[str, ...]) -> list[Table]:
    """The tables with these names in the package's order; all where none is named.

    Raises CannotRun where there is no table of a name.
    """
    known = [resource.name for resource in package.resources]
    for name in names:
        if name not in known:
            raise CannotRun(f'there is no table "{name}"', f"Known: {', '.join(known)}.")
    return [as_it_stands(res) for res in package.resources if not names or res.name in names]


def about(package: Package) -> JsonObject:
    """What a descriptor says of the package as a whole, without its list of files."""
    left_out = ("resources", "$schema", "profile")
    return {name: value for name, value in package.descriptor.items() if name not in left_out}
