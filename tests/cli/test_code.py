"""`shieldtalks code`: the rows of a coding sheet, all of them or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shieldtalks import load
from tests.support import Run
from tests.support.article import FILE
from tests.support.sheets import LIGHTHOUSE, collection, contents, sheet_with

COPY = ("--article", FILE)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A collection without rows."""
    return collection(tmp_path / "lighthouse")


@pytest.mark.slow
def test_a_sheet_becomes_rows_that_are_valid(empty: Path, run: Run, tmp_path: Path) -> None:
    result = run("code", LIGHTHOUSE, "--package", empty, *COPY, code=0)
    assert "added 37 rows to 12 tables" in result.stderr
    record = load(empty)
    assert (record.responses[0].authority, record.responses[0].voiced_by_id) == (
        "official",
        "act-0005",
    )
    assert str(record.claims[0].date_latest) == "2031-05-06"
    assert [row.quotation for row in record.evidence[:2]] == ["narration", "indirect"]
    copies = tmp_path / "articles"
    copies.mkdir()
    (copies / "src-0001.txt").write_bytes(FILE.read_bytes())
    run("validate", empty, "--articles", copies, code=0)
    run("fmt", empty, "--check", code=0)


def test_the_same_sheet_again_changes_nothing(coded: Path, run: Run) -> None:
    before = contents(coded)
    result = run("code", LIGHTHOUSE, "--package", coded, *COPY, code=0)
    assert "added 0 rows: all of them are already there" in result.stderr
    assert contents(coded) == before


def test_a_dry_run_shows_the_rows_and_writes_nothing(empty: Path, run: Run) -> None:
    before = contents(empty)
    result = run("code", LIGHTHOUSE, "--package", empty, *COPY, "--dry-run", code=0)
    assert "# responses\nresponse_id," in result.stdout
    assert "\nrsp-0001,prp-0001,act-0003,act-0005,evt-0002," in result.stdout
    assert contents(empty) == before


def test_a_row_that_is_there_is_not_changed(coded: Path, run: Run, tmp_path: Path) -> None:
    before = contents(coded)
    other = sheet_with(
        tmp_path, ('move = "defer"', 'move = "decline"'), ('label = "School', 'label = "A school')
    )
    result = run("code", other, "--package", coded, *COPY, code=0)
    assert "rsp-0001 is already there with another move; it was not changed" in result.stderr
    assert contents(coded) == before


def test_only_what_is_new_in_the_sheet_is_added(coded: Path, run: Run, tmp_path: Path) -> None:
    with (coded / "data" / "retired.csv").open("a", encoding="utf-8") as file:
        file.write("clm-0007,0.1.0,,Withdrawn.\n")
    run("fmt", coded, code=0)
    more = tmp_path / "more.toml"
    claim = (
        '\n[[claim]]\nclaimant = "Ostrell"\nproposition = "Shared books of signals show outsiders '
        'a hidden channel."\ntext = "Shared books may show a channel, so it is said."\n'
        'factuality = "PS+"\nvoiced_by = "vesterly"\nsentence = "a worry that Marvonia calls"\n'
        'date = "2031-05-05"\n'
    )
    more.write_text(LIGHTHOUSE.read_text("utf-8") + claim, "utf-8")
    result = run("code", more, "--package", coded, *COPY, code=0)
    assert "added 4 rows to 3 tables" in result.stderr
    assert load(coded).claims[1].claim_id == "clm-0008", "a retired number is not given again"


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('claimant = "Ostrell"', 'claimant = "Ostrel"', "claimant", 'Did you mean "Ostrell"?'),
        ('move = "defer"', 'move = "defers"', "move", 'Did you mean "defer"?'),
        ('to = "to weigh it"', 'to = "to wait"', 'to = "to wait', "does not contain the words"),
        ('from = "said that his council"', 'from = "said"', 'from = "said', "more than once"),
        ('move = "defer"\n', "", "[[event.answer", 'needs "move"'),
        ('l = "The second note"', 'l = "Second notes"', "proposal = ", "no proposal"),
        ('"PS+"', '"CT+"', "text = ", "claim-caution"),
        ("actor = [", 'actor = [{ name = "Ox", kind = "state" },', "actor", "Nothing uses this"),
        ('aliases = ["Vesterly"]', "aliases = [5]", '{ name = "Bram', "is not a text"),
        ("2031-05-06", '"6 May"', "published", "is not a date"),
    ],
)
def test_a_fault_has_the_line_of_the_sheet_and_nothing_is_written(
    old: str, new: str, place: str, words: str, empty: Path, run: Run, tmp_path: Path
) -> None:
    before = contents(empty)
    sheet = sheet_with(tmp_path, (old, new))
    lines = sheet.read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.strip().startswith(place))
    result = run("code", sheet, "--package", empty, *COPY, code=1)
    assert words in result.stdout
    assert f"/sheet.toml:{line}: " in result.stdout, result.stdout
    assert "nothing was written" in result.stderr
    assert contents(empty) == before


def test_the_old_place_of_the_package(coded: Path, run: Run) -> None:
    result = run("code", LIGHTHOUSE, coded, *COPY, code=0)
    assert "added 0 rows" in result.stderr
    refused = run("code", LIGHTHOUSE, coded, "--package", coded, *COPY, code=2)
    assert "name the collection only once" in refused.stderr


@pytest.mark.parametrize(
    ("sheet", "hint"), [("sheet.tml", 'Did you mean "'), ("no/sheet.toml", "There is no folder")]
)
def test_a_slip_in_a_path(sheet: str, hint: str, coded: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "sheet.toml").touch()
    result = run("code", tmp_path / sheet, "--package", coded, *COPY, code=2)
    assert hint in result.stderr


def test_a_wrong_date_is_one_fault(empty: Path, run: Run, tmp_path: Path) -> None:
    sheet = sheet_with(tmp_path, ("2031-05-06", '"May 2031"'))
    result = run("code", sheet, "--package", empty, *COPY, code=1)
    assert result.stdout.count("published") == 1
    assert '"May 2031" is not a date' in result.stdout
    assert "1 finding; nothing was written" in result.stderr


def test_another_package_is_refused(run: Run, empty: Path) -> None:
    descriptor = json.loads((empty / "datapackage.json").read_text("utf-8"))
    del descriptor["conformsTo"]
    (empty / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    result = run("code", LIGHTHOUSE, "--package", empty, *COPY, code=2)
    assert "does not follow the profile" in result.stderr


def test_a_copy_of_another_text_is_refused(run: Run, coded: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(FILE.read_text("utf-8") + "More.", "utf-8")
    sheet = sheet_with(tmp_path, ("[source]\n", '[source]\nid = "src-0001"\n'))
    result = run("code", sheet, "--package", coded, "--article", tmp_path / "copy.txt", code=1)
    assert "is not the text that was coded as src-0001" in result.stdout


@pytest.mark.slow
def test_a_claim_that_is_contradicted_is_disputed_unless_the_sheet_says_more(
    empty: Path, run: Run, tmp_path: Path
) -> None:
    ferry = LIGHTHOUSE.with_name("ferry.toml")
    copy = ("--article", LIGHTHOUSE.with_name("ferry.txt"))
    run("code", ferry, "--package", empty, *copy, code=0)
    record = load(empty)
    assert [row.standing for row in record.claims] == ["as-reported", "disputed", "disputed"]
    assert [row.quotation for row in record.evidence if row.response_id] == ["mixed"]
    assert "added 0 rows" in run("code", ferry, "--package", empty, *copy, code=0).stderr
    other = ferry.read_text("utf-8").replace('"CT-"', '"CT-"\nstanding = "as-reported"')
    (tmp_path / "sheet.toml").write_text(other, "utf-8")
    again = collection(tmp_path / "again")
    result = run("code", tmp_path / "sheet.toml", "--package", again, *copy, code=1)
    assert "another claim contradicts this one: the claim on line" in result.stdout
    (tmp_path / "sheet.toml").write_text(
        ferry.read_text("utf-8").replace('"CT-"', '"PR-"\nstanding = "disputed"'), "utf-8"
    )
    result = run("code", tmp_path / "sheet.toml", "--package", again, *copy, code=1)
    assert "disputed, but no other claim contradicts it" in result.stdout


@pytest.mark.slow
def test_an_old_claim_that_is_contradicted_is_named_and_changed_only_on_request(
    empty: Path, run: Run, tmp_path: Path
) -> None:
    ferry = LIGHTHOUSE.with_name("ferry.toml")
    more, copy = tmp_path / "more.toml", ("--article", ferry.with_suffix(".txt"))
    text = ferry.read_text("utf-8")
    more.write_text(text[: text.rindex("[[claim]]")], "utf-8")
    run("code", more, "--package", empty, *copy, code=0)
    before = contents(empty)
    more.write_text(text, "utf-8")
    result = run("code", more, "--package", empty, *copy, code=1)
    line = text[: text.rindex("[[claim]]")].count("\n") + 1
    assert "lighthouse/data/claims.csv:3: not-disputed: standing" in result.stdout
    assert f"the claim on line {line} of the sheet contradicts clm-0002" in result.stdout
    assert "change standing from as-reported to disputed on this line" in result.stdout
    assert contents(empty) == before
    dry = run("code", more, "--package", empty, *copy, "--dispute", "--dry-run", code=0)
    assert "clm-0002 would be disputed now" in dry.stderr
    assert contents(empty) == before
    result = run("code", more, "--package", empty, *copy, "--dispute", code=0)
    assert "clm-0002 is disputed now: a new claim contradicts it" in result.stderr
    assert [row.standing for row in load(empty).claims] == ["as-reported", "disputed", "disputed"]


@pytest.mark.parametrize(
    "place", ["data/claims.csv", "datapackage.json", "schemas/tables/events.json"]
)
def test_a_file_outside_the_package_is_not_written(
    place: str, empty: Path, run: Run, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    (empty / place).rename(outside)
    (empty / place).symlink_to(outside)
    before = outside.read_bytes()
    run("code", LIGHTHOUSE, "--package", empty, *COPY, code=2)
    assert outside.read_bytes() == before


SECOND = """
[source]
id = "src-0002"
kind = "newspaper-article"
title = "Korrin Weighs Ferry Offer From the Mainland"
publisher = "The Tellan Tidings"
published = 2031-06-11
"""


@pytest.mark.parametrize(
    ("named", "note"),
    [('label = "second note"', "evt-0001 has the same name"), ('id = "evt-0001"', None)],
)
def test_another_article_adds_to_a_row_that_is_there(
    named: str, note: str | None, coded: Path, run: Run, tmp_path: Path
) -> None:
    ferry = LIGHTHOUSE.with_name("ferry.txt")
    event = f'[[event]]\n{named}\nsentence = "freight plan"\nplace = "Korrin"\n'
    claim = (
        '[[event.claim]]\nproposition = { text = "The plan was rejected.", topic = "secrecy" }\n'
        'at = [500, 60]\nvoiced_by = "marvonia"\n'
    )
    (tmp_path / "second.toml").write_text(SECOND + event + claim, "utf-8")
    result = run("code", tmp_path / "second.toml", "--package", coded, "--article", ferry, code=0)
    assert note is None or note in result.stderr
    assert "evt-0001 is already there with another place; it was not changed" in result.stderr
    record = load(coded)
    assert len(record.events) == 2
    assert [row.source_id for row in record.evidence if row.event_id == "evt-0001"] == [
        "src-0001",
        "src-0002",
    ]
    assert record.claims[1].said_in_event_id == "evt-0001"
    assert record.claims[1].claimant_id == "act-0002", "who acts in the event that is there"


def test_a_row_that_is_not_there_cannot_be_named(empty: Path, run: Run, tmp_path: Path) -> None:
    sheet = sheet_with(tmp_path, ('label = "Second note"', 'id = "evt-0007"'))
    result = run("code", sheet, "--package", empty, *COPY, code=1)
    assert "there is no event evt-0007 in the collection" in result.stdout
    assert "Leave id out" in result.stdout


def test_a_fault_that_was_there_before_has_its_place_in_the_package(
    coded: Path, run: Run, tmp_path: Path
) -> None:
    claims = coded / "data" / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace("PS+", "XX"), "utf-8")
    more = sheet_with(
        tmp_path, ('capacity = "envoy" } }', 'capacity = "envoy" }, host = "Ostrell" }')
    )
    before = contents(coded)
    result = run("code", more, "--package", coded, *COPY, code=1)
    assert "/lighthouse/data/claims.csv:2: enum" in result.stdout
    assert contents(coded) == before


CONTEXT = """
[[context]]
[context.source]
id = "src-0001"
kind = "newspaper-article"
title = "Ostrell Weighs the Note"
publisher = "The Tellan Tidings"
published = 2031-05-02
canon_length = 900
canon_sha256 = "{hash}"

  [[context.event]]
  label = "First note"
  at = [100, 60]
  sha256 = "{hash}"
"""


def test_a_row_of_another_article_is_added_only_if_it_is_needed(
    coded: Path, run: Run, tmp_path: Path
) -> None:
    """The other article has no copy here. Its identifier is taken, so it gets the next one."""
    about = sheet_with(tmp_path, ('about_actor = "Ostrell"', 'about_event = "First note"'))
    sheet = about.read_text("utf-8") + CONTEXT.format(hash="0f" * 32)
    about.write_text(sheet.replace("a hidden channel.", "a hidden bay."), "utf-8")
    result = run("code", about, "--package", coded, *COPY, code=0)
    record = load(coded)
    assert [row.title for row in record.sources][1] == "Ostrell Weighs the Note"
    assert record.propositions[1].about_event_id == "evt-0003"
    assert [row.source_id for row in record.evidence if row.event_id == "evt-0003"] == ["src-0002"]
    before = contents(coded)
    result = run("code", about, "--package", coded, *COPY, code=0)
    assert "added 0 rows" in result.stderr
    assert contents(coded) == before


def test_two_articles_of_a_sheet_have_different_identifiers(
    empty: Path, run: Run, tmp_path: Path
) -> None:
    """The article of the sheet gives no identifier, so it is src-0001, too. One context is there twice."""
    sheet = sheet_with(tmp_path, ('about_actor = "Ostrell"', 'about_event = "First note"'))
    context = CONTEXT.format(hash="0f" * 32)
    again = context.replace("First note", "Another note").replace("100, 60", "200, 60")
    sheet.write_text(sheet.read_text("utf-8") + context + again, "utf-8")
    run("code", sheet, "--package", empty, *COPY, code=0)
    record = load(empty)
    assert [row.source_id for row in record.sources] == ["src-0001", "src-0002"]
    assert [row.event_id for row in record.evidence if row.source_id == "src-0002"] == [
        "evt-0003",
        "evt-0004",
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (f'canon_sha256 = "{"0f" * 32}"\n', "", '"canon_sha256" is missing'),
        (f'  sha256 = "{"0f" * 32}"\n', "", "a passage needs its hash (sha256)"),
        ("at = [100, 60]", "at = [900, 60]", "the passage is not within the article"),
        ("at = [100, 60]", 'quote = "some words"', "a passage needs its position (at)"),
        ('to = "to weigh it"', 'to = "to weigh it"\nsha256 = "00"', "has another hash (sha256)"),
        ('to = "to weigh it"', 'to = "to weigh it"\nsource = "None"', 'no article "None"'),
    ],
)
def test_a_passage_of_another_article_has_position_and_hash(
    old: str, new: str, words: str, empty: Path, run: Run, tmp_path: Path
) -> None:
    text = LIGHTHOUSE.read_text("utf-8") + CONTEXT.format(hash="0f" * 32)
    assert old in text
    (tmp_path / "s.toml").write_text(text.replace(old, new), "utf-8")
    result = run("code", tmp_path / "s.toml", "--package", empty, *COPY, code=1)
    assert words in result.stdout


def test_without_a_collection(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("code", LIGHTHOUSE, *COPY, code=2)
    assert "no collection is named" in result.stderr
    assert "`shieldtalks init` starts a collection" in result.stderr


def test_the_article_in_the_place_of_the_sheet(empty: Path, run: Run) -> None:
    result = run("code", FILE, "--package", empty, *COPY, code=1)
    assert "A coding sheet is a TOML file" in result.stdout


def test_notes_wait_until_the_sheet_has_no_faults(coded: Path, run: Run, tmp_path: Path) -> None:
    """A misspelt code is one fault, and no note about a row that has another code."""
    sheet = sheet_with(tmp_path, ('move = "defer"', 'move = "defers"'))
    result = run("code", sheet, "--package", coded, *COPY, code=1)
    assert "already there" not in result.stderr
    assert 'Did you mean "defer"?' in result.stdout
