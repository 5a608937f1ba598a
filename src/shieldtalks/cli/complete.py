"""What the shell offers after the Tab key; where there is no package to ask, it offers nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..record.dataset import Dataset
    from ..tabular.package import Package

#: A value and what it names.
Offer = tuple[str, str]

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def _completion(offers: Callable[[click.Context], Iterator[Offer]]) -> Complete:
    """What click asks: those offers that begin, in whatever case, with what is typed already."""

    @wraps(offers)
    def complete(
        ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        del param
        from click.shell_completion import CompletionItem

        from ..tabular.findings import CannotRun
        from ..tabular.terminal import one_line

        typed = incomplete.casefold()
        try:
            return [
                CompletionItem(value, help=one_line(about))
                for value, about in offers(ctx)
                if value.casefold().startswith(typed) and value.isprintable()
            ]
        except (CannotRun, OSError):
            return []

    return complete


@_completion
def formats(ctx: click.Context) -> Iterator[Offer]:
    """The forms that a package can be exported in."""
    from ..exports import FORMATS

    del ctx
    for name, form in FORMATS.items():
        yield name, form.about


@_completion
def records(ctx: click.Context) -> Iterator[Offer]:
    """The identifiers of every record."""
    from ..record.description.context import context

    at_hand = context(_dataset(ctx))
    for name, row in at_hand.rows.items():
        yield name, at_hand.heading(row)


@_completion
def sealed(ctx: click.Context) -> Iterator[Offer]:
    """The identifiers of what evidence may support."""
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
    """The identifiers of the actors."""
    for actor in _dataset(ctx).actors:
        yield actor.actor_id, actor.name


@_completion
def measures(ctx: click.Context) -> Iterator[Offer]:
    """The measures that some proposal is of."""
    dataset = _dataset(ctx)
    labels = {code.code: code.label for code in dataset.codes if code.scheme == "measure"}
    for measure in sorted({proposal.measure for proposal in dataset.proposals}):
        yield measure, labels.get(measure, "")


@_completion
def tables(ctx: click.Context) -> Iterator[Offer]:
    """The tables of a package of any kind."""
    for resource in _package(ctx).resources:
        yield resource.name, str(resource.descriptor.get("title") or "")


@_completion
def rules(ctx: click.Context) -> Iterator[Offer]:
    """The rules, those of a folder named by `--rules` among them."""
    from ..record.checking import with_ours
    from ..tabular.validation import Options, known_rules

    yield from known_rules(with_ours(Options(rules=ctx.params.get("own")))).items()


def _package(ctx: click.Context) -> Package:
    """The package that the command line names so far; else the one that the command would take."""
    from ..record.installed import read_meant

    given = ctx.params.get("package")
    return read_meant(given if isinstance(given, Path) else None)


def _dataset(ctx: click.Context) -> Dataset:
    from ..record.dataset import Dataset

    return Dataset(_package(ctx))
