"""The tree of measures: which measures are below another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .models import Code

#: The vocabulary of the measures.
SCHEME = "measure"


class Measures:
    """The measures with their tree, made from the rows of `codes`."""

    def __init__(self, codes: Iterable[Code]) -> None:
        rows = [row for row in codes if row.scheme == SCHEME]
        self.labels = {row.code: row.label for row in rows}
        self._parents = {
            row.code: row.parent_id.removeprefix(f"{SCHEME}:") for row in rows if row.parent_id
        }

    def path(self, measure: str) -> Iterator[str]:
        """A measure, then the broader ones above it, from the nearest to the broadest."""
        passed: set[str] = set()
        at: str | None = measure
        while at is not None and at not in passed:
            yield at
            passed.add(at)
            at = self._parents.get(at)

    def covers(self, wanted: str, measure: str) -> bool:
        """Whether `measure` is the one that is wanted, or below it."""
        return wanted in self.path(measure)

    def known(self, used: Iterable[str]) -> list[str]:
        """The measures that are used, and the broader ones above them, in alphabetical order."""
        return sorted({one for measure in used for one in self.path(measure)})
