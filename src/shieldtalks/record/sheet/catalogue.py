"""The first part of a sheet: codes, outside documents and actors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ...tabular.nearest import nearest
from .. import edtf
from ..models import BY_TABLE
from ..names import bare
from .faults import Faults
from .kept import note_kept
from .keys import field_of
from .lines import Path
from .model import Actor, Part, Sheet, Term
from .resolving import ONE, Names
from .tables import Row, Tables, field_kind, vocabularies

#: The vocabularies of action codes, which no field names.
ACTION_SCHEMES = ("cameo", "plover")


class Catalogue:
    """What the rows of a sheet refer to. It adds what is new, and knows the names of all of it."""

    def __init__(self, sheet: Sheet, tables: Tables, faults: Faults) -> None:
        self.sheet, self.tables, self.faults = sheet, tables, faults
        self.names = Names(tables, faults)
        self.notes: list[str] = []

    def run(self) -> None:
        """Add the new codes, documents and actors."""
        self._codes()
        self._references()
        self._actors()

    @cached_property
    def unnamed(self) -> set[str]:
        """The actors that are unnamed sources."""
        rows = self.tables.rows("actors")
        return {row["actor_id"] for row in rows if row["kind"] == "unnamed-source"}

    def given(
        self, table: str, entry: Part, path: Path, leave: Sequence[str] = ()
    ) -> tuple[Row, dict[str, Path]]:
        """The cells that an entry gives, resolved, and where the sheet has them."""
        fields = frozenset(BY_TABLE[table].model_fields)
        cells: Row = {}
        paths: dict[str, Path] = {}
        for key in type(entry).model_fields:
            value, field = getattr(entry, key), field_of(table, key, fields)
            if value is None or field is None or key in ("id", *leave) or not _is_cell(value):
                continue
            paths[field] = (*path, key)
            cells[field] = self.names.cell(table, field, str(value), paths[field])
            if field.endswith("_edtf") and value:
                self._check_date(str(value), paths[field])
        return cells, paths

    def _check_date(self, value: str, path: Path) -> None:
        try:
            edtf.bounds(value)
        except ValueError as error:
            why = str(error)
            message = f'"{value}" is not a date' if "is not an EDTF date" in why else why
            hint = "Write a date as 2031-05-06, 2031-05 or 2031. Until a day: ../2031-05-06."
            self.faults.add(path, message, hint, value)

    def require(
        self, table: str, entry: Part, cells: Row, path: Path, keys: dict[str, str]
    ) -> None:
        """A fault for each field that a new row needs and that the sheet does not give.

        A value that the sheet gives, but that means nothing, is a fault already: one cause, one fault.
        """
        for field, key in keys.items():
            misspelt = self.faults.found and getattr(entry, key)
            if not cells.get(field) and not misspelt:
                what = f'a new {ONE[table]} needs "{key}"'
                told = self._explained(table, field) or type(entry).model_fields[key].description
                self.faults.add((*path, key), what, f'Write {key} = "...". {told}')

    def _explained(self, table: str, field: str) -> str:
        """The codes of a field that a sheet must give; "" if it takes others, or many."""
        kind, scheme = field_kind(table, field)
        codes = list(self.names.terms[scheme].values()) if kind == "vocabulary" else []
        if 0 < len(codes) <= 12:
            return f"It is one of {', '.join(codes)}, or a new code: add it as [[code]]."
        return ""

    def _check_scheme(self, term: Term, path: Path) -> None:
        """A fault if no field takes codes of this vocabulary, and the collection does not have it."""
        known = {*vocabularies(), *ACTION_SCHEMES, *self.names.terms}
        if term.scheme not in known:
            near = nearest(term.scheme.casefold(), sorted(known))
            hint = (
                f'Did you mean "{near}"?'
                if near
                else "A new code is a measure, a topic, and so on."
            )
            self.faults.add(
                (*path, "scheme"), f'there is no vocabulary "{term.scheme}"', hint, term.scheme
            )

    def _codes(self) -> None:
        for number, term in enumerate(self.sheet.code):
            self._check_scheme(term, ("code", number))
        known = {row["code_id"] for row in self.tables.rows("codes")}
        known |= {f"{term.scheme}:{term.code}" for term in self.sheet.code}
        for number, term in enumerate(self.sheet.code):
            path: Path = ("code", number)
            cells, paths = self.given("codes", term, path, ("parent",))
            cells["code_id"] = f"{term.scheme}:{term.code}"
            if term.parent:
                parent = term.parent
                cells["parent_id"] = parent if ":" in parent else f"{term.scheme}:{parent}"
                if cells["parent_id"] not in known:
                    self._no_parent(term, known, (*path, "parent"))
            self.names.code({**dict.fromkeys(BY_TABLE["codes"].model_fields, ""), **cells})
            there = self.tables.where("codes", "code_id", cells["code_id"])
            if there:
                note_kept(self, "codes", there[0], cells, path, f'the code "{cells["code_id"]}"')
            else:
                self.tables.add("codes", cells, path, paths)

    def _no_parent(self, term: Term, known: Iterable[str], path: Path) -> None:
        codes = [one.partition(":")[2] for one in known if one.startswith(f"{term.scheme}:")]
        near = nearest(str(term.parent), sorted(codes))
        hint = f'Did you mean "{near}"?' if near else "Add it to the sheet as [[code]], too."
        message = f'there is no code "{term.parent}" in the vocabulary {term.scheme}'
        self.faults.add(path, message, hint, term.parent)

    def _references(self) -> None:
        for number, entry in enumerate(self.sheet.reference):
            path: Path = ("reference", number)
            same = self.names.same("references", entry.url or entry.title)
            cells, paths = self.given("references", entry, path)
            if same:
                for row in self.tables.where("references", "reference_id", same[0])[:1]:
                    note_kept(self, "references", row, cells, path)
                continue
            cells = {"confidence": "high", **cells}
            cells["reference_id"] = self.tables.next_id("references")
            self.names.name("references", cells)
            self.tables.add("references", cells, path, paths)

    def _actors(self) -> None:
        new: list[tuple[Actor, str, Path]] = []
        again: list[tuple[Actor, str, Path]] = []
        for number, entry in enumerate(self.sheet.actor):
            path: Path = ("actor", number)
            same = self.names.same("actors", entry.name)
            identifier = same[0] if same else self.tables.next_id("actors")
            if not same:
                # All names come first, so that an actor can belong to a later one.
                self.names.name("actors", {"actor_id": identifier, "name": entry.name})
                new.append((entry, identifier, path))
            self._aliases(entry, identifier, path)
            again += [(entry, identifier, path)] if same else []
        for entry, identifier, path in new:
            cells, paths = self.given("actors", entry, path)
            self.require("actors", entry, cells, path, {"kind": "kind"})
            self.tables.add("actors", {**cells, "actor_id": identifier}, path, paths)
        self._note_like(new)
        for entry, identifier, path in again:
            cells, _ = self.given("actors", entry, path)
            del cells["name"]  # it may be an alias
            for row in self.tables.where("actors", "actor_id", identifier)[:1]:
                note_kept(self, "actors", row, cells, path)

    def _note_like(self, new: Sequence[tuple[Actor, str, Path]]) -> None:
        """Note a new actor whose name differs from that of another one only in accents."""
        rows = [*self.tables.rows("actors")] if new else []
        pairs = [(bare(row["name"]), row["actor_id"]) for row in rows]
        pairs += [(bare(row["alias"]), row["actor_id"]) for row in self.tables.rows("aliases")]
        first: dict[str, str] = {}
        for name, identifier in pairs:
            first.setdefault(name, identifier)
        for entry, identifier, path in new:
            other = first[bare(entry.name)]
            if other != identifier:
                lines, shown = self.faults.lines, self.names.shown.get(other, other)
                self.notes.append(
                    f'{lines.file}:{lines.at(path)}: "{entry.name}" is a new actor, beside "{shown}". '
                    "If they are the same, use one name, or list the other one as an alias"
                )

    def _aliases(self, entry: Actor, identifier: str, path: Path) -> None:
        there = {row["alias"]: row for row in self.tables.where("aliases", "actor_id", identifier)}
        for number, alias in enumerate(entry.aliases):
            name = alias if isinstance(alias, str) else alias.alias
            kind = None if isinstance(alias, str) else alias.kind
            where = (*path, "aliases", number)
            self.names.alias(identifier, name)
            coded = self.names.cell("aliases", "kind", kind or "short", where)
            if name not in there:
                cells = {"actor_id": identifier, "alias": name, "kind": coded}
                self.tables.add("aliases", cells, where)
            elif kind:
                note_kept(
                    self, "aliases", there[name], {"kind": coded}, where, f'the alias "{name}"'
                )


def _is_cell(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)
