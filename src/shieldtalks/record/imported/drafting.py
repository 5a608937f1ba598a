"""The coding sheet of imported passages, to be completed by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...tabular.terminal import one_line
from ..evidence.anchors import Anchor, Copy
from ..sheet.model import Answer, Claim, Event, Proposal, Sheet, Source
from ..sheet.short_words import named
from ..sheet.starting import WARNING
from ..sheet.writing import toml
from .marked import Marked, Refused
from .placing import NotPlaced, Placing

#: The most characters of what a tool said that a note keeps.
_LONGEST_NOTE = 500

_HEAD = (
    "A coding sheet with imported passages. Complete the entries, then run `shieldtalks code`.",
    *WARNING,
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


#: What is missing in the entry of an article that the collection does not have.
_NEW_SOURCE = """[source]
# kind = "newspaper-article"
# title = ""
# publisher = ""
# published = 2031-05-06
"""


def sheet_text(passages: Sequence[Placed], source_id: str | None, copy: Copy) -> str:
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
        span = named(anchor, copy).model_dump(exclude_none=True)
        span["notes"] = "; ".join(texts)[:_LONGEST_NOTE] or None
        if kind == "event":
            sheet.event.append(Event(**span))
        elif kind == "proposal":
            sheet.proposal.append(Proposal(**span))
        elif kind == "answer":
            sheet.answer.append(Answer(**span))
        else:
            sheet.claim.append(Claim(**span))
    text = toml(sheet, _HEAD)
    return text if source_id else text.replace("[source]\n", _NEW_SOURCE, 1)


def _kind(passage: Marked) -> str:
    name = passage.kind.casefold().removesuffix("s")
    return {"response": "answer"}.get(name, name) if name in _KINDS else "claim"


_KINDS = ("event", "proposal", "answer", "response", "claim")
