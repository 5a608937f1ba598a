"""A table as a data frame of pandas or polars, each column in its type."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module, util
from typing import Any

from ..findings import CannotRun
from ..jsontext import JsonObject
from ..package.schema import codes, kind
from ..types import type_of
from .rows import Table

#: The supported libraries for data frames, the preferred one first.
BACKENDS = ("pandas", "polars")


class NoBackend(CannotRun, ImportError):
    """No library for data frames is installed, or the one you chose is not."""


class FrameError(CannotRun, ValueError):
    """A column holds a value that is not of its field's type."""


def frame(table: Table, backend: str | None = None) -> Any:
    """A new data frame with the rows of a table: of pandas if it is installed, else of polars.

    Codes are categories (an Enum in polars) with all codes of their vocabulary in order. Every other
    column has the type of its field; whole numbers stay whole even if some are missing. `attrs` of the
    frame has the name and title of the table and, in "columns", what each column contains. Raises
    NoBackend and FrameError.
    """
    library = import_module(_installed(backend))
    make = _MAKERS[library.__name__]
    columns: dict[str, list[Any]] = {field["name"]: [] for field in table.fields}
    for row in table.rows():
        for name, values in columns.items():
            values.append(row[name])
    for field in table.fields:
        _check(table, field, columns[field["name"]])
    made = {field["name"]: make(library, field, columns[field["name"]]) for field in table.fields}
    found = library.DataFrame(made)
    found.attrs = _attributes(table)
    return found


def _attributes(table: Table) -> dict[str, Any]:
    """What a frame says about itself: name and title of the table, and the descriptions of the columns."""
    columns = {field["name"]: str(field.get("description") or "") for field in table.fields}
    return {"table": table.name, "title": table.title, "columns": columns}


def _check(table: Table, field: JsonObject, values: list[Any]) -> None:
    """Raise FrameError at the first value that is not of its field's type."""
    known, type_ = codes(field), type_of(field)
    for number, value in enumerate(values, start=1):
        if value is None or (value in known if known else type_.fits_column(value)):
            continue
        raise FrameError(
            f'{table.name}, row {number}, {field["name"]}: "{value}" does not fit a column of '
            f"{'codes' if known else kind(field)[0]}",
        )


def _installed(backend: str | None) -> str:
    """The library to use. Raises ValueError if it is unknown, NoBackend if it is not installed."""
    if backend is not None and backend not in BACKENDS:
        raise ValueError(f'there is no backend "{backend}"; known: {", ".join(BACKENDS)}')
    wanted = BACKENDS if backend is None else (backend,)
    for name in wanted:
        if util.find_spec(name) is not None:
            return name
    raise NoBackend(
        f"{' or '.join(wanted)} is needed for a data frame, and is not installed",
        f'Install it: pip install "shieldtalks[{wanted[0]}]", or pip install {wanted[0]}.',
    )


def _pandas(pandas: Any, field: JsonObject, values: list[Any]) -> Any:
    known, type_ = codes(field), type_of(field)
    if known:
        is_ordered = field.get("categoriesOrdered") is True
        return pandas.Categorical(values, categories=known, ordered=is_ordered)
    made = type_.frame_values(values)
    if type_.is_nested:  # pandas would take lists for rows of a table
        return pandas.Series(dict(enumerate(made)), dtype=type_.pandas)
    return pandas.array(made, dtype=type_.pandas)


def _polars(polars: Any, field: JsonObject, values: list[Any]) -> Any:
    known, type_ = codes(field), type_of(field)
    if known:
        return polars.Series(values=values, dtype=polars.Enum(known))
    return polars.Series(values=type_.column_values(values), dtype=type_.polars_type(polars))


_MAKERS: dict[str, Callable[[Any, JsonObject, list[Any]], Any]] = {
    "pandas": _pandas,
    "polars": _polars,
}
