"""`shieldtalks list`: the conditions, the three formats, and what does not exist."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import shieldtalks
from tests.support import Run
from tests.support.packages import SMALL, write
from tests.support.tables import read_table

pytestmark = pytest.mark.usefixtures("no_terminal")

TABLE = """\
proposal_id  label                    measure           proposer       addressee
prp-0007     Combining radar systems  joint-radar-use   United States  Russia
prp-0009     Radar co-location        radar-colocation  United States  Russia
prp-0018     Radar in Russia          radar-in-russia   United States  Russia
"""


def listed(run: Run, root: Path, *arguments: Any) -> list[dict[str, Any]]:
    """The rows of a JSON result."""
    result = run("list", *arguments, "--package", root, "--format", "json", code=0)
    rows: list[dict[str, Any]] = json.loads(result.stdout)["rows"]
    return rows


def test_the_table(root: Path, run: Run) -> None:
    wanted = ("proposals", "measure=radar", "addressee=Moscow")
    result = run("list", *wanted, "--package", root, code=0)
    assert result.stdout == TABLE
    assert result.stderr.splitlines()[1] == "3 rows of proposals"


@pytest.mark.parametrize(
    ("table", "conditions", "ids"),
    [
        ("responses", ["move=decline"], ["rsp-0004", "rsp-0008"]),
        ("responses", ["move=Decline", "authority=Official"], ["rsp-0008"]),
        ("responses", ["proposal=PRP-0011"], ["rsp-0002", "rsp-0003"]),
        ("responses", ["responder=Warsaw", "responder=Prague"], ["rsp-0006", "rsp-0007"]),
        ("responses", ["responder_id=act-0001", "move=accept"], ["rsp-0002"]),
        ("events", ["date_latest=2009-06"], ["evt-0022", "evt-0023", "evt-0024", "evt-0025"]),
        ("claims", ["factuality=CT-", "claimant=the united states"], ["clm-0027"]),
        ("moves", ["is_standing=true"], ["rsp-0005"]),
        ("positions", ["party=US", "held=false"], ["clm-0027"]),
        ("responses", ["event_id=", "move=oppose"], ["rsp-0005"]),
    ],
)
def test_rows_by_value(
    table: str, conditions: list[str], ids: list[str], root: Path, run: Run
) -> None:
    found = [set(row.values()) for row in listed(run, root, table, *conditions)]
    assert len(found) == len(ids)
    for one in ids:
        assert any(one in {v for v in row if isinstance(v, str)} for row in found), one


def test_csv_and_json_have_every_field(root: Path, run: Run) -> None:
    file = read_table(root / "data" / "claims.csv")
    text = run("list", "claims", "--package", root, "--format", "csv", code=0).stdout
    assert list(csv.DictReader(io.StringIO(text))) == file
    rows = listed(run, root, "claims")
    assert [{name: value or "" for name, value in row.items()} for row in rows] == file


@pytest.mark.slow
def test_every_view_can_be_listed(root: Path, run: Run) -> None:
    from shieldtalks.record.named_tables import table_names

    for name in table_names(shieldtalks.load().package):
        assert run("list", name, "--package", root, code=0).stdout.count("\n") > 1, name


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("clams",), 'Did you mean "claims"?'),
        (("claims", "claimnt=Russia"), 'Did you mean "claimant_id"?'),
        (("claims", "claimant=Rusia"), "Did you mean Russia (act-0001)"),
        (("responses", "move=declne"), 'Did you mean "decline"?'),
        (("responses", "move=zzzz"), "Use one of accept,"),
        (("responses", "proposal=prp-9016"), 'Did you mean "prp-0016"?'),
        (("proposals", "measure=radars"), 'Did you mean "radar"?'),
        (("claims", "Russia"), "Write FIELD=VALUE, such as move=decline."),
    ],
)
def test_what_does_not_exist(
    arguments: tuple[str, ...], message: str, root: Path, run: Run
) -> None:
    result = run("list", *arguments, "--package", root, code=2)
    assert message in result.stderr
    assert result.stdout == ""


def test_no_row_is_said(root: Path, run: Run) -> None:
    result = run("list", "events", "status=", "--package", root, code=0)
    assert result.stdout == ""
    assert "Nothing was found: no row of events has these values." in result.stderr
    assert listed(run, root, "events", "status=") == []


def test_another_kind_of_package_is_listed_too(tmp_path: Path, run: Run) -> None:
    folder = write(tmp_path / "small", SMALL)
    assert [row["id"] for row in listed(run, folder, "things", "kind=B")] == ["t-2"]
    assert "has no view" in run("list", "contradictions", "--package", folder, code=2).stderr
