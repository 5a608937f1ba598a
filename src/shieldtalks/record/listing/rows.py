"""The rows of a table that fulfil all conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...tabular.tables.rows import Row, Table
from ..named_tables import NAMES, named_table
from ..short import SHORT
from . import conditions

if TYPE_CHECKING:
    from ..dataset import Dataset

#: How many columns of a table are shown that has no columns of its own for this.
_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of a table, and how they are shown."""

    #: The name by which it was asked for.
    name: str
    table: Table
    rows: tuple[Row, ...]
    #: The columns that fit a terminal: the identifier, the name, and those that were asked for.
    columns: tuple[str, ...]
    #: The names of actors by identifier, for the terminal.
    names: dict[str, str]


def listing(dataset: Dataset, name: str, given: Sequence[str] = ()) -> Listing:
    """The rows of a table, or of a view, that fulfil all conditions of the form FIELD=VALUE.

    A value is a code or its label, an identifier, a name or an alias of an actor, or a text; for a
    measure also a broader one, for a date its beginning. An empty value means that the field is
    empty. Two conditions on one field mean either. Raises CannotRun if something does not exist.
    """
    table = named_table(dataset.package, name)
    wanted = conditions.tests(dataset, table, given)
    found = tuple(row for row in table.rows() if conditions.passes(row, wanted))
    return Listing(name, table, found, _columns(name, table, list(wanted)), _names(dataset))


def _columns(name: str, table: Table, asked: Sequence[str]) -> tuple[str, ...]:
    known = [str(field["name"]) for field in table.fields]
    short = [one for one in SHORT.get(name, ()) if one in known]
    return tuple(dict.fromkeys([*(short or known[:_COLUMNS]), *asked]))


def _names(dataset: Dataset) -> dict[str, str]:
    """The names of the rows of `actors`; none if the package has no such table."""
    from ...tabular.tables.rows import rows

    resource = dataset.package.resource("actors")
    if resource is None or not {"actor_id", NAMES["actors"]} <= {*resource.field_names}:
        return {}
    return {str(row["actor_id"]): str(row[NAMES["actors"]]) for row in rows(resource)}
