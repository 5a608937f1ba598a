"""The record as typed Python objects."""

from __future__ import annotations

import csv
import weakref
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from pydantic import ValidationError

from ..tabular.findings import CannotRun
from ..tabular.nearest import nearest
from ..tabular.package import Package, Resource
from ..tabular.sources.forms import is_plain
from ..tabular.sources.parts import lines_of
from ..tabular.sources.plain import as_csv
from . import models, names
from .contradictions import Contradiction, contradictions
from .ledger import filters
from .ledger.entries import Entry, day, ledger
from .measures import Measures
from .named_tables import NAMES as NAMES
from .named_tables import named_table, no_table
from .positions.entries import PositionEntry, positions
from .short import Records, html_table

if TYPE_CHECKING:
    import pandas
    import polars

    from .search import Hits


class RecordError(CannotRun, ValueError):
    """A table is missing, or one of its rows does not match its model."""


RecordT = TypeVar("RecordT", bound=models.Record)


class Dataset:
    """A package that follows the profile of this record.

    Each table is a tuple of records, which prints as a short table. It is read when you first use it.

    >>> import shieldtalks
    >>> ds = shieldtalks.load()
    >>> ds.actor("Moscow").name
    'Russia'
    >>> ds.actors[:2]
    actor_id  name           kind   country
    act-0001  Russia         state  RUS
    act-0002  United States  state  USA
    2 rows
    """

    def __init__(self, package: Package) -> None:
        self.package = package

    def __repr__(self) -> str:
        return f"<Dataset {self.package.name} {self.package.version}>"

    def _repr_html_(self) -> str:
        """The tables with their titles and numbers of rows, for a notebook."""
        from ..tabular.tables.rows import rows, unchanged

        found = self.package.resources
        cells = [[one.name, unchanged(one).title, str(sum(1 for _ in rows(one)))] for one in found]
        caption = f"{self.package.name} {self.package.version or ''}"
        return html_table(("table", "title", "rows"), cells, caption.strip())

    @property
    def version(self) -> str | None:
        """The version of the data."""
        return self.package.version

    def path(self, table: str) -> Path:
        """The path of the CSV file of a table, for pandas, polars and other readers.

        Raises CannotRun if the table is in several files, or in no CSV file.
        """
        resource = self._resource(table)
        if resource.more:
            message = f'the table "{table}" is in several files, and has no single path'
            raise CannotRun(message, "Use frame(), or the attribute with the name of the table.")
        if not is_plain(resource):
            message = f'the table "{table}" is not in a CSV file, but in {resource.path}'
            raise CannotRun(message, "Use frame(), or the attribute with the name of the table.")
        return resource.file

    @overload
    def frame(
        self, table: str, *, labels: bool = False, backend: Literal["pandas"]
    ) -> pandas.DataFrame: ...

    @overload
    def frame(
        self, table: str, *, labels: bool = False, backend: Literal["polars"]
    ) -> polars.DataFrame: ...

    @overload
    def frame(self, table: str, *, labels: bool = False, backend: str | None = None) -> Any: ...

    def frame(self, table: str, *, labels: bool = False, backend: str | None = None) -> Any:
        """A table or an SQL view as a new data frame (see `frames.frame`).

        "ledger" is the flat table of proposals and answers, "positions" that of claims. Every view of
        the record is a frame of the same name, such as "contradictions". `df.attrs["columns"]`
        describes the columns.

        With `labels`, a new column after each code contains its label, and a new column after each
        identifier of an actor contains the name. "claims" then also has the date, the sign and the
        proposition of each claim. Raises KeyError if there is no such table.
        """
        from ..tabular.tables.frames import frame

        return frame(named_table(self.package, table, labels=labels), backend)

    @cached_property
    def sources(self) -> tuple[models.Source, ...]:
        """The articles that were read."""
        return self._records(models.Source)

    @cached_property
    def actors(self) -> tuple[models.Actor, ...]:
        """States, organisations, offices, persons, outlets and unnamed sources."""
        return self._records(models.Actor)

    @cached_property
    def aliases(self) -> tuple[models.Alias, ...]:
        """Other names of the actors."""
        return self._records(models.Alias)

    @cached_property
    def events(self) -> tuple[models.Event, ...]:
        """What happened, was planned or was threatened."""
        return self._records(models.Event)

    @cached_property
    def participants(self) -> tuple[models.Participant, ...]:
        """Who took part in which event, and in which role."""
        return self._records(models.Participant)

    @cached_property
    def proposals(self) -> tuple[models.Proposal, ...]:
        """What was proposed."""
        return self._records(models.Proposal)

    @cached_property
    def responses(self) -> tuple[models.Response, ...]:
        """Answers to proposals."""
        return self._records(models.Response)

    @cached_property
    def propositions(self) -> tuple[models.Proposition, ...]:
        """What can be held true or false, each stated once."""
        return self._records(models.Proposition)

    @cached_property
    def claims(self) -> tuple[models.Claim, ...]:
        """Who holds which proposition true or false."""
        return self._records(models.Claim)

    @cached_property
    def relations(self) -> tuple[models.Relation, ...]:
        """How propositions bear on each other."""
        return self._records(models.Relation)

    @cached_property
    def evidence(self) -> tuple[models.Evidence, ...]:
        """The spans (passages) of the sources that support the rows."""
        return self._records(models.Evidence)

    @cached_property
    def attributions(self) -> tuple[models.Attribution, ...]:
        """The chain of speakers of each piece of evidence, one row per hop."""
        return self._records(models.Attribution)

    @cached_property
    def codings(self) -> tuple[models.Coding, ...]:
        """The action codes of events, proposals and responses."""
        return self._records(models.Coding)

    @cached_property
    def coders(self) -> tuple[models.Comparison, ...]:
        """How the two independent codings had each event, proposal, response and claim."""
        return self._records(models.Comparison)

    @cached_property
    def codes(self) -> tuple[models.Code, ...]:
        """The terms of the vocabularies."""
        return self._records(models.Code)

    @cached_property
    def references(self) -> tuple[models.Reference, ...]:
        """The outside documents that settled a date or an identifier, or that bear on a row."""
        return self._records(models.Reference)

    @cached_property
    def corroborations(self) -> tuple[models.Corroboration, ...]:
        """What outside documents say of rows. It is not the word of the articles."""
        return self._records(models.Corroboration)

    @cached_property
    def retired(self) -> tuple[models.Retired, ...]:
        """The identifiers that were retired or merged."""
        return self._records(models.Retired)

    def __getitem__(self, record_id: str) -> models.Record:
        """The row with this identifier. If there is none, KeyError names the most similar identifier."""
        try:
            return self.by_id[record_id]
        except KeyError:
            near = nearest(record_id, self.by_id)
            hint = f'; did you mean "{near}"?' if near else ""
            raise KeyError(f'there is no record "{record_id}"{hint}') from None

    def search(self, words: str, table: str | None = None) -> Hits:
        """The rows that contain all the words, the best first (see `search.search`)."""
        from .search import search

        return search(self, words, table)

    def responses_to(self, proposal_id: str) -> tuple[models.Response, ...]:
        """The answers to a proposal."""
        return tuple(row for row in self.responses if row.proposal_id == proposal_id)

    def evidence_for(self, record_id: str) -> tuple[models.Evidence, ...]:
        """The evidence for an event, a proposal, a response or a claim."""
        return tuple(
            row
            for row in self.evidence
            if record_id in (row.event_id, row.proposal_id, row.response_id, row.claim_id)
        )

    def corroborations_for(self, record_id: str) -> tuple[models.Corroboration, ...]:
        """What outside documents say of an event, a proposal, a response or a claim."""
        return tuple(
            row
            for row in self.corroborations
            if record_id in (row.event_id, row.proposal_id, row.response_id, row.claim_id)
        )

    def ledger(
        self,
        as_of: str | date | None = None,
        known_by: str | date | None = None,
        *,
        made_from: str | date | None = None,
        made_to: str | date | None = None,
        measure: str | None = None,
        actor: str | None = None,
        move: str | None = None,
    ) -> tuple[Entry, ...]:
        """Each proposal with its state, overall or up to a date (see `ledger.ledger`).

        `made_from` and `made_to` keep the proposals that could have been made between these dates,
        `measure` those with this measure or one below it, `move` those that were answered with this
        move, and `actor` those in which this actor, or one that belongs to it, has a part. Give an
        actor by its identifier, its name or an alias. Raises CannotRun if no proposal has the measure,
        if no answer has the move, or if there is no such actor.
        """
        found = ledger(self.package, as_of, known_by)
        found = filters.between(found, day(made_from, first=True), day(made_to))
        if measure is not None:
            used = {row.measure for row in self.proposals}
            found = filters.by_measure(found, measure, used, Measures(self.codes))
        if move is not None:
            found = filters.by_move(found, move, {row.move for row in self.responses})
        if actor is not None:
            wanted = self.actor(actor).actor_id
            found = filters.by_actor(found, names.members(wanted, self.actors))
        return found

    def actor(self, given: str) -> models.Actor:
        """The actor with this identifier, name or alias. Raises CannotRun if there is none."""
        has_aliases = self.package.resource("aliases") is not None
        return names.find_actor(given, self.actors, self.aliases if has_aliases else ())

    def positions(
        self, as_of: str | date | None = None, known_by: str | date | None = None
    ) -> tuple[PositionEntry, ...]:
        """Each proposition with who holds it true or false (see `positions.entries.positions`)."""
        return positions(self.package, as_of, known_by)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The pairs of claims that contradict each other (see `contradictions.contradictions`)."""
        return contradictions(self.package)

    @cached_property
    def by_id(self) -> dict[str, models.Record]:
        """Every row that has its own identifier, by identifier. Includes the rows of `retired`."""
        index: dict[str, models.Record] = {}
        for record in models.RECORDS:
            if key := record.table.identifier:
                index |= {getattr(row, key): row for row in getattr(self, record.table.name)}
        return index

    def _resource(self, table: str) -> Resource:
        resource = self.package.resource(table)
        if resource is None:
            no_table(table, [res.name for res in self.package.resources])
        return resource

    def _records(self, record: type[RecordT]) -> tuple[RecordT, ...]:
        if self.package.resource(record.table.name) is None:
            raise RecordError(
                f'{self.package.shown} has no table "{record.table.name}"', self._way_out()
            )
        resource = self._resource(record.table.name)
        try:
            return Records(
                record.model_validate({name: cell or None for name, cell in row.items()})
                for row in csv.DictReader(lines_of(as_csv(resource)))
            )
        except (ValidationError, UnicodeDecodeError, LookupError, csv.Error) as error:
            raise RecordError(
                f"{self.package.shown_file(resource.path)} contains a row that does not match its table",
                self._way_out(),
            ) from error

    def _way_out(self) -> str:
        """What to do if a table cannot be read. A package that does not follow the profile can be valid."""
        from .profile import PROFILE, is_ours

        if is_ours(self.package):
            return "Run `shieldtalks validate` to see what is wrong."
        return f'The package does not follow our profile: its descriptor has no "conformsTo": "{PROFILE}".'


def load(path: str | Path | None = None) -> Dataset:
    """The record at `path`: a folder, a datapackage.json, a zip or a wheel. Default: the installed record.

    Raises findings.PackageError if there is no package. When you use a table, it raises ValueError
    if a row does not match its model.
    """
    from ..tabular.package.opening import opened
    from .installed import ROOT

    with ExitStack() as stack:
        dataset = Dataset(stack.enter_context(opened(ROOT if path is None else Path(path))))
        # What was unpacked from an archive is deleted together with the data set.
        weakref.finalize(dataset, stack.pop_all().close)
    return dataset
