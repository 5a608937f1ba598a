"""The values that the shell offers after the Tab key. If a package cannot be read, it offers none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..record.dataset import Dataset
    from ..tabular.package import Package

#: A value that can be completed, and a short text about it.
Offer = tuple[str, str]

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def _completion(offers: Callable[[click.Context], Iterator[Offer]]) -> Complete:
    """A completion function for click: the offers that start with the typed text, in any case."""

    @wraps(offers)
    def complete(
        ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        del param
        from click.shell_completion import CompletionItem

        from ..tabular.terminal import one_line

        typed = incomplete.casefold()
        try:
            with ctx.scope():  # at its end, what was unpacked from an archive is deleted
                return [
                    CompletionItem(value, help=one_line(about))
                    for value, about in offers(ctx)
                    if value.casefold().startswith(typed) and one_line(value) == value
                ]
        except Exception:  # a package can be broken in every way, and this is only the Tab key
            return []

    return complete


@_completion
def formats(ctx: click.Context) -> Iterator[Offer]:
    """The formats that a package can be exported to."""
    from ..exports import FORMATS

    del ctx
    for name, known in FORMATS.items():
        yield name, known.about


@_completion
def records(ctx: click.Context) -> Iterator[Offer]:
    """The identifiers of every record."""
    from ..record.description.context import context

    indexed = context(_dataset(ctx))
    for record_id, row in indexed.rows.items():
        yield record_id, indexed.heading(row)


@_completion
def sealed(ctx: click.Context) -> Iterator[Offer]:
    """The identifiers of the rows that evidence can support."""
    dataset = _dataset(ctx)
    for event in dataset.events:
        yield event.event_id, event.label
    for proposal in dataset.proposals:
        yield proposal.proposal_id, proposal.label
    for response in dataset.responses:
        yield response.response_id, response.move
    for claim in dataset.claims:
        yield claim.claim_id, claim.text


@_completion
def sources(ctx: click.Context) -> Iterator[Offer]:
    """The identifiers of the sources."""
    for source in _dataset(ctx).sources:
        yield source.source_id, source.title


@_completion
def actors(ctx: click.Context) -> Iterator[Offer]:
    """The identifiers of the actors, and their aliases."""
    dataset = _dataset(ctx)
    names = {actor.actor_id: actor.name for actor in dataset.actors}
    yield from names.items()
    for alias in dataset.aliases:
        yield alias.alias, names.get(alias.actor_id, alias.actor_id)


@_completion
def measures(ctx: click.Context) -> Iterator[Offer]:
    """The measures that occur in proposals, and the broader ones above them."""
    from ..record.measures import Measures

    dataset = _dataset(ctx)
    measures = Measures(dataset.codes)
    for measure in measures.known({proposal.measure for proposal in dataset.proposals}):
        yield measure, measures.labels.get(measure, "")


@_completion
def moves(ctx: click.Context) -> Iterator[Offer]:
    """The moves that occur in answers."""
    dataset = _dataset(ctx)
    yield from _labelled(dataset, "move", {response.move for response in dataset.responses})


@_completion
def topics(ctx: click.Context) -> Iterator[Offer]:
    """The topics that occur in propositions."""
    dataset = _dataset(ctx)
    yield from _labelled(dataset, "topic", {one.topic for one in dataset.propositions})


@_completion
def propositions(ctx: click.Context) -> Iterator[Offer]:
    """The identifiers of the propositions."""
    for proposition in _dataset(ctx).propositions:
        yield proposition.proposition_id, proposition.text


@_completion
def tables(ctx: click.Context) -> Iterator[Offer]:
    """The tables of the package."""
    for resource in _package(ctx).resources:
        yield resource.name, str(resource.descriptor.get("title") or "")


@_completion
def fields(ctx: click.Context) -> Iterator[Offer]:
    """The fields of all tables, each once."""
    for resource in _package(ctx).resources:
        for field in resource.fields:
            yield field["name"], str(field.get("title") or field.get("description") or "")


@_completion
def listed_tables(ctx: click.Context) -> Iterator[Offer]:
    """The tables, the flat tables and the views of the package."""
    from ..record.named_tables import table_names

    package = _package(ctx)
    titles = {one.name: str(one.descriptor.get("title") or "") for one in package.resources}
    for name in table_names(package):
        yield name, titles.get(name, "")


@_completion
def conditions(ctx: click.Context) -> Iterator[Offer]:
    """The fields of the table that is named on the command line, each with its codes if it has some."""
    from ..record.named_tables import named_table
    from ..tabular.package.schema import codes

    for field in named_table(_package(ctx), ctx.params["table"]).fields:
        yield f"{field['name']}=", str(field.get("description") or "")
        labels = {one["value"]: one.get("label", "") for one in field.get("categories") or []}
        for code in codes(field):
            yield f"{field['name']}={code}", str(labels.get(code, ""))


@_completion
def rules(ctx: click.Context) -> Iterator[Offer]:
    """The rules, including those in the folder of `--rules`."""
    from ..record.checking import with_ours
    from ..tabular.levels import known_rules
    from ..tabular.validation import Options
    from .validate_inputs import rule_sources

    folder, _ = rule_sources(ctx.params.get("rules_folders") or ())
    yield from known_rules(with_ours(Options(rules=folder))).items()


def rule_folders(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The folders, and the word for the rules that a package brings."""
    del ctx, param
    from click.shell_completion import CompletionItem

    from .validate_inputs import PACKAGE_RULES

    word = [CompletionItem(PACKAGE_RULES)] if PACKAGE_RULES.startswith(incomplete) else []
    return [*word, CompletionItem(incomplete, type="dir")]


def _labelled(dataset: Dataset, scheme: str, used: Iterable[str]) -> Iterator[Offer]:
    """The codes of a scheme that are used, with their labels."""
    labels = {code.code: code.label for code in dataset.codes if code.scheme == scheme}
    for code in sorted(used):
        yield code, labels.get(code, "")


def _package(ctx: click.Context) -> Package:
    """The package that is already named on the command line, otherwise the default package."""
    from .common import open_package

    given = ctx.params.get("package")
    return open_package(given if isinstance(given, Path) else None)


def _dataset(ctx: click.Context) -> Dataset:
    from ..record.dataset import Dataset

    return Dataset(_package(ctx))
