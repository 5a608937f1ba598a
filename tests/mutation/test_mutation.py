"""Slips of the hand, made on purpose: a sample of those that must be found, and the page about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.mutation import mutation
from tests.mutation.mutants import ARTICLES, Book, written
from tests.mutation.operators import OPERATORS

PAGE = mutation.PAGE.read_text(encoding="utf-8")

#: `make mutation` judges all mutants, of which there are more than 12,000.
SAMPLE, SEED = 200, 20090611


def listed(name: str) -> str:
    """The text between the marks of this name on the page."""
    return PAGE.split(f"<!-- {name} -->\n")[1].split(f"<!-- end of {name} -->")[0]


@pytest.fixture(scope="module")
def book() -> Book:
    return mutation.record()


@pytest.mark.slow
def test_no_slip_survives_that_must_be_found() -> None:
    assert mutation.survivors(mutation.scores(size=SAMPLE, seed=SEED)) == []


@pytest.mark.slow
def test_no_slip_in_the_evidence_survives_the_articles(articles: Path) -> None:
    names = {operator.name for operator in OPERATORS if operator.expected == ARTICLES}
    found = mutation.scores(names, size=SAMPLE // 5, seed=SEED, articles=articles)
    assert mutation.survivors(found) == []


@pytest.mark.slow
def test_the_score_counts_a_survivor(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any finding every slip survives that is not repaired, and the seal alone is none."""
    monkeypatch.setattr(mutation, "validate", lambda *_, **__: Silent())
    with mutation.judge(book, None) as judge:
        (mutant, *_) = next(op for op in OPERATORS if op.name == "code-typo").mutants(book)
        assert judge(mutant) == mutation.Verdict("survived")
    score = mutation.Score(mutation.OPERATOR["code-typo"])
    score.add(mutant, mutation.Verdict("survived"))
    assert mutation.survivors([score]) == [f"code-typo: {mutant.place}"]


class Silent:
    """A report without findings."""

    findings: tuple[Any, ...] = ()


def test_sheets_are_the_files_of_the_record(book: Book) -> None:
    for name, sheet in book.sheets.items():
        assert written(sheet.grid) == book.files[f"data/{name}.csv"]


@pytest.mark.slow
def test_every_operator_has_mutants_and_a_name_of_its_own() -> None:
    assert len({operator.name for operator in OPERATORS}) == len(OPERATORS)
    assert [op.name for op in OPERATORS if not mutation.mutants_of(op.name)] == []


def test_the_page_lists_the_operators() -> None:
    assert listed("operators") == mutation.operators_table()


def test_the_page_has_a_result_of_each_operator() -> None:
    rows = [line.split(" | ")[:2] for line in listed("results").splitlines()[2:]]
    results = [[name.removeprefix("| "), expected] for name, expected in rows]
    assert [row for row in results if row[0] != "all"] == [
        [op.name, op.expected] for op in OPERATORS
    ]
