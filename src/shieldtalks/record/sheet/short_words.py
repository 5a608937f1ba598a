"""The fewest words that name a passage: its first words and its last words."""

from __future__ import annotations

from ..evidence.anchors import Anchor, AnchorError, Copy, find
from .model import Span

#: With how many words the search begins, so that people recognise the passage.
_FEWEST = 3


def named(anchor: Anchor, copy: Copy | None) -> Span:
    """A span of the sheet for a passage: by its words, or by its numbers without a copy."""
    by_numbers = Span(at=(anchor.start, anchor.length))
    if copy is None or copy.anchor(anchor.start, anchor.length) != anchor:
        return by_numbers
    words = copy.passage(anchor.start, anchor.length).split()
    for many in range(_FEWEST, len(words) + 1):
        first = " ".join(words[:many])
        for last in (" ".join(words[-few:]) for few in range(_FEWEST, len(words) + 1)):
            try:
                if find(copy, first, last) == anchor:
                    return Span(first=first, last=last)
            except AnchorError as error:
                if "more than once" in str(error):
                    break  # more of the last words do not help
    return by_numbers
