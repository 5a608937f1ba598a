"""The entries of a sheet as one list: each event, proposal, answer and claim, with what is above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..evidence.anchors import Anchor
from .lines import Path
from .model import TABLE_OF, Answer, Claim, Coded, Event, Proposal, Sheet, Span


@dataclass(slots=True)
class Item:
    """One event, proposal, answer or claim of a sheet."""

    kind: str
    entry: Coded
    path: Path
    #: The event that it is written in; None if it is in none.
    event: Item | None = None
    #: The proposal that it is written in.
    parent: Item | None = None
    #: Its passages with their places in the sheet, the main passage first.
    anchors: list[tuple[Span, Anchor, Path]] = field(default_factory=list)
    #: Its identifier, when it is known, and whether the row is in the collection already.
    id: str = ""
    is_old: bool = False
    #: The cells of its row, when they are known.
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The table that its row is in."""
        return TABLE_OF[self.kind]


def items_of(sheet: Sheet) -> list[Item]:
    """Every entry, an event before what is in it, a proposal before its parts."""
    found: list[Item] = []
    for number, event in enumerate(sheet.event):
        item = Item("event", event, ("event", number))
        found.append(item)
        found += _inside(event, item.path, item)
    return [*found, *_inside(sheet, (), None)]


def _inside(part: Event | Sheet, path: Path, event: Item | None) -> Iterator[Item]:
    yield from _proposals(part.proposal, (*path, "proposal"), event, None)
    yield from _answers(part.answer, (*path, "answer"), event, None)
    yield from _claims(part.claim, (*path, "claim"), event)


def _proposals(
    entries: Sequence[Proposal], path: Path, event: Item | None, parent: Item | None
) -> Iterator[Item]:
    for number, entry in enumerate(entries):
        item = Item("proposal", entry, (*path, number), event, parent)
        yield item
        yield from _proposals(entry.part, (*item.path, "part"), event, item)
        # An answer below its proposal was given elsewhere: it names its own event, or has none.
        yield from _answers(entry.answer, (*item.path, "answer"), None, item)


def _answers(
    entries: Sequence[Answer], path: Path, event: Item | None, parent: Item | None
) -> Iterator[Item]:
    for number, entry in enumerate(entries):
        yield Item("answer", entry, (*path, number), event, parent)


def _claims(entries: Sequence[Claim], path: Path, event: Item | None) -> Iterator[Item]:
    for number, entry in enumerate(entries):
        yield Item("claim", entry, (*path, number), event)
