"""`shieldtalks import`: the sheet, the exit codes, and that `code` reads the sheet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shieldtalks.record.sheet.reading import parse_sheet
from tests.support import Run
from tests.support.article import FILE

WORDS = "its speaker has promised an open vote before the winter storms set in"

SHEET = """\
# A coding sheet with imported passages. Complete the entries, then run `shieldtalks code`.
# It contains words of the article, which may be in copyright. It is for your own desk:
# do not publish it.
# The notes are what the other tool said. Replace them with your own words, or delete them.

[source]
id = "src-9001"

[[event]]
from = "its speaker has"
to = "storms set in"
notes = "event; mood: sure"

[[claim]]
from = "its speaker has"
to = "storms set in"
notes = "hope\\\\x1b[31m"
"""


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A file with one passage that is marked as two things."""
    one = {"extraction_class": "event", "extraction_text": WORDS, "attributes": {"mood": "sure"}}
    other = {"extraction_class": "hope\x1b[31m", "extraction_text": WORDS, "attributes": None}
    file = tmp_path / "marked.jsonl"
    file.write_text(json.dumps({"extractions": [one, other, one]}), encoding="utf-8")
    return file


def test_the_sheet(marked: Path, run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.toml"
    arguments = ("import", marked, "--article", FILE, "--source", "src-9001", "-o")
    result = run(*arguments, sheet, code=0)
    assert result.stderr == "3 passages imported, 0 refused\n"
    text = sheet.read_text(encoding="utf-8")
    assert text == SHEET
    assert parse_sheet(text, "sheet.toml")[0] is not None
    assert run(*arguments, "-", code=0).stdout == text
    run(*arguments, sheet, code=2)
    run(*arguments, marked, "--force", code=2)


def test_the_sheet_is_to_be_completed(
    marked: Path, run: Run, tmp_path: Path, lighthouse: Path
) -> None:
    sheet = tmp_path / "sheet.toml"
    run("import", marked, "--article", FILE, "-o", sheet, code=0)
    result = run("code", sheet, lighthouse, "--article", FILE, "--dry-run")
    assert result.exit_code == 1
    assert "sheet.toml" in result.output
    assert "[source]\n# kind = " in sheet.read_text("utf-8")


def test_refused_passages(marked: Path, run: Run, tmp_path: Path) -> None:
    marked.write_text(
        f'{{"extractions": [{{"extraction_text": "{WORDS}"}}, {{"extraction_text": "no"}}]}}',
        "utf-8",
    )
    result = run("import", marked, "--article", FILE, "-o", tmp_path / "sheet.toml", code=1)
    assert "refused extractions[1]: " in result.stderr
    assert "1 passage imported, 1 refused" in result.stderr
    assert (tmp_path / "sheet.toml").exists()
    marked.write_text('{"extractions": [{"extraction_text": "no"}]}', encoding="utf-8")
    run("import", marked, "--article", FILE, "-o", tmp_path / "none.toml", code=1)
    assert not (tmp_path / "none.toml").exists()


def test_asked_wrongly(marked: Path, run: Run, tmp_path: Path) -> None:
    run("import", marked, "-o", tmp_path / "x", code=2)
    run("import", tmp_path / "none", "--article", FILE, "-o", tmp_path / "x", code=2)
    run("import", marked, "--article", tmp_path / "none", "-o", tmp_path / "x", code=2)
    run("import", tmp_path, "--article", FILE, "-o", tmp_path / "x", code=2)
