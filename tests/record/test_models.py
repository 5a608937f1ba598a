"""The models, and what is generated from them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from shieldtalks.record import vocabulary
from shieldtalks.record.models import RECORDS, Record
from shieldtalks.record.schemas import extras, table_schema
from shieldtalks.tabular.package import Package, read
from tests.support.tables import read_table

FIELDS = [(record, name) for record in RECORDS for name in record.model_fields]


def ids(case: tuple[type[Record], str]) -> str:
    return f"{case[0].table.name}.{case[1]}"


def test_the_tables_are_those_of_the_package(root: Path) -> None:
    package = read(root)
    assert [record.table.name for record in RECORDS] == [res.name for res in package.resources]


def test_titles_agree_with_the_models(root: Path) -> None:
    titles = {res.name: res.descriptor["title"] for res in read(root).resources}
    assert titles == {record.table.name: record.table.title for record in RECORDS}


@pytest.mark.parametrize("case", FIELDS, ids=ids)
def test_every_field_says_what_it_is(case: tuple[type[Record], str]) -> None:
    record, name = case
    info = record.model_fields[name]
    assert info.description
    assert info.description.endswith(".")
    assert info.examples


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.table.name)
def test_examples_fit_their_own_fields(record: type[Record]) -> None:
    row = {name: (info.examples or [None])[0] for name, info in record.model_fields.items()}
    record.model_validate(row)


@pytest.mark.parametrize("case", FIELDS, ids=ids)
def test_examples_are_codes_of_their_vocabulary(case: tuple[type[Record], str], root: Path) -> None:
    record, name = case
    info = record.model_fields[name]
    scheme = extras(info).get("vocabulary")
    if scheme is not None:
        terms = vocabulary.read(root / "data" / "codes.csv")[str(scheme)]
        assert (info.examples or [None])[0] in [term.code for term in terms]


def test_foreign_keys_end_in_id() -> None:
    for record, name in FIELDS:
        if "references" in extras(record.model_fields[name]):
            assert name.endswith("_id"), f"{record.table.name}.{name}"


def test_every_table_schema_names_every_code(root: Path) -> None:
    terms = vocabulary.read(root / "data" / "codes.csv")
    for record in RECORDS:
        for field in table_schema(record, terms)["fields"]:
            if "vocabulary" in field:
                codes = [term.code for term in terms[field["vocabulary"]]]
                assert field["constraints"]["enum"] == codes
                assert [category["value"] for category in field["categories"]] == codes


def test_every_field_and_code_has_an_anchor_in_the_codebook(root: Path) -> None:
    codebook = (root / "docs" / "codebook.md").read_text(encoding="utf-8")
    anchors = re.findall(r'<a id="([^"]+)">', codebook)
    assert len(anchors) == len(set(anchors))
    wanted = {f"{record.table.name}.{name}" for record, name in FIELDS}
    wanted |= {row["code_id"] for row in read_table(root / "data" / "codes.csv")}
    assert wanted <= set(anchors)


def test_links_inside_the_codebook_lead_somewhere(root: Path) -> None:
    codebook = (root / "docs" / "codebook.md").read_text(encoding="utf-8")
    anchors = set(re.findall(r'<a id="([^"]+)">', codebook))
    assert set(re.findall(r"\]\(#([^)]+)\)", codebook)) <= anchors


@pytest.mark.parametrize(
    "name",
    [
        "json.schema.json",
        "jsonl.schema.json",
        "report.schema.json",
        "describe.schema.json",
        "show.schema.json",
        "ledger.schema.json",
        "profile.json",
    ],
)
def test_json_schemas_are_schemas(name: str, root: Path) -> None:
    Draft202012Validator.check_schema(json.loads((root / "schemas" / name).read_text("utf-8")))


def test_records_are_frozen_and_closed() -> None:
    for record in RECORDS:
        assert record.model_config["frozen"] is True
        assert record.model_config["extra"] == "forbid"


def test_the_shipped_descriptor_follows_the_profile(root: Path) -> None:
    package: Package = read(root)
    profile = json.loads((root / "schemas" / "profile.json").read_text("utf-8"))
    assert list(Draft202012Validator(profile).iter_errors(package.descriptor)) == []
