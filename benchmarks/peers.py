"""Validate a generated package with another library. Run `peers.py dataframely|polspec PACKAGE`.

Both are used as their own documentation advises: the schema is stated once, polars reads each file with
the types of the schema, and the library checks the frames. The primary keys, codes, patterns, bounds and
lengths are the same as in the package. polspec checks foreign keys by itself. dataframely has no foreign
keys between tables with different keys, so they are checked with polars. Nothing else is checked: no
hash, no line numbers, no quotes, and a cell that cannot be read ends the run.

The exit code is 1 if a fault is found, otherwise 0.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

JsonObject = dict[str, Any]


def schemas(package: Path) -> dict[str, tuple[Path, JsonObject]]:
    """The file and the Table Schema of each table, by its name."""
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    return {
        one["name"]: (
            package / one["path"],
            json.loads((package / one["schema"]).read_text("utf-8")),
        )
        for one in descriptor["resources"]
    }


def data_type(field: JsonObject) -> Any:
    """The polars type of a field."""
    codes = field["constraints"].get("enum")
    if codes:
        return pl.Enum(codes)
    return {"date": pl.Date, "integer": pl.Int64}.get(field["type"], pl.String)


def read(file: Path, schema: JsonObject) -> pl.DataFrame:
    """The rows of a table with the types of its schema."""
    return pl.read_csv(file, schema={one["name"]: data_type(one) for one in schema["fields"]})


def by_dataframely(package: Path) -> int:
    """Check a package with dataframely."""
    import dataframely as dy

    def column(field: JsonObject, key: list[str]) -> Any:
        rules = field["constraints"]
        known = {
            "nullable": not rules.get("required") and field["name"] not in key,
            "primary_key": field["name"] in key,
        }
        if "enum" in rules:
            return dy.Enum(rules["enum"], **known)
        if field["type"] == "date":
            return dy.Date(**known)
        if field["type"] == "integer":
            return dy.Int64(min=rules.get("minimum"), max=rules.get("maximum"), **known)
        pattern = rules.get("pattern")
        return dy.String(
            min_length=rules.get("minLength"),
            max_length=rules.get("maxLength"),
            regex=f"^(?:{pattern})$" if pattern else None,
            **known,
        )

    frames = {}
    for name, (file, schema) in schemas(package).items():
        key = schema["primaryKey"]
        fields = {one["name"]: column(one, key) for one in schema["fields"]}
        frames[name] = type(name.title(), (dy.Schema,), fields).validate(read(file, schema))
    dangling = 0
    for name, (_, schema) in schemas(package).items():
        for link in schema.get("foreignKeys", []):
            (own,), goal = link["fields"], link["reference"]
            known = frames[goal["resource"]].select(goal["fields"])
            used = frames[name].select(own).drop_nulls()
            dangling += used.join(known, left_on=own, right_on=goal["fields"], how="anti").height
    return dangling


def by_polspec(package: Path) -> int:
    """Check a package with polspec."""
    from polspec import Bound, ColSpec, ForeignKey, FrameSpec, Registry

    def column(field: JsonObject, key: list[str]) -> Any:
        rules = field["constraints"]
        is_key = field["name"] in key
        known: JsonObject = {"nullable": not rules.get("required") and not is_key, "unique": is_key}
        if field["type"] == "integer":
            known["bounds"] = Bound(rules.get("minimum"), rules.get("maximum"))
        if "pattern" in rules:
            known["pattern"] = rules["pattern"]
        elif "maxLength" in rules:
            known["string_length"] = Bound(rules.get("minLength", 0), rules["maxLength"])
        return ColSpec(data_type(field), **known)

    specs, frames = [], {}
    for name, (file, schema) in schemas(package).items():
        columns = {one["name"]: column(one, schema["primaryKey"]) for one in schema["fields"]}
        links = [
            ForeignKey(
                link["fields"],
                references=link["reference"]["resource"],
                ref_columns=link["reference"]["fields"],
            )
            for link in schema.get("foreignKeys", [])
        ]
        specs.append(type(name, (FrameSpec,), {**columns, "__foreign_keys__": links}))
        frames[name] = read(file, schema)
    Registry(*specs).validate_all(frames)
    return 0


def main() -> int:
    """Check the package that is named with the library that is named."""
    library, package = sys.argv[1], Path(sys.argv[2])
    try:
        return 1 if {"dataframely": by_dataframely, "polspec": by_polspec}[library](package) else 0
    except Exception as error:  # a fault in the data
        print(f"{type(error).__name__}: {str(error)[:500]}", file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main())
