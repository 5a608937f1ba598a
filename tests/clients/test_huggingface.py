"""Hugging Face: `datasets` loads the folder offline, `huggingface_hub` reads the card.

The cells are compared in test_values.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import RIVERS, on_the_hub
from tests.support import Run

pytestmark = pytest.mark.client


@pytest.fixture(scope="session")
def folder(exported: Callable[..., Path]) -> Path:
    return exported("huggingface", "huggingface")


def test_huggingface_hub_reads_the_card(folder: Path, root: Path) -> None:
    from huggingface_hub import DatasetCard, DatasetCardData

    stated = json.loads((root / "datapackage.json").read_text("utf-8"))
    card = DatasetCard.load(folder / "README.md")
    assert isinstance(card.data, DatasetCardData)
    assert card.data.pretty_name == stated["title"]
    assert card.data.license == "cc-by-4.0"
    assert card.data.language == ["en"]
    assert card.data.tags == stated["keywords"]
    assert card.data.size_categories == ["1K<n<10K"]
    assert card.data.task_categories is None
    configs = card.data["configs"]
    assert [one["config_name"] for one in configs] == [one["name"] for one in stated["resources"]]
    # Written anew by the library, it says the same.
    again = DatasetCard(str(card))
    assert again.data.to_dict() == card.data.to_dict()
    assert again.text == card.text


def test_the_library_reads_the_configurations(folder: Path) -> None:
    from datasets.utils.metadata import MetadataConfigs
    from huggingface_hub import DatasetCard

    data = DatasetCard.load(folder / "README.md").data
    configs = MetadataConfigs.from_dataset_card_data(data)
    assert configs.get_default_config_name() == "sources"
    assert len(configs) == 18


def test_names_and_types(tmp_path: Path, run: Run) -> None:
    fields: list[dict[str, Any]] = [
        {"name": "id", "type": "integer"},
        {"name": "is open", "type": "boolean"},
        {"name": "size", "type": "number"},
        {"name": "since", "type": "date"},
        {"name": "kind", "type": "string", "constraints": {"enum": ["a", "b"]}},
        {"name": "names", "type": "list"},
    ]
    rows = '1,true,1.5,2001-02-03,a,"x,y"\n2,,,,,\n'
    package = tmp_path / "package"
    package.mkdir()
    resources = []
    for name, content in {"none": "", "x[1]*": rows, "a ? b": rows, "été": rows}.items():
        path = f"{len(resources)}.csv"
        head = ",".join(field["name"] for field in fields)
        (package / path).write_text(f"{head}\n{content}", "utf-8")
        resources.append({"name": name, "path": path, "schema": {"fields": fields}})
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "title": 'No: "a" # b',
        "resources": resources,
    }
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    run("export", "huggingface", package, "-o", tmp_path / "out", code=0)
    found = on_the_hub(tmp_path / "out")
    assert list(found) == ["x[1]_", "a _ b", "été", ""]
    assert found["été"]["rows"] == [
        {
            "id": 1,
            "is open": True,
            "size": 1.5,
            "since": "2001-02-03",
            "kind": "a",
            "names": ["x", "y"],
        },
        {"id": 2, "is open": None, "size": None, "since": None, "kind": None, "names": None},
    ]
    assert all(one["rows"] == found["été"]["rows"] for one in found.values())
    assert found[""]["is"] == "x[1]_"
    assert found["été"]["features"]["kind"] == "Value('string')"


def test_the_card_and_the_rows_of_another_package(rivers: Path, tmp_path: Path, run: Run) -> None:
    from huggingface_hub import DatasetCard

    run("export", "huggingface", rivers, "-o", tmp_path / "out", code=0)
    card = DatasetCard.load(tmp_path / "out" / "README.md")
    assert card.data.pretty_name == RIVERS["title"]
    assert card.data.license == "cc0-1.0"
    assert card.data.tags == RIVERS["keywords"]
    assert card.data.size_categories == ["n<1K"]
    assert on_the_hub(tmp_path / "out")["rivers"]["rows"] == [
        {"river": "Severn", "length_km": 354},
        {"river": "Wye", "length_km": 250},
    ]
