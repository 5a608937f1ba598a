"""The commands that are measured, what each may cost, and the figures as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from measuring import Group

SHIPPED = "shipped"

PYTHON, HELP, SQLITE, DUCKDB, SPARK = "python", "help", "sqlite", "duckdb", "spark"
AUTO, ONE_THREAD, LIMITED = "auto", "duckdb-1-thread", "duckdb-2GB"
SQLITE_BAD, DUCKDB_BAD, SPARK_BAD = "sqlite-bad", "duckdb-bad", "spark-bad"
REFERENCE = "frictionless"
READ, POLARS_READ = "read", "polars-read"
DATAFRAMELY, POLSPEC = "dataframely", "polspec"
DIFF = "diff"
JSONL, PARQUET, JSONL_CHECKED, PARQUET_CHECKED, PARTS = (
    "jsonl",
    "parquet",
    "jsonl-checked",
    "parquet-checked",
    "parquet-parts",
)

#: The label of each command in the table of figures.
LABELS = {
    PYTHON: "`python -c pass`",
    HELP: "`shieldtalks --help`",
    AUTO: "`shieldtalks validate`",
    SQLITE: "`shieldtalks validate`, sqlite",
    DUCKDB: "`shieldtalks validate`, duckdb",
    SPARK: "`shieldtalks validate`, spark, without the server",
    ONE_THREAD: "the same with `--threads 1`",
    LIMITED: "the same with `--memory-limit 2GB`",
    SQLITE_BAD: "the same on 1 % bad rows, sqlite",
    DUCKDB_BAD: "the same on 1 % bad rows, duckdb",
    SPARK_BAD: "the same on 1 % bad rows, spark, without the server",
    REFERENCE: "`frictionless validate`",
    DATAFRAMELY: "dataframely",
    POLSPEC: "polspec",
    READ: "DuckDB reads the files as text",
    POLARS_READ: "polars reads the files as text",
    DIFF: "`shieldtalks diff` with a few changed rows",
    JSONL: "`shieldtalks export jsonl --no-validate`",
    JSONL_CHECKED: "`shieldtalks export jsonl`, validated first",
    PARQUET: "`shieldtalks export parquet --no-validate`",
    PARQUET_CHECKED: "`shieldtalks export parquet`, validated first",
    PARTS: "`shieldtalks export parquet --partition-by topic --no-validate`",
}

#: The exit code that a command must have. For all other commands it is 0.
EXIT_CODES = {SQLITE_BAD: 1, DUCKDB_BAD: 1, SPARK_BAD: 1}

#: The columns of the table of figures.
COLUMNS = (
    "package (claims)",
    "command",
    "cpu s (least-most)",
    "wall s",
    "peak MB",
    "of frictionless",
    "of DuckDB's read",
    "target",
)

MILLION, TEN_MILLION = "1,000,000", "10,000,000"


@dataclass(frozen=True, slots=True)
class Target:
    """A target: the time of a command is at most `limit` times that of the fastest of some others."""

    package: str
    work: str
    against: tuple[str, ...]
    limit: float


TARGETS = (
    Target(SHIPPED, HELP, (PYTHON,), 5),
    Target(SHIPPED, SQLITE, (REFERENCE,), 1 / 8),
    Target("10,000", AUTO, (REFERENCE,), 1 / 8),
    Target("100,000", DUCKDB, (REFERENCE,), 1 / 22),
    Target(MILLION, DUCKDB, (REFERENCE,), 1 / 45),
    Target(MILLION, DUCKDB, (DATAFRAMELY,), 1),
    Target(MILLION, DUCKDB, (POLSPEC,), 1),
    Target(MILLION, DUCKDB, (READ, POLARS_READ), 1.1),
    Target(MILLION, DUCKDB_BAD, (DUCKDB,), 1.4),
    Target(MILLION, DIFF, (DUCKDB,), 3),
    Target(MILLION, JSONL, (READ,), 2),
    Target(MILLION, PARQUET, (READ,), 2),
)
#: The largest allowed resident set in bytes, by package and command.
PEAKS = {(MILLION, DUCKDB): 600e6, (TEN_MILLION, LIMITED): 2e9}
#: The largest allowed part of the cpu time that a command keeps people waiting, on two cores.
WAITING = {(MILLION, DUCKDB): 0.6}
#: The largest growth of the cpu time from a million claims to ten million.
GROWTH = 10 * 1.2


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
            ratio = group.ratio(work, *target.against)
            goal = f"1/{1 / target.limit:.0f}" if target.limit < 1 else f"{target.limit:g}"
            reached = f"{times(ratio)}, {_met(ratio, target.limit)}" if ratio else "not measured"
            words.append(f"≤ {goal} of {' or '.join(target.against)}: {reached}")
    limit = PEAKS.get((group.package, work))
    if limit:
        peak = max(run.peak for run in group.taken[work])
        words.append(f"peak ≤ {limit / 1e6:,.0f} MB: {_met(peak, limit)}")
    part = WAITING.get((group.package, work))
    waiting = group.waiting(work)
    if part and waiting:
        words.append(f"wall ≤ {part:g} of cpu: {waiting:.2f}, {_met(waiting, part)}")
    return "; ".join(words)


def growth(groups: list[Group]) -> Iterator[str]:
    """A sentence about the growth from one million claims to ten million, if both were measured."""
    taken = {one.package: one.median(LIMITED) for one in groups if LIMITED in one.taken}
    if {MILLION, TEN_MILLION} <= taken.keys():
        ratio = taken[TEN_MILLION] / taken[MILLION]
        words = f"{ratio:.1f} times the cpu time, target ≤ {GROWTH:g}: {_met(ratio, GROWTH)}"
        yield f"from 1,000,000 to 10,000,000 claims with --memory-limit 2GB: {words}"


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
            wall = sorted(run.wall for run in runs)[len(runs) // 2]
            ratios = [times(group.ratio(work, other)) for other in (REFERENCE, READ)]
            cells = [group.package, LABELS[work], spread, f"{wall:.2f}", f"{peak:.0f}", *ratios]
            yield f"| {' | '.join([*cells, verdicts(group, work)])} |"
