"""The first part of a sheet: codes, outside documents, actors, and the article itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path as File

from ..evidence import canon
from ..evidence.anchors import Copy
from ..models import BY_TABLE
from . import defaults
from .faults import Faults
from .lines import Path
from .model import Actor, Part, Sheet, Source, field_of
from .resolving import Names
from .tables import Row, Tables


class Catalogue:
    """What the rows of a sheet refer to. It adds what is new, and knows the names of all of it."""

    def __init__(self, sheet: Sheet, tables: Tables, faults: Faults, copy: Copy) -> None:
        self.sheet, self.tables, self.faults, self.copy = sheet, tables, faults, copy
        self.names = Names(tables, faults)
        self.notes: list[str] = []
        self.source: Row = dict.fromkeys(BY_TABLE["sources"].model_fields, "")

    def run(self) -> None:
        """Add the new codes, documents and actors, and the article if it is new."""
        self._codes()
        self._references()
        self._actors()
        self._source()

    @property
    def outlets(self) -> list[str]:
        """The last hops of every chain: the news agency, if there is one, and the outlet."""
        ends = [self.source["agency_id"], self.source["publisher_id"]]
        return [end for end in ends if end] or [""]

    @property
    def published(self) -> str:
        """The date of publication, as an EDTF date."""
        return self.source["published_edtf"]

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
        return cells, paths

    def require(self, table: str, cells: Row, path: Path, keys: dict[str, str]) -> None:
        """A fault for each field that a new row needs and that the sheet does not give."""
        for field, key in keys.items():
            if not cells.get(field) and field not in cells:
                what = f'a new row of {table} needs "{key}"'
                self.faults.add(path, what, f'Add "{key} = ...". The codebook explains it.')

    def _codes(self) -> None:
        there = {row["code_id"] for row in self.tables.old.get("codes", [])}
        for number, term in enumerate(self.sheet.code):
            path: Path = ("code", number)
            cells, paths = self.given("codes", term, path, ("parent",))
            cells["code_id"] = f"{term.scheme}:{term.code}"
            if term.parent:
                parent = term.parent
                cells["parent_id"] = parent if ":" in parent else f"{term.scheme}:{parent}"
            self.names.code({**dict.fromkeys(BY_TABLE["codes"].model_fields, ""), **cells})
            if cells["code_id"] not in there:
                there.add(cells["code_id"])
                self.tables.add("codes", cells, path, paths)

    def _references(self) -> None:
        for number, entry in enumerate(self.sheet.reference):
            path: Path = ("reference", number)
            same = self.names.same("references", entry.url or entry.title)
            if same:
                continue
            cells, paths = self.given("references", entry, path)
            cells = {"confidence": "high", **cells}
            cells["reference_id"] = self.tables.next_id("references")
            self.names.name("references", cells)
            self.tables.add("references", cells, path, paths)

    def _actors(self) -> None:
        new: list[tuple[Actor, str, Path]] = []
        for number, entry in enumerate(self.sheet.actor):
            path: Path = ("actor", number)
            same = self.names.same("actors", entry.name)
            identifier = same[0] if same else self.tables.next_id("actors")
            if not same:
                # All names come first, so that an actor can belong to a later one.
                self.names.name("actors", {"actor_id": identifier, "name": entry.name})
                new.append((entry, identifier, path))
            self._aliases(entry, identifier, path)
        for entry, identifier, path in new:
            cells, paths = self.given("actors", entry, path)
            self.require("actors", cells, path, {"kind": "kind"})
            self.tables.add("actors", {**cells, "actor_id": identifier}, path, paths)

    def _aliases(self, entry: Actor, identifier: str, path: Path) -> None:
        there = {(row["actor_id"], row["alias"]) for row in self.tables.rows("aliases")}
        for number, alias in enumerate(entry.aliases):
            name = alias if isinstance(alias, str) else alias.alias
            kind = "short" if isinstance(alias, str) else alias.kind or "short"
            where = (*path, "aliases", number)
            self.names.alias(identifier, name)
            if (identifier, name) not in there:
                cells = {
                    "actor_id": identifier,
                    "alias": name,
                    "kind": self.names.cell("aliases", "kind", kind, where),
                }
                self.tables.add("aliases", cells, where)

    def _source(self) -> None:
        entry, path = self.sheet.source, ("source",)
        cells, paths = self.given("sources", entry, path)
        seal = {
            "canon_version": canon.VERSION,
            "canon_length": str(len(self.copy.canon)),
            "canon_sha256": canon.sha256(self.copy.canon),
        }
        old = self._old_source(entry, seal["canon_sha256"])
        if old is not None:
            self.source = old
            if old["canon_sha256"] != seal["canon_sha256"]:
                message = f"the copy is not the text that was coded as {old['source_id']}"
                hint = "Give the copy of this article. Its length or hash is different."
                self.faults.add((*path, "id"), message, hint)
            return
        needed = {
            "kind": "kind",
            "title": "title",
            "publisher_id": "publisher",
            "published_edtf": "published",
        }
        self.require("sources", cells, path, needed)
        cells |= {**defaults.source(cells), **cells, **seal}
        cells["source_id"] = self._new_source_id(entry)
        self.source = {**self.source, **cells}
        self.tables.add("sources", self.source, path, paths)

    def _old_source(self, entry: Source, digest: str) -> Row | None:
        rows = self.tables.old.get("sources", [])
        same = [row for row in rows if row["source_id"] == entry.id]
        same += [row for row in rows if row["canon_sha256"] == digest and not entry.id]
        return same[0] if same else None

    def _new_source_id(self, entry: Source) -> str:
        import re

        if entry.id is None:
            return self.tables.next_id("sources")
        path: Path = ("source", "id")
        if not re.fullmatch("src-[0-9]{4}", entry.id, re.ASCII):
            self.faults.add(path, f'"{entry.id}" is no identifier', "Write it as src-0001.")
        elif self.tables.is_taken(entry.id):
            self.faults.add(path, f"{entry.id} is retired", "Use the next number.")
        else:
            self.tables.take(entry.id)
        return entry.id


def _is_cell(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def name_of(copy: File) -> str:
    """The identifier of the source that the file name of a copy says; "" if it says none."""
    import re

    return copy.stem if re.fullmatch("src-[0-9]{4}", copy.stem, re.ASCII) else ""
