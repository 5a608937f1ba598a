"""The made-up article, and ten spans of it as evidence is anchored to them."""

from __future__ import annotations

import hashlib

from shieldtalks.record.evidence.anchors import Copy, find
from tests.support import ARTICLES

FILE = ARTICLES / "src-9001.txt"
TEXT = FILE.read_text(encoding="utf-8")
COPY = Copy.of(TEXT)

#: Spans of the article by their first and last words; some overlap.
SPANS = [
    ("Marvonia has handed", "lighthouse treaty, offering"),
    ("offering to share", "said on Tuesday"),
    ("nothing that a good neighbour", "who speaks for the ministry"),
    ("The towers will stay lit", "may be"),
    ("Ostrell’s envoy, Bram O. Vesterly", "bridge"),
    ("three weeks", "never part of the talks"),
    ("the sea-mark at Gannet Rock", "rebuilt twice since"),
    ("first note had been sent", "praised"),
    ("half of the lamp oil", "paid for by Marvonia"),
    ("The council in Ostrell", "storms set in"),
]
ANCHORS = [find(COPY, first, last) for first, last in SPANS]


def sha(canon: str) -> str:
    """The hash of a span in canonical form."""
    return hashlib.sha256(canon.encode()).hexdigest()
