"""The entries of the positions: each proposition with the parties that hold it true, false or open."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from ...tabular.findings import CannotRun
from ...tabular.package import Package
from ...tabular.tables.database import has_view
from ..ledger.connection import TABLES as LEDGER_TABLES
from ..ledger.entries import day
from ..views import open_record

#: The tables that the positions are read from. The clock needs those of the ledger.
TABLES = (*LEDGER_TABLES, "relations")

#: What a claim does with its proposition.
HELD = ("true", "false", "open")

#: How firmly a claim does so.
COMMITMENTS = ("certain", "probable", "possible", "uncommitted")

#: How firmly a party holds a proposition true or false, in words.
_FIRMLY = {
    "certain": "certainly",
    "probable": "probably",
    "possible": "possibly",
}

#: How a claim differs from the claim before it: it is the first one, the same, firmer, weaker, or holds
#: the proposition true, false or open where the one before did not.
CHANGES = ("first", "same", "firmer", "weaker", "turned")


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """A span of a source behind a claim, with the names of its speakers from the first to the outlet."""

    evidence_id: str
    source_id: str
    start: int
    length: int
    stance: str
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Against:
    """A claim that contradicts another one, with its claimant."""

    claim_id: str
    claimant_id: str
    claimant: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A claim as a step in the position of a party; a missing value is None."""

    claim_id: str
    text: str
    #: One of HELD.
    held: str
    #: One of COMMITMENTS.
    commitment: str
    factuality: str
    #: One of CHANGES.
    change: str
    speech_act: str
    standing: str
    voiced_by_id: str | None
    voiced_by: str | None
    said_in_event_id: str | None
    said_in: str | None
    date_edtf: str | None
    date_earliest: str | None
    date_latest: str | None
    #: Whether the claim was certainly made by the date.
    certain: bool
    #: The claims that contradict it and count on the date.
    contradicted_by: tuple[Against, ...]
    evidence: tuple[ClaimSpan, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """The position of one party on a proposition: its steps, oldest first."""

    party_id: str
    party: str | None
    steps: tuple[Step, ...]

    @property
    def held(self) -> str:
        """What the party holds after its last step."""
        return self.steps[-1].held

    @property
    def commitment(self) -> str:
        """How firmly the party holds it after its last step."""
        return self.steps[-1].commitment

    @property
    def changed(self) -> bool:
        """Whether a step differs from the one before it."""
        return any(step.change not in ("first", "same") for step in self.steps)

    @property
    def words(self) -> str:
        """The position in words, such as "probably true, then certainly true"."""
        said = (
            step.held
            if step.held == "open"
            else f"{_FIRMLY.get(step.commitment, '')} {step.held}".strip()
            for step in self.steps
        )
        unchanged = " (unchanged)" if len(self.steps) > 1 and not self.changed else ""
        return ", then ".join(words for words, _ in groupby(said)) + unchanged


@dataclass(frozen=True, slots=True)
class PositionEntry:
    """A proposition with the positions of all parties; a missing value is None."""

    proposition_id: str
    text: str
    topic: str
    about_event_id: str | None
    about_proposal_id: str | None
    about_actor_id: str | None
    about_actor: str | None
    positions: tuple[Position, ...]

    @property
    def words(self) -> str:
        """Who holds what, such as "Russia: probably true; United States: certainly false"."""
        return "; ".join(f"{one.party or one.party_id}: {one.words}" for one in self.positions)


def positions(
    package: Package, as_of: str | date | None = None, known_by: str | date | None = None
) -> tuple[PositionEntry, ...]:
    """Each proposition on which a party has a position on a date, in the order of identifiers.

    `as_of` limits them to what had been said by a date, `known_by` to what had been published by a
    date; without them, everything in the record counts. A month or a year means its last day.
    Raises CannotRun if the package is not a record of claims, and DateError if a date is not valid.
    """
    with closing(open_positions(package)) as connection:
        connection.execute("UPDATE clock SET as_of = ?, known_by = ?", [day(as_of), day(known_by)])
        return tuple(_entries(connection))


def open_positions(package: Package) -> sqlite3.Connection:
    """A private database with the view `positions`. Raises CannotRun if it cannot be made."""
    missing = [name for name in TABLES if package.resource(name) is None]
    if missing:
        raise _refusal(package, f"It has no table {', '.join(missing)}.")
    connection = open_record(package, TABLES, "positions")
    if not has_view(connection, "positions"):
        connection.close()
        raise _refusal(package, "Its tables do not have all the fields that the positions need.")
    return connection


def _refusal(package: Package, reason: str) -> CannotRun:
    return CannotRun(f"{package.name} is not a record of claims", reason)


_SPANS = """
SELECT v.claim_id, v.evidence_id, v.source_id, v.start, v.length, v.stance, a.name
FROM evidence AS v
LEFT JOIN attributions AS t ON t.evidence_id = v.evidence_id
LEFT JOIN actors AS a ON a.actor_id = t.actor_id
WHERE v.claim_id IS NOT NULL
ORDER BY v.claim_id, v.source_id, v.start, v.evidence_id, t.hop
"""


def _spans(connection: sqlite3.Connection) -> dict[str, tuple[ClaimSpan, ...]]:
    found: dict[str, list[ClaimSpan]] = defaultdict(list)
    for facts, rows in groupby(connection.execute(_SPANS), key=lambda row: tuple(row[:6])):
        claim_id, evidence_id, source_id, start, length, stance = facts
        speakers = tuple(row[6] for row in rows if row[6] is not None)
        found[claim_id].append(ClaimSpan(evidence_id, source_id, start, length, stance, speakers))
    return {claim_id: tuple(spans) for claim_id, spans in found.items()}


def _entries(connection: sqlite3.Connection) -> Iterator[PositionEntry]:
    spans = _spans(connection)
    connection.row_factory = sqlite3.Row
    rows = connection.execute("SELECT * FROM positions").fetchall()
    counted = {
        row["claim_id"]: Against(row["claim_id"], row["party_id"], row["party"]) for row in rows
    }
    for proposition_id, of_one in groupby(rows, key=lambda row: str(row["proposition_id"])):
        own = list(of_one)
        yield PositionEntry(
            proposition_id=proposition_id,
            text=own[0]["proposition"],
            topic=own[0]["topic"],
            about_event_id=own[0]["about_event_id"],
            about_proposal_id=own[0]["about_proposal_id"],
            about_actor_id=own[0]["about_actor_id"],
            about_actor=own[0]["about_actor"],
            positions=tuple(_positions(own, counted, spans)),
        )


def _positions(
    rows: Sequence[sqlite3.Row],
    counted: dict[str, Against],
    spans: dict[str, tuple[ClaimSpan, ...]],
) -> Iterator[Position]:
    for party_id, steps in groupby(rows, key=lambda row: str(row["party_id"])):
        own = list(steps)
        found = tuple(_step(row, counted, spans.get(row["claim_id"], ())) for row in own)
        yield Position(party_id, own[0]["party"], found)


#: The fields of a step that the view has under the same name.
_COPIED = [
    *("claim_id", "held", "commitment", "factuality", "change", "speech_act", "standing"),
    *("voiced_by_id", "voiced_by", "said_in_event_id", "said_in"),
    *("date_edtf", "date_earliest", "date_latest"),
]


def _step(row: sqlite3.Row, counted: dict[str, Against], evidence: tuple[ClaimSpan, ...]) -> Step:
    facts: dict[str, Any] = {name: row[name] for name in _COPIED}
    others = dict.fromkeys((row["contradicted_by"] or "").split())
    return Step(
        text=row["claim"],
        certain=bool(row["is_certain"]),
        contradicted_by=tuple(counted[other] for other in others if other in counted),
        evidence=evidence,
        **facts,
    )
