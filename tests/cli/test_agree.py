"""`shieldtalks agree`: the figures of the record, the three formats, and what is asked wrongly."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from jsonschema import Draft202012Validator

from tests.support import Run
from tests.support.article import FILE
from tests.support.codings import as_sheets, coding
from tests.support.sheets import LIGHTHOUSE, collection, sheet_with
from tests.support.tables import read_table, write_table

GOLDEN = """\
table   field        pairs  same  alpha
claims  topic        2      50%   0.00
claims  claimant_id  2      100%  one value

Pairs that differ
row  what it says, in A and in B  field  A  B
a2   It is x.                     topic  x  y
b2   It is y.

Only in A
row  what it says
a3   It is x.
"""

#: The five actors to whom the coders of the record gave different names.
SAME = (
    "Kremlin (presidential office)=Kremlin",
    "Administration of George W. Bush=Bush administration",
    "Administration of Barack Obama=Obama administration",
    "William J. Burns=William Burns",
    "Senior U.S. officials (unnamed)=Senior U.S. officials",
)


def write(folder: Path, tables: dict[str, list[dict[str, str]]]) -> Path:
    folder.mkdir()
    for name, rows in tables.items():
        write_table(folder / f"{name}.csv", rows)
    return folder


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two codings: one pair is the same, one differs, one row is only in the first."""
    one = coding(("a1", "x", 0, 50), ("a2", "x", 100, 50), ("a3", "x", 200, 50))
    other = coding(("b1", "x", 0, 50), ("b2", "y", 100, 50))
    return write(tmp_path / "a", one), write(tmp_path / "b", other)


def test_text(two: tuple[Path, Path], run: Run, tmp_path: Path) -> None:
    result = run("agree", *two, code=0)
    assert result.stdout == GOLDEN
    assert result.stderr.splitlines()[-1] == (
        "2 pairs: 1 differs in 1 value; only in A: 1 row, only in B: 0 rows"
    )
    run("agree", *two, "-o", tmp_path / "out.txt", code=0)
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == GOLDEN
    run("agree", *two, "-o", tmp_path / "out.txt", code=2)


def test_json_follows_its_schema(two: tuple[Path, Path], run: Run, root: Path) -> None:
    found = json.loads(run("agree", *two, "--format", "json", code=0).stdout)
    schema = json.loads((root / "schemas" / "agreement.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(found)
    assert [row["a"]["id"] for row in found["disagreements"]] == ["a2"]
    assert found["only_in_a"][0]["spans"] == [{"source_id": "src-0001", "start": 200, "length": 50}]


@pytest.mark.parametrize("sheets", ["", "a", pytest.param("ab", marks=pytest.mark.slow)])
def test_the_published_figures(
    sheets: str, root: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the two codings as tables, as sheets, and of one as sheets with the other as tables."""
    monkeypatch.chdir(tmp_path)  # there is no package
    given = [f"--same-actor={names}" for names in SAME]
    folders = [root / "curation" / f"coding-{letter}" for letter in "ab"]
    for number in range(len(sheets)):
        folders[number] = as_sheets(folders[number], tmp_path / sheets[number])
    found = json.loads(run("agree", *folders, *given, "--format", "json", code=0).stdout)
    with (root / "docs" / "agreement.csv").open(encoding="utf-8", newline="") as lines:
        wanted = [tuple(row.values()) for row in csv.DictReader(lines)]

    def shown(row: dict[str, Any]) -> tuple[str, ...]:
        figure = "one value" if row["alpha"] is None else f"{row['alpha']:z.2f}"
        share = f"{row['same'] / row['pairs']:.0%}"
        return row["table"], row["field"], str(row["pairs"]), share, figure

    assert list(map(shown, found["agreement"])) == wanted


def test_a_package_is_a_coding(root: Path, run: Run) -> None:
    result = run("agree", root, root, "--exit-code", code=0)
    assert "none differs; only in A: 0 rows, only in B: 0 rows" in result.stderr


def test_the_page_holds_hostile_text(two: tuple[Path, Path], run: Run, tmp_path: Path) -> None:
    claims = two[0] / "claims.csv"
    hostile = "<script>alert(1)</script>\x1b[31m"
    claims.write_text(claims.read_text("utf-8").replace("It is x.", hostile), "utf-8")
    run("agree", *two, "--format", "html", "-o", tmp_path / "page.html", code=0)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "\x1b" not in page
    assert not re.search(r"(src|href)=", page)
    assert fromstring(page.removeprefix("<!DOCTYPE html>")).find("body") is not None  # noqa: S314
    assert page.count('<tr class="differs">') == 1


def test_exit_code(two: tuple[Path, Path], run: Run) -> None:
    run("agree", *two, "--exit-code", code=1)
    run("agree", two[0], two[0], "--exit-code", code=0)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("claims.csv", b"\xff\xfe", "is not UTF-8 text"),
        ("claims.csv", b'claim_id\n"x', "is not a CSV file"),
        ("evidence.csv", None, "there is no table evidence"),
        ("claims.csv", None, "it has none of the tables events"),
    ],
)
def test_what_is_no_coding(
    name: str, content: bytes | None, said: str, two: tuple[Path, Path], run: Run
) -> None:
    file = two[1] / name
    file.unlink() if content is None else file.write_bytes(content)
    result = run("agree", *two, code=2)
    assert said in result.stderr
    assert result.stdout == ""


def test_what_a_coding_does_not_have_is_no_difference(root: Path, run: Run, tmp_path: Path) -> None:
    """Without the table codings nobody knows which codes were given; without a column, which country."""
    for file in (root / "curation" / "coding-a").glob("*.csv"):
        rows: list[Any] = read_table(file)
        for row in rows:
            row.pop("country", None)
        if rows and file.stem != "codings":
            write_table(tmp_path / file.name, rows)
    result = run("agree", tmp_path, root / "curation" / "coding-a", code=0)
    assert (
        "not compared, because A has no column or table for it: events.country, events.main CAMEO code, "
        "events.main PLOVER code, proposals.main CAMEO code"
    ) in result.stderr
    assert "none differs" in result.stderr
    assert "main CAMEO" not in result.stdout
    assert "country" not in result.stdout
    assert "because B" not in result.stderr


def test_asked_wrongly(two: tuple[Path, Path], run: Run) -> None:
    said = run("agree", *two, "--same-actor", "x", code=2).stderr
    assert 'Write it as --same-actor "OTHER=NAME"' in said
    run("agree", two[0], two[0] / "none", code=2)
    said = run("agree", *two, two[0], code=2).stderr
    assert "agree compares two codings, not 3. Compare two of them at a time." in said
    for file in (two[0] / "claims.csv", two[1]):
        run("agree", *two, "-o", file, "--force", code=2)
    assert (two[0] / "claims.csv").read_text(encoding="utf-8").startswith("claim_id")


def test_options_for_sheets_that_change_nothing_are_named(
    two: tuple[Path, Path], run: Run, tmp_path: Path
) -> None:
    result = run("agree", *two, "--articles", tmp_path, code=0)
    assert (
        "--articles is not used: it is for coding sheets, and A and B are tables" in result.stderr
    )
    result = run("agree", *two, "--articles", tmp_path, "--copy", FILE, code=0)
    assert "--articles and --copy are not used: they are for coding sheets" in result.stderr
    assert "not used" not in run("agree", *two, code=0).stderr


@pytest.mark.parametrize(
    ("source", "hint"),
    [("", "add id ="), ('id = "src-0009"\n', "There is no src-0009.txt in")],
)
def test_a_folder_of_articles_without_the_copy(
    source: str, hint: str, run: Run, tmp_path: Path
) -> None:
    sheet = sheet_with(tmp_path, ("[source]\n", f"[source]\n{source}"))
    result = run("agree", sheet, sheet, "--articles", tmp_path, code=2)
    assert hint in result.stderr


def test_two_sheets_of_an_article(run: Run, root: Path, tmp_path: Path) -> None:
    """Rows are named by their lines. The article has an identifier in one of the sheets only."""
    other = sheet_with(
        tmp_path,
        ('move = "defer"', 'move = "partly accept"'),
        ('"PS+"', '"PR+"'),
        ("[source]\n", '[source]\nid = "src-0004"\n'),
    )
    lines = {
        file: next(n for n, line in enumerate(file.read_text("utf-8").splitlines(), 1) if "[[claim" in line)
        for file in (LIGHTHOUSE, other)
    }  # fmt: skip
    given = (LIGHTHOUSE, other, "--copy", FILE)
    text = run("agree", *given, code=0)
    assert f"line {lines[LIGHTHOUSE]}  Shared books of signals may show" in text.stdout
    assert "partly-accept" in text.stdout
    assert "6 pairs: 2 differ in 2 values; only in A: 0 rows, only in B: 0 rows" in text.stderr
    found = json.loads(run("agree", *given, "--format", "json", code=0).stdout)
    schema = json.loads((root / "schemas" / "agreement.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(found)
    page = run("agree", *given, "--format", "html", code=0).stdout
    assert page.count('<tr class="differs">') == 2
    before = other.read_bytes(), FILE.read_bytes()
    for file in (other, FILE):
        run("agree", *given, "-o", file, "--force", code=2)
    assert (other.read_bytes(), FILE.read_bytes()) == before


def test_a_sheet_with_the_collection_that_it_is_coded_in(
    coded: Path, run: Run, tmp_path: Path
) -> None:
    """What the collection has of the article does not hide what the sheet says."""
    other = sheet_with(tmp_path, ('move = "defer"', 'move = "decline"'))
    short = other.read_text("utf-8").replace(', country = "MRV"', "")
    sheet = short[short.index("[source]") :].replace("[source]\n", '[source]\nid = "src-0001"\n')
    other.write_text(sheet, "utf-8")
    copies = tmp_path / "articles"
    copies.mkdir()
    (copies / "src-0001.txt").write_bytes(FILE.read_bytes())
    given = (other, coded, "--package", coded, "--articles", copies, "--format", "json")
    for read in (next(copies.glob("*.txt")), coded / "data" / "actors.csv"):
        refused = run("agree", *given, "-o", read, "--force", code=2)
        assert "which this command reads" in refused.stderr
    found = json.loads(run("agree", *given, code=0).stdout)
    assert [row["fields"] for row in found["disagreements"]] == [
        [{"field": "move", "a": "decline", "b": "defer"}]
    ]
    assert found["only_in_a"] == found["only_in_b"] == []


@pytest.mark.slow
def test_what_the_collection_derives_is_no_difference(run: Run, tmp_path: Path) -> None:
    """Two claims of the sheet contradict each other: in the collection, they are disputed."""
    ferry = LIGHTHOUSE.with_name("ferry.toml")
    copy, target = ferry.with_suffix(".txt"), collection(tmp_path / "ferry")
    run("code", ferry, "--package", target, "--article", copy, code=0)
    result = run("agree", ferry, target, "--copy", copy, "--exit-code", code=0)
    assert "none differs; only in A: 0 rows, only in B: 0 rows" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('proposal = "The second note"', 'proposal = "The third note"', "there is no proposal"),
        ('move = "defer"', "move =", "sheet.toml:"),
        ("", "", "the copy of the article is needed"),
    ],
)
def test_a_sheet_with_faults_is_not_compared(
    old: str, new: str, words: str, run: Run, tmp_path: Path
) -> None:
    other = sheet_with(tmp_path, (old, new))
    copy = ("--copy", FILE) if old else ()
    result = run("agree", LIGHTHOUSE, other, *copy, code=2)
    assert words in result.stdout + result.stderr
    assert not old or "nothing was compared" in result.stderr


def test_a_sheet_that_needs_a_collection(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside its folder, the names of a collection are unknown."""
    other = sheet_with(tmp_path, ('proposal = "The second note"', 'proposal = "The third note"'))
    monkeypatch.chdir(tmp_path)
    said = run("agree", LIGHTHOUSE, other, "--copy", FILE, code=2).stderr
    assert "no collection is used: if the sheets use its names, give it with --package" in said


def test_a_row_that_another_article_states_too_has_the_values_of_each_sheet(
    coded: Path, run: Run, tmp_path: Path
) -> None:
    """What the collection has of an event does not hide what the two sheets say of it."""
    text = (
        "The second note of Marvonia has come to Ostrell on the first of May. "
        "It is about the lighthouse treaty, as everybody on the coast knows by now."
    )
    copy = tmp_path / "other.txt"
    copy.write_text(text, "utf-8")
    more = tmp_path / "more.toml"
    more.write_text(
        '[source]\nkind = "newspaper-article"\ntitle = "Another"\npublisher = "The Tellan Tidings"\n'
        'published = 2031-05-07\n[[event]]\nlabel = "Second note"\nsentence = "has come to Ostrell"\n',
        "utf-8",
    )
    run("code", more, "--package", coded, "--article", copy, code=0)
    (tmp_path / "b").mkdir()
    other = sheet_with(
        tmp_path / "b", ('label = "Second note"\n', 'label = "Second note"\ndate = 2031-05-02\n')
    )
    given = ("--package", coded, "--copy", FILE, "--format", "json")
    found = json.loads(run("agree", LIGHTHOUSE, other, *given, code=0).stdout)
    (event,) = found["disagreements"]
    assert event["a"]["id"].startswith("line ")
    assert {one["field"]: one["b"] for one in event["fields"]}["date_edtf"] == "2031-05-02"
