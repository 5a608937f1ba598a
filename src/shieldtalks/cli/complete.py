"""What the shell is offered after the Tab key; whatever goes wrong, it is offered nothing."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from ..findings import CannotRun


def records(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The identifiers of the package that the command is about, with what they name."""
    del param
    from ..dataset import load
    from ..description.context import context
    from ..package import locate
    from ..reports.place import one_line

    try:
        at_hand = context(load(locate(_package(ctx))))
        return [
            CompletionItem(name, help=one_line(at_hand.heading(row)))
            for name, row in at_hand.rows.items()
            if name.startswith(incomplete.casefold())
        ]
    except (CannotRun, OSError, KeyError):
        return []


def _package(ctx: click.Context) -> Path | None:
    given = ctx.params.get("package")
    return given if isinstance(given, Path) else None
