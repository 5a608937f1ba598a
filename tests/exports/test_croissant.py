"""Croissant, as plain JSON: what the description says. mlcroissant loads it in tests/clients."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import Run
from tests.support.tables import load_tables


@pytest.fixture
def folder(root: Path, tmp_path: Path, run: Run) -> Path:
    run("export", "croissant", root, "-o", tmp_path / "out", code=0)
    return tmp_path / "out"


def described(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "croissant.json").read_text("utf-8"))
    return document


def test_each_file_is_sealed_and_stands_as_in_the_package(folder: Path, root: Path) -> None:
    files = described(folder)["distribution"]
    assert len(files) == len(load_tables(root))
    for file in files:
        content = (folder / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert content == (root / file["contentUrl"]).read_bytes()


def test_keys_and_references_are_named(folder: Path) -> None:
    sets = {entry["name"]: entry for entry in described(folder)["recordSet"]}
    assert [key["@id"] for key in sets["attributions"]["key"]] == [
        "attributions/evidence_id",
        "attributions/hop",
    ]
    fields = {field["name"]: field for field in sets["responses"]["field"]}
    assert fields["proposal_id"]["references"] == {"field": {"@id": "proposals/proposal_id"}}
    own = {field["name"]: field for field in sets["proposals"]["field"]}
    assert "references" not in own["part_of_id"], "no reader joins a table with itself"


def test_a_key_to_a_table_left_out_is_no_reference(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "croissant", root, "--table", "claims", "-o", tmp_path / "one", code=0)
    assert "references" not in json.dumps(described(tmp_path / "one")["recordSet"])
    assert [path.name for path in (tmp_path / "one" / "data").iterdir()] == ["claims.csv"]


def test_two_runs_give_the_same_bytes(folder: Path, root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "croissant", root, "-o", tmp_path / "again", code=0)
    assert (folder / "croissant.json").read_bytes() == (
        tmp_path / "again" / "croissant.json"
    ).read_bytes()


def test_nothing_is_said_that_the_descriptor_does_not_say(tmp_path: Path, run: Run) -> None:
    (tmp_path / "things.csv").write_text("id\n1\n", "utf-8")
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    resource = {"name": "things", "path": "things.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    run("export", "croissant", tmp_path, "-o", tmp_path / "out", code=0)
    said = set(described(tmp_path / "out"))
    assert said == {"@context", "@type", "name", "conformsTo", "distribution", "recordSet"}


def test_who_only_helped_is_no_creator(tmp_path: Path, run: Run) -> None:
    (tmp_path / "things.csv").write_text("id\n1\n", "utf-8")
    table = {"name": "t", "path": "things.csv", "schema": {"fields": [{"name": "id"}]}}
    people = [{"title": "Ada", "role": "author"}, {"title": "A fund", "roles": ["funder"]}]
    package = {"contributors": people, "languages": ["de"], "resources": [table]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    run("export", "croissant", tmp_path, "-o", tmp_path / "out", code=0)
    found = described(tmp_path / "out")
    assert [one["name"] for one in found["creator"]] == ["Ada"]
    assert [one["name"] for one in found["funder"]] == ["A fund"]
    assert found["inLanguage"] == ["de"]


def test_a_reference_to_a_table_without_rows_is_left_out(tmp_path: Path, run: Run) -> None:
    """Mlcroissant cannot join such a table, so that it could not read any table that refers to it."""
    (tmp_path / "rivers.csv").write_text('"id\nof it"\n', "utf-8")
    (tmp_path / "towns.csv").write_text("river,lake,other\n,,\n,1,\n", "utf-8")
    (tmp_path / "lakes.csv").write_text("id\n1\n", "utf-8")
    keys = [
        {"fields": "river", "reference": {"resource": "rivers", "fields": "id\nof it"}},
        {"fields": "lake", "reference": {"resource": "lakes", "fields": "id"}},
        {"fields": "other", "reference": {"resource": "lakes", "fields": "id"}},
    ]
    resources = [
        {"name": "rivers", "path": "rivers.csv", "schema": {"fields": [{"name": "id\nof it"}]}},
        {"name": "lakes", "path": "lakes.csv", "schema": {"fields": [{"name": "id"}]}},
        {
            "name": "towns",
            "path": "towns.csv",
            "schema": {
                "fields": [{"name": name} for name in ("river", "lake", "other")],
                "foreignKeys": keys,
            },
        },
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), "utf-8")
    run("export", "croissant", tmp_path, "-o", tmp_path / "out", code=0)
    towns = described(tmp_path / "out")["recordSet"][2]["field"]
    assert ["references" in field for field in towns] == [False, True, False]
