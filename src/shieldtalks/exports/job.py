"""What is to be written: a package, the chosen tables and the target."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..tabular.findings import CannotRun
from ..tabular.jsontext import JsonObject
from ..tabular.package import Package
from ..tabular.package.paths import improper
from ..tabular.package.schema import foreign_keys
from ..tabular.tables.rows import Row as Row
from ..tabular.tables.rows import Table as Table
from ..tabular.tables.rows import as_it_stands as as_it_stands

#: After so many rows a reader who waits is told.
_TOLD = 10_000


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

    def tell_rows(self, table: Table, done: int) -> None:
        """Say how many rows of a table are written."""
        self.tell(f"writing {table.name}: {done:,} rows" if done else f"writing {table.name}")

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table, telling now and then how far it is."""
        self.tell_rows(table, 0)
        for done, row in enumerate(table.rows()):
            if done and done % _TOLD == 0:
                self.tell_rows(table, done)
            yield row


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


def dropped_keys(tables: list[Table]) -> list[str]:
    """The foreign keys to tables that are not among these, as `table.field -> table`."""
    kept = {table.name for table in tables}
    return [
        f"{table.name}.{', '.join(key.fields)} -> {key.table}"
        for table in tables
        for key in foreign_keys(table.schema, table.name)
        if key.table not in kept
    ]


def own_file(table: Table, ending: str) -> str:
    """The name of a file that a table gets for itself.

    Raises CannotRun where the name of the table would lead elsewhere.
    """
    name = table.name + ending
    if "/" in name or improper(name):
        raise CannotRun(f'"{table.name}" is no name for a file of its own', "Rename it.")
    return name


def check_kind(package: Package, form: str) -> None:
    """Raise CannotRun where a package does not follow this record's profile, which a form needs."""
    from ..record.profile import PROFILE, is_ours

    if not is_ours(package):
        raise CannotRun(
            f"{form} is for packages of this record's kind only",
            f'The descriptor does not say "conformsTo": "{PROFILE}".',
        )
