"""An export to be written: a package, the chosen tables and the target."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..tabular.findings import CannotRun
from ..tabular.jsontext import JsonObject, LongNumber, first_repeated
from ..tabular.nearest import nearest
from ..tabular.package import DataFile, Package, Resource
from ..tabular.package.schema import foreign_keys
from ..tabular.tables.rows import Row as Row
from ..tabular.tables.rows import Table as Table
from ..tabular.tables.rows import unchanged as unchanged

#: The progress line changes after this number of rows.
_ROWS_PER_MESSAGE = 10_000


@dataclass(frozen=True, slots=True)
class Job:
    """Tables of a package that are to be written to a target."""

    package: Package
    tables: list[Table]
    target: Path
    force: bool
    #: Shows what is being done, in a progress line.
    tell: Callable[[str], None] = lambda _: None
    #: Says in one line what the target cannot hold, or holds in another way.
    note: Callable[[str], None] = lambda _: None
    #: The program sql.js, for a page that answers questions in SQL; None if it was not given.
    sql_js: str | None = None
    #: The field whose values become folders; None for one file per table.
    partition_by: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether these are all tables of the package, unchanged."""
        unchanged = [table.resource.name for table in self.tables if table.resource]
        return unchanged == [resource.name for resource in self.package.resources]

    def tell_rows(self, table: Table, done: int) -> None:
        """Show how many rows of a table are written."""
        self.tell(f"writing {table.name}: {done:,} rows" if done else f"writing {table.name}")

    def note_rounded(self, table: Table, fields: Collection[str], what: str) -> None:
        """Say which fields have numbers that lose digits, if there are any."""
        if fields:
            named = ", ".join(sorted(f"{table.name}.{name}" for name in fields))
            self.note(f"{what} holds about 16 digits of a number; longer ones are rounded: {named}")

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table. The progress line shows how many of them are done."""
        self.tell_rows(table, 0)
        for done, row in enumerate(table.rows()):
            if done and done % _ROWS_PER_MESSAGE == 0:
                self.tell_rows(table, done)
            yield row


def long_numbers(row: Row) -> Iterator[str]:
    """The fields of a row with a number that has more digits than a double."""
    return (name for name, value in row.items() if type(value) is LongNumber)


def chosen(package: Package, names: tuple[str, ...]) -> list[Table]:
    """The tables with these names, in the order of the package; all tables if no name is given.

    Raises CannotRun if there is no table with a name, or more than one.
    """
    known = [resource.name for resource in package.resources]
    for name in names:
        if name not in known:
            near = nearest(name, known)
            meant = f'Did you mean "{near}"? ' if near else ""
            raise CannotRun(f'there is no table "{name}"', f"{meant}Known: {', '.join(known)}.")
    repeated = first_repeated(name for name in known if not names or name in names)
    if repeated is not None:
        raise CannotRun(f'two tables have the name "{repeated}"', "Rename one of them.")
    return [unchanged(res) for res in package.resources if not names or res.name in names]


def check_tables(package: Package, tables: Sequence[Table], format_name: str) -> None:
    """Raise CannotRun if a format that holds only tables would hold nothing."""
    if tables:
        return
    bare = ", ".join(table.name for table in package.bare)
    raise CannotRun(
        f"{package.shown} has no table with a schema, so there is nothing to export as {format_name}",
        f"Make schemas with `shieldtalks describe`: {bare}."
        if bare
        else "The format csv copies the files of a package.",
    )


def about(package: Package) -> JsonObject:
    """The descriptor without the list of tables."""
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


def left_out(package: Package, *, files: bool) -> list[str]:
    """What an export of all tables leaves out: what cannot be read and, unless it copies `files`, them."""
    usable: list[Resource | DataFile] = [*package.resources, *package.bare, *package.files]
    places = {package.place_of(one)[1] for one in usable}
    broken = [
        f"{_shown(entry, place)} (it cannot be used)"
        for place, entry in enumerate(package.descriptor["resources"])
        if place not in places
    ]
    if files:
        return broken
    bare = [f'"{table.name}" (a table without a schema)' for table in package.bare]
    others = [f'"{name}" (a file)' for name in dict.fromkeys(file.name for file in package.files)]
    return bare + others + broken


def _shown(entry: object, place: int) -> str:
    name = entry.get("name") if isinstance(entry, dict) else None
    return f'"{name}"' if isinstance(name, str) else f"resources[{place}]"


def check_kind(package: Package, format_name: str) -> None:
    """Raise CannotRun if a package does not follow the profile of the record, which a format needs."""
    from ..record.profile import PROFILE, is_ours

    if not is_ours(package):
        raise CannotRun(
            f"{format_name} works only for packages that follow the Shieldtalks profile",
            f'The descriptor of this one does not contain "conformsTo": "{PROFILE}". Use another format, '
            "such as csv, json or xlsx.",
        )
