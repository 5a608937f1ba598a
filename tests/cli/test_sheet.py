"""`shieldtalks sheet`: a sheet to start with, and the sheet of an article that is coded already."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from shieldtalks.record.sheet.model import TARGET_OF
from tests.support import Run
from tests.support.article import FILE, TEXT
from tests.support.sheets import (
    collection,
    contents,
    of_source,
    owned,
    signatures,
    tables_in,
)

COPY = ("--article", FILE)


@pytest.mark.parametrize("by_words", [True, False])
@pytest.mark.slow
def test_the_sheet_of_a_coded_article_gives_the_same_rows(
    by_words: bool, coded: Path, run: Run, tmp_path: Path
) -> None:
    made = run("sheet", "--from-record", "src-0001", "--package", coded, *COPY * by_words, code=0)
    assert ("do not publish it" in made.stdout) == by_words
    (tmp_path / "made.toml").write_text(made.stdout, "utf-8")
    again = run("code", tmp_path / "made.toml", "--package", coded, *COPY, code=0)
    assert "added 0 rows" in again.stderr
    other = collection(tmp_path / "other")
    run("code", tmp_path / "made.toml", "--package", other, *COPY, code=0)
    assert signatures(tables_in(other)) == signatures(tables_in(coded))


def test_a_sheet_without_a_copy_has_no_words_of_the_article(coded: Path, run: Run) -> None:
    made = run("sheet", "--from-record", "src-0001", "--package", coded, code=0)
    assert "at = [82, 56]" in made.stdout
    assert "handed" not in made.stdout


@pytest.mark.slow
def test_the_three_articles_give_the_record(
    articles: Path, root: Path, run: Run, tmp_path: Path
) -> None:
    """Each is coded alone first, then the others join the second one. The order makes no difference."""
    record = tables_in(root)
    whole, owners = signatures(record), owned(record)
    for name, foreign in (("src-0001", 1), ("src-0003", 0), ("src-0002", 3)):
        target = code_again(name, collection(tmp_path / name), articles, root, run)
        after, own = signatures(tables_in(target)), of_source(record, name)
        for table, rows in after.items():
            assert table in ("codes", "references") or rows <= whole[table], "nothing is made up"
            assert own.get(table, Counter()) <= rows, f"{table} of {name}"
        for table in TARGET_OF:
            more = after[table] - own[table]
            assert all(name not in owners[table][one] for one in more), f"{table} of {name}"
        assert (after["evidence"] - own["evidence"]).total() == foreign
    for name in ("src-0001", "src-0003"):
        code_again(name, target, articles, root, run)
    after = signatures(tables_in(target))
    left = {"coders", "corroborations", "retired", "references", "codes"}
    assert {table: rows for table, rows in after.items() if table not in left} == {
        table: rows for table, rows in whole.items() if table not in left
    }
    assert after["references"] <= whole["references"]
    assert after["codes"] <= whole["codes"]


def code_again(name: str, target: Path, articles: Path, root: Path, run: Run) -> Path:
    """Code the sheet of a coded article into a collection."""
    copy, made = articles / f"{name}.txt", target.with_name(f"{name}.toml")
    given = ("--article", copy, "--package", root, "-o", made, "--force")
    run("sheet", "--from-record", name, *given, code=0)
    run("code", made, "--package", target, "--article", copy, code=0)
    return target


def test_a_new_sheet_has_the_sentences_with_actors_and_dates(
    coded: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "src-0002.txt").write_text(TEXT + "\n\nOne more line about Vesterly.", "utf-8")
    made = run(
        *("sheet", "--article", tmp_path / "src-0002.txt"),
        *("--published", "2031-05-08", "--package", coded),
        code=0,
    ).stdout
    assert "do not publish it" in made
    assert tomllib.loads(made)["source"] == {"id": "src-0002", "published": "2031-05-08"}
    assert "Ostrell’s envoy, Bram O. Vesterly, called the note" in made
    assert "#    actors: Ostrell, Bram O. Vesterly\n" in made
    assert "#    dates: Tuesday = 2031-05-06 (if it is to come: 2031-05-13)\n" in made
    assert '# name = "Ilsa Kerrow"' in made
    assert '# from = "Under the offer,"\n# to = "for by Marvonia"' in made


def test_a_new_sheet_of_a_coded_article_names_it(coded: Path, run: Run) -> None:
    made = run("sheet", *COPY, "--package", coded, code=0).stdout
    assert tomllib.loads(made) == {"source": {"id": "src-0001"}}
    assert "Tuesday = 2031-05-06" in made, "the day of publication is known"


def test_a_or_an_is_no_part_of_a_name(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "article.txt"
    copy.write_text(
        "A Velmar Trade Board member spoke. A Velmar boat waited for an answer.\n", "utf-8"
    )
    other = collection(tmp_path / "other")
    made = run("sheet", "--article", copy, "--package", other, code=0).stdout
    names = [line for line in made.splitlines() if line.startswith("# name")]
    assert names == ['# name = "Velmar Trade Board"']


def test_a_name_of_one_word_is_offered_if_it_is_there_often(run: Run, tmp_path: Path) -> None:
    """Most states have one word. Days, parts of longer names and first words of sentences are none."""
    copy = tmp_path / "article.txt"
    copy.write_text(
        "By Ana Pirelli\n\nVelmark wants the treaty on Monday, and Monday is near for Velmark. Under the "
        "plan, Ilsa Kerrow would sail. Under it, Kerrow and Ostrell would meet. A plan of Kerrow is old.",
        "utf-8",
    )
    other = collection(tmp_path / "other")
    made = run("sheet", "--article", copy, "--package", other, code=0).stdout
    names = [line for line in made.splitlines() if line.startswith("# name")]
    assert names == ['# name = "Ilsa Kerrow"', '# name = "Velmark"']


def test_a_sheet_that_was_started_can_be_filled_in(run: Run, tmp_path: Path) -> None:
    empty = collection(tmp_path / "empty")
    made = run("sheet", *COPY, "--published", "2031-05-06", "--package", empty, code=0).stdout
    assert tomllib.loads(made)["source"]["id"] == "src-9001"
    (tmp_path / "s.toml").write_text(made, "utf-8")
    before = contents(empty)
    result = run("code", tmp_path / "s.toml", "--package", empty, *COPY, code=1)
    assert 'a new source needs "title"' in result.stdout
    assert contents(empty) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "use --article to start a sheet, or --from-record"),
        (["--article", FILE, "--published", "6 May"], "is not a day"),
        (["--from-record", "src-0007"], 'there is no source "src-0007"'),
        (["--article", "none.txt"], "none.txt cannot be read"),
        (["--article", FILE, "-o", FILE], "already exists"),
    ],
)
def test_bad_use(arguments: list[str], words: str, coded: Path, run: Run) -> None:
    assert words in run("sheet", *arguments, "--package", coded, code=2).stderr


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [("evidence", ",82,", ",x,"), ("attributions", "evd-0001,0,", "evd-0001,x,")],
)
def test_rows_with_faults_are_refused(
    table: str, old: str, new: str, coded: Path, run: Run
) -> None:
    file = coded / "data" / f"{table}.csv"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    result = run("sheet", "--from-record", "src-0001", "--package", coded, code=2)
    assert "do not match their tables" in result.stderr
    assert "shieldtalks validate" in result.stderr
