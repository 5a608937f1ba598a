"""The tables of the record as attributes: each is a tuple of typed rows."""

from __future__ import annotations

from functools import cached_property

from ..tabular.package import Package
from . import models
from .short import Records
from .typed_rows import RecordT, typed_rows


class TypedTables:
    """The tables of a package that follows the profile. Each is read when you first use it."""

    #: The package on the disk: its descriptor and its files.
    package: Package

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

    def _records(self, record: type[RecordT]) -> tuple[RecordT, ...]:
        return Records(typed_rows(self.package, record))
