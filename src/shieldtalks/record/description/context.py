"""Indexes of a data set for descriptions: names of actors, labels of codes, and references."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

from ...tabular.findings import CannotRun
from ...tabular.package.changelog import Changes, changes
from .. import models
from ..dataset import Dataset
from ..datewords import date_words
from ..schemas import extras
from . import dates


class Context:
    """A data set with its indexes. They are built once, so that each description is quick.

    With the ISO day `as_of`, what was certainly done or said later is left out.
    """

    def __init__(self, dataset: Dataset, as_of: str | None = None) -> None:
        self.dataset = dataset
        self.as_of = as_of

    @cached_property
    def rows(self) -> dict[str, models.Record]:
        """Every row with its own identifier, by identifier. Retired identifiers are left out."""
        by_id = self.dataset.by_id.items()
        return {name: row for name, row in by_id if not isinstance(row, models.Retired)}

    @cached_property
    def _links(self) -> dict[tuple[str, str, str], list[models.Record]]:
        links: dict[tuple[str, str, str], list[models.Record]] = defaultdict(list)
        for record in models.RECORDS:
            table = record.table.name
            fields = [
                name for name, info in record.model_fields.items() if extras(info).get("references")
            ]
            for row in getattr(self.dataset, table):
                for name in fields if self.counts(row) else ():
                    if target := getattr(row, name):
                        links[table, name, target].append(row)
        return links

    def counts(self, row: models.Record) -> bool:
        """Whether a row counts on the day `as_of`."""
        return dates.counts(row, self.rows, self.as_of)

    def possibly(self, row: models.Record) -> str:
        """The word that is shown with a row that is not certain on the day `as_of`; "" without one."""
        return "" if dates.certain(row, self.rows, self.as_of) else "possibly "

    def referring(self, table: str, field: str, record_id: str) -> list[Any]:
        """The rows of `table` whose `field` refers to this record, in the order of the table."""
        return self._links.get((table, field, record_id), [])

    @cached_property
    def _comparisons(self) -> dict[str, models.Comparison]:
        return {row.record_id: row for row in self.dataset.coders}

    def comparisons(self, record_id: str) -> tuple[models.Comparison, ...]:
        """How the two codings had this record: one row, or none."""
        row = self._comparisons.get(record_id)
        return (row,) if row else ()

    def uses(self, code: models.Code) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Each table and field that uses a code, with the keys of the rows."""
        for record in models.RECORDS:
            key = record.table.key[0]
            for field, info in record.model_fields.items():
                facts = extras(info)
                if facts.get("vocabulary") == code.scheme:
                    wanted = code.code
                elif facts.get("references") == "codes" and record is not models.Code:
                    wanted = code.code_id
                else:
                    continue
                rows = getattr(self.dataset, record.table.name)
                found = [getattr(row, key) for row in rows if getattr(row, field) == wanted]
                if found:
                    yield record.table.name, field, tuple(dict.fromkeys(found))

    @cached_property
    def changes(self) -> Changes:
        """In which versions the changelog names each row."""
        return changes(self.dataset.package.root)

    @cached_property
    def states(self) -> dict[str, str]:
        """The state of each proposal in words. Empty if the ledger cannot be made from the tables."""
        try:
            return {entry.proposal_id: entry.words for entry in self.dataset.ledger(self.as_of)}
        except CannotRun:
            return {}

    @cached_property
    def contradicted(self) -> dict[str, tuple[str, ...]]:
        """For each claim, the claims that contradict it. Empty if they cannot be derived."""
        found: dict[str, list[str]] = defaultdict(list)
        try:
            for pair in self.dataset.contradictions:
                if not all(self.counts(self.rows[one]) for one in (pair.claim_id, pair.other_id)):
                    continue
                found[pair.claim_id].append(pair.other_id)
                found[pair.other_id].append(pair.claim_id)
        except CannotRun:
            return {}
        return {claim_id: tuple(dict.fromkeys(others)) for claim_id, others in found.items()}

    def label(self, row: models.Record, field: str) -> str:
        """The label of a coded field, with a lower-case first letter. The code itself if it has no label."""
        value = getattr(row, field)
        scheme = extras(type(row).model_fields[field]).get("vocabulary")
        term = self.rows.get(f"{scheme}:{value}")
        return small(term.label) if isinstance(term, models.Code) else str(value or "")

    def name(self, record_id: str | None) -> str:
        """The name of a record in a sentence. The identifier itself if there is no such record."""
        row = self.rows.get(record_id or "")
        return self.heading(row) if row is not None else str(record_id or "")

    def heading(self, row: models.Record) -> str:
        """The name of a row, in one line."""
        match row:
            case models.Actor():
                return row.name
            case models.Event() | models.Proposal():
                return row.label
            case models.Claim():
                return f"{self.name(row.claimant_id)}: {row.text}"
            case models.Proposition():
                return row.text
            case models.Source():
                return row.title
            case models.Reference():
                return row.title
            case models.Code():
                return f"{row.label} ({row.code_id})"
            case models.Response():
                return f"{self.name(row.responder_id)}: {self.move(row)} - {self.name(row.proposal_id)}"
            case models.Corroboration():
                document, about = self.name(row.reference_id), self.name(target(row))
                return f"{document} - {self.label(row, 'relation')}: {about}"
            case models.Coding():
                return f"{self.name(row.code_id)} - {self.name(target(row))}"
            case models.Evidence():
                return f"{self.name(row.source_id)} - {self.name(target(row))}"
        raise TypeError(f"rows of the table {row.table.name} have no heading")

    def move(self, row: models.Response) -> str:
        """The move, with its authority if that is not official, such as "decline (anonymous)"."""
        move = self.label(row, "move")
        return move if row.authority == "official" else f"{move} ({self.label(row, 'authority')})"

    def capacity(self, event_id: str | None, actor_id: str | None) -> str | None:
        """The office of an actor in an event, as the source gives it. None if it gives none."""
        parts = self.referring("participants", "event_id", event_id or "")
        return next((p.capacity for p in parts if p.actor_id == actor_id and p.capacity), None)

    def person(self, actor_id: str | None, event_id: str | None) -> str:
        """The name of an actor, with the office at the time of an event."""
        office = self.capacity(event_id, actor_id)
        return f"{self.name(actor_id)} ({office})" if office else self.name(actor_id)

    def speaker(self, actor_id: str, event_id: str | None) -> str:
        """The name of an actor within a sentence, such as "an unnamed Kremlin source" (see `person`)."""
        words, actor = self.person(actor_id, event_id), self.rows.get(actor_id)
        if not isinstance(actor, models.Actor) or actor.kind != "unnamed-source":
            return words
        return f"an {small(words)}" if words.startswith("Unnamed ") else small(words)

    def when(self, row: Any, prefix: str = "date") -> str:
        """The date of a row in words, and how it is known. Empty if it has no date."""
        edtf = getattr(row, f"{prefix}_edtf")
        if not edtf:
            return ""
        basis = self.label(row, f"{prefix}_basis")
        return f"{date_words(edtf)} ({basis})"


def context(dataset: Dataset, as_of: str | None = None) -> Context:
    """The indexes of a data set. They are made for the first description and then kept."""
    return _kept(dataset, as_of)  # always two arguments: the cache would take one for another call


@lru_cache(maxsize=4)
def _kept(dataset: Dataset, as_of: str | None) -> Context:
    return Context(dataset, as_of)


def small(label: str) -> str:
    """A label within a sentence: "Decline" becomes "decline", "RUS" does not change."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def target(row: Any) -> str | None:
    """The identifier of the record that evidence, a corroboration or a coding is about."""
    names = ("event_id", "proposal_id", "response_id", "claim_id")
    return next((getattr(row, name) for name in names if getattr(row, name, None)), None)
