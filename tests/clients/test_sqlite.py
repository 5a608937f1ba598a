"""The SQLite file through readers that others wrote: Debian's shell, sqlite-utils, datasette."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import absent

pytestmark = pytest.mark.client

Exported = Callable[..., Path]
Cells = dict[str, list[dict[str, str]]]


@pytest.fixture
def file(exported: Exported) -> Path:
    return exported("sqlite", "shieldtalks.sqlite")


@pytest.fixture
def datasette(file: Path) -> Callable[..., Any]:
    """What datasette answers to a request."""
    command = Path(sys.executable).with_name("datasette")
    if not command.exists():
        absent("datasette")

    def get(address: str, *options: object) -> Any:
        done = subprocess.run(
            [command, "serve", file, *options, "--get", address],
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    return get


def test_the_shell_finds_it_sound(file: Path) -> None:
    if shutil.which("sqlite3") is None:
        absent("sqlite3")
    script = "PRAGMA foreign_key_check; PRAGMA integrity_check; SELECT count(*) FROM ledger;"
    done = subprocess.run(
        ["sqlite3", "-bail", str(file), script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["ok", "22"]


def test_sqlite_utils_knows_keys_and_views(file: Path) -> None:
    import sqlite_utils

    database = sqlite_utils.Database(file)
    assert database["responses"].pks == ["response_id"]
    assert database["participants"].pks == ["event_id", "actor_id", "role"]
    leads = {(key.column, key.other_table) for key in database["responses"].foreign_keys}
    assert leads == {
        ("proposal_id", "proposals"),
        ("responder_id", "actors"),
        ("voiced_by_id", "actors"),
        ("event_id", "events"),
    }
    assert all(table.strict for table in database.tables)
    assert {
        "ledger",
        "positions",
        "contradictions",
        "claims_with_speakers",
        "evidence_by_source",
    } <= set(database.view_names())
    database.close()


def test_datasette_shows_the_names_of_actors(datasette: Callable[..., Any]) -> None:
    address = "/shieldtalks/responses.json?_shape=objects&_labels=on&response_id=rsp-0008"
    (row,) = datasette(address)["rows"]
    assert row["responder_id"] == {"value": "act-0001", "label": "Russia"}
    assert row["voiced_by_id"] == {"value": "act-0023", "label": "Andrei Nesterenko"}


def test_datasette_shows_labels_with_our_metadata(
    datasette: Callable[..., Any], root: Path
) -> None:
    metadata = ("--metadata", root / "docs" / "datasette.json")
    address = "/shieldtalks/responses.json?_shape=objects&_labels=on&response_id=rsp-0008"
    (row,) = datasette(address, *metadata)["rows"]
    assert row["proposal_id"] == {"value": "prp-0016", "label": "Sites on Russian soil"}
    assert row["event_id"]["label"] == "Nesterenko rejects Gates's suggestion"


def test_datasette_reads_the_views(datasette: Callable[..., Any]) -> None:
    for view in (
        "ledger",
        "moves",
        "proposals_and_answers",
        "positions",
        "claims_about",
        "claims_with_speakers",
    ):
        assert datasette(f"/shieldtalks/{view}.json?_shape=objects&_size=5")["rows"], view


def test_metadata_name_columns_that_are_there(root: Path, cells: Cells) -> None:
    metadata = json.loads((root / "docs" / "datasette.json").read_text("utf-8"))
    for table, facts in metadata["databases"]["shieldtalks"]["tables"].items():
        assert facts["label_column"] in cells[table][0]
