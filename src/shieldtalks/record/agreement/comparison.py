"""The comparison of two codings: the agreement for each field, and what there is to settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .alpha import alpha
from .pairing import match
from .units import FIELDS, Coding, Unit, lacking, units


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How far two codings agree on one field of the rows that are pairs."""

    table: str
    field: str
    pairs: int
    #: The pairs with the same value.
    same: int
    #: Krippendorff's alpha; None if both coders used only one value.
    alpha: float | None

    @property
    def share(self) -> float:
        """The share of the pairs with the same value, from 0 to 1."""
        return self.same / self.pairs

    @property
    def words(self) -> str:
        """Alpha with two decimals, or why there is none."""
        return "one value" if self.alpha is None else f"{self.alpha:z.2f}"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A pair of rows with different values."""

    table: str
    a: Unit
    b: Unit
    #: The fields on which they differ.
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Two codings, A and B, compared row by row."""

    #: The rows of A and of B, by table.
    rows: dict[str, tuple[list[Unit], list[Unit]]]
    #: The pairs of rows, by table.
    pairs: dict[str, list[tuple[Unit, Unit]]]
    #: What is not compared, as `table.field`, because A (or B) has no column or table for it.
    left_out: tuple[Sequence[str], Sequence[str]] = ((), ())

    @cached_property
    def agreement(self) -> list[FieldAgreement]:
        """The agreement on each field of each table that has pairs."""
        return [
            _agreement(table, name, [(one.coded[name], other.coded[name]) for one, other in pairs])
            for table, pairs in self.pairs.items()
            for name in (pairs[0][0].coded if pairs else ())
        ]

    @cached_property
    def disagreements(self) -> list[Disagreement]:
        """The pairs that differ, with the fields on which they differ."""
        found = []
        for table, pairs in self.pairs.items():
            for one, other in pairs:
                fields = tuple(name for name in one.coded if one.coded[name] != other.coded[name])
                if fields:
                    found.append(Disagreement(table, one, other, fields))
        return found

    def alone(self, side: int) -> list[tuple[str, Unit]]:
        """The rows of A (side 0) or B (side 1) without a partner, each with its table."""
        found = []
        for table, both in self.rows.items():
            paired = {id(pair[side]) for pair in self.pairs[table]}
            found += [(table, unit) for unit in both[side] if id(unit) not in paired]
        return found

    @property
    def differs(self) -> bool:
        """Whether there is anything to settle."""
        return bool(self.disagreements or self.alone(0) or self.alone(1))


def compare(first: Coding, second: Coding, same: Mapping[str, str] | None = None) -> Comparison:
    """Two codings compared. `same` gives other names of actors, each with the name that it stands for.

    Raises CannotRun if a span is no span, or if too many rows cite the same passage.
    """
    known = _other_names(first, second) | dict(same or {})
    rows = {table: (units(first, table, known), units(second, table, known)) for table in FIELDS}
    left: tuple[list[str], list[str]] = ([], [])
    for table, both in rows.items():
        for coding, names in zip((first, second), left, strict=True):
            for name in lacking(coding, table):
                names.append(f"{table}.{name}")
                for unit in (*both[0], *both[1]):
                    unit.coded.pop(name, None)
    return Comparison(rows, {table: match(*both) for table, both in rows.items()}, left)


def _other_names(first: Coding, second: Coding) -> dict[str, str]:
    """The aliases that one coding lists and the other uses as a name, each with its name."""
    found: dict[str, str] = {}
    for coding, other in ((first, second), (second, first)):
        names = {row.get("actor_id", ""): row.get("name", "") for row in coding.get("actors", [])}
        theirs = {row.get("name", "") for row in other.get("actors", [])} - {*names.values()}
        for row in coding.get("aliases", []):
            name = names.get(row.get("actor_id", ""), "")
            if row.get("alias", "") in theirs and name not in found:
                found.setdefault(row["alias"], name)
    return found


def _agreement(table: str, name: str, values: list[tuple[str, str]]) -> FieldAgreement:
    same = sum(one == other for one, other in values)
    return FieldAgreement(table, name, len(values), same, alpha(values))
