"""Compare the processor time and memory of `shieldtalks` and other readers on the same files.

Run `run.py [--sizes 1000,10000] [--rounds K] [--only sqlite,frictionless] [--write]`. The script
measures whole processes, including imports. It also compares the findings on the bad copies with the
wrong cells that were put in.
"""

from __future__ import annotations

import argparse
import compileall
import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
README = HERE / "README.md"
START, END = "<!-- figures -->", "<!-- end of figures -->"

#: The number of claims of each generated package.
SIZES = (1_000, 10_000, 100_000, 1_000_000)
#: The share of rows with a wrong cell in the bad copies.
BAD = 0.01
SHIPPED = "shipped"

PYTHON, HELP, SQLITE, DUCKDB = "python", "help", "sqlite", "duckdb"
SQLITE_BAD, DUCKDB_BAD, REFERENCE, READ = "sqlite-bad", "duckdb-bad", "frictionless", "read"
JSONL, PARQUET, JSONL_CHECKED, PARQUET_CHECKED = (
    "jsonl",
    "parquet",
    "jsonl-checked",
    "parquet-checked",
)

#: The label of each command in the table of figures.
LABELS = {
    PYTHON: "`python -c pass`",
    HELP: "`shieldtalks --help`",
    SQLITE: "`shieldtalks validate`, sqlite",
    DUCKDB: "`shieldtalks validate`, duckdb",
    SQLITE_BAD: "the same on 1 % bad rows, sqlite",
    DUCKDB_BAD: "the same on 1 % bad rows, duckdb",
    REFERENCE: "`frictionless validate`",
    READ: "DuckDB reads the files as text",
    JSONL: "`shieldtalks export jsonl --no-validate`",
    JSONL_CHECKED: "`shieldtalks export jsonl`, validated first",
    PARQUET: "`shieldtalks export parquet --no-validate`",
    PARQUET_CHECKED: "`shieldtalks export parquet`, validated first",
}
#: The columns of the table of figures.
COLUMNS = (
    "package (claims)",
    "command",
    "cpu s (least-most)",
    "peak MB",
    "of frictionless",
    "of DuckDB's read",
    "target",
)
#: The exit code that a command must have. For all other commands it is 0.
EXIT_CODES = {SQLITE_BAD: 1, DUCKDB_BAD: 1}

Fault = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """The cost of one process: user plus system seconds, and the largest resident set in bytes."""

    seconds: float
    peak: int


@dataclass(frozen=True, slots=True)
class Target:
    """A target: the time of a command is at most `limit` times that of another command."""

    package: str
    work: str
    against: str
    limit: float


TARGETS = (
    Target(SHIPPED, HELP, PYTHON, 6),
    Target(SHIPPED, SQLITE, REFERENCE, 1 / 3),
    Target("10,000", SQLITE, REFERENCE, 1 / 4),
    Target("1,000,000", DUCKDB, REFERENCE, 1 / 25),
    Target("1,000,000", DUCKDB, READ, 2),
    Target("1,000,000", DUCKDB_BAD, DUCKDB, 1.5),
    Target("1,000,000", JSONL, READ, 2.5),
    Target("1,000,000", PARQUET, READ, 4),
)
#: The largest allowed resident set in bytes, by package and command.
PEAKS = {("1,000,000", DUCKDB): 1_000_000_000}


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
        """The median seconds of a command."""
        return statistics.median(run.seconds for run in self.taken[work])

    def ratio(self, work: str, against: str) -> float | None:
        """The median ratio of the times of two commands in the same round. None if one did not run."""
        if work not in self.taken or against not in self.taken:
            return None
        pairs = zip(self.taken[work], self.taken[against], strict=True)
        return statistics.median(one.seconds / max(other.seconds, 1e-3) for one, other in pairs)


def measure(command: list[str], code: int) -> Taken:
    """Run a command and measure it. Raises SystemExit if it has another exit code than expected."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)  # noqa: S603 (ours)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != code:
            output.seek(0)
            printed = output.read()[-2000:].decode("utf-8", errors="replace")
            raise SystemExit(f"exit code {process.returncode} from {' '.join(command)}\n{printed}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Taken(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def run_in_turns(group: Group, rounds: int) -> None:
    """Run each command once per round, so that a busy moment of the machine affects all of them."""
    for number in range(1, rounds + 1):
        for work, command in group.commands.items():
            print(f"{group.package}: round {number}, {work}", file=sys.stderr)  # noqa: T201
            group.taken.setdefault(work, []).append(measure(command, EXIT_CODES.get(work, 0)))


def installed(name: str) -> bool:
    """Whether this module can be imported."""
    return find_spec(name) is not None


def engines() -> list[str]:
    """The engines that `shieldtalks validate` offers. Empty if it has no option for them."""
    command = [sys.executable, "-m", "shieldtalks", "validate", "--help"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    if "--engine" not in text:
        return []
    return [SQLITE, *([DUCKDB] if "duckdb" in text and installed("duckdb") else [])]


def validator(engine: str, offered: list[str], package: Path) -> list[str]:
    """The command that validates a package with an engine."""
    choice = ["--engine", engine] if offered else []
    descriptor = str(package / "datapackage.json")
    return [sys.executable, "-m", "shieldtalks", "validate", *choice, descriptor]


def readers(package: Path, offered: list[str], *, reference: bool) -> dict[str, list[str]]:
    """The commands that read a package, by name."""
    descriptor = str(package / "datapackage.json")
    commands = {name: validator(name, offered, package) for name in offered or [SQLITE]}
    if reference and installed("frictionless"):
        commands[REFERENCE] = [sys.executable, "-m", "frictionless", "validate", descriptor]
    if installed("duckdb"):
        commands[READ] = [sys.executable, str(HERE / "duckdb_read.py"), str(package)]
    return commands


def exporters(package: Path, out: Path) -> dict[str, list[str]]:
    """The commands that export a package, by name: without and with validation."""
    commands = {}
    for format_name, work, checked in (
        ("jsonl", JSONL, JSONL_CHECKED),
        ("parquet", PARQUET, PARQUET_CHECKED),
    ):
        if format_name == "parquet" and not installed("pyarrow"):
            continue
        target = out / ("parquet" if format_name == "parquet" else f"package.{format_name}")
        command = [sys.executable, "-m", "shieldtalks", "export", format_name, str(package)]
        command += ["--force", "-o", str(target)]
        commands |= {work: [*command, "--no-validate"], checked: command}
    return commands


def shipped(offered: list[str]) -> Group:
    """The commands on the shipped package, and a process that does nothing."""
    commands = {
        PYTHON: [sys.executable, "-c", "pass"],
        HELP: [sys.executable, "-m", "shieldtalks", "--help"],
    }
    return Group(SHIPPED, commands | readers(ROOT, offered, reference=True))


def generated(size: int, cache: Path, offered: list[str], limit: int) -> Group:
    """The commands on a generated package and on its bad copy."""
    clean, bad = (package_folder(size, share, cache) for share in (0.0, BAD))
    group = Group(f"{size:,}", readers(clean, offered, reference=size <= limit))
    group.truth = bad / "truth.json"
    for engine in offered or [SQLITE]:
        work = f"{engine}-bad"
        group.findings[work] = bad / f"findings-{engine}.json"
        to = ["--format", "json", "--force", "-o", str(group.findings[work])]
        group.commands[work] = [*validator(engine, offered, bad), *to]
    out = cache / "exports"
    out.mkdir(exist_ok=True)
    group.commands |= exporters(clean, out)
    return group


def package_folder(size: int, share: float, cache: Path) -> Path:
    """The folder of a generated package. It is generated if the cache does not contain it yet."""
    generator = HERE / "generate.py"
    known = hashlib.sha256(generator.read_bytes()).hexdigest()[:8]
    folder = cache / f"{size}-{share:g}-{known}"
    if not folder.exists():
        print(f"generating {folder}", file=sys.stderr)  # noqa: T201
        with tempfile.TemporaryDirectory(dir=cache) as parent:
            target = Path(parent) / "package"
            command = [sys.executable, str(generator), str(size), str(target), "--bad", str(share)]
            subprocess.run(command, check=True)  # noqa: S603 (our own generator)
            target.rename(folder)
    return folder


def compare(group: Group) -> Iterator[tuple[str, bool]]:
    """For each validation of a bad copy: a sentence, and whether the findings are exactly right."""
    for work in group.taken:
        if work not in group.findings or group.truth is None:
            continue
        found = faults(json.loads(group.findings[work].read_text(encoding="utf-8"))["findings"])
        wanted = faults(json.loads(group.truth.read_text(encoding="utf-8")))
        missed, extra = (wanted - found).total(), (found - wanted).total()
        engine = work.removesuffix("-bad")
        cells = f"{group.package} claims, {engine}: {wanted.total()} wrong cells, "
        yield f"{cells}{missed} missed, {extra} extra", not missed and not extra


def faults(entries: list[dict[str, object]]) -> Counter[Fault]:
    """The table, row, field and rule of each finding. `truth.json` contains only these."""
    names = ("table", "row", "field", "rule")
    return Counter(tuple(entry[name] for name in names) for entry in entries)  # type: ignore[misc]


def times(ratio: float | None) -> str:
    """A ratio that is easy to read, such as 1/4.2 or 1.3."""
    if ratio is None:
        return ""
    return f"1/{1 / ratio:.1f}" if 0 < ratio < 0.9 else f"{ratio:.2f}"


def verdicts(group: Group, work: str) -> str:
    """The targets for a figure, and whether it meets them."""
    words = []
    for target in TARGETS:
        if (target.package, target.work) == (group.package, work):
            ratio = group.ratio(work, target.against)
            goal = f"1/{1 / target.limit:.0f}" if target.limit < 1 else f"{target.limit:g}"
            reached = f"{times(ratio)}, {_met(ratio, target.limit)}" if ratio else "not measured"
            words.append(f"≤ {goal} of {target.against}: {reached}")
    limit = PEAKS.get((group.package, work))
    if limit:
        peak = max(run.peak for run in group.taken[work])
        words.append(f"peak ≤ {limit / 1e6:,.0f} MB: {_met(peak, limit)}")
    return "; ".join(words)


def _met(value: float, limit: float) -> str:
    return "met" if value <= limit else "**missed**"


def table(groups: list[Group]) -> Iterator[str]:
    """The figures as a Markdown table."""
    yield f"| {' | '.join(COLUMNS)} |"
    yield "|---" * len(COLUMNS) + "|"
    for group in groups:
        for work, runs in group.taken.items():
            seconds = [run.seconds for run in runs]
            peak = max(run.peak for run in runs) / 1e6
            spread = f"{group.median(work):.3f} ({min(seconds):.3f}-{max(seconds):.3f})"
            ratios = [times(group.ratio(work, other)) for other in (REFERENCE, READ)]
            cells = [group.package, LABELS[work], spread, f"{peak:.0f}", *ratios]
            yield f"| {' | '.join([*cells, verdicts(group, work)])} |"


def machine(rounds: int) -> str:
    """The machine and the versions with which the figures were measured."""
    libraries = ("shieldtalks", "frictionless", "duckdb", "pyarrow")
    names = [name for name in libraries if installed(name)]
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    where = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    return f"{where}; {versions}; {rounds} round{'s' if rounds > 1 else ''} in turns."


def between_marks(text: str, figures: str) -> str:
    """The text with new figures between the marks."""
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise SystemExit(f"{README.name} does not contain the line {START} or {END}")
    return f"{before}{START}\n\n{figures}\n\n{END}{after}"


def arguments() -> argparse.Namespace:
    """The arguments of the command line."""
    parser = argparse.ArgumentParser(
        description="Compare the speed and memory of shieldtalks and other readers."
    )
    listed = ",".join(map(str, SIZES))
    parser.add_argument("--sizes", default=listed, help=f"numbers of claims (default {listed})")
    parser.add_argument("--rounds", type=int, default=5, metavar="K", help="rounds (default 5)")
    parser.add_argument(
        "--only", metavar="NAMES", help=f"commands to run, from {','.join(LABELS)} (default all)"
    )
    limit = "most claims of a package for frictionless (default 100000)"
    parser.add_argument("--reference-limit", type=int, default=100_000, metavar="N", help=limit)
    cache = Path(tempfile.gettempdir()) / "shieldtalks-benchmarks"
    parser.add_argument("--cache", type=Path, default=cache, help="folder for generated packages")
    parser.add_argument("--write", action="store_true", help="write the figures into the README")
    given = parser.parse_args()
    unknown = set(given.only.split(",")) - set(LABELS) if given.only else set()
    if unknown or given.rounds < 1:
        parser.error(
            f"no such command: {', '.join(unknown)}" if unknown else "K must be at least 1"
        )
    return given


def main() -> int:
    """Measure, compare and print. Returns 1 if the findings on a bad copy are not exactly right."""
    given = arguments()
    given.cache.mkdir(parents=True, exist_ok=True)
    # Compile now, as an installation does. Otherwise each process could compile the checkout again.
    compileall.compile_dir(ROOT / "src", quiet=1)
    offered = engines()
    sizes = [int(size) for size in given.sizes.split(",") if size]
    groups = [shipped(offered)]
    groups += [generated(size, given.cache, offered, given.reference_limit) for size in sizes]
    for group in groups:
        if given.only:
            chosen = given.only.split(",")
            group.commands = {k: v for k, v in group.commands.items() if k in chosen}
        run_in_turns(group, given.rounds)
    # Do this last: the memory of this process counts in the peak of each process that it starts.
    checks = [check for group in groups for check in compare(group)]
    lines = [machine(given.rounds), "", *table(groups), ""]
    lines += [f"- {sentence}{'' if exact else ' **not exact**'}" for sentence, exact in checks]
    figures = "\n".join(lines).strip()
    print(figures)  # noqa: T201
    if given.write:
        README.write_text(
            between_marks(README.read_text(encoding="utf-8"), figures), encoding="utf-8"
        )
    return 0 if all(exact for _, exact in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
