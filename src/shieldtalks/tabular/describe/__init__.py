"""A descriptor made from bare files: each guess with its evidence and its certainty.

`describe` reads each file once, and once more if a key of several columns or a list of codes is to be
found. What is uncertain is left out of the descriptor, and said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..findings import CannotRun
from ..jsontext import JsonObject
from .guess import Certainty, Guess

if TYPE_CHECKING:
    from .datatype import Draft
    from .keys import Candidate
    from .seen import SeenTable

__all__ = ["Certainty", "Description", "Guess", "describe"]


@dataclass(slots=True)
class Description:
    """A descriptor, the guesses behind it, and the files that were left out."""

    descriptor: JsonObject
    guesses: list[Guess]
    #: The folder to which the paths in the descriptor are relative.
    root: Path
    #: Files that are no tables or cannot be read, each with the reason.
    left_out: list[tuple[str, str]] = field(default_factory=list)
    #: The number of rows of each table.
    rows: dict[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        """The tables in a few lines."""
        from ..notebook import description_text  # few programs print a description

        return description_text(self)

    @property
    def uncertain(self) -> list[Guess]:
        """What was left out of the descriptor because it is uncertain."""
        return [guess for guess in self.guesses if guess.certainty is Certainty.UNCERTAIN]


def describe(
    given: str | Path | Iterable[str | Path],
    *,
    base: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Description:
    """Describe files, or the files of a folder. Raises CannotRun if there is no table among them.

    `base` is the folder in which the descriptor will be; by default it is the folder that is given,
    or the current folder. `tell` is called with each step.
    """
    from .collect import collect
    from .openers import OPENERS

    paths = [Path(given)] if isinstance(given, str | Path) else [Path(one) for one in given]
    if not paths:
        raise CannotRun("there is no file to describe", "Name at least one file or folder.")
    found = collect(paths, base, OPENERS)
    tables = [_look(bare, tell) for bare in found.tables]
    work = _Work(tables)
    work.find(tell)
    resources = work.resources()
    from .descriptor import package

    guesses = [replace(guess, table=table.name) for table in tables for guess in table.guesses.all]
    rows = {table.name: table.rows for table in tables}
    return Description(package(found.root, resources), guesses, found.root, found.left_out, rows)


def _look(bare: Any, tell: Callable[[str], None]) -> SeenTable:
    from .fields import field_names
    from .seen import look_through

    names, renamed = field_names(bare)
    tell(f"reading {bare.path}")
    table = look_through(bare, names, lambda rows: tell(f"reading {bare.path}: {rows:,} rows"))
    table.skips_header = renamed
    return table


class _Work:
    """What is found in the tables, step by step."""

    def __init__(self, tables: Sequence[SeenTable]) -> None:
        self.tables = tables
        self.drafts: dict[str, list[Draft]] = {}
        self.keys: dict[str, list[str]] = {}
        self.links: dict[str, set[str]] = {}
        #: The keys of several columns, with the values that they have.
        self.combined: dict[str, Candidate] = {}

    def find(self, tell: Callable[[str], None]) -> None:
        """Find types, keys, references, lists, bounds and patterns, in this order."""
        from . import fields, hints, keys

        for table in self.tables:
            hints.uneven(table, table.guesses)
            hints.blank_rows(table, table.guesses)
            hints.total(table, table.guesses)
            self.drafts[table.name] = fields.drafts(table, table.guesses)
            hints.second_header(self.drafts[table.name], table.guesses)
        hints.parts_of_one(self.tables)
        fields.fill_from_others([(table, self.drafts[table.name]) for table in self.tables])
        for table in self.tables:
            self.keys[table.name] = keys.single_key(table, self.drafts[table.name], table.guesses)
        tell("comparing the keys of the tables")
        goals = self._references()
        for table in self.tables:
            self._combined_key(table, tell)
        self._combined_references()
        self._lists(tell)
        self._rest(goals)

    def _references(self) -> dict[str, dict[str, Draft]]:
        """Find the foreign keys. Returns the column to which each field refers, by table and field."""
        from . import references

        described = [
            (table, self.drafts[table.name], self.keys[table.name]) for table in self.tables
        ]
        known = references.goals(described)
        found = references.matches(described, known)
        by_place = {(goal.table.name, goal.draft.name): goal.draft for goal in known}
        goals: dict[str, dict[str, Draft]] = {}
        for one in described:
            name = one[0].name
            links = references.references(one, found, one[0].guesses)
            self.links[name] = {link.field for link in links}
            goals[name] = {link.field: by_place[link.goal, link.column] for link in links}
        return goals

    def _combined_key(self, table: SeenTable, tell: Callable[[str], None]) -> None:
        from . import keys

        drafts, links = self.drafts[table.name], self.links[table.name]
        if not keys.needs_combination(table, self.keys[table.name]):
            return
        candidates = keys.combinations_of(drafts, links)
        tell(f"looking for a key of several columns in {table.bare.path}")
        unique = keys.try_out(table, candidates) if candidates else []
        best = keys.combined_key(table, unique, links, table.guesses)
        if best is not None:
            self.keys[table.name] = best.names
            self.combined[table.name] = best

    def _combined_references(self) -> None:
        from .combined_references import combined_reference

        for goal in self.tables:
            target = self.combined.get(goal.name)
            for table in self.tables if target is not None else ():
                if target is not None:
                    drafts, key = self.drafts[table.name], self.keys[table.name]
                    combined_reference(table, drafts, key, goal, target)

    def _lists(self, tell: Callable[[str], None]) -> None:
        from . import lists

        known = []
        for table in self.tables:
            tell(f"looking for lists of codes in {table.bare.path}")
            found = lists.vocabulary(table, self.drafts[table.name], self.links[table.name])
            known += [found] if found else []
        columns = frozenset(draft.name for drafts in self.drafts.values() for draft in drafts)
        for table in self.tables:
            links, drafts = self.links[table.name], self.drafts[table.name]
            key = self.keys[table.name] if len(self.keys[table.name]) == 1 else []
            for draft in drafts:
                if draft.name not in links and draft.name not in key:
                    lists.code_list(table, draft, known, columns, table.guesses)
            lists.scales(table, drafts, {*links, *key}, table.guesses)

    def _rest(self, goals: dict[str, dict[str, Draft]]) -> None:
        from . import bounds, fields, hints, patterns

        for table in self.tables:
            drafts, key, guesses = self.drafts[table.name], self.keys[table.name], table.guesses
            links = self.links[table.name]
            alone = set(key) if len(key) == 1 else set()
            patterns.patterns(
                [draft for draft in drafts if draft.name not in links], alone, guesses
            )
            bounds.bounds(drafts, {*links, *alone}, guesses)
            fields.presence(table, drafts, key, guesses)
            hints.perhaps_missing(drafts, {*links, *key}, guesses)
        for table in self.tables:
            patterns.of_goals(self.drafts[table.name], goals[table.name], table.guesses)

    def resources(self) -> list[JsonObject]:
        """The resources of the descriptor."""
        from .descriptor import resource

        return [
            resource(
                table.bare,
                self.drafts[table.name],
                self.keys[table.name],
                [
                    guess
                    for guess in table.guesses.all
                    if guess.about == "foreignKeys" and guess.value
                ],
                table.skips_header,
            )
            for table in self.tables
        ]
