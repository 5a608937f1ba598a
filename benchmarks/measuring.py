"""Measure whole processes, several commands in turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Taken:
    """The cost of one process: cpu and wall seconds, and the largest resident set in bytes."""

    seconds: float
    peak: int
    wall: float


@dataclass(slots=True)
class Group:
    """The commands that run in turns on one package, and the cost of each in every round."""

    package: str
    commands: dict[str, list[str]]
    taken: dict[str, list[Taken]] = field(default_factory=dict)
    #: The files with the findings on the bad copy, by command, and the file with the expected ones.
    findings: dict[str, Path] = field(default_factory=dict)
    truth: Path | None = None

    def median(self, work: str) -> float:
        """The median cpu seconds of a command."""
        return statistics.median(run.seconds for run in self.taken[work])

    def ratio(self, work: str, *others: str) -> float | None:
        """The median ratio of the times of a command and of the fastest other one in the same round.

        None if the command or all others did not run.
        """
        known = [self.taken[other] for other in others if other in self.taken]
        if work not in self.taken or not known:
            return None
        fastest = [min(run.seconds for run in each) for each in zip(*known, strict=True)]
        pairs = zip(self.taken[work], fastest, strict=True)
        return statistics.median(one.seconds / max(other, 1e-3) for one, other in pairs)

    def waiting(self, work: str) -> float | None:
        """The median ratio of the wall time of a command and its cpu time. None if it did not run."""
        runs = self.taken.get(work)
        return (
            statistics.median(run.wall / max(run.seconds, 1e-3) for run in runs) if runs else None
        )


def measure(command: Sequence[str], code: int) -> Taken:
    """Run a command and measure it. Raises SystemExit if it has another exit code than expected."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=output)  # noqa: S603 (ours)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != code:
            output.seek(0)
            printed = output.read()[-2000:].decode("utf-8", errors="replace")
            raise SystemExit(f"exit code {process.returncode} from {' '.join(command)}\n{printed}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Taken(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, wall)


def run_in_turns(group: Group, rounds: int, codes: dict[str, int]) -> None:
    """Run each command once per round, so that a busy moment of the machine affects all of them."""
    for number in range(1, rounds + 1):
        for work, command in group.commands.items():
            print(f"{group.package}: round {number}, {work}", file=sys.stderr)  # noqa: T201
            group.taken.setdefault(work, []).append(measure(command, codes.get(work, 0)))
