"""The rows that were found as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from ...tabular.jsontext import visible
from ...tabular.package import Package
from .hits import Hit


def text(package: Package, wanted: str, hits: Iterable[Hit]) -> str:
    """The JSON document: the package, the words, and the rows with the best first."""
    found = {
        "package": {"name": package.name, "version": package.version},
        "words": wanted,
        "rows": [asdict(hit) for hit in hits],
    }
    return visible(found) + "\n"
