"""Packages with resources that are no tables, and with tables without a schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SCHEMA = {"fields": [{"name": "a", "type": "string"}]}


def with_files(folder: Path, entries: dict[str, dict[str, Any]], **texts: str) -> Path:
    """A package whose resources have these entries; each file has the text of its resource's name."""
    folder.mkdir()
    resources = []
    for name, entry in entries.items():
        (folder / entry["path"]).parent.mkdir(parents=True, exist_ok=True)
        (folder / entry["path"]).write_text(texts.get(name, "a\n1\n"), "utf-8")
        resources.append({"name": name, **entry})
    standard = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
    descriptor = standard | {"name": "files", "version": "1.0.0", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder
