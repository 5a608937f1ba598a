"""The record as typed Python objects."""

from __future__ import annotations

import weakref
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, SupportsIndex, overload

from ..tabular.package import Package, Resource
from . import models, names
from .contradictions import Contradiction, contradictions
from .ledger import filters
from .ledger.entries import Entry, day, ledger
from .measures import Measures
from .named_tables import NAMES as NAMES
from .named_tables import named_table, no_attribute, no_table, plain_file, unchangeable
from .positions.entries import PositionEntry, positions
from .positions.filters import by_party, by_proposition, by_topic
from .printed import Contradictions, Ledger, Positions, Tables, tables
from .short import Records, package_html
from .typed_rows import RecordError as RecordError
from .typed_rows import no_row, row_of
from .typed_tables import TypedTables

if TYPE_CHECKING:
    import pandas
    import polars

    from ..tabular.package.citation import Citation
    from .search import Hits


#: The tables whose rows rest on evidence.
SUPPORTED = ("events", "proposals", "responses", "claims")


class Dataset(TypedTables):
    """A package that follows the profile of this record.

    Each table is a tuple of records, which prints as a short table. It is read when you first use it.
    `frame` gives a table to pandas or polars. A data set cannot be changed.

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
        self.__dict__["package"] = package

    def __repr__(self) -> str:
        return f"<Dataset {self.package.name} {self.package.version}>"

    def _repr_html_(self) -> str:
        """The tables with their titles and numbers of rows, for a notebook."""
        return package_html(self.package)

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        """What a copy is made from. What was unpacked from an archive is deleted, so it is opened again."""
        archive = self.__dict__.get("_archive")
        return super().__reduce_ex__(protocol) if archive is None else (load, (archive,))

    @property
    def version(self) -> str | None:
        """The version of the data."""
        return self.package.version

    @property
    def tables(self) -> Tables:
        """The names that `frame` takes, each with its title and its number of rows."""
        return tables(self.package)

    def cite(self, record_id: str | None = None) -> Citation:
        """How to cite the data set, or one row: its `text`, its `bibtex` entry and its `csl` item."""
        from ..tabular.package.citation import RowFacts, cite
        from .description.context import context
        from .rowhash import row_hash

        if record_id is None:
            return cite(self.package)
        row = self[record_id]
        return cite(self.package, RowFacts(record_id, context(self).heading(row), row_hash(row)))

    def path(self, table: str) -> Path:
        """The path of the CSV file of a table, for pandas, polars and other readers.

        Raises CannotRun if the table is in several files, or in no CSV file.
        """
        return plain_file(self._resource(table))

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
        """A table or an SQL view as a new data frame: of pandas if it is installed, else of polars.

        "ledger" is the flat table of proposals and answers, "positions" that of claims. Every view of
        the record is a frame of the same name, such as "contradictions". `df.attrs["columns"]`
        describes the columns.

        With `labels`, a new column after each code contains its label, and a new column after each
        identifier of an actor contains the name. "proposals", "responses" and "claims" then also have
        the date of each row, "proposals" its state, and "claims" its sign and proposition. `tables` lists
        the names. Raises KeyError if there is no such table.
        """
        from ..tabular.tables.frames import frame

        return frame(named_table(self.package, table, labels=labels), backend)

    def __getitem__(self, record_id: str) -> models.Record:
        """The row with this identifier. If there is none, KeyError names the most similar identifier."""
        return self.by_id[record_id] if record_id in self.by_id else no_row(record_id, self)

    def __contains__(self, record_id: object) -> bool:
        """Whether there is a row with this identifier."""
        return record_id in self.by_id

    def _ipython_key_completions_(self) -> list[str]:
        """The identifiers that a notebook offers after `ds["`."""
        return list(self.by_id)

    if not TYPE_CHECKING:  # a checker of types knows the attributes, and finds the wrong ones

        def __getattr__(self, name: str) -> NoReturn:
            """Raise AttributeError with the nearest name, which notebooks do not find themselves."""
            no_attribute(name, self.__dict__.get("package"), dir(type(self)))

        def __setattr__(self, name: str, value: object) -> NoReturn:
            """Refuse: what a data set has is what its files have, also after a slip of the hand."""
            unchangeable(name)

        #: Python would otherwise try the rows 0, 1, 2 and so on.
        __iter__ = None

    def search(self, words: str, table: str | None = None) -> Hits:
        """The rows that contain all the words, the best first. "radars" also finds "radar".

        With `table`, only rows of this table. Raises CannotRun if there is no word or no such table.
        """
        from .search import search

        return search(self, words, table)

    def responses_to(self, proposal_id: str) -> tuple[models.Response, ...]:
        """The answers to a proposal. Raises KeyError if there is no such proposal."""
        row_of(self, proposal_id, "proposals")
        return Records(row for row in self.responses if row.proposal_id == proposal_id)

    def evidence_for(self, record_id: str) -> tuple[models.Evidence, ...]:
        """The evidence for an event, a proposal, a response or a claim. Raises KeyError for any other row."""
        row_of(self, record_id, *SUPPORTED)
        return Records(
            row
            for row in self.evidence
            if record_id in (row.event_id, row.proposal_id, row.response_id, row.claim_id)
        )

    def corroborations_for(self, record_id: str) -> tuple[models.Corroboration, ...]:
        """What outside documents say of an event, a proposal, a response or a claim.

        Raises KeyError for any other row.
        """
        row_of(self, record_id, *SUPPORTED)
        return Records(
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
        """Each proposal with its state, overall or up to a day.

        `as_of` keeps what had been done by a day such as "2008-11-05", `known_by` what had been published
        by a day. A month or a year means its last day. `made_from` and `made_to` keep the proposals that
        could have been made between these days, `measure` those with this measure or one below it, `move`
        those that were answered with this move, and `actor` those in which this actor, or one that
        belongs to it, has a part. Give an actor by its identifier, its name or an alias. Raises CannotRun
        if no proposal has the measure, if no answer has the move, if there is no such actor, or if
        `made_from` is after `made_to`.
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
        return Ledger(found)

    def actor(self, given: str) -> models.Actor:
        """The actor with this identifier, name or alias. Raises CannotRun if there is none."""
        has_aliases = self.package.resource("aliases") is not None
        return names.find_actor(given, self.actors, self.aliases if has_aliases else ())

    def positions(
        self,
        as_of: str | date | None = None,
        known_by: str | date | None = None,
        *,
        topic: str | None = None,
        proposition: str | None = None,
        party: str | None = None,
    ) -> tuple[PositionEntry, ...]:
        """Each proposition with who holds it true or false, overall or up to a day, as in `ledger`.

        `topic` keeps the propositions on a topic such as "threat-to-russia", `proposition` the one with this
        identifier, and `party` the positions of this actor, or those that it voiced. Give an actor by its
        identifier, its name or an alias. Raises CannotRun if there is no such topic, proposition or actor.
        """
        found = positions(self.package, as_of, known_by)
        if topic is not None:
            found = by_topic(found, topic, {row.topic for row in self.propositions})
        if proposition is not None:
            known = {row.proposition_id for row in self.propositions}
            found = by_proposition(found, proposition, known)
        if party is not None:
            found = by_party(found, self.actor(party).actor_id)
        return Positions(found)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The pairs of claims that contradict each other. `frame("contradictions")` has their texts."""
        return Contradictions(contradictions(self.package))

    @cached_property
    def by_id(self) -> dict[str, models.Record]:
        """Every row that has its own identifier, by identifier. Includes the rows of `retired`.

        Tables that the package does not have are left out. Raises RecordError if it has none of them.
        """
        index: dict[str, models.Record] = {}
        listed = [one for one in models.RECORDS if self.package.lists(one.table.name)]
        for record in listed or models.RECORDS:
            if key := record.table.identifier:
                index |= {getattr(row, key): row for row in getattr(self, record.table.name)}
        return index

    def _resource(self, table: str) -> Resource:
        resource = self.package.resource(table)
        if resource is None:
            no_table(table, [res.name for res in self.package.resources])
        return resource


def load(path: str | Path | None = None) -> Dataset:
    """The record at `path`: a folder, a datapackage.json, a zip or a wheel. Default: the installed record.

    Raises findings.PackageError if there is no package. When you use a table, it raises ValueError
    if a row does not match its model.
    """
    from ..tabular.package.opening import opened
    from ..tabular.package.package import is_archive
    from .installed import ROOT

    with ExitStack() as stack:
        dataset = Dataset(stack.enter_context(opened(ROOT if path is None else Path(path))))
        if path is not None and is_archive(Path(path)):
            dataset.__dict__["_archive"] = Path(path).absolute()
        # What was unpacked from an archive is deleted together with the data set.
        weakref.finalize(dataset, stack.pop_all().close)
    return dataset
