"""The descriptor: what was found of all tables, as a Data Package of version 2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..jsontext import JsonObject
from .bare import Bare, WithUnits
from .datatype import Draft
from .guess import Guess

_STANDARD = "https://datapackage.org/profiles/2.0/datapackage.json"


def package(root: Path, resources: list[JsonObject]) -> JsonObject:
    """The descriptor of a package."""
    name = re.sub(r"[^a-z0-9._-]+", "-", root.resolve().name.lower()).strip("-._") or "package"
    return {"$schema": _STANDARD, "name": name, "resources": resources}


def resource(
    bare: Bare,
    drafts: Sequence[Draft],
    key: Sequence[str],
    keys: Sequence[Guess],
    skips_header: bool,
) -> JsonObject:
    """The descriptor of one table; `keys` are the guesses about its foreign keys."""
    units = bare.units if isinstance(bare, WithUnits) else []
    schema: JsonObject = {"fields": [draft.field for draft in drafts]}
    for field, unit in zip(schema["fields"], units, strict=False):
        if unit:
            field["description"] = f"Unit: {unit}"
    if bare.lacks_cells:
        schema["fieldsMatch"] = ["superset"]
    if key:
        schema["primaryKey"] = list(key)
    if keys:
        schema["foreignKeys"] = [
            {"fields": [guess.field], "reference": guess.value} if guess.field else guess.value
            for guess in keys
        ]
    words = dict(bare.words)
    if skips_header:
        stated = words.get("dialect", {})
        dialect = {name: value for name, value in stated.items() if name != "headerRows"}
        rows = [*range(1, bare.header_row + 1), *stated.get("commentRows", [])]
        words["dialect"] = {**dialect, "header": False, "commentRows": rows}
    return {"name": bare.name, "type": "table", "path": bare.path, **words, "schema": schema}
