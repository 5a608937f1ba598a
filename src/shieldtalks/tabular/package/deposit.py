"""The files that archives and code hosts read: CITATION.cff and .zenodo.json.

Both are generated from the descriptor and contain nothing else.
"""

from __future__ import annotations

import json
from typing import Any

from ..jsontext import JsonObject
from .citation import creators


def cff(descriptor: JsonObject) -> str:
    """The descriptor as a Citation File Format 1.2.0 file."""
    facts: JsonObject = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it with its version.",
        "type": "dataset",
        "title": descriptor["title"],
        "abstract": descriptor["description"],
        "version": descriptor["version"],
        "date-released": _day(descriptor),
        "license": _licence(descriptor),
        "authors": [{"name": name} for name in creators(descriptor)],
        "keywords": descriptor.get("keywords"),
        "url": descriptor.get("homepage"),
    }
    return "".join(_yaml(name, value) for name, value in facts.items() if value)


def zenodo(descriptor: JsonObject) -> JsonObject:
    """The descriptor as the metadata of a Zenodo deposit."""
    facts: JsonObject = {
        "upload_type": "dataset",
        "title": descriptor["title"],
        "description": descriptor["description"],
        "version": descriptor["version"],
        "publication_date": _day(descriptor),
        "access_right": "open",
        "license": (_licence(descriptor) or "").lower(),
        "creators": [{"name": name} for name in creators(descriptor)],
        "keywords": descriptor.get("keywords"),
        "related_identifiers": [
            {"identifier": source["path"], "relation": "isDerivedFrom", "scheme": "url"}
            for source in descriptor.get("sources", [])
            if source.get("path")
        ],
    }
    return {name: value for name, value in facts.items() if value}


def _yaml(name: str, value: Any) -> str:
    """A field of a YAML document. Strings are written as in JSON, which is always valid YAML."""
    if not isinstance(value, list):
        return f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
    items = "".join(f"  - {json.dumps(item, ensure_ascii=False)}\n" for item in value)
    return f"{name}:\n{items}"


def _day(descriptor: JsonObject) -> str:
    return str(descriptor["created"])[:10]


def _licence(descriptor: JsonObject) -> str | None:
    return next((entry["name"] for entry in descriptor["licenses"] if entry.get("name")), None)
