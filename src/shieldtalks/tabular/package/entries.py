"""Read an entry of the list "resources": a table, or the files of a resource that is not a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from .. import jsontext
from ..findings import Finding, Severity
from ..jsontext import JsonObject
from . import schema as table_schema
from .kinds import DataFile, is_inline, is_table, paths_of, place_of_path
from .named import Refuse, of_file
from .paths import rule_of, unsafe
from .resource import Resource


def read_entry(
    root: Path, descriptor: str, index: int, entry: Any, package: JsonObject
) -> Resource | list[DataFile] | Finding:
    """A table, the files of a resource that is not a table, or why neither can be read."""
    place = f"resources[{index}]"
    name = entry.get("name") if isinstance(entry, dict) else None

    def refuse(
        rule: str,
        message: str,
        hint: str,
        field: str = "",
        file: str = descriptor,
        line: int | None = None,
    ) -> Finding:
        if file == descriptor:
            line = jsontext.line_in(root / descriptor, ("resources", index, *field.split(".")[1:]))
        return Finding(
            rule=rule,
            severity=Severity.FATAL,
            table=name if isinstance(name, str) else None,
            file=file,
            line=line,
            field=f"{place}{field}" if file == descriptor else None,
            message=message,
            hint=hint,
        )

    if not isinstance(entry, dict) or not isinstance(name, str) or not name:
        what = "has no name" if isinstance(entry, dict) else "is not an object"
        return refuse("descriptor", f"{place} {what}", "Give every resource a name.", ".name")
    paths = _paths(root, descriptor, entry, package, refuse)
    if isinstance(paths, Finding):
        return paths
    if not is_table(entry, package):
        return [DataFile(name, path, root / path, entry, len(paths) == 1) for path in paths]
    # A file that is named twice is read once, and the check of the descriptor reports it.
    path, *others = {str(PurePosixPath(one)): one for one in paths}.values()
    more = tuple((other, root / other) for other in others)
    dialect, dialect_path = entry.get("dialect"), None
    if isinstance(dialect, str):
        dialect_path, dialect = dialect, of_file(root, dialect, "dialect", refuse)
        if isinstance(dialect, Finding):
            return dialect
        if not isinstance(dialect, dict):
            hint = "Write the keys of a dialect into the file."
            return refuse("descriptor", "the dialect is not an object", hint, file=dialect_path)
    made = Resource(name, path, root / path, entry, {"fields": []}, None, more, index)
    made = replace(made, dialect_path=dialect_path, dialect_read=dialect)
    return _with_schema(made, root, descriptor, package, refuse)


def _paths(
    root: Path, descriptor: str, entry: JsonObject, package: JsonObject, refuse: Refuse
) -> list[str] | Finding:
    """The paths of a resource: at least one, each inside the package. Its rows may be in the descriptor."""
    paths = paths_of(entry)
    for number, path in enumerate(paths):
        fault = unsafe(root, path) if isinstance(path, str) else None
        if fault:
            hint = "Keep every file inside the package's folder."
            at = place_of_path(entry, number)[0]
            what = at if at == "url" else "path"
            return refuse(rule_of(path), f'{what} "{path}" {fault}', hint, f".{at}")
    if is_inline(entry):
        return [descriptor]
    if not paths or not all(isinstance(path, str) for path in paths):
        what = f'the {"table" if is_table(entry, package) else "resource"} "{entry["name"]}"'
        return refuse("descriptor", f"{what} has no path", "Give the path of its file.", ".path")
    return paths


def _with_schema(
    made: Resource, root: Path, descriptor: str, package: JsonObject, refuse: Refuse
) -> Resource | Finding:
    """A table with the schema of its entry, or without fields if the entry has none."""
    entry = made.descriptor
    if "schema" not in entry:
        return made
    schema, schema_path = entry["schema"], None
    if isinstance(schema, str):
        schema_path, schema = schema, of_file(root, schema, "schema", refuse)
        if isinstance(schema, Finding):
            return schema
    fault = table_schema.unusable(schema)
    if fault or not isinstance(schema, dict):
        message = fault or "the schema is missing"
        hint = "Add a Table Schema with a list of fields, each with a name."
        return refuse("schema", message, hint, ".schema", file=schema_path or descriptor)
    names = tuple(field["name"] for field in schema["fields"])
    if len(set(names)) < len(names):
        return replace(made, schema_path=schema_path, ambiguous=names)
    schema = table_schema.with_types(schema, entry, package)
    if made.form in ("csv", "tsv"):
        schema = table_schema.with_null(schema, made.dialect.null_sequence)
    return replace(made, schema=schema, schema_path=schema_path)
