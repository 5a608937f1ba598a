"""The second part of a sheet: events, proposals, answers and claims, each with what belongs to it."""

from __future__ import annotations

from collections import defaultdict

from ..evidence import canon
from ..models import BY_TABLE
from . import defaults, left_open, recognising
from .catalogue import Catalogue
from .defaults import People
from .faults import Faults
from .items import Item, items_of
from .kept import note_kept
from .lines import Path
from .model import (
    TARGET_OF,
    Acted,
    Claim,
    Code,
    Context,
    Event,
    Proposal,
    Proposition,
    Sheet,
    Who,
)
from .passages import add_evidence, place_all
from .publication import Publication
from .spans import Article, Positions
from .tables import NewRow, Row, Tables

#: The keys that a new row cannot do without, by field.
_NEEDED = {
    "events": {"label": "label"},
    "proposals": {
        "label": "label",
        "measure": "measure",
        "form": "form",
        "made_in_event_id": "event",
    },
    "responses": {"proposal_id": "proposal", "responder_id": "responder", "move": "move"},
    "claims": {"proposition_id": "proposition", "text": "text", "claimant_id": "claimant"},
}


class Statements:
    """Resolves the entries of a sheet, one kind after the other, and adds the rows that are new."""

    def __init__(
        self, sheet: Sheet, tables: Tables, faults: Faults, article: Article | Positions
    ) -> None:
        self.sheet, self.tables, self.faults = sheet, tables, faults
        self.catalogue = Catalogue(sheet, tables, faults)
        self.names = self.catalogue.names
        self.publication = Publication(self.catalogue, sheet.source, ("source",), article)
        self.publications = [self.publication]
        self.items = items_of(sheet, (), self.publication)
        for number, part in enumerate(sheet.context):
            path: Path = ("context", number)
            other = self._other(part, (*path, "source"))
            self.items += items_of(part, path, other)
        self.notes: list[str] = []
        #: The rows that are there already, as the sheet would have them.
        self.again: list[NewRow] = []
        #: The actors of each role, by event.
        self.roles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.texts: dict[str, str] = {}

    def _other(self, part: Context, path: Path) -> Publication:
        """The article of a context. Two contexts of one article are the same."""
        sealed = _sealed(part)
        for one in self.publications:
            if one.article.seal.get("canon_sha256") == sealed.seal["canon_sha256"]:
                return one
        self.publications.append(Publication(self.catalogue, part.source, path, sealed))
        return self.publications[-1]

    def run(self) -> None:
        """Add every new row to the tables."""
        self.catalogue.run()
        for publication in self.publications:
            publication.run()
        if self.publication.is_other_text:
            return  # no passage is where it was
        self.notes += place_all(self.items, self.publications, self.faults)
        recognising.by_name("event", self.items, self.tables, self.names)
        recognising.by_name("proposal", self.items, self.tables, self.names)
        for item, other in recognising.same_labels(self.items):
            self.notes.append(
                f"{self._where(item)}: this {item.kind} has the same label as the one on line "
                f"{self.faults.lines.at(other.path)}, so that no entry can name it"
            )
        self._unknown_ids()
        for row in self.tables.old.get("participants", []):
            self.roles[row["event_id"]][row["role"]].append(row["actor_id"])
        for item in self._kind("event"):
            if not item.is_left:
                self._participants(item)
        for item in self._kind("event"):
            self._event(item)
        for item in self._kind("proposal"):
            self._proposal(item)
        self._propositions()
        for item in self._kind("answer"):
            self._answer(item)
        for item in self._kind("claim"):
            self._claim(item)
        for kind in ("answer", "claim"):
            recognising.answers_or_claims(kind, self.items, self.tables)
            like = recognising.earlier(kind, self.items, self.tables, self.names)
            self.notes += [f"{self._where(item)}: {words}" for item, words in like]
        for item in self.items:
            self._add(item)
        for item in self.items:
            if item.is_left:
                continue
            add_evidence(item, self.catalogue)
            if isinstance(item.entry, Acted):
                self._codes(item, item.entry)
        self._relations()
        self.notes += recognising.left_out(self.items, self.tables, self.publication)

    def _kind(self, kind: str) -> list[Item]:
        return [item for item in self.items if item.kind == kind]

    def _unknown_ids(self) -> None:
        for item in self.items:
            if item.entry.id is None:
                continue
            key = BY_TABLE[item.table].table.key[0]
            item.id, item.is_old = item.entry.id, True
            if not self.tables.where(item.table, key, item.entry.id):
                hint = "Leave id out: a new row gets the next identifier."
                message = f"there is no {item.kind} {item.entry.id} in the collection"
                self.faults.add((*item.path, "id"), message, hint, item.entry.id)

    def _people(self, event_id: str) -> People:
        return People(self.roles.get(event_id, {}))

    def _participants(self, item: Item) -> None:
        path = (*item.path, "participants")
        there = {
            (row["actor_id"], row["role"]): row
            for row in self.tables.where("participants", "event_id", item.id)
        }
        entry = item.entry
        for given, some in (entry.participants if isinstance(entry, Event) else {}).items():
            role = self.names.cell("participants", "role", given, (*path, given))
            for who in some if isinstance(some, list) else [some]:
                name = who.actor if isinstance(who, Who) else who
                actor = self.names.find("actors", name, (*path, given))
                capacity = who.capacity if isinstance(who, Who) else None
                if (actor, role) in there:
                    if capacity is not None:
                        row, kept = there[actor, role], {"capacity": capacity}
                        shown = f"{item.id} with the {role} {name}"
                        note_kept(self.catalogue, "participants", row, kept, (*path, given), shown)
                    continue
                if item.is_old and self.roles[item.id][role]:
                    self._note_one_more(item, role, actor)
                self.roles[item.id][role].append(actor)
                cells = {"event_id": item.id, "actor_id": actor, "role": role}
                cells["capacity"] = capacity or ""
                self.tables.add("participants", cells, (*path, given))
                there[actor, role] = self.tables.new[-1].cells

    def _note_one_more(self, item: Item, role: str, actor: str) -> None:
        """Note that an event that is there gets one more actor of a role. It may be a correction."""
        shown = self.names.shown
        kept = ", ".join(shown.get(one, one) for one in self.roles[item.id][role])
        self.notes.append(
            f"{self._where(item)}: {item.id} gets one more actor in the role {role}: "
            f"{shown.get(actor, actor)}, beside {kept}. If you corrected the name, change it in the "
            "tables actors and participants instead"
        )

    def _event(self, item: Item) -> None:
        cells = self._given(item)
        item.cells = {**defaults.event(cells, item.publication.published), **cells}

    def _proposal(self, item: Item) -> None:
        cells = self._given(item)
        if item.event and not cells.get("made_in_event_id"):
            cells["made_in_event_id"] = item.event.id
        if item.parent is not None:
            cells.setdefault("part_of_id", item.parent.id)
        people = self._people(cells.get("made_in_event_id", ""))
        has_parts = isinstance(item.entry, Proposal) and bool(item.entry.part)
        item.cells = {
            **defaults.proposal(cells, people, self._whole(item), has_parts),
            **cells,
        }
        if not (item.is_old or item.publication.is_context):
            found = left_open.of_proposal(item.cells, cells.keys(), people, self.names.shown)
            self.notes += [f"{self._where(item)}: {words}" for words in found]

    def _whole(self, item: Item) -> Row | None:
        """The cells of the proposal that a proposal is written in."""
        if item.parent is None or not item.parent.is_old:
            return item.parent.cells if item.parent else None
        return next(iter(self.tables.where("proposals", "proposal_id", item.parent.id)), None)

    def _answer(self, item: Item) -> None:
        cells = self._given(item)
        if item.event is not None:
            cells.setdefault("event_id", item.event.id)
        if item.parent is not None:
            cells.setdefault("proposal_id", item.parent.id)
        people = self._people(cells.get("event_id", ""))
        unnamed = self.catalogue.unnamed
        item.cells = {
            **defaults.answer(cells, people, item.publication.published, unnamed),
            **cells,
        }

    def _claim(self, item: Item) -> None:
        cells = self._given(item, "proposition")
        if item.event is not None:
            cells.setdefault("said_in_event_id", item.event.id)
        given = item.entry.proposition if isinstance(item.entry, Claim) else None
        path = (*item.path, "proposition")
        if given is not None:
            text = given.text if isinstance(given, Proposition) else given
            cells["proposition_id"] = self.names.find("propositions", text, path)
        event_id = cells.get("said_in_event_id", "")
        held = self.texts.get(cells.get("proposition_id", ""), "")
        own_voice = item.publication.outlets[0]
        people, published = self._people(event_id), item.publication.published
        item.cells = {**defaults.claim(cells, people, published, own_voice, held), **cells}

    def _given(self, item: Item, *leave: str) -> Row:
        return self.catalogue.given(item.table, item.entry, item.path, ("field", *leave))[0]

    def _propositions(self) -> None:
        """Add the new propositions: those of their own, and those that are written in a claim."""
        for row in self.tables.old.get("propositions", []):
            self.texts[row["proposition_id"]] = row["text"]
        entries: list[tuple[Proposition, Path]] = [
            (entry, ("proposition", number)) for number, entry in enumerate(self.sheet.proposition)
        ]
        for place, part in enumerate(self.sheet.context):
            for number, entry in enumerate(part.proposition):
                entries.append((entry, ("context", place, "proposition", number)))
        for item in self._kind("claim"):
            if isinstance(item.entry, Claim) and isinstance(item.entry.proposition, Proposition):
                entries.append((item.entry.proposition, (*item.path, "proposition")))
        for entry, path in entries:
            same = self.names.same("propositions", entry.text)
            cells, paths = self.catalogue.given(
                "propositions", entry, path, ("text",) if same else ()
            )
            if same:
                self._note_kept_proposition(same[0], cells, path)
                continue
            self.catalogue.require("propositions", entry, cells, path, {"topic": "topic"})
            cells["proposition_id"] = self.tables.next_id("propositions")
            self.texts[cells["proposition_id"]] = entry.text
            self.names.name("propositions", cells)
            self.tables.add("propositions", cells, path, paths)

    def _note_kept_proposition(self, identifier: str, cells: Row, path: Path) -> None:
        for row in self.tables.where("propositions", "proposition_id", identifier)[:1]:
            if path[0] != "context":
                note_kept(self.catalogue, "propositions", row, cells, path)

    def _add(self, item: Item) -> None:
        """Add the row of an entry, or tell what of it differs from the row that is already there."""
        key = BY_TABLE[item.table].table.key[0]
        if not item.is_old:
            if item.kind in ("answer", "claim"):
                item.id = self.tables.next_id(item.table)
            given, paths = self.catalogue.given(item.table, item.entry, item.path, ("field",))
            filled = {name: cell for name, cell in item.cells.items() if cell}
            self.catalogue.require(
                item.table, item.entry, {**given, **filled}, item.path, _NEEDED[item.table]
            )
            self.tables.add(item.table, {**item.cells, key: item.id}, item.path, paths)
            return
        old = next(iter(self.tables.where(item.table, key, item.id)), None)
        if old is None:
            return
        given = self.catalogue.given(item.table, item.entry, item.path, ("field",))[0]
        self.again.append(NewRow(item.table, {**old, **given}, item.path))
        if not item.is_left:
            note_kept(self.catalogue, item.table, old, given, item.path)
        item.cells = {**item.cells, **old}

    def _where(self, item: Item) -> str:
        return f"{self.faults.lines.file}:{self.faults.lines.at(item.path)}"

    def _codes(self, item: Item, entry: Acted) -> None:
        target = TARGET_OF[item.table]
        there = {row["code_id"]: row for row in self.tables.where("codings", target, item.id)}
        for number, coding in enumerate(entry.codes):
            path = (*item.path, "codes", number)
            one = coding if isinstance(coding, Code) else Code(code=coding)
            code = self.names.find_action(one.code, path)
            if code in there:
                given = {"rank": one.rank, "reason": one.reason}
                kept = {name: str(cell) for name, cell in given.items() if cell is not None}
                note_kept(self.catalogue, "codings", there[code], kept, path)
                continue
            cells = {
                "coding_id": self.tables.next_id("codings"),
                target: item.id,
                "code_id": code,
                "rank": str(one.rank or 1),
                "reason": one.reason or "",
            }
            self.tables.add("codings", cells, path)
            there[code] = self.tables.new[-1].cells

    def _relations(self) -> None:
        there = {
            (row["proposition_id"], row["other_id"]): row for row in self.tables.rows("relations")
        }
        for number, entry in enumerate(self.sheet.relation):
            path: Path = ("relation", number)
            pair = (entry.proposition, entry.other)
            missing = [text for text in pair if not self.names.same("propositions", text)]
            if missing and entry.if_there:
                self.notes.append(f'a relation is left out: there is no proposition "{missing[0]}"')
                continue
            cells, paths = self.catalogue.given("relations", entry, path)
            pair = (cells["proposition_id"], cells["other_id"])
            if cells.get("kind") == "excludes" and all(pair):
                pair = (
                    min(pair),
                    max(pair),
                )  # it has no direction: the smaller identifier comes first
                cells |= {"proposition_id": pair[0], "other_id": pair[1]}
            if pair in there:
                kind = {"kind": cells.get("kind", "")}
                note_kept(self.catalogue, "relations", there[pair], kind, path, "this relation")
            else:
                self.tables.add("relations", cells, path, paths)
                there[pair] = self.tables.new[-1].cells


def _sealed(part: Context) -> Positions:
    """The article of other rows, by its length and hash."""
    seal = {
        "canon_version": canon.VERSION,
        "canon_length": str(part.source.canon_length),
        "canon_sha256": part.source.canon_sha256,
    }
    return Positions(seal)
