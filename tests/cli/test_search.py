"""`shieldtalks search`: words and their forms, the order, the three formats, and what is not found."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import shieldtalks
from tests.support import Run, one_line

pytestmark = pytest.mark.usefixtures("no_terminal")

DATASET = shieldtalks.load()

TABLE = """\
id        table      found
prp-0018  proposals  Radar in Russia
prp-0009  proposals  Radar co-location
prp-0007  proposals  Combining radar systems
prp-0017  proposals  Radar or data centres in Russia
prp-0019  proposals  Data-exchange centres in Russia
                       addressee_id: Russia (Moscow)
prp-0016  proposals  Sites on Russian soil
                       addressee_id: Russia (Moscow)
"""


def found(run: Run, *arguments: Any) -> list[dict[str, Any]]:
    """The rows of a JSON result."""
    result = run("search", *arguments, "--format", "json", code=0)
    rows: list[dict[str, Any]] = json.loads(result.stdout)["rows"]
    return rows


def test_the_table(root: Path, run: Run) -> None:
    result = run("search", "Moscow", "radar", "--table", "proposals", "--package", root, code=0)
    assert result.stdout == TABLE
    assert result.stderr.splitlines()[1] == "6 rows"


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("radars", "radar"),
        ("RADAR", "radar"),
        ("missile defense", "missile-defence"),
        ("Russia's", "Russia"),
        ("colocation", "co-location"),
        ("declined", "decline"),
        ("U.S. plan", "US plan"),
    ],
)
def test_forms_of_a_word_find_the_same_rows(words: str, same: str) -> None:
    ids = {hit.record_id for hit in DATASET.search(words)}
    assert ids
    assert ids == {hit.record_id for hit in DATASET.search(same)}


def test_a_name_and_an_alias_find_the_actor_first() -> None:
    assert DATASET.search("Moscow")[0].record_id == "act-0001"
    assert DATASET.search("nesterenk")[0].record_id == "act-0023"
    assert DATASET.search("prp-0016")[0].record_id == "prp-0016"


def test_every_row_has_all_the_words() -> None:
    both = {hit.record_id for hit in DATASET.search("radar Russia")}
    for word in ("radar", "Russia"):
        assert both < {hit.record_id for hit in DATASET.search(word)}
    order = [hit.score for hit in DATASET.search("radar")]
    assert order == sorted(order, reverse=True)


def test_a_text_result_is_short_and_says_so(root: Path, run: Run) -> None:
    every = found(run, "Russia", "--package", root)
    assert len(every) > 25
    result = run("search", "Russia", "--package", root, code=0)
    assert f"{len(every)} rows; 25 are shown, --limit 0 shows all" in result.stderr
    assert len(found(run, "Russia", "--limit", "3", "--package", root)) == 3
    assert len(found(run, "Russia", "--limit", "0", "--package", root)) == len(every)


def test_csv_has_the_rows_of_json(root: Path, run: Run) -> None:
    text = run("search", "radar", "--format", "csv", "--package", root, code=0).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [{**row, "score": float(row["score"])} for row in rows] == found(
        run, "radar", "--package", root
    )


def test_what_is_not_found_is_said(root: Path, run: Run) -> None:
    result = run("search", "threatn", "--package", root, code=0)
    assert result.stdout == ""
    said = 'Nothing was found: no row contains "threatn". Did you mean "threaten"?'
    assert result.stderr.splitlines()[1] == said
    assert found(run, "zzzzz", "--package", root) == []
    several = run("search", "radar", "equality", "--package", root, code=0).stderr
    assert 'no row contains all the words "radar equality".' in several
    unlike = run("search", "zzzzz", "--package", root, code=0).stderr
    assert 'no row contains "zzzzz".' in unlike
    assert "Did you mean" not in unlike


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("!!",), "there is no word to search for"),
        (("radar", "--table", "proposal"), 'Did you mean "proposals"?'),
        (("radar", "--table", "zzz"), "Use one of actors,"),
    ],
)
def test_bad_use(arguments: tuple[str, ...], message: str, root: Path, run: Run) -> None:
    assert message in run("search", *arguments, "--package", root, code=2).stderr


def test_another_collection_is_searched(lighthouse: Path, run: Run) -> None:
    assert found(run, "signals", "--package", lighthouse)


def test_a_command_that_does_not_exist(run: Run) -> None:
    assert one_line(run("serch", "radar", code=2)).endswith('Did you mean "search"?')
    assert "The commands are: validate," in one_line(run("zzzzzz", code=2))
