"""docs/migration-2.md: its SQL gives users of 1.0.0 the columns that they had."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

#: A made-up record of profile 2: only the columns that the page uses.
RECORD = """
CREATE TABLE propositions (proposition_id, text, topic, about_event_id, about_proposal_id, about_actor_id);
CREATE TABLE claims (claim_id, proposition_id, text, claimant_id, voiced_by_id, said_in_event_id, date_edtf,
  date_earliest, date_latest, date_basis, speech_act, factuality, standing, notes);
CREATE TABLE relations (proposition_id, other_id, kind);
CREATE TABLE contradictions (claim_id, other_id, kind);
CREATE TABLE "references" (reference_id, title, url, citation, confidence);
CREATE TABLE ledger (proposal_id, as_of, known_by, state);
CREATE TABLE codes (code_id, parent_id);
CREATE TABLE proposals (proposal_id, measure);
CREATE TABLE coders (record_id, settled_by);
INSERT INTO propositions VALUES
  ('pos-1', 'It is so.', 'a', 'evt-1', NULL, NULL), ('pos-2', 'Oh.', 'b', NULL, NULL, NULL);
INSERT INTO claims (claim_id, proposition_id, text, factuality) VALUES
  ('clm-1', 'pos-1', 'It is so.', 'CT+'), ('clm-2', 'pos-1', 'It is not so.', 'CT-'),
  ('clm-3', 'pos-2', 'Oh.', 'CT+');
INSERT INTO relations VALUES ('pos-2', 'pos-1', 'qualifies');
INSERT INTO contradictions VALUES
  ('clm-1', 'clm-2', 'denies'), ('clm-1', 'clm-2', 'excludes'), ('clm-2', 'clm-3', 'denies');
INSERT INTO "references" VALUES
  ('ref-1', 'A page', NULL, NULL, 'high'), ('ref-2', 'B', NULL, 'Settles it.', 'low');
INSERT INTO ledger VALUES
  ('prp-1', NULL, NULL, 'no-official-answer'), ('prp-2', NULL, NULL, 'declined');
INSERT INTO codes VALUES
  ('measure:radar', NULL), ('measure:joint', 'measure:radar'), ('measure:sea', 'measure:joint'),
  ('measure:video', NULL);
INSERT INTO proposals VALUES ('prp-1', 'sea'), ('prp-2', 'video'), ('prp-3', 'radar');
INSERT INTO coders VALUES
  ('clm-1', 'agreement'), ('clm-2', 'adjudication'), ('clm-3', 'correction');
"""


@pytest.fixture(scope="module")
def database(root: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(RECORD)
    page = (root / "docs" / "migration-2.md").read_text(encoding="utf-8")
    for block in re.findall(r"```sql\n(.*?)```", page, re.DOTALL):
        connection.executescript(block)
    return connection


def rows(database: sqlite3.Connection, view: str) -> list[tuple[object, ...]]:
    with closing(database.execute(f"SELECT * FROM {view}")) as found:
        return found.fetchall()


@pytest.mark.parametrize("table", ["claims", "oppositions", "references"])
def test_the_old_columns_come_back(table: str, database: sqlite3.Connection, root: Path) -> None:
    with zipfile.ZipFile(root / "releases" / "shieldtalks-1.0.0.zip") as release:
        schema = json.loads(release.read(f"schemas/tables/{table}.json"))
    with closing(database.execute(f"SELECT * FROM {table}_1")) as found:
        columns = [column[0] for column in found.description]
    assert columns == [field["name"] for field in schema["fields"]]


def test_the_text_of_a_claim_is_the_proposition_again(database: sqlite3.Connection) -> None:
    assert {row[1] for row in rows(database, "claims_1")} == {"It is so.", "Oh."}
    assert len(rows(database, "claims_1")) == 3


def test_a_pair_is_listed_once(database: sqlite3.Connection) -> None:
    assert rows(database, "oppositions_1") == [
        ("clm-1", "clm-2", "contradicts"),
        ("clm-2", "clm-3", "contradicts"),
        ("clm-1", "clm-3", "qualifies"),
    ]


def test_the_other_views(database: sqlite3.Connection) -> None:
    assert [row[1] for row in rows(database, "references_1")] == ["A page", "Settles it."]
    assert [row[-1] for row in rows(database, "states_1")] == ["unanswered", "declined"]
    assert [row[0] for row in rows(database, "radar_proposals")] == ["prp-1", "prp-3"]
    assert [row[0] for row in rows(database, "agreed_claims")] == ["clm-1"]
