"""Sessions as a page shows them: commands with their output, run and held against it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def session(page: str) -> list[tuple[str, str]]:
    """The commands of the console blocks of a page, each with the output that it shows."""
    steps: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            steps.append((command, output))
    return steps


def check(command: str, shown: str, folder: Path, program: Path | None = None) -> None:
    """Run a command, 80 columns wide: it prints what is shown (`...`: what differs by machine).

    The program is the one to run for `shieldtalks`; without it, it is the installed command.
    """
    found = Path(sys.executable).parent
    binaries = f"{found if program is None else program.parent}:{found}"
    done = subprocess.run(
        ["bash", "-c", f'export PATH="{binaries}:$PATH" COLUMNS=80; {{ {command}; }} 2>&1'],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    pattern = re.escape(shown).replace(re.escape("..."), "[^\n]*")
    assert re.fullmatch(pattern, done.stdout), f"{command}\n{done.stdout}"
