"""The entries of a sheet as one list: each event, proposal, answer and claim, with what is above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..evidence.anchors import Anchor
from .lines import Path
from .model import TABLE_OF, Answer, Coded, Context, Event, Proposal, Sheet, Span
from .publication import Publication


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an entry that was found, with its article and its place in the sheet."""

    span: Span
    anchor: Anchor
    path: Path
    publication: Publication

    @property
    def place(self) -> tuple[str, str, str]:
        """Its source, start and length, as they are in the table."""
        return self.publication.source_id, str(self.anchor.start), str(self.anchor.length)


@dataclass(slots=True)
class Item:
    """One event, proposal, answer or claim of a sheet."""

    kind: str
    entry: Coded
    path: Path
    #: The article that it is from.
    publication: Publication
    #: The event that it is written in; None if it is in none.
    event: Item | None = None
    #: The proposal that it is written in.
    parent: Item | None = None
    #: Its passages, the main passage first.
    passages: list[Passage] = field(default_factory=list)
    #: Its identifier, when it is known, and whether the row is in the collection already.
    id: str = ""
    is_old: bool = False
    #: The cells of its row, when they are known.
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The table that its row is in."""
        return TABLE_OF[self.kind]

    @property
    def is_left(self) -> bool:
        """Whether it is from another article, and the collection has the row already."""
        return self.is_old and self.publication.is_context


def items_of(part: Sheet | Context, path: Path, publication: Publication) -> list[Item]:
    """Every entry of one article, an event before what is in it, a proposal before its parts."""
    return [*_Walk(publication).entries(part, path)]


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk through the entries of one article."""

    publication: Publication

    def entries(self, part: Sheet | Context, path: Path) -> Iterator[Item]:
        for number, event in enumerate(part.event):
            item = Item("event", event, (*path, "event", number), self.publication)
            yield item
            yield from self._inside(event, item.path, item)
        yield from self._inside(part, path, None)

    def _inside(
        self, part: Event | Sheet | Context, path: Path, event: Item | None
    ) -> Iterator[Item]:
        yield from self._proposals(part.proposal, (*path, "proposal"), event, None)
        yield from self._answers(part.answer, (*path, "answer"), event, None)
        for number, claim in enumerate(part.claim):
            yield Item("claim", claim, (*path, "claim", number), self.publication, event)

    def _proposals(
        self, entries: Sequence[Proposal], path: Path, event: Item | None, parent: Item | None
    ) -> Iterator[Item]:
        for number, entry in enumerate(entries):
            item = Item("proposal", entry, (*path, number), self.publication, event, parent)
            yield item
            yield from self._proposals(entry.part, (*item.path, "part"), event, item)
            # An answer below its proposal was given elsewhere: it names its own event, or has none.
            yield from self._answers(entry.answer, (*item.path, "answer"), None, item)

    def _answers(
        self, entries: Sequence[Answer], path: Path, event: Item | None, parent: Item | None
    ) -> Iterator[Item]:
        for number, entry in enumerate(entries):
            yield Item("answer", entry, (*path, number), self.publication, event, parent)
