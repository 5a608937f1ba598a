"""The published contracts, generated from the models: Table Schemas, JSON Schemas and the profile."""

from __future__ import annotations

import types
from datetime import date
from typing import Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from ..tabular.jsontext import JsonObject
from . import vocabulary
from .models import RECORDS, Record
from .profile import PROFILE

DIALECT_2020_12 = "https://json-schema.org/draft/2020-12/schema"

_TYPES: dict[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    date: "date",
}

#: Table Schema constraint by the name of pydantic's metadata attribute.
_BOUNDS = {
    "pattern": "pattern",
    "ge": "minimum",
    "le": "maximum",
    "min_length": "minLength",
    "max_length": "maxLength",
}


def table_schema(record: type[Record], vocabularies: vocabulary.Vocabularies) -> JsonObject:
    """The Table Schema of one record class, code lists filled in."""
    table = record.table
    schema: JsonObject = {
        "name": table.name,
        "title": table.title,
        "description": _first_paragraph(record),
        "fields": [_field(name, info) for name, info in record.model_fields.items()],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = [_foreign_key(table.name, *pair) for pair in record.model_fields.items()]
    if any(keys):
        schema["foreignKeys"] = [key for key in keys if key]
    vocabulary.fill(schema, vocabularies)
    return schema


def extras(info: FieldInfo) -> JsonObject:
    """What a field says beyond pydantic's own words: vocabulary, references, reasons."""
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def _first_paragraph(record: type[Record]) -> str:
    return " ".join((record.__doc__ or "").split())


def _field(name: str, info: FieldInfo) -> JsonObject:
    kind, required = kind_of(info.annotation)
    facts = extras(info)
    constraints: JsonObject = {"required": required}
    if facts.get("unique"):
        constraints["unique"] = True
    for rule in info.metadata:
        for attribute, constraint in _BOUNDS.items():
            if getattr(rule, attribute, None) is not None:
                constraints[constraint] = getattr(rule, attribute)
    field: JsonObject = {
        "name": name,
        "type": kind,
        "description": info.description,
        "example": (info.examples or [None])[0],
        "constraints": constraints,
    }
    if "vocabulary" in facts:
        field["vocabulary"] = facts["vocabulary"]
    return field


def kind_of(annotation: Any) -> tuple[str, bool]:
    """The Table Schema type of a field with this annotation, and whether a value is required."""
    if get_origin(annotation) in (Union, types.UnionType):
        (inner,) = (part for part in get_args(annotation) if part is not type(None))
        return _TYPES[inner], False
    return _TYPES[annotation], True


def _foreign_key(table: str, name: str, info: FieldInfo) -> JsonObject | None:
    target = extras(info).get("references")
    if not isinstance(target, str):
        return None
    (key,) = next(record.table.key for record in RECORDS if record.table.name == target)
    resource = "" if target == table else target
    return {"fields": [name], "reference": {"resource": resource, "fields": [key]}}


def record_schema(schema: JsonObject) -> JsonObject:
    """The JSON Schema of one row of a table, made from its Table Schema: every field present."""
    return {
        "type": "object",
        "title": schema["title"],
        "description": schema["description"],
        "properties": {field["name"]: _property(field) for field in schema["fields"]},
        "required": [field["name"] for field in schema["fields"]],
        "additionalProperties": False,
    }


def _property(field: JsonObject) -> JsonObject:
    constraints = field["constraints"]
    kind = "string" if field["type"] == "date" else field["type"]
    prop: JsonObject = {
        "description": field["description"],
        "type": kind if constraints["required"] else [kind, "null"],
    }
    if "example" in field:
        prop["examples"] = [field["example"]]
    if field["type"] == "date":
        prop["format"] = "date"
    if "enum" in constraints:
        prop["enum"] = constraints["enum"] + ([] if constraints["required"] else [None])
    if "pattern" in constraints:
        prop["pattern"] = f"^(?:{constraints['pattern']})$"
    for name in ("minimum", "maximum", "minLength", "maxLength"):
        if name in constraints:
            prop[name] = constraints[name]
    return prop


def json_download(schemas: list[JsonObject]) -> JsonObject:
    """The JSON Schema of `export json`: the package's metadata and every table."""
    return {
        "$schema": DIALECT_2020_12,
        "$id": "urn:shieldtalks:schema:json:2",
        "title": "Shieldtalks JSON download",
        "description": "One document with the package's metadata and all tables; missing = null.",
        "type": "object",
        "properties": {
            "package": {
                "type": "object",
                "description": "The descriptor of the package, without its list of files.",
                "properties": {"name": {"type": "string"}, "version": {"type": "string"}},
                "required": ["name", "version"],
            },
            "tables": {
                "type": "object",
                "properties": {
                    schema["name"]: {
                        "type": "array",
                        "description": schema["title"],
                        "items": {"$ref": f"#/$defs/{schema['name']}"},
                    }
                    for schema in schemas
                },
                "additionalProperties": False,
            },
        },
        "required": ["package", "tables"],
        "additionalProperties": False,
        "$defs": {schema["name"]: record_schema(schema) for schema in schemas},
    }


def jsonl_line(schemas: list[JsonObject]) -> JsonObject:
    """The JSON Schema of one line of `export jsonl`: a row that names its table."""

    def line(schema: JsonObject) -> JsonObject:
        row = record_schema(schema)
        row["properties"] = {"table": {"const": schema["name"]}} | row["properties"]
        row["required"] = ["table", *row["required"]]
        return row

    return {
        "$schema": DIALECT_2020_12,
        "$id": "urn:shieldtalks:schema:jsonl:2",
        "title": "Shieldtalks JSON Lines download",
        "description": "One row of one table; `table` names it; missing = null.",
        "type": "object",
        "required": ["table"],
        "oneOf": [{"$ref": f"#/$defs/{schema['name']}"} for schema in schemas],
        "$defs": {schema["name"]: line(schema) for schema in schemas},
    }


#: What the profile asks of each entry of `resources`.
_PROFILE_TABLE: JsonObject = {
    "type": "object",
    "required": [
        "name",
        "path",
        "type",
        "profile",
        "format",
        "mediatype",
        "encoding",
        "dialect",
        "schema",
        "hash",
        "bytes",
    ],
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z][a-z0-9_-]*$"},
        "path": {"type": "string", "pattern": "^[^./][^:\\\\]*\\.csv$"},
        "type": {"const": "table"},
        "profile": {"const": "tabular-data-resource"},
        "format": {"const": "csv"},
        "mediatype": {"const": "text/csv"},
        "encoding": {"const": "utf-8"},
        "dialect": {
            "type": "object",
            "required": ["delimiter"],
            "properties": {"delimiter": {"const": ","}},
        },
        "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "bytes": {"type": "integer", "minimum": 1},
        "schema": {"description": "The Table Schema, or the file that holds it."},
    },
}


def profile(tables: list[str]) -> JsonObject:
    """The JSON Schema of the descriptor of any package of this kind."""

    def lists(table: str) -> JsonObject:
        return {
            "contains": {
                "type": "object",
                "properties": {"name": {"const": table}},
                "required": ["name"],
            }
        }

    text = {"type": "string", "minLength": 1}
    return {
        "$schema": DIALECT_2020_12,
        "$id": PROFILE,
        "title": "Profile of a record of proposals and answers",
        "description": "What the descriptor of a package of this kind states, beyond Data Package v2.",
        "type": "object",
        "required": [
            "$schema",
            "profile",
            "conformsTo",
            "name",
            "title",
            "description",
            "version",
            "created",
            "licenses",
            "contributors",
            "resources",
        ],
        "properties": {
            "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
            "profile": {"const": "tabular-data-package"},
            "conformsTo": {"const": PROFILE},
            "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]*$"},
            "title": text,
            "description": text,
            "version": {"type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+$"},
            "created": {
                "type": "string",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
            },
            "licenses": {"type": "array", "minItems": 1},
            "contributors": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["title", "roles"],
                    "properties": {"title": text, "roles": {"type": "array", "minItems": 1}},
                },
            },
            "resources": {
                "type": "array",
                "allOf": [lists(table) for table in tables],
                "items": _PROFILE_TABLE,
            },
        },
    }
