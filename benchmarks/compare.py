"""Processor time of `shieldtalks validate` beside `frictionless validate`, on the same files, in turns."""

from __future__ import annotations

import platform
import resource
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DESCRIPTOR = str(ROOT / "datapackage.json")
ROUNDS = 7
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "shieldtalks --help": [sys.executable, "-m", "shieldtalks", "--help"],
    "shieldtalks validate": [sys.executable, "-m", "shieldtalks", "validate", DESCRIPTOR],
    "frictionless validate": [sys.executable, "-m", "frictionless", "validate", DESCRIPTOR],
}


def seconds(command: list[str]) -> float:
    """User and system time of one run of a command, its imports included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (our own commands)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the median of each command and its ratio to the two floors."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            taken[name].append(seconds(command))
    medians = {name: statistics.median(values) for name, values in taken.items()}
    versions = " ".join(f"{name} {version(name)}" for name in ("shieldtalks", "frictionless"))
    print(f"Python {platform.python_version()}, {versions}, {ROUNDS} rounds in turns")  # noqa: T201
    for name, value in medians.items():
        of_python = value / medians["python -c pass"]
        of_reference = medians["frictionless validate"] / value
        row = f"{name:<24}{value:8.3f} s {of_python:7.1f} x python, 1/{of_reference:.1f} of frictionless"
        print(row)  # noqa: T201


if __name__ == "__main__":
    main()
