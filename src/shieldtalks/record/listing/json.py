"""The rows of a table as JSON, with all its fields."""

from __future__ import annotations

from ...tabular.jsontext import visible
from ...tabular.package import Package
from ...tabular.types.number import spelled
from .rows import Listing


def text(package: Package, listed: Listing) -> str:
    """The JSON document: the package, the name of the table, and its rows with all fields."""
    document = {
        "package": {"name": package.name, "version": package.version},
        "table": listed.name,
        "rows": [{name: spelled(value) for name, value in row.items()} for row in listed.rows],
    }
    return visible(document) + "\n"
