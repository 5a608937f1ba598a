"""What several commands share: arguments and options, notes on standard error, progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ..tabular.jsontext import visible
from ..tabular.package import Package
from ..tabular.terminal import Style, one_line, plain, style

if TYPE_CHECKING:
    from ..record.dataset import Dataset
    from ..tabular.findings import Finding
    from ..tabular.package.citation import Citation
    from ..tabular.validation import Options

#: The type of options and arguments that name a file or a folder.
PATH = click.Path(path_type=Path)


def _as_argument(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    """Say how to name the package, to those who know the option of `show`, `list` and `search`."""
    del param
    if value is not None and not ctx.resilient_parsing:
        raise click.UsageError("write the path of the package without --package", ctx)


def package_argument(command: Callable[..., None]) -> Callable[..., None]:
    """The argument PACKAGE."""
    option = click.option(
        "--package", "misplaced", type=PATH, hidden=True, expose_value=False, callback=_as_argument
    )
    return click.argument("package", required=False, type=PATH)(option(command))


def no_path(
    ctx: click.Context, param: click.Parameter, value: str | tuple[str, ...]
) -> str | tuple[str, ...]:
    """Words or identifiers. Says how to name the package if one of them is the path of a file or folder."""
    del param
    for word in (value,) if isinstance(value, str) else value:
        looks_like_one = set("/\\") & set(word) or word.endswith((".json", ".zip", ".whl"))
        if looks_like_one and not ctx.resilient_parsing and Path(word).exists():
            raise click.UsageError(f'"{word}" is a path; write --package in front of it', ctx)
    return value


#: The greatest width of a table, and its width in a file and without a terminal.
_WIDEST, _FILE = 150, 100

#: What an option `--package` means if it is left out.
DEFAULT_PACKAGE = (
    "Default: ./datapackage.json if there is one, otherwise the record that comes with shieldtalks."
)

#: Adds options to a command.
Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def format_option(*names: str, what: str = "output", about: str = "") -> Decorator:
    """The option `--format` with these formats, the first one by default; `about` is more help."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help=f"The format of the {what}. {about}".rstrip(),
    )


def output_option(what: str) -> Decorator:
    """The option `--output` of a command that writes `what` to standard output by default."""
    return click.option(
        "-o",
        "--output",
        type=PATH,
        metavar="FILE",
        help=f"Write {what}. Default: standard output.",
    )


def output_options(what: str = "the output to this file") -> Decorator:
    """The option `--output`, and `--force` to overwrite its file."""
    force = click.option(
        "--force", is_flag=True, help="Overwrite the file of --output if it exists."
    )
    return lambda command: output_option(what)(force(command))


text_or_json = format_option("text", "json")


def rows_output(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a command that prints rows: `--format`, `--output` and `--force`."""
    return format_option("text", "csv", "json")(output_options()(command))


text_json_or_citation = format_option(
    "text", "json", "bibtex", "csl", about="bibtex and csl (CSL-JSON) contain only the citation."
)


def table_width() -> int:
    """The width of a table: that of the terminal, within reason. Without a terminal it is 100."""
    from shutil import get_terminal_size

    return min(get_terminal_size((_FILE, 24)).columns, _WIDEST)


def say(text: str, *, error: bool = False) -> None:
    """Print a text of one or more lines on standard output or standard error, in its encoding.

    click alone would write UTF-8 to a stream that was set to ASCII.
    """
    click.echo(text, file=sys.stderr if error else sys.stdout)


def note(text: str) -> None:
    """Print one line on standard error, with control characters made visible.

    If standard error cannot be written, the command goes on: its result is on standard output.
    """
    with suppress(OSError):
        say(one_line(text), error=True)


def refuse(findings: Sequence[Finding], left: str, code: int = 1) -> NoReturn:
    """Show what is wrong with a sheet, in the order of the lines, and end with an exit code.

    `left` says what was not done. If something could not be checked, the exit code is 2.
    """
    from ..tabular.findings import Report, counted
    from ..tabular.reports.text import lines

    ordered = sorted(findings, key=lambda finding: (finding.file, finding.line or 0))
    report = Report({"path": ""}, ordered)
    for line in lines(report, style=style()):
        say(line)
    note(f"{counted(report.count(), 'finding')}; {left}")
    raise SystemExit(max(code, report.exit_code))


def rows_target(output: Path | None, *, force: bool) -> Path:
    """Where rows are written. Raises CannotRun, before any work, if it cannot be written."""
    from ..tabular.files import STDOUT, check_target

    target = output or STDOUT
    if target != STDOUT:
        check_target(target, force=force)
    return target


def write_rows(
    output_format: str,
    target: Path,
    *,
    force: bool,
    json: Callable[[], str],
    csv: Callable[[], str],
    lines: Callable[[int, Style], Iterable[str]],
) -> None:
    """Write rows in a format of `rows_output`: a document for programs, or lines for people.

    A document is in UTF-8 whatever the encoding of standard output is.
    """
    from ..tabular.files import STDOUT, write_text

    if output_format != "text":
        write_text([json() if output_format == "json" else csv()], target, force=force)
    elif target != STDOUT:
        write_text((f"{line}\n" for line in lines(_FILE, plain)), target, force=force)
    else:
        for line in lines(table_width(), style()):
            say(line)


def print_document(text: str) -> None:
    """Print a document for programs, in UTF-8 whatever the encoding of standard output is."""
    from ..tabular.files import STDOUT, write_text

    write_text([text], STDOUT, force=False)


def open_package(given: Path | None, *, judged: bool = False) -> Package:
    """The package of a command that reads: a folder, a descriptor, a zip or a wheel.

    Without one, it is ./datapackage.json; without that, the installed record, unless the command
    judges the package. What was unpacked from an archive is deleted when the command ends. Raises
    PackageError if the package cannot be read, and CannotRun if there is none.
    """
    from ..record.installed import judged_package, locate_package
    from ..tabular.package.opening import opened

    path = judged_package(given) if judged else locate_package(given)
    with progress() as show_step:
        return click.get_current_context().with_resource(opened(path, show_step))


def open_dataset(given: Path | None, target: Path | None = None) -> Dataset:
    """The record in the package of a command (see `open_package`).

    Raises CannotRun if the target of the output is one of the package's files.
    """
    from ..record.dataset import Dataset

    package = open_package(given)
    if target is not None:
        from ..tabular.files import refuse_sources
        from ..tabular.package.own_files import own_files

        refuse_sources(target, own_files(package))
    return Dataset(package)


def announce(verb: str, package: Package) -> None:
    """Print the first line on standard error: what the command does with which package."""
    from ..record.installed import INSTALLED

    version = f" {package.version}" if package.version else ""
    shown = package.shown
    which = "the installed record " if shown == INSTALLED else ""
    what = f"{which}{package.name}{version}".strip()
    note(f"{verb} {what}: {shown}" if what else f"{verb} {shown}")


def citations(cited: Sequence[Citation], output_format: str) -> str:
    """The citations for a reference manager: as `bibtex` entries or as a list of `csl` items."""
    if output_format == "csl":
        return visible([one.csl for one in cited])
    return "\n".join(one.bibtex for one in cited).rstrip("\n")


def with_settings(
    options: Options, package: Package, given: Sequence[str] = (), *, strict: bool = False
) -> Options:
    """The options with the settings for a package, and a note about the file that they come from.

    The file is beside the descriptor or the archive, or in the current folder.
    """
    from ..tabular.settings import find

    found = find(((package.archive or package.file).parent, Path()))
    if found.file is not None:
        note(f"with the settings in {found.file}")
    return options._replace(settings=found.with_options(given, strict=strict))


@contextmanager
def no_collection() -> Iterator[None]:
    """Turn off the garbage collector for a block that makes no reference cycles. This saves time."""
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
    """A function that shows the current step on one line of the terminal.

    The line is cleared at the end of the block. If standard error is no terminal, nothing is shown.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return

    def show_step(step: str) -> None:
        click.echo(f"\r\033[K{one_line(step)} ...", err=True, nl=False)

    try:
        yield show_step
    finally:
        click.echo("\r\033[K", err=True, nl=False)
