"""Each table that a reader can name: those of the package, the flat tables and the SQL views."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ..tabular.findings import CannotRun
from ..tabular.nearest import nearest
from ..tabular.package import Package, Resource
from ..tabular.sources.forms import is_plain
from ..tabular.tables.labels import labelled
from ..tabular.tables.rows import Table, unchanged
from .joined_tables import joined
from .views import selects

#: For each table whose rows have names: the field with the name.
NAMES = {"actors": "name", "codes": "label"}

#: The names of the flat tables: one row per proposal and answer, and one row per claim.
LEDGER, POSITIONS = "ledger", "positions"

#: The view with the rows of the flat ledger.
_ANSWERS = "proposals_and_answers"


class NoTable(CannotRun, KeyError):
    """There is no table of this name."""

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}"


def table_names(package: Package) -> list[str]:
    """The names of all tables: those of the package, the two flat tables, and the views."""
    own = [resource.name for resource in package.resources]
    return list(dict.fromkeys([*own, LEDGER, POSITIONS, *selects()]))


def named_table(package: Package, name: str, *, labels: bool = False) -> Table:
    """The table of this name. Raises NoTable, with the nearest name, if there is none.

    With `labels`, it also has a column of words after each code and each identifier of an actor.
    `proposals`, `responses` and `claims` then also have their dates, `proposals` the state of each,
    and `claims` the sign and the proposition of each.
    """
    table = _table(package, name)
    if not labels:
        return table
    return joined(package, name, labelled(package, table, NAMES))


def _table(package: Package, name: str) -> Table:
    from .ledger.flat import flat
    from .positions import flat as flat_positions
    from .view_tables import view_table

    resource = package.resource(name)
    if resource is not None:
        return unchanged(resource)
    if name in (LEDGER, _ANSWERS):
        return flat(package)
    if name == POSITIONS:
        return flat_positions.flat(package)
    if name in selects():
        return view_table(package, name)
    return no_table(name, table_names(package))


def no_table(name: str, known: list[str]) -> NoReturn:
    """Raise NoTable with the nearest known name, and all of them."""
    near = nearest(name, known)
    meant = f'Did you mean "{near}"? ' if near else ""
    raise NoTable(f'there is no table "{name}"', f"{meant}The tables are: {', '.join(known)}.")


def plain_file(resource: Resource) -> Path:
    """The CSV file of a table. Raises CannotRun if it is in several files, or in no CSV file."""
    hint = "Use frame(), or the attribute with the name of the table."
    if resource.more:
        message = f'the table "{resource.name}" is in several files, and has no single path'
        raise CannotRun(message, hint)
    if not is_plain(resource):
        message = f'the table "{resource.name}" is not in a CSV file, but in {resource.path}'
        raise CannotRun(message, hint)
    return resource.file


def no_attribute(name: str, package: Package | None, known: Sequence[str]) -> NoReturn:
    """Raise AttributeError for a data set, with the nearest name or with what gives such a table."""
    message = f"'Dataset' object has no attribute {name!r}"
    if package is None or name.startswith("_"):
        raise AttributeError(message)
    if name in table_names(package):
        raise AttributeError(f'{message}; use frame("{name}")')
    near = nearest(name, [one for one in known if not one.startswith("_")])
    raise AttributeError(f'{message}; did you mean "{near}"?' if near else message)


def unchangeable(name: str) -> NoReturn:
    """Raise AttributeError for a value that is given to an attribute of a data set."""
    raise AttributeError(
        f"a Dataset cannot be changed, so {name!r} cannot be set; change the files of the package, "
        "and load it again"
    )
