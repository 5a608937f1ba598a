"""The coding sheet of imported passages, to be completed by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...tabular.terminal import one_line
from ..evidence.anchors import Anchor, Copy
from ..sheet.model import Answer, Claim, Event, Proposal, Sheet, Source
from ..sheet.writing import toml
from .marked import Marked, Refused
from .placing import NotPlaced, Placing

#: The most characters of what a tool said that a note keeps.
_LONGEST_NOTE = 500

_HEAD = (
    "A coding sheet with imported passages. Complete the entries, then run `shieldtalks code`.",
    "Each passage is at its place in the canonical text: start and length.",
    "The notes are what the other tool said. Replace them with your own words, or delete them.",
)

Placed = tuple[Marked, Anchor]


def placed(passages: Iterable[Marked | Refused], copy: Copy) -> tuple[list[Placed], list[Refused]]:
    """The passages that are in the copy, with their anchors, and those that are refused."""
    placing = Placing(copy)
    found: list[Placed] = []
    refused: list[Refused] = []
    for passage in passages:
        if isinstance(passage, Refused):
            refused.append(passage)
            continue
        try:
            found.append((passage, placing.place(passage)))
        except NotPlaced as error:
            refused.append(Refused(passage.where, str(error)))
    return found, refused


def sheet_text(passages: Sequence[Placed], source_id: str | None) -> str:
    """The text of the sheet. What a tool called an event, a proposal or an answer is an entry of this kind.

    Everything else is a claim. A passage that was marked several times is one entry.
    """
    sheet = Sheet(source=Source(id=source_id))
    notes: dict[tuple[str, Anchor], list[str]] = {}
    for passage, anchor in passages:
        said = [part for part in (passage.kind, passage.about) if part]
        kept = notes.setdefault((_kind(passage), anchor), [])
        note = one_line("; ".join(dict.fromkeys(said)))
        if note and note not in kept:
            kept.append(note)
    for (kind, anchor), texts in notes.items():
        at, said_of_it = (anchor.start, anchor.length), "; ".join(texts)[:_LONGEST_NOTE] or None
        if kind == "event":
            sheet.event.append(Event(at=at, notes=said_of_it))
        elif kind == "proposal":
            sheet.proposal.append(Proposal(at=at, notes=said_of_it))
        elif kind == "answer":
            sheet.answer.append(Answer(at=at, notes=said_of_it))
        else:
            sheet.claim.append(Claim(at=at, notes=said_of_it))
    return toml(sheet, _HEAD)


def _kind(passage: Marked) -> str:
    name = passage.kind.casefold().removesuffix("s")
    return {"response": "answer"}.get(name, name) if name in _KINDS else "claim"


_KINDS = ("event", "proposal", "answer", "response", "claim")
