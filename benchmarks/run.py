"""Compare the processor time and memory of `shieldtalks` and other tools on the same files.

Run `run.py [--sizes 1000,10000] [--rounds K] [--only sqlite,frictionless] [--write]`. The script
measures whole processes, including imports. It also compares the findings on the bad copies with the
wrong cells that were put in. If SPARK_REMOTE names a Spark server, it runs `--engine spark` on it too.
"""

from __future__ import annotations

import argparse
import compileall
import hashlib
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from measuring import Group, run_in_turns
from targets import (
    AUTO,
    DATAFRAMELY,
    DIFF,
    DUCKDB,
    EXIT_CODES,
    HELP,
    JSONL,
    JSONL_CHECKED,
    LABELS,
    LIMITED,
    ONE_THREAD,
    PARQUET,
    PARQUET_CHECKED,
    PARTS,
    POLARS_READ,
    POLSPEC,
    PYTHON,
    READ,
    REFERENCE,
    SHIPPED,
    SPARK,
    SQLITE,
    growth,
    table,
)
from truth import BAD_COPY, compare

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
README = HERE / "README.md"
START, END = "<!-- figures -->", "<!-- end of figures -->"

#: The number of claims of each generated package.
SIZES = (1_000, 10_000, 100_000, 1_000_000)
#: With more claims, only the validation with a memory limit is measured.
MOST_CLAIMS = 2_000_000
#: The share of rows with a wrong cell in the bad copies, and the changed rows for `diff`.
BAD, CHANGED = 0.01, 20
#: The Python with the libraries of peers.txt, which `make peers` installs.
PEERS = ROOT / "build" / "peers" / "bin" / "python"


def installed(name: str) -> bool:
    """Whether this module can be imported."""
    return find_spec(name) is not None


def engines() -> list[str]:
    """The engines that `shieldtalks validate` offers. Empty if it has no option for them."""
    command = [sys.executable, "-m", "shieldtalks", "validate", "--help"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    if "--engine" not in text:
        return []
    found = [SQLITE]
    if "duckdb" in text and installed("duckdb"):
        found.append(DUCKDB)
    if "spark" in text and os.environ.get("SPARK_REMOTE"):
        found.append(SPARK)
    return found


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
    if installed("polars") and package != ROOT:
        commands[POLARS_READ] = [sys.executable, str(HERE / "polars_read.py"), str(package)]
    return commands


def peers(package: Path, python: Path) -> dict[str, list[str]]:
    """The commands of other libraries that check a package, by name: of those that are installed."""
    script = str(HERE / "peers.py")
    return {
        name: [str(python), script, name, str(package)]
        for name in (DATAFRAMELY, POLSPEC)
        if _version(python, name)
    }


def _version(python: Path, name: str) -> str:
    """The version of a library of another Python; "" if it is not installed there."""
    if not python.is_file():
        return ""
    words = f"from importlib.metadata import version; print(version({name!r}))"
    found = subprocess.run([str(python), "-c", words], capture_output=True, text=True)  # noqa: S603
    return found.stdout.strip()


def exporters(package: Path, out: Path) -> dict[str, list[str]]:
    """The commands that export a package, by name: without and with validation."""
    commands = {}
    start = [sys.executable, "-m", "shieldtalks", "export"]
    for format_name, work, checked in (
        ("jsonl", JSONL, JSONL_CHECKED),
        ("parquet", PARQUET, PARQUET_CHECKED),
    ):
        if format_name == "parquet" and not installed("pyarrow"):
            continue
        target = out / ("parquet" if format_name == "parquet" else f"package.{format_name}")
        command = [*start, format_name, str(package), "--force", "-o", str(target)]
        commands |= {work: [*command, "--no-validate"], checked: command}
    if PARQUET in commands:
        parts = ["--partition-by", "topic", "--no-validate"]
        commands[PARTS] = [
            *start,
            "parquet",
            str(package),
            "--force",
            "-o",
            str(out / "parts"),
            *parts,
        ]
    return commands


def shipped(offered: list[str]) -> Group:
    """The commands on the shipped package, and a process that does nothing."""
    commands = {
        PYTHON: [sys.executable, "-c", "pass"],
        HELP: [sys.executable, "-m", "shieldtalks", "--help"],
    }
    return Group(SHIPPED, commands | readers(ROOT, offered, reference=True))


def generated(size: int, cache: Path, offered: list[str], limit: int, python: Path) -> Group:
    """The commands on a generated package, on its bad copy and on its changed copy."""
    clean = package_folder(size, cache)
    limited = [*validator(DUCKDB, offered, clean), "--memory-limit", "2GB"]
    if size > MOST_CLAIMS:
        return Group(f"{size:,}", {LIMITED: limited})
    changed = package_folder(size, cache, "--changed", str(CHANGED))
    automatic = {AUTO: validator("auto", offered, clean)}
    group = Group(f"{size:,}", automatic | readers(clean, offered, reference=size <= limit))
    if DUCKDB in offered:
        one_thread = [*validator(DUCKDB, offered, clean), "--threads", "1"]
        group.commands |= {ONE_THREAD: one_thread, LIMITED: limited}
    group.commands |= peers(clean, python)
    group.commands[DIFF] = [sys.executable, "-m", "shieldtalks", "diff", str(clean), str(changed)]
    add_bad_copy(group, size, cache, offered)
    out = cache / "exports"
    out.mkdir(exist_ok=True)
    group.commands |= exporters(clean, out)
    return group


def add_bad_copy(group: Group, size: int, cache: Path, offered: list[str]) -> Group:
    """The group with the commands on the bad copy of a generated package."""
    bad = package_folder(size, cache, "--bad", str(BAD))
    group.truth = bad / "truth.json"
    for engine in offered or [SQLITE]:
        work = engine + BAD_COPY
        group.findings[work] = bad / f"findings-{engine}.json"
        to = ["--format", "json", "--force", "-o", str(group.findings[work])]
        group.commands[work] = [*validator(engine, offered, bad), *to]
    return group


def package_folder(size: int, cache: Path, *options: str) -> Path:
    """The folder of a generated package. It is generated if the cache does not contain it yet."""
    generator = HERE / "generate.py"
    known = hashlib.sha256(generator.read_bytes()).hexdigest()[:8]
    folder = cache / "-".join([str(size), *(word.strip("-") for word in options), known])
    if not folder.exists():
        print(f"generating {folder}", file=sys.stderr)  # noqa: T201
        with tempfile.TemporaryDirectory(dir=cache) as parent:
            target = Path(parent) / "package"
            command = [sys.executable, str(generator), str(size), str(target), *options]
            subprocess.run(command, check=True)  # noqa: S603 (our own generator)
            target.rename(folder)
    return folder


def machine(rounds: int, python: Path) -> str:
    """The machine and the versions with which the figures were measured, and what was left out."""
    libraries = ("shieldtalks", "frictionless", "duckdb", "polars", "pyarrow")
    names = [f"{name} {version(name)}" for name in libraries if installed(name)]
    others = {name: _version(python, name) for name in (DATAFRAMELY, POLSPEC)}
    names += [f"{name} {known}" for name, known in others.items() if known]
    where = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    missing = [name for name, known in others.items() if not known]
    left_out = f" Left out, not installed: {', '.join(missing)}." if missing else ""
    turns = f"{rounds} round{'s' if rounds > 1 else ''} in turns"
    return f"{where}; {', '.join(names)}; {turns}.{left_out}"


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
    words = "Python with the libraries of peers.txt (default build/peers, see make peers)"
    parser.add_argument("--peers", type=Path, default=PEERS, metavar="PYTHON", help=words)
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
    chosen = given.only.split(",") if given.only else list(LABELS)
    if all(work.endswith(BAD_COPY) for work in chosen):  # no other package is needed
        groups = [add_bad_copy(Group(f"{n:,}", {}), n, given.cache, offered) for n in sizes]
    else:
        limit = given.reference_limit
        groups = [shipped(offered)]
        groups += [generated(n, given.cache, offered, limit, given.peers) for n in sizes]
    for group in groups:
        group.commands = {k: v for k, v in group.commands.items() if k in chosen}
        run_in_turns(group, given.rounds, EXIT_CODES)
    # Do this last: the memory of this process counts in the peak of each process that it starts.
    checks = [check for group in groups for check in compare(group)]
    lines = [machine(given.rounds, given.peers), "", *table(groups), ""]
    lines += [f"- {sentence}{'' if exact else ' **not exact**'}" for sentence, exact in checks]
    lines += [f"- {sentence}" for sentence in growth(groups)]
    figures = "\n".join(lines).strip()
    print(figures)  # noqa: T201
    if given.write:
        README.write_text(
            between_marks(README.read_text(encoding="utf-8"), figures), encoding="utf-8"
        )
    return 0 if all(exact for _, exact in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
