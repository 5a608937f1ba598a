"""The entries of the ledger: each proposal with its state on a date, read from the SQL views."""

from __future__ import annotations

import calendar
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from ...tabular.findings import CannotRun
from ...tabular.package import Package
from .connection import open_ledger

#: The effect of an answer on the state: it decides, is overtaken by a later answer, or is noted.
WEIGHTS = ("decides", "overtaken", "noted")


class DateError(CannotRun, ValueError):
    """A text that is not a day, a month or a year."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a proposal that counts on the date."""

    response_id: str
    move: str
    authority: str
    responder_id: str
    responder: str | None
    voiced_by_id: str | None
    voiced_by: str | None
    date_edtf: str | None
    #: One of WEIGHTS.
    weight: str
    #: The outlets that report a move of somebody else in their own voice, in words.
    told_by: str | None
    #: The move in a word or two, e.g. "declined (anonymous)".
    brief: str
    #: The move in a phrase, e.g. "declined by an unnamed Kremlin source (12 Nov 2008)".
    words: str
    #: Whether it is not certain that the answer was given by the date.
    possibly: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A proposal with its state on a date; a missing value is None."""

    proposal_id: str
    label: str
    measure: str
    kind: str
    form: str
    proposer_id: str | None
    proposer: str | None
    voiced_by_id: str | None
    voiced_by: str | None
    addressee_id: str | None
    addressee: str | None
    made_in_event_id: str
    date_edtf: str
    date_earliest: str | None
    date_latest: str | None
    #: Whether the proposal was certainly made by the date.
    certain: bool
    part_of_id: str | None
    restates_id: str | None
    in_answer_to_id: str | None
    perhaps_same_as_id: str | None
    #: One of the states (see states.py). Only official answers decide it.
    state: str
    #: The moves that are noted, each with its authority, e.g. "decline:anonymous".
    noted: tuple[str, ...]
    #: Whether it is not certain that the deciding answer was given by the date.
    possibly: bool
    #: Whether an answer that decides or is noted has no known start, so that it counts on every date.
    standing: bool
    #: The answers that decide: one, several with the same outcome, or several in an unknown order.
    decided_by: tuple[str, ...]
    #: From here: the last answer that decides or, if none decides, the last one that is noted.
    responder_id: str | None
    responder: str | None
    answer_voice_id: str | None
    answer_voice: str | None
    authority: str | None
    answer_date_edtf: str | None
    #: The proposals that answer this one with something else.
    answered_with: tuple[str, ...]
    #: The claims about it. They decide nothing.
    claims: tuple[str, ...]
    #: The state of the package that the proposal is a part of; "" if it is not a part.
    package_state: str
    #: The state and the noted moves in a few words, without the package.
    brief: str
    #: The state and the noted moves in whole phrases: who, on what authority and when.
    words: str
    #: All answers that count, oldest first.
    answers: tuple[Answer, ...]

    @property
    def annotations(self) -> tuple[Answer, ...]:
        """The answers that are noted and decide nothing, oldest first."""
        return tuple(answer for answer in self.answers if answer.weight == "noted")


def ledger(
    package: Package, as_of: str | date | None = None, known_by: str | date | None = None
) -> tuple[Entry, ...]:
    """Each proposal that counts on a date, with its state on that date, in the order of identifiers.

    `as_of` limits the ledger to what had been done by a date, `known_by` to what had been published
    by a date; without them, everything in the record counts. A month or a year means its last day.
    Raises CannotRun if the package is not a record of proposals and answers, and DateError if a
    date is not valid.
    """
    with closing(open_ledger(package)) as connection:
        connection.execute("UPDATE clock SET as_of = ?, known_by = ?", [day(as_of), day(known_by)])
        return tuple(entry for _, entry in _entries(connection))


def history(
    package: Package, known_by: str | date | None = None
) -> dict[str, tuple[tuple[str, Entry], ...]]:
    """The entries of each proposal over time, each with the ISO day on which it starts to apply.

    `known_by` limits them to what had been published by a date. The first entry of a proposal that
    counts on every date has "" instead of a day.
    """
    found: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    with closing(open_ledger(package)) as connection:
        connection.execute("DROP VIEW moments")
        connection.execute(_MOMENTS)
        connection.execute("UPDATE moments SET known_by = ?", [day(known_by)])
        for moment, entry in _entries(connection):
            steps = found[entry.proposal_id]
            if not steps or _outcome(steps[-1][1]) != _outcome(entry):
                steps.append((moment, entry))
    return {proposal_id: tuple(steps) for proposal_id, steps in found.items()}


def _outcome(entry: Entry) -> Entry:
    """An entry without the claims about the proposal, which change nothing in its state."""
    return replace(entry, claims=())


def day(given: str | date | None, *, first: bool = False) -> str | None:
    """A date as an ISO day. For a month or a year, this is its last day or, with `first`, its first day.

    Raises DateError if the date is not valid.
    """
    if given is None:
        return None
    # A day of numpy is neither a text nor a date; as a text it can have a time after a "T".
    words = given.strip() if isinstance(given, str) else str(given).partition("T")[0]
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", words, re.ASCII)
    try:
        if isinstance(given, date):
            return date(given.year, given.month, given.day).isoformat()
        if match is None:
            raise ValueError
        year, month = int(match[1]), int(match[2] or (1 if first else 12))
        last = 1 if first else calendar.monthrange(year, month)[1]
        return date(year, month, int(match[3] or last)).isoformat()
    except (TypeError, ValueError) as error:  # the missing date of pandas is a date without a year
        raise DateError(
            f'"{given}" is not a date', "Write it like 2008-11-05, 2008-11 or 2008."
        ) from error


#: For each proposal, every day on which its entry can change: the first and the last day of the proposal,
#: of its package, of each answer to one of them, and of each proposal that answers it. A package has the
#: days of its parts, too, because the entry of a part shows the state of the package. "" comes before
#: every day.
_MOMENTS = """
CREATE TABLE moments AS
WITH
own(proposal_id, as_of) AS (
  SELECT proposal_id, '' FROM proposals
  UNION
  SELECT p.proposal_id, value
  FROM proposals AS p
  JOIN (
    SELECT event_id, date_earliest AS value FROM events
    UNION ALL SELECT event_id, date_latest FROM events
  ) AS e ON e.event_id = p.made_in_event_id
  WHERE value IS NOT NULL
  UNION
  SELECT r.proposal_id, value
  FROM responses AS r
  JOIN (
    SELECT r.response_id, coalesce(e.date_earliest, r.date_earliest) AS value
    FROM responses AS r LEFT JOIN events AS e ON e.event_id = r.event_id
    UNION ALL
    SELECT r.response_id, coalesce(e.date_latest, r.date_latest)
    FROM responses AS r LEFT JOIN events AS e ON e.event_id = r.event_id
  ) AS dated ON dated.response_id = r.response_id
  WHERE value IS NOT NULL
  UNION
  SELECT a.in_answer_to_id, e.date_earliest
  FROM proposals AS a
  JOIN events AS e ON e.event_id = a.made_in_event_id
  WHERE a.in_answer_to_id IS NOT NULL AND e.date_earliest IS NOT NULL
)
SELECT proposal_id, as_of, NULL AS known_by FROM own
UNION
SELECT p.proposal_id, own.as_of, NULL
FROM proposals AS p JOIN own ON own.proposal_id = p.part_of_id
UNION
SELECT p.part_of_id, own.as_of, NULL
FROM proposals AS p JOIN own ON own.proposal_id = p.proposal_id
WHERE p.part_of_id IS NOT NULL
"""

_ENTRY = """
SELECT as_of, proposal_id, label, measure, kind, form, proposer_id, proposer, voiced_by_id,
  voiced_by, addressee_id, addressee, made_in_event_id, date_edtf, date_earliest, date_latest,
  is_certain, part_of_id, restates_id, in_answer_to_id, perhaps_same_as_id, state, noted, is_possible,
  is_standing, decided_by, responder_id, responder, answer_voice_id, answer_voice, authority,
  answer_date_edtf, answered_with, claims, package_state, brief, words
FROM ledger ORDER BY proposal_id, as_of
"""

#: The columns that list identifiers or codes, with blanks between them.
LISTS = ("noted", "decided_by", "answered_with", "claims")

_ANSWERS = """
SELECT proposal_id, as_of, response_id, move, authority, responder_id, responder, voiced_by_id,
  voiced_by, date_edtf, weight, told_by, brief, words, NOT is_certain
FROM moves ORDER BY coalesce(date_earliest, ''), response_id
"""


def _entries(connection: sqlite3.Connection) -> Iterator[tuple[str, Entry]]:
    """The rows of the ledger, each with its date ("" if there is no date)."""
    answers: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for proposal_id, as_of, *facts, possibly in connection.execute(_ANSWERS):
        answers[proposal_id, as_of or ""].append(Answer(*[*facts, bool(possibly)]))
    cursor = connection.execute(_ENTRY)
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        moment = row.pop("as_of") or ""
        row |= {name: tuple(row[name].split()) for name in LISTS}
        yield (
            moment,
            Entry(
                certain=bool(row.pop("is_certain")),
                possibly=bool(row.pop("is_possible")),
                standing=bool(row.pop("is_standing")),
                answers=tuple(answers.get((row["proposal_id"], moment), ())),
                **row,
            ),
        )
