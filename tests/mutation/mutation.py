"""The mutation score of the data: slips of the hand, made on purpose, and which of them are found.

Run as `python -m tests.mutation [--sample N] [--seed S] [--articles DIR]`. Each mutant is a
copy of the shipped package with one slip of `operators/`, sealed again as `fmt` does and validated.
A changed hash or size never counts as found.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from shieldtalks.record.checking import Options, validate
from shieldtalks.record.derived import additions
from shieldtalks.record.evidence.sealed import against
from shieldtalks.tabular import jsontext
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.formatting import plan
from shieldtalks.tabular.package import read
from tests.mutation.mutants import ARTICLES, CANNOT, Book, Mutant
from tests.mutation.operators import OPERATORS, Operator
from tests.mutation.remembered import SEALS, remembered
from tests.support import ROOT

PAGE = ROOT / "docs" / "mutation.md"

OPERATOR = {operator.name: operator for operator in OPERATORS}


@dataclass(frozen=True)
class Verdict:
    """The outcome of a mutant: repaired, caught (by which rules), survived, or the same as before."""

    outcome: str
    rules: tuple[str, ...] = ()


@dataclass
class Score:
    """The verdicts on the mutants of one operator."""

    operator: Operator
    outcomes: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    survivors: list[Mutant] = field(default_factory=list)

    def add(self, mutant: Mutant, verdict: Verdict) -> None:
        """Count one verdict."""
        self.outcomes[verdict.outcome] += 1
        self.rules.update(verdict.rules)
        if verdict.outcome == "survived":
            self.survivors.append(mutant)

    @property
    def mutants(self) -> int:
        """How many mutants differ from the record."""
        return sum(self.outcomes.values()) - self.outcomes["same"]

    @property
    def share(self) -> str:
        """Caught or repaired, as a percentage that is 100 only when all are."""
        good = self.outcomes["caught"] + self.outcomes["repaired"]
        return f"{100 * good // self.mutants} %" if self.mutants else "-"

    @property
    def failed(self) -> bool:
        """Whether a mutant survived that must not."""
        return self.operator.expected != CANNOT and bool(self.survivors)

    def cells(self) -> list[str]:
        """The line of the results table."""
        out, ranked = (
            self.outcomes,
            sorted(self.rules.items(), key=lambda rule: (-rule[1], rule[0])),
        )
        more = f", {len(ranked) - 4} more" if len(ranked) > 4 else ""
        rules = ", ".join(f"{name} {count}" for name, count in ranked[:4]) + more
        counts = [self.mutants, out["repaired"], out["caught"], out["survived"]]
        name, expected = self.operator.name, self.operator.expected
        return [name, expected, *map(str, counts), self.share, rules]


class Judge:
    """A folder with a copy of the record, in which one mutant after the other is judged."""

    def __init__(self, book: Book, folder: Path, articles: Path | None) -> None:
        self.book, self.folder = book, folder
        self.also = [against(articles)] if articles else []
        self._put(book.files)
        self.package = read(folder)

    def _put(self, files: dict[str, bytes]) -> None:
        for path, content in files.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def __call__(self, mutant: Mutant) -> Verdict:
        """The verdict on a mutant; the folder is left as it was."""
        path = f"data/{mutant.table}.csv"
        content = mutant.content()
        if content == self.book.files[path]:
            return Verdict("same")
        if content is None:
            (self.folder / path).unlink()
        else:
            (self.folder / path).write_bytes(content)
        sealed: dict[str, bytes] = {}
        try:
            sealed = self._seal(mutant.table)
            if sealed.get(path) == self.book.files[path]:
                return Verdict("repaired")
            return self._validate(mutant)
        finally:
            self._put({name: self.book.files[name] for name in {path, *sealed}})

    def _seal(self, table: str) -> dict[str, bytes]:
        """What `fmt` rewrites; nothing where it refuses.

        The other tables are in canonical form already, and only codes reach into the schemas.
        """
        package = self.package
        if table != "codes":
            changed = tuple(res for res in package.resources if res.name == table)
            package = replace(package, resources=changed)
        try:
            todo = plan(package, additions(package))
        except CannotRun:
            return {}
        files = {change.path: change.content for change in todo.changes}
        self._put(files)
        return files

    def _validate(self, mutant: Mutant) -> Verdict:
        with_articles = OPERATOR[mutant.operator].expected == ARTICLES
        report = validate(self.folder, Options(also=self.also if with_articles else []))
        rules = {finding.rule for finding in report.findings} - SEALS
        return Verdict("caught" if rules else "survived", tuple(sorted(rules)))


@contextmanager
def judge(book: Book, articles: Path | None) -> Iterator[Judge]:
    """A judge with a folder of its own, in memory where the system has such a place."""
    memory = Path("/dev/shm")  # noqa: S108
    with ExitStack() as stack:
        place = memory if os.access(memory, os.W_OK) else None
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=place))
        stack.enter_context(remembered())
        stack.enter_context(patch.object(jsontext, "parse", lru_cache(256)(jsontext.parse)))
        yield Judge(book, Path(folder), articles)


def chosen_operators(names: Collection[str], *, articles: bool) -> list[Operator]:
    """The operators with these names, all where none is named; with the articles, if they need them."""
    named = [op for op in OPERATORS if not names or op.name in names]
    return [op for op in named if articles or op.expected != ARTICLES]


@cache
def record() -> Book:
    """The shipped record, read once."""
    return Book.of(ROOT)


@cache
def mutants_of(operator: str) -> list[Mutant]:
    """The mutants of the record by one operator, made once."""
    return list(OPERATOR[operator].mutants(record()))


def all_mutants(operators: list[Operator]) -> list[Mutant]:
    """The mutants of some operators, in a fixed order."""
    return [mutant for operator in operators for mutant in mutants_of(operator.name)]


def sample(mutants: list[Mutant], size: int | None, seed: int) -> list[int]:
    """The places of the chosen mutants: one of each operator, then any."""
    places = list(range(len(mutants)))
    if size is None or size >= len(places):
        return places
    random.Random(seed).shuffle(places)  # noqa: S311
    firsts = {mutants[place].operator: place for place in reversed(places)}
    rest = [place for place in places if place not in set(firsts.values())]
    return [*firsts.values(), *rest][: max(size, len(firsts))]


_WORK: dict[str, Any] = {}


def _start(names: Collection[str], articles: Path | None, stack: ExitStack | None = None) -> None:
    """Set up a worker: the same record, the same mutants, a folder of its own."""
    _WORK["stack"] = stack or ExitStack()
    _WORK["judge"] = _WORK["stack"].enter_context(judge(record(), articles))
    operators = chosen_operators(names, articles=articles is not None)
    _WORK["mutants"] = all_mutants(operators)
    if stack is None:
        multiprocessing.util.Finalize(None, _WORK["stack"].close, exitpriority=10)


def _verdict(place: int) -> tuple[int, Verdict]:
    return place, _WORK["judge"](_WORK["mutants"][place])


def verdicts(
    chosen: list[int], names: Collection[str], articles: Path | None, processes: int
) -> Iterator[tuple[int, Verdict]]:
    """The verdict on each chosen mutant, in any order."""
    if processes == 1:
        with ExitStack() as stack:
            _start(names, articles, stack)
            yield from map(_verdict, chosen)
        return
    pool = multiprocessing.Pool(processes, _start, (names, articles))
    yield from pool.imap_unordered(_verdict, chosen, chunksize=25)
    pool.close()
    pool.join()


def scores(
    names: Collection[str] = (),
    *,
    size: int | None = None,
    seed: int = 1,
    articles: Path | None = None,
    processes: int = 1,
) -> list[Score]:
    """The score of each operator that has a mutant among the chosen ones."""
    used = chosen_operators(names, articles=articles is not None)
    mutants = all_mutants(used)
    chosen = sample(mutants, size, seed)
    found = {operator.name: Score(operator) for operator in used}
    shown = sys.stderr.isatty()
    for number, (place, verdict) in enumerate(
        verdicts(chosen, names, articles, processes), start=1
    ):
        found[mutants[place].operator].add(mutants[place], verdict)
        if shown and (number % 25 == 0 or number == len(chosen)):
            click.echo(f"\r{number} of {len(chosen)} mutants", nl=number == len(chosen), err=True)
    for score in found.values():
        score.survivors.sort(
            key=lambda mutant: (mutant.table, mutant.row, mutant.field, mutant.new)
        )
    return [score for score in found.values() if score.outcomes]


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def operators_table() -> str:
    """What each operator does and what is expected of it."""
    rows = ([f"`{op.name}`", op.expected, op.sentence] for op in OPERATORS)
    return table(["operator", "expected", "the slip"], rows)


def results_table(found: list[Score]) -> str:
    """The results, with a last line for all operators of each expectation."""
    head = [
        "operator",
        "expected",
        "mutants",
        "repaired",
        "caught",
        "survived",
        "found",
        "found by",
    ]
    return table(head, (score.cells() for score in [*found, *totals(found)]))


def totals(found: list[Score]) -> list[Score]:
    """The scores added up by expectation."""
    sums: dict[str, Score] = {}
    for score in found:
        expected = score.operator.expected
        total = sums.setdefault(expected, Score(Operator("all", expected, "", lambda _: ())))
        total.outcomes.update(score.outcomes)
    return list(sums.values())


def write(name: str, text: str) -> None:
    """Put a table between the marks of its name on the page."""
    first, last = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, _, rest = PAGE.read_text("utf-8").partition(first)
    after = rest.partition(last)[2]
    PAGE.write_text(f"{before}{first}{text}{last}{after}", "utf-8", newline="\n")


def survivors(found: list[Score]) -> list[str]:
    """The mutants that should have been found, one a line."""
    failed = [score for score in found if score.failed]
    return [f"{score.operator.name}: {m.place}" for score in failed for m in score.survivors]


@click.command()
@click.option("--sample", "size", type=click.IntRange(1), help="Judge so many mutants, not all.")
@click.option("--seed", default=1, show_default=True, help="Seed of the sample.")
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with copies of the articles; without it the operators that need them rest.",
)
@click.option("--processes", default=os.cpu_count() or 1, type=click.IntRange(1))
@click.option("--operator", "names", multiple=True, type=click.Choice(sorted(OPERATOR)))
@click.option("--write", "writes", is_flag=True, help="Put the tables into docs/mutation.md.")
def main(
    size: int | None,
    seed: int,
    articles: Path | None,
    processes: int,
    names: tuple[str, ...],
    writes: bool,
) -> None:
    """Make slips of the hand in copies of the record and say which of them the checks find."""
    if writes:
        write("operators", operators_table())
    found = scores(names, size=size, seed=seed, articles=articles, processes=processes)
    results = results_table(found)
    if writes:
        write("results", results)
    click.echo(results, nl=False)
    lines = survivors(found)
    for line in lines:
        click.echo(line)
    sys.exit(1 if lines else 0)
