"""`shieldtalks positions`: the table, CSV and JSON, the filters, and what is asked wrongly."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from shieldtalks.record.positions.csv import FIELDS
from tests.support import Run

pytestmark = pytest.mark.usefixtures("no_terminal")

TABLE = """\
id        proposition                          party          position
pos-0001  The planned U.S. system threatens    Russia         certainly true (unchanged)
          Russia's national security.                         - on or before 12 Nov 2008, clm-0026,
          (threat-to-russia)                                  src-0001 (evd-0142); contradicted by
                                                              United States (clm-0027)
                                                              - on or before 11 Jun 2009, clm-0048,
                                                              src-0002 (evd-0164); contradicted by
                                                              United States (clm-0027)
                                               United States  certainly false
                                                              - on or before 12 Nov 2008, clm-0027,
                                                              src-0001 (evd-0143); contradicted by
                                                              Russia (clm-0011, clm-0026, clm-0036,
                                                              clm-0037, clm-0048)
"""


def asked(run: Run, *arguments: Any) -> list[dict[str, Any]]:
    """The propositions of a JSON result."""
    result = run("positions", *arguments, "--format", "json", code=0)
    found: list[dict[str, Any]] = json.loads(result.stdout)["propositions"]
    return found


def test_the_table(root: Path, run: Run) -> None:
    result = run("positions", root, "--proposition", "pos-0001", code=0)
    assert result.stdout == TABLE
    assert result.stderr.splitlines()[1] == "1 proposition, 2 positions"


@pytest.mark.sample(4)
@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_the_table_fits_the_terminal_and_loses_nothing(
    width: int, root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = run("positions", root, code=0).stdout
    monkeypatch.setenv("COLUMNS", str(width))
    narrow = run("positions", root, code=0).stdout
    assert max(map(len, narrow.splitlines())) <= width
    assert sorted("".join(narrow.split())) == sorted("".join(wide.split()))


def test_json_follows_its_schema(root: Path, run: Run) -> None:
    schema = json.loads((root / "schemas" / "positions.schema.json").read_text("utf-8"))
    result = run("positions", root, "--as-of", "2008", "--format", "json", code=0)
    document = json.loads(result.stdout)
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(document)) == []
    assert document["as_of"] == "2008-12-31"
    document["propositions"][0]["positions"][0]["held"] = "yes"
    del document["propositions"][1]["topic"]
    assert len(list(validator.iter_errors(document))) == 2


def test_csv_has_one_row_a_claim(root: Path, run: Run) -> None:
    text = run("positions", root, "--format", "csv", code=0).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == list(FIELDS)
    claims = {
        claim["claim_id"]: claim
        for proposition in asked(run, root)
        for position in proposition["positions"]
        for claim in position["claims"]
    }
    assert {row["claim_id"] for row in rows} == set(claims)
    for row in rows:
        told = claims[row["claim_id"]]
        assert row["claim"] == told["text"]
        assert row["held"] == told["held"]
        assert row["certain"] == str(told["certain"]).lower()
        against = [other["claim_id"] for other in told["contradicted_by"]]
        assert row["contradicted_by"].split() == against


def test_the_filters(root: Path, run: Run) -> None:
    on_topic = asked(run, root, "--topic", "threat-to-russia")
    assert {row["topic"] for row in on_topic} == {"threat-to-russia"}
    of_party = asked(run, root, "--party", "united states")
    assert {one["party"] for row in of_party for one in row["positions"]} == {"United States"}
    assert of_party == asked(run, root, "--actor", "act-0002")
    voiced = asked(run, root, "--party", "Andrei Nesterenko")
    assert {one["party"] for row in voiced for one in row["positions"]} == {"Russia"}
    assert run("positions", root, "--as-of", "1900", code=0).stdout.count("certain") >= 1
    assert asked(run, root, "--known-by", "1900") == []


def test_a_file_is_written_and_not_overwritten(root: Path, tmp_path: Path, run: Run) -> None:
    target = tmp_path / "positions.txt"
    chosen = ("--proposition", "pos-0001", "-o", target)
    assert run("positions", root, *chosen, code=0).stdout == ""
    assert target.read_text("utf-8") == TABLE
    assert "already exists" in run("positions", root, *chosen, code=2).stderr
    run("positions", root, *chosen, "--force", "--format", "json", code=0)
    assert json.loads(target.read_text("utf-8"))["as_of"] is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--topic", "iranian-treat"), 'Did you mean "iranian-threat"?'),
        (("--topic", "x"), "Use one of adequacy, cooperation,"),
        (("--proposition", "pos-9001"), 'there is no proposition "pos-9001"'),
        (("--party", "Rusia"), "Did you mean Russia (act-0001)"),
        (("--as-of", "someday"), '"someday" is not a date'),
    ],
)
def test_what_is_not_there(options: tuple[str, ...], message: str, root: Path, run: Run) -> None:
    assert message in run("positions", root, *options, code=2).stderr
