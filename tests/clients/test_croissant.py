"""Croissant: mlcroissant checks the folder and loads it; the cells are compared in test_values.py."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.clients.graphs import misused, parsed
from tests.support import Run

pytestmark = [
    pytest.mark.client,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]


@pytest.fixture(scope="session")
def folder(exported: Callable[..., Path]) -> Path:
    return exported("croissant", "croissant")


def loaded(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table as mlcroissant reads them, each value as a cell would hold it."""
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    return [
        {name.partition("/")[2]: cell(value) for name, value in row.items()}
        for row in dataset.records(record_set=table)
    ]


def cell(value: Any) -> str:
    import pandas

    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, pandas.Timestamp):
        assert value == value.normalize()
        return value.date().isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)


def validated(folder: Path) -> str:
    """What `mlcroissant validate` says of a folder that has no faults."""
    done = subprocess.run(
        [Path(sys.executable).with_name("mlcroissant"), "validate", "--jsonld", "croissant.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Done." in done.stderr
    return done.stderr


def test_mlcroissant_validates_it_without_a_warning(folder: Path) -> None:
    assert "warning" not in validated(folder).lower()


def test_mlcroissant_validates_and_loads_another_package(
    rivers: Path, tmp_path: Path, run: Run
) -> None:
    run("export", "croissant", rivers, "-o", tmp_path / "out", code=0)
    said = validated(tmp_path / "out")
    warned = [line for line in said.splitlines() if line.startswith("  - ")]
    assert [line for line in warned if "citeAs" not in line] == []  # it states no citation
    assert loaded(tmp_path / "out", "rivers") == [
        {"river": "Severn", "length_km": "354"},
        {"river": "Wye", "length_km": "250"},
    ]


def test_schema_org_is_used_as_it_is_meant(folder: Path) -> None:
    graph = parsed((folder / "croissant.json").read_text("utf-8"))
    assert len(graph) > 1000
    assert misused(graph) == set()


def test_it_is_of_version_1_1(folder: Path) -> None:
    import mlcroissant

    metadata = mlcroissant.Dataset(jsonld=folder / "croissant.json").metadata
    assert metadata.ctx.is_v1_1()
    assert str(metadata.version) == json.loads((folder / "croissant.json").read_text())["version"]
    assert len(metadata.record_sets) == len(metadata.distribution) == 18


def test_the_fields_of_responsible_ai_are_read_back(folder: Path, root: Path) -> None:
    import mlcroissant

    metadata = mlcroissant.Dataset(jsonld=folder / "croissant.json").metadata
    assert metadata.annotations_per_item == "2"
    assert metadata.data_collection.startswith("Coded from these sources: Report: Russia rejects")
    assert len(metadata.data_limitations) == 9
    assert "news reports in English" in " ".join(metadata.data_limitations)
    assert metadata.data_annotation_analysis[0].startswith("Two codings were compared.")
    rules = (root / "docs" / "parts" / "coding-rules.md").read_text("utf-8").strip()
    assert metadata.data_annotation_protocol == [rules]
    assert not metadata.data_biases
    assert not metadata.url


def test_a_changed_file_is_noticed(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    file = tmp_path / "copy" / "data" / "claims.csv"
    file.write_bytes(file.read_bytes().replace(b"Russia", b"russia", 1))
    with pytest.raises(Exception, match=r"Download\(data/claims.csv\)") as error:
        loaded(tmp_path / "copy", "claims")
    assert "is not identical with the reference" in str(error.value.__cause__)


def test_types_are_what_they_are(folder: Path) -> None:
    import mlcroissant
    import numpy
    import pandas

    def first(table: str) -> dict[str, Any]:
        dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")
        row: dict[str, Any] = next(iter(dataset.records(record_set=table)))
        return row

    assert isinstance(first("evidence")["evidence/start"], numpy.int64)
    assert isinstance(first("events")["events/date_latest"], pandas.Timestamp)
    assert first("events")["events/date_edtf"] == b"../2007-04-23"


def test_another_package_loads_too(tmp_path: Path, run: Run) -> None:
    """Semicolons, Latin-1, `-` for what is missing, no text of a licence: read all the same."""
    fields = [
        {"name": "id", "type": "integer"},
        {"name": "under", "type": "integer"},
        {"name": "open", "type": "boolean"},
        {"name": "town", "type": "string"},
        {"name": "since", "type": "date"},
    ]
    schema = {
        "fields": fields,
        "primaryKey": "id",
        "missingValues": ["", "-"],
        "foreignKeys": [{"fields": "under", "reference": {"resource": "", "fields": "id"}}],
    }
    offices = {
        "name": "offices",
        "path": "offices.txt.csv",
        "encoding": "iso-8859-1",
        "dialect": {"delimiter": ";"},
        "schema": schema,
    }
    package = tmp_path / "package"
    package.mkdir()
    (package / "offices.txt.csv").write_bytes(
        "id;under;open;town;since\n1;-;true;Köln, Dom;2001-02-03\n2;1;false;-;-\n".encode("latin-1")
    )
    descriptor = {"name": "offices", "version": "1.0.0", "resources": [offices]}
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    run("export", "croissant", package, "-o", tmp_path / "out", code=0)
    assert loaded(tmp_path / "out", "offices") == [
        {"id": "1", "under": "", "open": "True", "town": "Köln, Dom", "since": "2001-02-03"},
        {"id": "2", "under": "1", "open": "False", "town": "", "since": ""},
    ]


def test_names_that_are_no_identifiers_are_read_all_the_same(tmp_path: Path, run: Run) -> None:
    names = ["Land und Stadt", "größe", "a/b", "a b"]
    schema = {"fields": [{"name": name, "type": "string"} for name in names]}
    resource = {"name": "../my table", "path": "t.csv", "schema": schema}
    package = tmp_path / "package"
    package.mkdir()
    (package / "t.csv").write_text(",".join(names) + "\nw,x,y,z\n", "utf-8")
    version = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
    descriptor = json.dumps(version | {"resources": [resource]})
    (package / "datapackage.json").write_text(descriptor, "utf-8")
    run("export", "croissant", package, "-o", tmp_path / "out", code=0)
    assert [path.name for path in (tmp_path / "out" / "data").iterdir()] == ["___my_table.csv"]
    assert [list(row.values()) for row in loaded(tmp_path / "out", "___my_table")] == [list("wxyz")]
