"""What several commands share: the package argument, notes on stderr, style on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.jsontext import visible
from ..tabular.package import DESCRIPTOR, Package
from ..tabular.terminal import one_line

if TYPE_CHECKING:
    from ..tabular.package.citation import Citation

#: Options and arguments that name a file.
PATH = click.Path(path_type=Path)

package_argument = click.argument("package", required=False, type=PATH)

text_or_json = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the result is written.",
)

text_json_or_citation = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "bibtex", "csl"]),
    default="text",
    show_default=True,
    help="Everything, as text or JSON; or how to cite it, for BibTeX or as CSL-JSON.",
)


def note(text: str) -> None:
    """Say something on stderr, in one line, that is not the result; nothing in it steers a terminal."""
    click.echo(one_line(text), err=True)


def announce(verb: str, package: Package, file: Path | None = None) -> None:
    """The first line on stderr: which package this is about, and its file where that is another."""
    version = f" {package.version}" if package.version else ""
    note(f"{verb} {package.name}{version}: {file or package.file}")


def citations(cited: Sequence[Citation], form: str) -> str:
    """Citations for a program that keeps them: `bibtex` entries, or a list of `csl` items."""
    if form == "csl":
        return visible([one.csl for one in cited])
    return "\n".join(one.bibtex for one in cited).rstrip("\n")


@contextmanager
def no_collection() -> Iterator[None]:
    """No search for circular garbage meanwhile: there is none, and it takes its time."""
    import gc

    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Says what is being done, on one line of a terminal that is gone when the work is done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return

    def tell(what: str) -> None:
        click.echo(f"\r\033[K{what} ...", err=True, nl=False)

    try:
        yield tell
    finally:
        click.echo("\r\033[K", err=True, nl=False)


def local(given: Path | None) -> Path:
    """The package to change: the given one, else the one here; never the installed one."""
    if given is None and not Path(DESCRIPTOR).is_file():
        raise click.UsageError(
            f"there is no {DESCRIPTOR} here: name the folder of the package to change."
        )
    return given or Path(DESCRIPTOR)
