"""`validate --articles`: the evidence as a check of a package."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import ARTICLES, Findings
from tests.support.article import TEXT
from tests.support.tables import read_table, write_table


def test_validate_takes_copies_too(made_up: Path, findings: Findings) -> None:
    """`validate --articles` names the source without a copy once, not each of its rows."""
    found = findings(made_up, "--articles", str(ARTICLES), "--only", "evidence")
    assert [(f["table"], f["row"], f["field"]) for f in found] == [("sources", 2, "source_id")]


def test_validate_finds_rows_that_do_not_stand_at_their_place(
    made_up: Path, tmp_path: Path, findings: Findings
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "src-9002.txt").write_text(TEXT, encoding="utf-8")
    (folder / "src-9001.txt").write_text(TEXT.replace("lamp oil", "lamp gas"), encoding="utf-8")
    found = findings(made_up, "--articles", str(folder), "--only", "evidence")
    assert (found[0]["table"], found[0]["field"]) == ("sources", "canon_sha256")
    lost = [f for f in found if f["table"] == "evidence"]
    assert lost
    assert {f["field"] for f in lost} == {"sha256"}
    assert all(str(f["message"]).startswith("not-found") for f in lost)


@pytest.mark.parametrize("field", ["canon_length", "canon_sha256"])
def test_validate_finds_a_wrong_seal_of_the_whole(
    field: str, made_up: Path, findings: Findings
) -> None:
    sources = read_table(made_up / "data" / "sources.csv")
    sources[0][field] = "99999" if field == "canon_length" else "0" * 64
    write_table(made_up / "data" / "sources.csv", sources)
    found = findings(made_up, "--articles", str(ARTICLES), "--only", "evidence")
    assert [(f["row"], f["field"]) for f in found] == [(1, "canon_sha256"), (2, "source_id")]
