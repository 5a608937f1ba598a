"""Linked data, as plain JSON: what a node says, and who may have it. Parsers read it in tests/clients."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import Run

Nodes = dict[str, dict[str, Any]]


def graph(run: Run, package: Path, *options: str) -> Nodes:
    """The nodes of the export by identifier."""
    document = json.loads(run("export", "jsonld", package, "-o", "-", *options, code=0).stdout)
    return {node["@id"]: node for node in document["@graph"]}


@pytest.fixture(scope="module")
def shipped(root: Path) -> Nodes:
    from click.testing import CliRunner

    from shieldtalks.cli import main

    result = CliRunner().invoke(main, ["export", "jsonld", str(root), "-o", "-"])
    return {node["@id"]: node for node in json.loads(result.stdout)["@graph"]}


def test_the_dataset_says_what_it_rests_on(shipped: Nodes) -> None:
    dataset = shipped["urn:shieldtalks:data"]
    assert dataset["@type"] == "Dataset"
    assert dataset["isBasedOn"] == [f"urn:shieldtalks:src-000{number}" for number in (1, 2, 3)]
    assert dataset["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert dataset["version"] in dataset["citation"]


def test_a_claim_has_its_author_its_subject_and_where_it_is_printed(shipped: Nodes) -> None:
    claim = shipped["urn:shieldtalks:clm-0001"]
    assert claim["@type"] == ["st:Claim", "Claim"]
    assert claim["author"] == "urn:shieldtalks:act-0016"
    assert claim["st:proposition"] == "urn:shieldtalks:pos-0026"
    assert claim["appearance"] == ["urn:shieldtalks:src-0003"]
    proposition = shipped["urn:shieldtalks:pos-0026"]
    assert proposition["about"] == ["urn:shieldtalks:prp-0004", "urn:shieldtalks:act-0001"]
    assert proposition["st:topic"] == "urn:shieldtalks:topic:cooperation"


def test_evidence_is_an_annotation_with_its_span_in_canonical_form(shipped: Nodes) -> None:
    target = shipped["urn:shieldtalks:evd-0001"]["oa:hasTarget"]
    assert target["oa:hasState"] == "urn:shieldtalks:canon-1"
    assert target["oa:hasSelector"]["oa:start"] == 444
    assert target["oa:hasSelector"]["oa:end"] == 444 + 97
    assert "SHA-256" in shipped["urn:shieldtalks:canon-1"]["description"]


def test_only_a_plain_day_is_a_start_date(shipped: Nodes) -> None:
    assert shipped["urn:shieldtalks:evt-0003"]["startDate"] == "2007-04-23"
    assert "startDate" not in shipped["urn:shieldtalks:evt-0002"]
    assert shipped["urn:shieldtalks:evt-0002"]["st:date"] == "../2013"


def test_chosen_tables_are_all_that_is_there(root: Path, run: Run) -> None:
    nodes = graph(run, root, "--table", "relations")
    assert {node["@type"][0] for node in nodes.values() if isinstance(node["@type"], list)} == {
        "st:Relation"
    }


def test_a_retired_record_is_named_with_what_replaces_it(package: Path, run: Run) -> None:
    with (package / "data" / "retired.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("clm-0999,0.2.0,clm-0001,Said twice.\n")
    retired = graph(run, package, "--no-validate")["urn:shieldtalks:clm-0999"]
    assert retired == {
        "@id": "urn:shieldtalks:clm-0999",
        "@type": ["st:Retired"],
        "st:retiredIn": "0.2.0",
        "dcterms:isReplacedBy": "urn:shieldtalks:clm-0001",
        "st:reason": "Said twice.",
    }


def test_another_collection_has_names_of_its_own(package: Path, run: Run) -> None:
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8")) | {"name": "other.talks"}
    del descriptor["id"]
    file.write_text(json.dumps(descriptor), "utf-8")
    nodes = graph(run, package)
    assert "urn:other-talks:data" in nodes
    assert nodes["urn:other-talks:prp-0002"]["st:proposer"] == "urn:other-talks:act-0002"


def test_a_package_of_another_kind_has_no_such_form(tmp_path: Path, run: Run) -> None:
    (tmp_path / "things.csv").write_text("id\n1\n", "utf-8")
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    resource = {"name": "things", "path": "things.csv", "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    result = run("export", "jsonld", tmp_path, "--no-validate", "-o", "-", code=2)
    assert "only for packages that follow the Shieldtalks profile" in result.stderr


def test_a_field_without_words_is_not_dropped_in_silence(package: Path, run: Run) -> None:
    file = package / "schemas" / "tables" / "retired.json"
    schema = json.loads(file.read_text("utf-8"))
    schema["fields"].append({"name": "colour", "type": "string"})
    file.write_text(json.dumps(schema), "utf-8")
    (package / "data" / "retired.csv").write_text(
        "record_id,retired_in,replaced_by,reason,colour\n", "utf-8"
    )
    result = run("export", "jsonld", package, "--no-validate", "-o", "-", code=2)
    assert "no term for the field retired.colour" in result.stderr


def test_a_key_with_blanks_makes_a_valid_identifier(root: Path, run: Run) -> None:
    text = run("export", "jsonld", root, "-o", "-", code=0).stdout
    named = [node["@id"] for node in json.loads(text)["@graph"] if "st:Alias" in node["@type"]]
    assert "urn:shieldtalks:act-0016:Robert%20Gates" in named
    assert not [name for name in named if " " in name]
