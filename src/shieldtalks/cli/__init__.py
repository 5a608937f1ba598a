"""The command line: one module per command, imported when the command is called."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from ..tabular.findings import CannotRun

#: The commands, each with one line of help. A command has the name of its module (`import_` for import).
#: The help is written here, so that `--help` imports no command. This module does not call `list`: the
#: module of the command of this name takes its place as soon as it is imported.
COMMANDS = {
    "validate": "Check a data package and list every fault.",
    "describe": "Write a descriptor for files that have none, such as CSV files.",
    "export": "Write the data in another format, such as CSV, JSON or Excel.",
    "verify": "Compare the evidence with your own copies of the articles.",
    "search": "Find rows by words in names, labels and texts.",
    "list": "List all rows of a table, or those with certain values.",
    "show": "Show rows in plain words, and how to cite them.",
    "ledger": "Show what happened to each proposal, overall or up to a date.",
    "positions": "Show what each party calls true or false, and what changed.",
    "info": "Show what a package contains, where it is and how to cite it.",
    "diff": "Show what changed between two packages, row by row.",
    "fmt": "Format a package: sort rows, normalise CSV quotes, update hashes.",
    "init": "Start your own collection: a valid package without rows.",
    "sheet": "Start the coding sheet of an article.",
    "code": "Add the rows of a coding sheet to a collection.",
    "import": "Start a coding sheet from passages that another tool marked.",
    "agree": "Compare two codings of the same articles, row by row.",
    "anchor": "Print a new row of evidence for a passage of an article.",
}


class Failure(click.ClickException):
    """An error that ends the command with exit code 2: one line, and one for the hint.

    Both may contain text of a package, which never begins a new line.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint

    def format_message(self) -> str:
        """The message and the hint, each on one line."""
        from ..tabular.terminal import one_line

        return "\n".join(one_line(text) for text in (self.message, self.hint) if text)


class _ReaderGone(Failure):
    """Nobody reads standard output any more, as in `shieldtalks validate | head`. Nothing is shown."""

    def __init__(self) -> None:
        super().__init__("")


@contextmanager
def _explained() -> Iterator[None]:
    """Turn each error that a user can cause into a Failure."""
    try:
        yield
    except CannotRun as error:
        raise Failure(error.message, error.hint) from error
    except (KeyboardInterrupt, click.Abort) as error:
        raise _interrupted() from error
    except BrokenPipeError as error:
        raise _ReaderGone from error
    except OSError as error:
        raise _failure(error) from error


def _interrupted() -> Failure:
    return Failure("interrupted; no file was left incomplete")


def _failure(error: OSError) -> Failure:
    where = f"{error.filename}: " if error.filename else ""
    return Failure(f"{where}{error.strerror or error}")


class _Commands(click.Group):
    """The group of all commands. It imports the module of a command when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f".{module}", __name__).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f'there is no command "{name}". {_hint(name)}', ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """The commands with their help, without an import of any of them."""
        from click.shell_completion import CompletionItem

        offered = [
            CompletionItem(name, help=about)
            for name, about in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*offered, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command and exit, or only run it if `standalone_mode` is false, as click does."""
        if extra.pop("standalone_mode", True):
            if not args and extra.get("args") is None:
                _collect_rarely()
            sys.exit(self._exit_code(*args, **extra))
        return self._run(*args, **extra)

    def _run(self, *args: Any, **extra: Any) -> Any:
        return super().main(*args, **{**extra, "standalone_mode": False})

    def _exit_code(self, *args: Any, **extra: Any) -> Any:
        """Run a command. A signal that ends the process is shown like an error, and leaves nothing behind."""
        from ..tabular.interrupts import handled

        try:
            with handled():
                return self._reported(*args, **extra)
        except KeyboardInterrupt:
            return _show(_interrupted())

    def _reported(self, *args: Any, **extra: Any) -> Any:
        """Run a command. Every error is shown in one place, and a report that was not written is one."""
        from ..tabular import interrupts
        from . import streams

        try:
            with _explained():
                streams.prepare()
                code = self._run(*args, **extra)
        except click.ClickException as error:
            code = _show(_interrupted() if interrupts.came() else error)
            interrupts.shown()
        except SystemExit as end:
            code = end.code
        unwritten = streams.finish()
        if unwritten is None or code == 2:
            return code
        broken = isinstance(unwritten, BrokenPipeError)
        return _show(_ReaderGone() if broken else _failure(unwritten))

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _explained():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _explained():
            return super().invoke(ctx)

    def _main_shell_completion(self, *args: Any, **extra: Any) -> None:
        if any(name.endswith("_COMPLETE") for name in os.environ):
            from .bash import register

            register()
        try:
            super()._main_shell_completion(*args, **extra)
        except (KeyError, ValueError) as error:
            raise Failure(
                "the shell did not set the variables of the completion",
                "See the end of: shieldtalks --help",
            ) from error


def _collect_rarely() -> None:
    """Look for garbage rarely, and not again at the end: a process of one command makes little."""
    gc.set_threshold(50_000, 20, 20)
    atexit.register(gc.freeze)


def _hint(name: str) -> str:
    """The command that was probably meant, or all of them."""
    from ..tabular.nearest import nearest

    near = nearest(name.casefold(), COMMANDS)
    return f'Did you mean "{near}"?' if near else f"The commands are: {', '.join(COMMANDS)}."


#: What click raises if no command is named; before version 8.2, it shows the help by itself.
_NO_COMMAND: type[click.ClickException] | tuple[()] = getattr(
    click.exceptions, "NoArgsIsHelpError", ()
)


def _show(error: click.ClickException) -> int:
    """Show an error on standard error, if that can be written. Returns the exit code."""
    from ..tabular.terminal import one_line

    if isinstance(error, _ReaderGone):
        return error.exit_code
    message = error.format_message()
    if isinstance(error, _NO_COMMAND):  # the message is the help
        click.echo(message, err=True)
        return error.exit_code
    lines = [f"Error: {message if isinstance(error, Failure) else one_line(message)}"]
    if isinstance(error, click.UsageError) and error.ctx is not None:
        context = error.ctx
        tip = f"Try '{context.command_path} {context.help_option_names[0]}' for help."
        lines = [context.get_usage(), tip, "", *lines]
    with suppress(OSError, ValueError):
        click.echo("\n".join(lines), file=sys.stderr)
    return error.exit_code


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        from .. import __version__

        click.echo(f"shieldtalks {__version__}")
        ctx.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 no findings, 1 findings, 2 could not run.\n\n"
    "For examples, run: shieldtalks COMMAND --help\n\n"
    "To turn on completion with the Tab key in bash, run:\n\n"
    '\b\n  eval "$(_SHIELDTALKS_COMPLETE=bash_source shieldtalks)"\n\n'
    "In zsh, write zsh_source instead of bash_source. In fish, run:\n\n"
    "\b\n  _SHIELDTALKS_COMPLETE=fish_source shieldtalks | source",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Read, check and export data about the U.S.-Russian talks on missile defence in Europe.

    This data set is called the record. It comes with shieldtalks.

    You can also validate your own data packages. A data package is a folder with a datapackage.json
    and the tables that it lists.
    """
