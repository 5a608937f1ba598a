"""`shieldtalks ledger`: the table, CSV and JSON, the filters, and what is asked wrongly."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

from shieldtalks.record.ledger.entries import LISTS
from shieldtalks.record.ledger.json import FIELDS
from shieldtalks.tabular.columns import columns
from tests.support import Run
from tests.support.records import event, made_up, proposal, response

pytestmark = pytest.mark.usefixtures("no_terminal")

#: A package with one part, a restatement, an open date, and moves of every weight.
SAMPLE = {
    "events": [
        event(1, "2008-01-10"),
        event(2, "2008-03-10"),
        event(3, "2008-05-01", "2008-05-31", date_edtf="2008-05"),
        event(4, "", "2008-06-30", date_edtf="../2008-06"),
    ],
    "proposals": [
        proposal(1, 1, kind="package", label="A package of measures"),
        proposal(2, 1, part_of_id="prp-0001", measure="site-access"),
        proposal(3, 4, restates_id="prp-0002", measure="site-access", voiced_by_id="act-0016"),
    ],
    "responses": [
        response(1, 1, "defer", event_id="evt-0002"),
        response(2, 1, "decline", event_id="evt-0003", voiced_by_id="act-0023"),
        response(3, 2, "accept", event_id="evt-0003", authority="anonymous"),
    ],
}

TABLE = """\
id          made             proposal               from, to       outcome
prp-0001    10 Jan 2008      A package of measures  United States  declined by Russia (May 2008)
                             (transparency)         to Russia      answers: rsp-0002
  prp-0002  10 Jan 2008      Proposal 2             United States  no official answer; accepted by
                             (site-access)          to Russia      an unnamed source (May 2008);
                                                                   package declined by Russia (May
                                                                   2008)
                                                                   answers: rsp-0003
prp-0003    possibly in or   Proposal 3             United States  no official answer
            before Jun 2008  (site-access)          to Russia
                             restates prp-0002
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return made_up(tmp_path / "made-up", **SAMPLE)


def told(result: Result) -> dict[str, str]:
    """The state of each proposal in a few words, from a JSON result."""
    return {row["proposal_id"]: row["brief"] for row in json.loads(result.stdout)["proposals"]}


def test_the_table(sample: Path, run: Run) -> None:
    result = run("ledger", sample, "--as-of", "2008-05-31", code=0)
    assert result.stdout == TABLE
    assert result.stderr.splitlines()[1] == "3 proposals, as of 2008-05-31"


@pytest.mark.sample(3)
@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120])
def test_the_table_fits_the_terminal_and_loses_nothing(
    width: int, root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = run("ledger", root, code=0).stdout
    monkeypatch.setenv("COLUMNS", str(width))
    narrow = run("ledger", root, code=0).stdout
    assert max(map(len, narrow.splitlines())) <= width
    assert sorted("".join(narrow.split())) == sorted("".join(wide.split()))


def test_hostile_text_does_not_reach_the_terminal_raw() -> None:
    lines = [line for row in columns((1, 1), [("a\x1b[31m", "b\r\tc\u202e")], 80) for line in row]
    assert lines == [["a\\x1b[31m", "b\\r\\tc\\u202e"]]


def test_json_follows_its_schema(root: Path, run: Run) -> None:
    schema = json.loads((root / "schemas" / "ledger.schema.json").read_text("utf-8"))
    document = json.loads(run("ledger", root, "--as-of", "2008", "--format", "json").stdout)
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(document)) == []
    assert document["as_of"] == "2008-12-31"
    document["proposals"][0]["state"] = "no"
    del document["proposals"][1]["proposer"]
    assert len(list(validator.iter_errors(document))) == 2


def test_json_has_names_beside_identifiers(sample: Path, run: Run) -> None:
    first, second, third = json.loads(run("ledger", sample, "--format", "json").stdout)["proposals"]
    assert (first["proposer_id"], first["proposer"]) == ("act-0002", "United States")
    assert (third["voiced_by_id"], third["voiced_by"]) == ("act-0016", "Robert M. Gates")
    assert [answer["weight"] for answer in first["answers"]] == ["overtaken", "decides"]
    assert second["answers"][0]["responder"] == "Russia"


def test_csv_has_the_same_rows(root: Path, run: Run) -> None:
    text = run("ledger", root, "--format", "csv", code=0).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    whole = json.loads(run("ledger", root, "--format", "json").stdout)["proposals"]
    assert list(rows[0]) == list(FIELDS)
    for row, wanted in zip(rows, whole, strict=True):
        for name in set(FIELDS) - {*LISTS, "answers", "certain", "possibly", "standing"}:
            assert row[name] == (wanted[name] or "")
        for name in LISTS:
            assert row[name].split() == wanted[name]
        assert row["certain"] == str(wanted["certain"]).lower()


def test_a_move_added_to_the_codes_decides(package: Path, tmp_path: Path, run: Run) -> None:
    """A curator adds a code and an answer with it, and runs `fmt`; nothing else."""
    codes = package / "data" / "codes.csv"
    row = "move:endorse,move,endorse,Endorse,The party backs it.,,,,true,endorsed,\n"
    codes.write_text(codes.read_text("utf-8") + row, "utf-8", newline="")
    answers = package / "data" / "responses.csv"
    declined = next(
        line for line in answers.read_text("utf-8").splitlines() if line.startswith("rsp-0008")
    )
    text = answers.read_text("utf-8").replace(declined, declined.replace("decline", "endorse", 1))
    answers.write_text(text, "utf-8", newline="")
    run("fmt", package, code=0)
    run("validate", package, code=0)
    result = run("ledger", package, "--format", "json", code=0)
    assert told(result)["prp-0016"] == "endorsed"
    assert "endorsed" in run("ledger", package, code=0).stdout
    run("export", "csv", package, "--flat", "-o", tmp_path / "flat", code=0)
    run("validate", tmp_path / "flat", code=0)


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    "named", ["act-0003", "Poland", "poland", " ACT-0003 ", "Warsaw", "warsaw"]
)
def test_an_actor_by_identifier_name_or_alias(named: str, root: Path, run: Run) -> None:
    result = run("ledger", root, "--actor", named, "--format", "json", code=0)
    assert list(told(result)) == ["prp-0002"]


def test_an_actor_who_answers_or_speaks_has_a_part(root: Path, run: Run) -> None:
    spoke = run("ledger", root, "--actor", "Anatoly E. Serdyukov", "--format", "json", code=0)
    assert list(told(spoke)) == ["prp-0001"]
    source = run("ledger", root, "--actor", "act-0024", "--format", "json", code=0)
    assert list(told(source)) == ["prp-0015"]


def test_an_actor_includes_what_belongs_to_it(root: Path, run: Run) -> None:
    of_the_office = run("ledger", root, "--actor", "the Kremlin", "--format", "json", code=0)
    assert list(told(of_the_office)) == ["prp-0015"]


def test_a_name_that_two_actors_have(tmp_path: Path, run: Run) -> None:
    actors = [
        {"actor_id": f"act-{number:04}", "name": name, "kind": "person"}
        for number, name in ((1, "Smith"), (2, "Jones"), (3, "SMITH"))
    ]
    made = made_up(tmp_path / "made-up", actors=actors, sources=[])
    assert (
        "Use one of act-0001, act-0003." in run("ledger", made, "--actor", "smith", code=2).stderr
    )
    run("ledger", made, "--actor", "jones", code=0)


def test_a_part_without_its_package_names_it(root: Path, run: Run) -> None:
    result = run("ledger", root, "--measure", "basing-poland", code=0)
    assert "part of prp-0001" in result.stdout
    assert "  prp-0002" not in result.stdout


def test_a_measure(root: Path, run: Run) -> None:
    result = run("ledger", root, "--measure", "information-sharing", "--format", "json", code=0)
    assert list(told(result)) == ["prp-0005", "prp-0008", "prp-0019"]


def test_a_branch_of_measures(root: Path, run: Run) -> None:
    result = run("ledger", root, "--measure", "radar", "--format", "json", code=0)
    assert list(told(result)) == ["prp-0003", "prp-0007", "prp-0009", "prp-0018"]


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--from", "2008-03-11"), ["prp-0003"]),
        (("--from", "2008-01"), ["prp-0001", "prp-0002", "prp-0003"]),
        (("--to", "2008-01-09"), ["prp-0003"]),
        (("--from", "2008-01", "--to", "2008-01"), ["prp-0001", "prp-0002", "prp-0003"]),
        (("--from", "2008-07"), []),
    ],
)
def test_the_days_between_which_it_could_have_been_made(
    options: tuple[str, ...], expected: list[str], sample: Path, run: Run
) -> None:
    assert list(told(run("ledger", sample, *options, "--format", "json", code=0))) == expected


def test_a_move_counts_whether_or_not_it_decides(root: Path, run: Run) -> None:
    result = run("ledger", root, "--move", "decline", "--format", "json", code=0)
    assert told(result) == {
        "prp-0015": "no official answer, declined (anonymous)",
        "prp-0016": "declined",
    }


def test_a_move_counts_from_its_date(sample: Path, run: Run) -> None:
    later = run("ledger", sample, "--move", "decline", "--format", "json", code=0)
    assert list(told(later)) == ["prp-0001"]
    earlier = run("ledger", sample, "--move", "decline", "--as-of", "2008-04", "--format", "json")
    assert told(earlier) == {}
    overtaken = run("ledger", sample, "--move", "defer", "--format", "json", code=0)
    assert told(overtaken) == {"prp-0001": "declined"}


def test_a_move_that_no_answer_has(sample: Path, tmp_path: Path, run: Run) -> None:
    result = run("ledger", sample, "--move", "declined", code=2)
    assert 'no answer has the move "declined"' in result.stderr
    assert "Use one of accept, decline, defer." in result.stderr
    empty = made_up(tmp_path / "empty")
    assert "There are no answers." in run("ledger", empty, "--move", "decline", code=2).stderr


def test_a_measure_in_a_record_without_proposals(tmp_path: Path, run: Run) -> None:
    empty = made_up(tmp_path / "made-up")
    result = run("ledger", empty, "--measure", "equality", code=2)
    assert "There are no proposals." in result.stderr


def test_dates(sample: Path, run: Run) -> None:
    def at(*options: str) -> dict[str, str]:
        return told(run("ledger", sample, *options, "--format", "json", code=0))

    assert at("--as-of", "2008-02") == {
        "prp-0001": "no official answer",
        "prp-0002": "no official answer",
        "prp-0003": "no official answer",
    }
    assert at("--as-of", "2008-05-15")["prp-0001"] == "possibly declined"
    assert at("--as-of", "2008")["prp-0001"] == "declined"
    assert at("--known-by", "2010") == {}, "no evidence, nothing known"


def test_a_day_before_everything_is_no_error(root: Path, run: Run) -> None:
    result = run("ledger", root, "--as-of", "1900", "--measure", "equality", code=0)
    assert result.stdout == ""
    assert "0 proposals, as of 1900-12-31" in result.stderr


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--as-of", "soon"), '"soon" is not a date\nWrite it like 2008-11-05'),
        (("--known-by", "2008-13"), '"2008-13" is not a date'),
        (("--actor", "Polnd"), "Did you mean Poland (act-0003)?"),
        (("--actor", "gate"), "Robert M. Gates (act-0016)"),
        (("--from", "later"), '"later" is not a date'),
        (("--actor", "xyzzy"), 'there is no actor "xyzzy"'),
        (("--measure", "laser"), "Use one of basing-czech-republic, basing-in-russia,"),
        (("--format", "xml"), "'xml' is not one of"),
    ],
)
def test_what_is_asked_wrongly(options: tuple[str, ...], said: str, root: Path, run: Run) -> None:
    result = run("ledger", root, *options, code=2)
    assert said in result.stderr
    assert result.stdout == ""


def test_a_package_of_another_kind(tmp_path: Path, root: Path, run: Run) -> None:
    (tmp_path / "other").mkdir()
    shutil.copy(root / "data" / "codes.csv", tmp_path / "other")
    schema = {"fields": [{"name": "code_id"}]}
    resource = {"name": "codes", "path": "codes.csv", "schema": schema}
    descriptor = {"name": "other", "resources": [resource]}
    (tmp_path / "other" / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    result = run("ledger", tmp_path / "other", code=2)
    assert "other is not a record of proposals and answers" in result.stderr


def test_a_period_that_ends_before_it_begins(root: Path, run: Run) -> None:
    result = run("ledger", root, "--from", "2009", "--to", "2008", code=2)
    assert "2009-01-01 is after 2008-12-31" in result.stderr
    assert "Give the earlier date first." in result.stderr
    assert run("ledger", root, "--from", "2008", "--to", "2008", code=0).stdout
