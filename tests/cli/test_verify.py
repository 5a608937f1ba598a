"""`shieldtalks verify`: the evidence of a package against copies of its sources."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest

from tests.support import ARTICLES, Run, statuses
from tests.support.article import ANCHORS, FILE, TEXT
from tests.support.tables import read_table, write_table


def test_verify_one_copy(made_up: Path, copy: Path, run: Run) -> None:
    """One named copy: the rows of other sources are not looked at."""
    result = run("verify", made_up, "--copy", f"src-9001={copy}", code=0)
    lines = result.stdout.splitlines()
    assert lines[0] == "evd-0001  src-9001  verified   clm-0001"
    assert lines[-1] == "evd-0010  src-9001  verified   evt-0001.date_edtf"
    assert len(lines) == len(ANCHORS)
    assert result.stderr.startswith("verifying ")
    assert result.stderr.endswith("10 rows: 10 verified\n")


def test_verify_folder_tells_which_rows_have_no_copy(made_up: Path, run: Run) -> None:
    result = run("verify", made_up, "--articles", ARTICLES, code=1)
    assert result.stdout.splitlines()[-1] == "evd-0011  src-9002  no-copy    clm-0001"
    assert result.stderr.endswith("11 rows: 1 no-copy, 10 verified\n")


def test_verify_named_copy_goes_before_the_folder(made_up: Path, copy: Path, run: Run) -> None:
    arguments = ("verify", made_up, "--articles", ARTICLES, "--format", "json")
    copy.write_text("Nothing of it.", encoding="utf-8")
    status = statuses(run(*arguments, "--copy", f"src-9001={copy}", code=1))
    assert list(status.values()) == ["not-found"] * 10 + ["no-copy"]
    status = statuses(run(*arguments, "--copy", f"src-9002={FILE}", code=0))
    assert list(status.values()) == ["verified"] * 11


def test_verify_moved_rows_are_found(made_up: Path, copy: Path, run: Run) -> None:
    copy.write_text(f"Log in!\n{TEXT}", encoding="utf-8")
    result = run("verify", made_up, "--copy", f"src-9001={copy}", code=0)
    assert result.stderr.endswith("10 rows: 10 moved\n")


def test_verify_ambiguous_rows_are_not(made_up: Path, copy: Path, run: Run) -> None:
    copy.write_text(f"Log in!\n{TEXT}{TEXT}", encoding="utf-8")
    result = run("verify", made_up, "--copy", f"src-9001={copy}", code=1)
    assert result.stderr.endswith("10 rows: 10 ambiguous\n")


def test_verify_lost_row(made_up: Path, copy: Path, run: Run) -> None:
    copy.write_text(TEXT.replace("lamp oil", "lamp gas"), encoding="utf-8")
    result = run("verify", made_up, "--copy", f"src-9001={copy}", "--format", "json", code=1)
    status = statuses(result)
    assert [row for row, word in status.items() if word == "not-found"] == ["evd-0009"]
    assert set(status.values()) == {"verified", "not-found"}


def test_a_copy_of_another_article_is_named(made_up: Path, copy: Path, run: Run) -> None:
    other = "your copy of src-9001 has none of its passages"
    copy.write_text("Nothing of it.", encoding="utf-8")
    result = run("verify", made_up, "--copy", f"src-9001={copy}", code=1)
    assert result.stderr.splitlines()[-1] == other
    rows = read_table(made_up / "data" / "evidence.csv")
    for row in rows:
        if row["source_id"] == "src-9001":
            row["sha256"] = "0" * 64
    write_table(made_up / "data" / "evidence.csv", rows)
    result = run("verify", made_up, "--copy", f"src-9001={FILE}", code=1)
    assert result.stderr.splitlines()[-1] == f"{other}. It looks like a copy of src-9002"


def test_verify_json(made_up: Path, run: Run) -> None:
    result = run("verify", made_up, "--articles", ARTICLES, "--format", "json", code=1)
    rows = json.loads(result.stdout)
    assert rows[9] == {
        "evidence_id": "evd-0010",
        "record_id": "evt-0001",
        "field": "date_edtf",
        "source_id": "src-9001",
        "status": "verified",
        "start": ANCHORS[-1].start,
        "length": ANCHORS[-1].length,
    }
    assert (rows[10]["status"], rows[10]["start"]) == ("no-copy", None)


def test_verify_prints_words_only_when_asked_and_from_the_copy(
    made_up: Path, copy: Path, run: Run
) -> None:
    copy.write_text(textwrap.fill(TEXT, 30), encoding="utf-8")
    arguments = ("verify", made_up, "--copy", f"src-9001={copy}")
    assert "towers" not in run(*arguments, code=0).output
    shown = run(*arguments, "--show", code=0).stdout.splitlines()
    assert shown[7] == "    The towers will stay lit, whatever the answer may be"
    assert len(shown) == 2 * len(ANCHORS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name your copies"),
        (["--copy", "src-9001"], "--copy takes ID=FILE"),
        (["--copy", "src-9001="], "--copy takes ID=FILE"),
        (["--copy", "=copy.txt"], 'there is no source ""'),
        (["--copy", "src-0001=copy.txt"], "The sources are: src-9001, src-9002"),
        (["--copy", "src-9001=absent.txt"], "absent.txt cannot be read"),
        (["--copy", "src-9001=latin.txt"], "latin.txt is not UTF-8 text"),
        (["--copy", "src-9001=folder"], "folder cannot be read"),
        (["--articles", "absent"], "absent is not a folder"),
        (["--articles", "latin.txt"], "latin.txt is not a folder"),
        (["--articles", "folder"], "src-9001.txt is not UTF-8 text"),
        (["--articles", "folder", "--format", "xml"], "'xml' is not one of"),
    ],
)
def test_verify_bad_use(
    arguments: list[str],
    message: str,
    made_up: Path,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    latin = TEXT.encode("cp1252")
    Path("latin.txt").write_bytes(latin)
    Path("folder").mkdir()
    Path("folder", "src-9001.txt").write_bytes(latin)
    result = run("verify", made_up, *arguments, code=2)
    assert message in result.stderr
    assert not result.stdout


def test_verify_package_that_is_none(tmp_path: Path, run: Run) -> None:
    result = run("verify", tmp_path, "--articles", ARTICLES, code=2)
    assert "does not exist" in result.stderr
