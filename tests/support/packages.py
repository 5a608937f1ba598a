"""Small packages for the tests of `diff`: made from a description that a test changes."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

Spec = dict[str, Any]

#: A package of things, their parts (known by the thing they belong to) and a log without a key.
SMALL: Spec = {
    "descriptor": {"name": "small", "version": "1.2.3", "title": "Small things"},
    "tables": {
        "things": {
            "resource": {"title": "Things"},
            "schema": {
                "fields": [
                    {
                        "name": "id",
                        "type": "string",
                        "constraints": {"required": True, "pattern": "t-[0-9]"},
                    },
                    {
                        "name": "name",
                        "type": "string",
                        "description": "What it is called.",
                        "constraints": {"maxLength": 20},
                    },
                    {
                        "name": "size",
                        "type": "integer",
                        "constraints": {"minimum": 0, "maximum": 9},
                    },
                    {
                        "name": "kind",
                        "type": "string",
                        "constraints": {"enum": ["a", "b", "c"]},
                        "categories": [
                            {"value": "a", "label": "A"},
                            {"value": "b", "label": "B"},
                            {"value": "c", "label": "C"},
                        ],
                    },
                ],
                "primaryKey": ["id"],
                "missingValues": [""],
            },
            "rows": [["t-1", "Anvil", "3", "a"], ["t-2", "Bell", "", "b"], ["t-3", "", "7", ""]],
        },
        "parts": {
            "resource": {"title": "Parts of things"},
            "schema": {
                "fields": [
                    {"name": "thing_id", "type": "string"},
                    {"name": "number", "type": "integer"},
                    {"name": "words", "type": "string"},
                ],
                "primaryKey": ["thing_id", "number"],
                "foreignKeys": [
                    {
                        "fields": ["thing_id"],
                        "reference": {"resource": "things", "fields": ["id"]},
                    }
                ],
            },
            "rows": [["t-1", "1", "horn"], ["t-1", "2", "face"]],
        },
        "log": {
            "resource": {},
            "schema": {
                "fields": [
                    {"name": "day", "type": "date"},
                    {"name": "what"},
                    {"name": "kind", "categories": ["u", "v"]},
                ],
                "missingValues": [
                    {"value": ""},
                    {"value": "-1", "label": "Not known"},
                    {"value": "-2", "label": "Not asked"},
                ],
            },
            "rows": [
                ["2031-05-01", "-1", "u"],
                ["2031-05-01", "seen", "v"],
                ["2031-05-01", "seen", "v"],
                ["2031-05-02", "heard", "u"],
            ],
        },
    },
}


def small() -> Spec:
    """The description of a small package, to be changed."""
    return deepcopy(SMALL)


def field(spec: Spec, name: str, table: str = "things") -> dict[str, Any]:
    """A field of the description."""
    found: dict[str, Any] = next(
        entry for entry in spec["tables"][table]["schema"]["fields"] if entry["name"] == name
    )
    return found


def changed() -> Spec:
    """The description of the next version of the small package, with changes of several kinds."""
    spec = small()
    spec["descriptor"] |= {"version": "1.3.0", "title": "Little things"}
    things = spec["tables"]["things"]["rows"]
    things[0][1] = "Small anvil"
    things.append(["t-4", "Dial", "1", "c"])
    spec["tables"]["log"]["rows"].pop(1)
    field(spec, "size")["constraints"]["maximum"] = 10
    return spec


def write(folder: Path, spec: Spec) -> Path:
    """The package of a description, in a new folder."""
    folder.mkdir()
    resources = []
    for name, table in spec["tables"].items():
        entry = {"name": name, "type": "table", "path": f"{name}.csv", "format": "csv"}
        entry |= table["resource"] | {"schema": table["schema"]}
        resources.append(entry)
        text = io.StringIO(newline="")
        delimiter = entry.get("dialect", {}).get("delimiter", ",")
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
        writer.writerow(column["name"] for column in table["schema"]["fields"])
        writer.writerows(table["rows"])
        (folder / entry["path"]).write_bytes(text.getvalue().encode("utf-8"))
    standard = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
    descriptor = standard | spec["descriptor"] | {"resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=2), encoding="utf-8")
    return folder


def pack(folder: Path, archive: Path, top: str = "") -> Path:
    """A zip of a package's folder, all of it below `top`."""
    with zipfile.ZipFile(archive, "w") as made:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                made.write(file, f"{top}{file.relative_to(folder).as_posix()}")
    return archive
