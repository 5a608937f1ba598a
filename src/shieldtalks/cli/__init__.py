"""The command line: one module a command, imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from ..tabular.findings import CannotRun

#: Each command with its module's name and one line of help, so that `--help` imports none of them.
COMMANDS = {
    "validate": "Check a package: descriptor, bytes, structure and rules.",
    "export": "Write a package in another form; `export --help` lists them.",
    "verify": "Check the evidence against your own copies of the articles.",
    "show": "Show a record in words, and how to cite it.",
    "ledger": "Say what became of each proposal, all told or on a day.",
    "info": "Say what a package holds, where it is and how to cite it.",
    "diff": "Say what changed, and the version bump that it allows.",
    "fmt": "Put a package into canonical form and seal it again.",
    "init": "Start a collection of your own: a valid package without rows.",
    "anchor": "Print the evidence row for a span of an article.",
}


class Failure(click.ClickException):
    """Something asked for could not be done; exit code 2."""

    exit_code = 2


class _Commands(click.Group):
    """A group that imports a command's module only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __name__).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CannotRun as error:
            raise Failure(_shown(str(error))) from error
        except KeyboardInterrupt as error:
            raise Failure("interrupted; no file is half written") from error
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise Failure(_shown(f"{where}{error.strerror or error}")) from error


def _shown(message: str) -> str:
    """A message line by line, in which nothing of a package steers a terminal."""
    from ..tabular.terminal import one_line

    return "\n".join(map(one_line, message.split("\n")))


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        from .. import __version__

        click.echo(f"shieldtalks {__version__}")
        ctx.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 clean, 1 findings, 2 could not run.\n\n"
    "The Tab key completes, in bash (zsh and fish likewise), after\n\n"
    '\b\n  eval "$(_SHIELDTALKS_COMPLETE=bash_source shieldtalks)"',
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version and stop.",
)
def main() -> None:
    """A record of proposals and answers on missile defence, and a validator for its kind."""
