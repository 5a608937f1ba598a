"""The shipped evidence against the articles themselves; skipped where they are not at hand."""

from __future__ import annotations

import csv
import re
import subprocess
import textwrap
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from shieldtalks.record.dataset import Dataset, load
from shieldtalks.record.evidence import canon
from shieldtalks.record.evidence.anchors import SHORTEST, Anchor, Copy, Status, copies_in, verify
from shieldtalks.record.evidence.canon import canonical
from shieldtalks.record.models import Evidence
from tests.support import Findings, Run

SOURCES = [source.source_id for source in load().sources]

#: Runs of so many words of an article, or more, may stand nowhere in the project.
LONGEST_RUN = 7


@pytest.fixture(scope="module")
def record(root: Path) -> Dataset:
    """The shipped record."""
    return load(root)


@pytest.fixture(scope="module")
def copies(articles: Path) -> dict[str, Copy]:
    """The articles, by source."""
    return copies_in(articles, SOURCES)


@pytest.fixture(params=SOURCES)
def copy(request: pytest.FixtureRequest, copies: dict[str, Copy]) -> Copy:
    """Each article in turn."""
    return copies[request.param]


@pytest.fixture
def rows(copy: Copy, copies: dict[str, Copy], record: Dataset) -> list[Evidence]:
    """The rows of evidence that stand in that article."""
    source_id = next(name for name, held in copies.items() if held is copy)
    return [row for row in record.evidence if row.source_id == source_id]


def _anchor(row: Evidence) -> Anchor:
    return Anchor(row.start, row.length, row.sha256)


def _status(copy: Copy, rows: list[Evidence]) -> dict[str, Status]:
    return {row.evidence_id: verify(copy, _anchor(row))[0] for row in rows}


# The seals


def test_every_source_has_its_article(record: Dataset, copies: dict[str, Copy]) -> None:
    assert [source.source_id for source in record.sources] == SOURCES == list(copies)


def test_whole_article_is_sealed(record: Dataset, copies: dict[str, Copy]) -> None:
    for source in record.sources:
        copy = copies[source.source_id]
        assert source.canon_version == canon.VERSION
        assert source.canon_length == len(copy.canon)
        assert source.canon_sha256 == canon.sha256(copy.canon)


def test_every_row_is_verified(copy: Copy, rows: list[Evidence]) -> None:
    assert rows
    assert set(_status(copy, rows).values()) == {Status.VERIFIED}


def test_the_copies_pass_the_commands(
    record: Dataset,
    articles: Path,
    root: Path,
    run: Run,
    findings: Findings,
) -> None:
    result = run("verify", root, "--articles", articles, code=0)
    assert result.stderr.endswith(f"{len(record.evidence)} rows: {len(record.evidence)} verified\n")
    assert findings(root, "--articles", str(articles), "--only", "evidence") == []


# What a page may do to an article


def _curled(text: str) -> str:
    """Every straight quote as a printer sets it: opening where a word starts, else closing."""
    text = re.sub(r"\"(?=\w)", "“", text).replace('"', "”")
    return re.sub(r"(?<!\w)'(?=\w)", "‘", text).replace("'", "’")


def _hyphenated(text: str, hyphen: str) -> str:
    """Every word of six letters or more broken after each third."""
    return re.sub(r"(\w{3})(?=\w{3})", rf"\1{hyphen}", text)


PAGES: dict[str, Callable[[str], str]] = {
    "re-wrapped": lambda text: textwrap.fill(text, 37),
    "one line": lambda text: " ".join(text.split()),
    "curled": _curled,
    "soft hyphens": lambda text: _hyphenated(text, "\u00ad"),
    "hyphen and line break": lambda text: _hyphenated(text, "-\r\n"),
    "all of it": lambda text: _hyphenated(_curled(textwrap.fill(text, 37)), "\u00ad\n"),
}


@pytest.mark.parametrize("page", PAGES)
def test_typography_leaves_every_row_at_its_place(
    page: str, copy: Copy, rows: list[Evidence]
) -> None:
    other = Copy.of(PAGES[page](copy.text))
    assert set(_status(other, rows).values()) == {Status.VERIFIED}


@pytest.mark.sample(6)
@pytest.mark.parametrize("page", PAGES)
def test_boilerplate_before_and_after_moves_every_row(
    page: str, copy: Copy, rows: list[Evidence]
) -> None:
    other = Copy.of(f"Home | News\n{PAGES[page](copy.text)}\nRead next: 12 comments")
    assert set(_status(other, rows).values()) == {Status.MOVED}


# Every word counts


def _words(copy: Copy) -> list[tuple[int, int]]:
    """Where each word (what stands between blanks) starts and ends in the canonical form."""
    found = []
    for word in re.finditer(r"\S+", copy.text):
        start = len(canonical(copy.text[: word.start()]))
        if length := len(canonical(word[0])):
            found.append((start, start + length))
    return found


def _replaced(copy: Copy, start: int, end: int, new: str) -> Copy:
    """The article with another word there: as canonical text, which is its own canonical form."""
    text = copy.canon[:start] + new + copy.canon[end:]
    return Copy(text, text, tuple(range(len(text))))


def _holding(rows: list[Evidence], start: int, end: int) -> set[str]:
    return {row.evidence_id for row in rows if row.start < end and start < row.start + row.length}


def _lost(copy: Copy, rows: list[Evidence]) -> set[str]:
    return {name for name, status in _status(copy, rows).items() if status is Status.NOT_FOUND}


def test_words_make_up_the_article(copy: Copy) -> None:
    words = _words(copy)
    intact = "".join(copy.canon[start:end] for start, end in words) == copy.canon
    assert intact  # a plain comparison would print the article


@pytest.mark.slow
def test_changed_word_loses_exactly_the_rows_that_hold_it(copy: Copy, rows: list[Evidence]) -> None:
    """For every word; the new one is as long, so that the other rows stay at their places."""
    for start, end in _words(copy):
        other = _replaced(copy, start, end, "z" * (end - start))
        assert _lost(other, rows) == _holding(rows, start, end), (start, end)


@pytest.mark.sample(3)
def test_longer_word_moves_the_rows_after_it(copy: Copy, rows: list[Evidence]) -> None:
    """For some words, spread over the article."""
    words = _words(copy)
    for start, end in words[:: len(words) // 12]:
        status = _status(_replaced(copy, start, end, "z" * (end - start + 1)), rows)
        holding = _holding(rows, start, end)
        for row in rows:
            after = Status.VERIFIED if row.start < start else Status.MOVED
            wanted = Status.NOT_FOUND if row.evidence_id in holding else after
            assert status[row.evidence_id] is wanted, (row.evidence_id, start, end)


# Spans and sentences

#: Points that end no sentence here: abbreviations and initials of the articles.
_ABBREVIATIONS = ("U.S.", "(U.S.)", "Robert M.", "Anatoly E.", "...")

#: An end of a sentence: a line's, or a point (and closing quotes) before a blank and a capital.
_END = re.compile(r"\n|[.?!][\"”’')]*(?=\s+[\"“‘'(]*[A-Z])")


def _sentence_starts(copy: Copy) -> list[int]:
    """Where each sentence starts in the canonical form; every line starts one too."""
    starts = {0}
    for end in _END.finditer(copy.text):
        if not copy.text[: end.end()].endswith(_ABBREVIATIONS):
            starts.add(len(canonical(copy.text[: end.end()])))
    return sorted(starts - {len(copy.canon)})


def test_the_splitter_knows_its_abbreviations() -> None:
    text = (
        "Gates of the U.S. Army met Robert M. Gates. “It is so.” He left (U.S.) land!\n"
        'A line\n"No," said Anatoly E. Serdyukov. He ... Came? "Yes." An end.'
    )
    copy = Copy.of(text)
    starts = [*_sentence_starts(copy), len(copy.canon)]
    sentences = [copy.canon[a:b] for a, b in pairwise(starts)]
    assert sentences == [
        "gatesoftheusarmymetrobertmgates",
        "itisso",
        "heleftusland",
        "aline",
        "nosaidanatolyeserdyukov",
        "hecame",
        "yes",
        "anend",
    ]


def test_span_lies_in_one_sentence_unless_that_is_too_short(
    copy: Copy, rows: list[Evidence]
) -> None:
    """A span over several sentences holds the whole of one that is too short to be a span."""
    starts = _sentence_starts(copy)
    edges = [*starts, len(copy.canon)]
    for row in rows:
        first = bisect_right(starts, row.start) - 1
        last = bisect_right(starts, row.start + row.length - 1) - 1
        if first == last:
            continue
        whole = [
            edges[number + 1] - edges[number]
            for number in range(first, last + 1)
            if row.start <= edges[number] and edges[number + 1] <= row.start + row.length
        ]
        assert any(length < SHORTEST for length in whole), row.evidence_id
        assert last - first == 1, row.evidence_id


def test_span_starts_and_ends_at_whole_words(copy: Copy, rows: list[Evidence]) -> None:
    starts, ends = map(set, zip(*_words(copy), strict=True))
    for row in rows:
        assert row.start in starts, row.evidence_id
        assert row.start + row.length in ends, row.evidence_id


# No article text in the project


def _runs(text: str) -> set[str]:
    """Every run of eight words (one more than may be) of a text."""
    text = re.sub("['’‘]", "", text.lower())
    words = re.findall(r"[a-z0-9]+", text)
    size = LONGEST_RUN + 1
    return {" ".join(words[place : place + size]) for place in range(len(words) - size + 1)}


def _texts(file: Path) -> Iterator[tuple[str, str]]:
    """The texts of a file, each with its place: the cells of a table, else the whole."""
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix != ".csv":
        yield "text", text
        return
    for number, row in enumerate(csv.reader(text.splitlines(keepends=True)), start=1):
        for column, cell in enumerate(row, start=1):
            yield f"row {number}, column {column}", cell


def test_runs_are_found_across_punctuation_and_lines() -> None:
    text = "One's two, three\n“four” five-six; seven. Eight"
    assert _runs(text) == {"ones two three four five six seven eight"}
    assert _runs(f"x {text}") > _runs(text)
    assert _runs("one two three four five six seven") == set()


def test_no_tracked_file_holds_a_sentence_of_an_article(
    root: Path, record: Dataset, copies: dict[str, Copy]
) -> None:
    """Headlines, which are bibliographic data, aside."""
    titles: set[str] = set()
    for source in record.sources:
        titles |= _runs(source.title)
    runs = {run for copy in copies.values() for run in _runs(copy.text)} - titles
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True)
    names = [name for name in listed.stdout.decode().split("\0") if name]
    assert names
    files = [root / name for name in names if (root / name).is_file()]  # some may just be deleted
    holding = [
        f"{file}: {place}"
        for file in files
        for place, text in _texts(file)
        if not runs.isdisjoint(_runs(text))
    ]
    assert holding == []
