"""`shieldtalks code` with faults in the collection or the sheet: one cause is one finding."""

from __future__ import annotations

from pathlib import Path

from tests.support import Run
from tests.support.article import FILE
from tests.support.sheets import collection, contents, sheet_with

COPY = ("--article", FILE)
MORE = ('capacity = "envoy" } }', 'capacity = "envoy" }, host = "Ostrell" }')


def test_a_row_with_too_many_cells_was_there_before(coded: Path, run: Run, tmp_path: Path) -> None:
    aliases = coded / "data" / "aliases.csv"
    lines = aliases.read_text("utf-8").splitlines()
    lines[1] += ",more"
    aliases.write_text("\n".join(lines) + "\n", "utf-8")
    before = contents(coded)
    result = run("code", sheet_with(tmp_path, MORE), "--package", coded, *COPY, code=1)
    assert "/lighthouse/data/aliases.csv:2: extra-cell" in result.stdout
    assert contents(coded) == before


def test_a_character_that_is_not_allowed_is_one_finding(run: Run, tmp_path: Path) -> None:
    """The table cannot be formatted, so that it is not sealed anew: that is no fault of the writer."""
    sheet = sheet_with(tmp_path, ('description = "A school', 'description = "A \\u0007 school'))
    into = collection(tmp_path / "empty")
    result = run("code", sheet, "--package", into, *COPY, code=1)
    assert "control-character" in result.stdout
    assert "hash" not in result.stdout
    assert "1 finding; nothing was written" in result.stderr


def test_another_text_than_the_coded_one_is_one_finding(
    coded: Path, run: Run, tmp_path: Path
) -> None:
    copy = tmp_path / "other.txt"
    copy.write_text(
        "Nothing that anybody has coded is in this short text of another page.", "utf-8"
    )
    sheet = sheet_with(tmp_path, ("[source]\n", '[source]\nid = "src-0001"\n'))
    result = run("code", sheet, "--package", coded, "--article", copy, code=1)
    assert "the copy is not the text that was coded as src-0001" in result.stdout
    assert "1 finding; nothing was written" in result.stderr


def test_the_words_are_those_of_a_sheet(run: Run, tmp_path: Path) -> None:
    into = collection(tmp_path / "empty")
    claim = 'from = "Ostrell fears"\nto = "outer islands"'
    more = 'evidence = [{ sentence = "a worry that Marvonia calls", field = "colour" }]\n'
    relation = (
        '\n[[relation]]\nproposition = "Shared books of signals show outsiders a hidden channel."\n'
        'other = "Shared books of signals show outsiders a hidden channel."\nkind = "implies"\n'
    )
    sheet = sheet_with(tmp_path, (claim, f"{claim}\n{more}{relation}"))
    said = run("code", sheet, "--package", into, *COPY, code=1).stdout
    assert 'field "colour": The row of the entry has no such field.' in said
    assert "Name two different propositions" in said
    assert "column" not in said
    assert "identifier" not in said


def test_a_broader_code_that_is_not_there(run: Run, tmp_path: Path) -> None:
    into = collection(tmp_path / "empty")
    sheet = sheet_with(
        tmp_path, ('code = "signal-books",', 'code = "signal-books", parent = "pilot-scool",')
    )
    said = run("code", sheet, "--package", into, *COPY, code=1).stdout
    assert 'parent: there is no code "pilot-scool" in the vocabulary measure' in said
    assert 'Did you mean "pilot-school"?' in said


def test_a_publisher_that_is_no_outlet_is_told_also_with_an_identifier(
    run: Run, tmp_path: Path
) -> None:
    into = collection(tmp_path / "empty")
    source = 'publisher = "The Tellan Tidings"'
    sheet = sheet_with(tmp_path, (source, 'id = "src-0001"\npublisher = "Marvonia"'))
    said = run("code", sheet, "--package", into, *COPY, "--dry-run", code=1).stderr
    assert "the publisher Marvonia is of the kind state, not an outlet: check it" in said
