"""Find the passages of the articles that no row of the record covers.

docs/coverage.md lists the passages that no row needs to cover, with the reason. If there are others,
`python curation/coverage.py` shows them and exits with 1. It reads the articles from the folder
$SHIELDTALKS_ARTICLES, or from ../shared/articles. It never writes a passage to a file.
"""

from __future__ import annotations

import os
import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import click

from shieldtalks.record.dataset import Dataset, load
from shieldtalks.record.evidence.anchors import Copy, copies_in
from shieldtalks.record.evidence.canon import sha256
from shieldtalks.record.models import Evidence
from shieldtalks.tabular.findings import CannotRun

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "coverage.md"

#: A stretch of up to this many canonical characters is ignored, such as "he said" beside a clause.
RIM = 12

#: Separates lines. A stretch never continues from one line to the next, such as from a headline.
LINE = re.compile(r"\n+")

#: Separates sentences. A full stop after a single capital letter does not count, because it is an
#: initial or "U.S.". So two sentences are sometimes taken for one, but one is rarely split in two.
SENTENCE = re.compile(r"\n+|(?<=[.!?])(?<!\b[A-Z]\.)[\"'”’]*\s+(?=[\"'“‘]*[A-Z])")

#: A row of the table in docs/coverage.md. The reason must not be empty.
LISTED = re.compile(r"^\| (src-\d{4}) \| (\d+) \| (\d+) \| [^|]*\w[^|]*\|$", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A sequence of canonical characters of an article."""

    source_id: str
    start: int
    length: int

    def passage(self, copies: Mapping[str, Copy]) -> str:
        """The text of the stretch in the copy, in one line."""
        return " ".join(copies[self.source_id].passage(self.start, self.length).split())


def folder() -> Path:
    """The folder with the articles."""
    named = os.environ.get("SHIELDTALKS_ARTICLES")
    return Path(named) if named else ROOT.parent / "shared" / "articles"


def copies_of(record: Dataset, articles: Path) -> dict[str, Copy]:
    """The copies of all sources. Raises CannotRun if one is missing or differs from the coded text."""
    hashes = {source.source_id: source.canon_sha256 for source in record.sources}
    copies = copies_in(articles, list(hashes)) if articles.is_dir() else {}
    for source_id, expected in hashes.items():
        # In a different text, the offsets would point to wrong passages.
        if source_id not in copies or sha256(copies[source_id].canon) != expected:
            raise CannotRun(
                f"{articles} does not contain {source_id} as it was coded",
                "Set SHIELDTALKS_ARTICLES to the folder that contains src-0001.txt and so on.",
            )
    return copies


def pieces(source_id: str, copy: Copy, separator: re.Pattern[str]) -> Iterator[Stretch]:
    """The lines or sentences of an article: the text between the separators."""
    cuts = [bisect_left(copy.origin, found.end()) for found in separator.finditer(copy.text)]
    ends = [*cuts, len(copy.canon)]
    for start, end in zip([0, *cuts], ends, strict=True):
        if end > start:
            yield Stretch(source_id, start, end - start)


def uncovered(evidence: Sequence[Evidence], copies: Mapping[str, Copy]) -> list[Stretch]:
    """The stretches within a line that are longer than RIM and that no evidence covers."""
    found = []
    for source_id, copy in copies.items():
        spans = (range(row.start, row.start + row.length) for row in _of(source_id, evidence))
        covered = {place for span in spans for place in span}
        for line in pieces(source_id, copy, LINE):
            run = range(line.start, line.start + line.length)
            for is_covered, places in groupby(run, covered.__contains__):
                stretch = list(places)
                if not is_covered and len(stretch) > RIM:
                    found.append(Stretch(source_id, stretch[0], len(stretch)))
    return found


def listed(text: str) -> set[Stretch]:
    """The stretches that a page such as docs/coverage.md lists with a reason."""
    return {
        Stretch(source_id, int(start), int(length))
        for source_id, start, length in LISTED.findall(text)
    }


def compare(record: Dataset, copies: Mapping[str, Copy]) -> tuple[list[Stretch], list[Stretch]]:
    """The uncovered stretches that are not listed, and the listed stretches that are not uncovered."""
    bare = set(uncovered(record.evidence, copies))
    known = listed(PAGE.read_text(encoding="utf-8"))
    return sorted(bare - known), sorted(known - bare)


def kinds(sentence: Stretch, evidence: Sequence[Evidence]) -> list[str]:
    """The kinds of rows whose evidence covers more than RIM characters of a sentence."""
    found = set()
    for row in _of(sentence.source_id, evidence):
        first = max(row.start, sentence.start)
        last = min(row.start + row.length, sentence.start + sentence.length)
        if last - first > RIM:
            found.add(_kind(row))
    return sorted(found)


@click.command()
@click.option(
    "--sentences", is_flag=True, help="Show which kinds of rows use each sentence as evidence."
)
def main(sentences: bool) -> None:
    """Show the passages of the articles that no row covers and that docs/coverage.md does not list."""
    record = load(ROOT)
    try:
        copies = copies_of(record, folder())
    except CannotRun as error:
        click.echo(error, err=True)
        sys.exit(2)
    if sentences:
        _print_sentences(record, copies)
        return
    unlisted, stale = compare(record, copies)
    for stretch in unlisted:
        click.echo(f"not covered: {_row(stretch)} {stretch.passage(copies)}")
    for stretch in stale:
        click.echo(f"listed in docs/{PAGE.name}, but not uncovered: {_row(stretch)}")
    sys.exit(1 if unlisted or stale else 0)


def _print_sentences(record: Dataset, copies: Mapping[str, Copy]) -> None:
    for source_id, copy in copies.items():
        for sentence in pieces(source_id, copy, SENTENCE):
            found = ", ".join(kinds(sentence, record.evidence)) or "none"
            click.echo(f"{source_id} {sentence.start} {found}\n    {sentence.passage(copies)}")


def _of(source_id: str, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    return (row for row in evidence if row.source_id == source_id)


def _kind(row: Evidence) -> str:
    targets = ("event", "proposal", "response", "claim")
    return next(kind for kind in targets if getattr(row, f"{kind}_id") is not None)


def _row(stretch: Stretch) -> str:
    return f"| {stretch.source_id} | {stretch.start} | {stretch.length} |"


if __name__ == "__main__":
    main()
