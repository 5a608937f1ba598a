"""The command line: one module per command, imported when the command is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from ..tabular.findings import CannotRun

#: The commands, each with one line of help. A command has the name of its module.
#: The help is written here, so that `--help` imports no command.
COMMANDS = {
    "validate": "Check a data package and list every fault.",
    "export": "Write the data in another format, such as CSV, JSON or Excel.",
    "verify": "Compare the evidence with your own copies of the articles.",
    "show": "Show rows in plain words, and how to cite them.",
    "ledger": "Show what happened to each proposal, overall or up to a date.",
    "info": "Show what a package contains, where it is and how to cite it.",
    "diff": "Show what changed between two packages, row by row.",
    "fmt": "Format a package: sort rows, normalise CSV quotes, update hashes.",
    "init": "Start your own collection: a valid package without rows.",
    "anchor": "Print a new row of evidence for a passage of an article.",
}


class Failure(click.ClickException):
    """An error that ends the command with exit code 2."""

    exit_code = 2


class _Commands(click.Group):
    """The group of all commands. It imports the module of a command when the command is called."""

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
            raise Failure("interrupted; no file was left incomplete") from error
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise Failure(_shown(f"{where}{error.strerror or error}")) from error


def _shown(message: str) -> str:
    """The message with control characters made visible, so that no data can change the terminal."""
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
