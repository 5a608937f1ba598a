"""The kinds of changes between two packages, and the smallest version bump that each allows."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any, NamedTuple


class Level(IntEnum):
    """The part of a version that must be raised, the smallest first."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class Policy(NamedTuple):
    """The version policy for one kind of change."""

    level: Level
    why: str


#: The version policy, with one line per kind of change.
POLICY = {
    "package-renamed": Policy(Level.MAJOR, "the package is renamed"),
    "profile-changed": Policy(Level.MAJOR, "a different profile changes the meaning of the tables"),
    "metadata-changed": Policy(Level.PATCH, "metadata is fixed"),
    "table-added": Policy(Level.MINOR, "a table is added"),
    "table-removed": Policy(Level.MAJOR, "a table is removed"),
    "table-renamed": Policy(Level.MAJOR, "a table is renamed"),
    "table-moved": Policy(Level.MAJOR, "the file of a table is renamed"),
    "reading-changed": Policy(Level.MAJOR, "the file must be read in a different way"),
    "file-rewritten": Policy(Level.PATCH, "the rows are the same but written differently"),
    "file-added": Policy(Level.MINOR, "a file is added"),
    "file-removed": Policy(Level.MAJOR, "a file is removed"),
    "file-moved": Policy(Level.MAJOR, "a file is renamed"),
    "file-changed": Policy(Level.PATCH, "a file is corrected; MAJOR if its meaning changes"),
    "bare-table-changed": Policy(Level.MAJOR, "without a schema, its rows cannot be compared"),
    "schema-added": Policy(Level.MAJOR, "a schema makes the table stricter"),
    "schema-removed": Policy(Level.MAJOR, "without a schema, nothing is promised about the table"),
    "field-added": Policy(Level.MINOR, "an optional field is added"),
    "required-field-added": Policy(Level.MAJOR, "a required field makes the table stricter"),
    "field-removed": Policy(Level.MAJOR, "a field is removed"),
    "field-renamed": Policy(Level.MAJOR, "a field is renamed"),
    "fields-reordered": Policy(Level.MAJOR, "the order of the columns is part of the contract"),
    "type-changed": Policy(Level.MAJOR, "a different type changes the meaning of the values"),
    "missing-values-changed": Policy(Level.MAJOR, "it changes which cells are empty"),
    "constraint-stricter": Policy(Level.MAJOR, "a constraint is made stricter"),
    "constraint-looser": Policy(Level.MINOR, "a constraint is loosened"),
    "constraint-changed": Policy(Level.MAJOR, "a constraint may have become stricter"),
    "code-removed": Policy(Level.MAJOR, "a code is no longer allowed"),
    "code-added": Policy(Level.MINOR, "one more code is allowed"),
    "primary-key-changed": Policy(Level.MAJOR, "it changes how rows are identified"),
    "wording-changed": Policy(Level.PATCH, "the wording is fixed; MAJOR if the meaning changes"),
    "schema-changed": Policy(Level.PATCH, "metadata of the schema is fixed"),
    "row-added": Policy(Level.MINOR, "rows are added"),
    "row-changed": Policy(Level.PATCH, "a wrong value is fixed"),
    "row-removed": Policy(Level.MAJOR, "a row is removed"),
    "row-retired": Policy(Level.MAJOR, "an identifier is withdrawn"),
    "row-merged": Policy(Level.MAJOR, "an identifier is replaced by another"),
    "detail-removed": Policy(Level.PATCH, "a row without its own identifier is removed"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """The old and new value of a field of a row or a property of a schema; None if it has no value.

    The value of a field is the cell as it is written.
    """

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two packages.

    `kind` is a key of POLICY. `words` describes the change. `row` is the key of the row, with its
    parts joined by a slash. `cells` are the fields or properties that differ. For a row that was
    added or removed, they are the fields that have a value.
    """

    kind: str
    words: str
    table: str | None = None
    field: str | None = None
    row: str | None = None
    replaced_by: str | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def level(self) -> Level:
        """The smallest version bump that this change allows."""
        return POLICY[self.kind].level

    @property
    def why(self) -> str:
        """The reason, from the version policy."""
        return POLICY[self.kind].why

    def as_dict(self) -> dict[str, Any]:
        """The change in the published JSON form."""
        return {
            "kind": self.kind,
            "bump": self.level.name.lower(),
            "why": self.why,
            "table": self.table,
            "field": self.field,
            "row": self.row,
            "replaced_by": self.replaced_by,
            "cells": [asdict(cell) for cell in self.cells],
            "words": self.words,
        }


class Version(NamedTuple):
    """A version MAJOR.MINOR.PATCH. Versions are compared part by part."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return ".".join(map(str, self))

    @classmethod
    def parse(cls, text: str | None) -> Version | None:
        """The version in a text; None if the text does not have this form."""
        match = re.fullmatch(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})", text or "", re.ASCII)
        return cls(*map(int, match.groups())) if match else None

    def after(self, level: Level) -> Version:
        """The smallest version that a release with changes of this level may have.

        Versions before 1.0.0 promise nothing yet, so they never need more than MINOR.
        """
        if level is Level.NONE:
            return self
        if level is Level.PATCH:
            return Version(self.major, self.minor, self.patch + 1)
        if level is Level.MINOR or self.major == 0:
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major + 1, 0, 0)
