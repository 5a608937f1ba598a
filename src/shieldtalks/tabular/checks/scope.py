"""Checks of a table's descriptor and schema: what is not supported, and what contradicts itself."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from .. import jsontext
from ..engine.sql import ROW
from ..findings import Finding, Severity
from ..jsontext import JsonObject, Place
from ..package import Package, Resource
from ..package import dialect as dialects
from ..package.kinds import INLINE, paths_of, place_of_path
from ..package.schema import (
    ForeignKey,
    fields_match,
    foreign_keys,
    kind,
    primary_key,
    standard_version,
    unique_keys,
)
from ..sources.forms import COMPRESSIONS, FORMS
from ..types import type_of
from .fields import V2_HINT, FieldFault, example_faults, field_faults, missing_faults
from .file import ALGORITHMS
from .reduction import Unchecked

#: What is read, for people.
_READ = "Use CSV, JSON, JSON Lines, Excel (xlsx) or Parquet."

_PROBE = bytes([10, *(byte for byte in range(32, 127) if byte != 92), 92])

#: The largest number of fields; SQL engines have a limit.
WIDEST = 1900


def check_resource(
    package: Package, resource: Resource, unchecked: Unchecked | None = None
) -> Iterator[Finding]:
    """What is not supported or contradicts itself; a table with a fatal finding is not read.

    If `unchecked` is given, the fields and keys with a fatal finding are added to it. The table is
    still readable if `unchecked.whole` is false at the end.
    """
    parts = unchecked or Unchecked()

    def fault(
        message: str,
        hint: str,
        *at: str | int,
        rule: str = "unsupported",
        severity: Severity = Severity.FATAL,
        field: str | None = None,
    ) -> Finding:
        place, file, shown = (*package.place_of(resource), *at), package.file, package.file.name
        if severity is Severity.FATAL:
            parts.add(resource, at)
        if at[0] == "schema" and resource.schema_path is not None:
            place, file = at[1:], package.root / resource.schema_path
            shown = resource.schema_path
        if at[0] == "dialect" and resource.dialect_path is not None:
            place, file = at[1:], package.root / resource.dialect_path
            shown = resource.dialect_path
        return Finding(
            rule=rule,
            severity=severity,
            table=resource.name,
            file=shown,
            line=jsontext.line_in(file, place),
            field=field if field is not None else jsontext.pointer(place) or None,
            message=message,
            hint=hint,
        )

    yield from _scope(resource, fault)
    yield from _columns(resource, fault)
    for at, name, found in _parts_of_schema(package, resource, parts):
        rule, severity, place = found.rule, found.severity, ("schema", *at, *found.place)
        yield fault(found.message, found.hint, *place, rule=rule, severity=severity, field=name)
    yield from _keys(package, resource, fault)


def _parts_of_schema(
    package: Package, resource: Resource, parts: Unchecked
) -> Iterator[tuple[Place, str | None, FieldFault]]:
    """What is wrong with the missing values and the fields: the place of each part, and its field."""
    schema = resource.schema
    version = standard_version(schema, resource.descriptor, package.descriptor)
    for found in missing_faults(schema.get("missingValues"), version):
        yield (), None, found
    for index, field in enumerate(resource.fields):
        for found in missing_faults(field.get("missingValues"), version):
            yield ("fields", index), field["name"], found
        for found in field_faults(parts.without(field), version):
            yield ("fields", index), field["name"], found
        for found in example_faults(field, schema):
            yield ("fields", index), field["name"], found


def _scope(resource: Resource, fault: Any) -> Iterator[Finding]:
    descriptor = resource.descriptor
    yield from _format(resource, fault)
    yield from _repeated_files(resource, fault)
    if resource.name.casefold().startswith("sqlite_"):
        yield fault('a table cannot be called "sqlite_..."', "Rename it.", "name")
    encoding = resource.encoding
    if not _readable(encoding):
        yield fault(f'the encoding "{encoding}" is not supported', "Use utf-8.", "encoding")
    algorithm = str(descriptor.get("hash", "")).rpartition(":")[0]
    if algorithm and algorithm not in ALGORITHMS:
        plain = algorithm.lower().replace("-", "")
        hint = f'Write "{plain}:...".' if plain in ALGORITHMS else "Use sha256."
        yield fault(f'the hash algorithm "{algorithm}" is not supported', hint, "hash")
    yield from _dialect(resource, fault)


def _format(resource: Resource, fault: Any) -> Iterator[Finding]:
    form = resource.descriptor.get("format")
    forms = {part.form for part in resource.parts}
    packed = next((p for p in resource.parts if p.compression not in COMPRESSIONS), None)
    unknown = next((part for part in resource.parts if part.form not in FORMS), None)
    if resource.form == INLINE and not isinstance(resource.descriptor["data"], list):
        message = "the rows in the descriptor are not a list"
        is_text = isinstance(resource.descriptor["data"], str)
        rule = "unsupported" if is_text else "descriptor"
        yield fault(message, "Write a list of objects or of lists.", "data", rule=rule)
    elif packed is not None:
        message = f'"{packed.path}" is compressed in a way that is not supported'
        key = "compression" if resource.descriptor.get("compression") else "path"
        yield fault(message, "Compress it with gzip, or as a zip with one file.", key)
    elif unknown is not None and form is not None:
        yield fault(f'the format "{form}" is not supported', _READ, "format")
    elif unknown is not None:
        message = f'"{unknown.path}" is not a table: its form is not known by its name'
        yield fault(message, f"State its format. {_READ}", "path")
    elif len(forms) > 1:
        message = f"the files of the table have different formats: {', '.join(sorted(forms))}"
        yield fault(message, "Use one format for all files of a table.", "path")


def _repeated_files(resource: Resource, fault: Any) -> Iterator[Finding]:
    """Each file that a table in several files names again. It is read once."""
    seen: set[PurePosixPath] = set()
    for number, path in enumerate(paths_of(resource.descriptor)):
        if PurePosixPath(path) in seen:
            message = f'the table names the file "{path}" twice'
            hint = "Name each file once."
            at = place_of_path(resource.descriptor, number)
            yield fault(message, hint, *at, rule="path", severity=Severity.ERROR)
        seen.add(PurePosixPath(path))


def _dialect(resource: Resource, fault: Any) -> Iterator[Finding]:
    """Keys of the dialect that cannot be used, and a table whose columns cannot be found."""
    written, is_text = resource.written_dialect, resource.form in ("csv", "tsv")
    if isinstance(written, dict):
        found = [*dialects.unknown_keys(written)]
        found += dialects.clashes(resource.declared_dialect, resource.dialect) if is_text else []
        for wrong in found:
            at = wrong.place(written)
            yield fault(wrong.message, wrong.hint, "dialect", *at, rule=wrong.rule)
    match = fields_match(resource.schema)
    if is_text and match != "exact" and not resource.dialect.has_header:
        message = f'fieldsMatch is "{match}", but a file without a header has no names to match'
        hint = "Add a header to the file and set header to true, or remove fieldsMatch."
        yield fault(message, hint, "schema", "fieldsMatch", rule="schema")


def _readable(encoding: str) -> bool:
    """Whether an encoding is known, and is of the UTF family or writes ASCII as ASCII."""
    try:
        name = codecs.lookup(encoding).name
        if name.startswith(("utf-16", "utf-32", "utf-8")):
            return True
        return _PROBE.decode(encoding) == _PROBE.decode("ascii")
    except (LookupError, ValueError):
        return False


def _columns(resource: Resource, fault: Any) -> Iterator[Finding]:
    names = resource.field_names
    folded = [name.casefold() for name in names]
    if resource.ambiguous:
        # The standard forbids such names, but also forbids to call such a schema invalid.
        shown = f'two fields have the name "{jsontext.first_repeated(resource.ambiguous)}"'
        message = f"{shown}, so only the shape of the table is checked"
        yield fault(message, "Give each field a name of its own.", "schema", "fields")
    elif len(set(folded)) < len(names):
        message = "two fields differ by upper and lower case only"
        yield fault(message, "Rename one.", "schema", "fields")
    if len(names) > WIDEST:
        message = f"the table has {len(names)} fields; at most {WIDEST} are read"
        yield fault(message, "Split it.", "schema", "fields")
    for index, name in enumerate(names):
        if folded[index] == ROW or folded[index].startswith(f"{ROW} "):
            at = ("schema", "fields", index, "name")
            yield fault(f'a field is called "{name}"', "Rename it: the name is taken.", *at)


def _keys(package: Package, resource: Resource, fault: Any) -> Iterator[Finding]:
    names = set(resource.field_names)
    schema = resource.schema
    keys: list[tuple[tuple[str | int, ...], list[str]]] = [(("primaryKey",), primary_key(schema))]
    keys += [(("uniqueKeys", i), key) for i, key in enumerate(unique_keys(schema))]
    for place, key in keys:
        if len(set(key)) < len(key):
            message = f"{place[0]} names a field twice"
            yield fault(message, "Name each field once.", "schema", *place, rule="schema")
        for name in key:
            if name not in names:
                message = f'{place[0]} names "{name}", which is not a field'
                yield fault(message, "Correct the key.", "schema", *place, rule="schema")
    own = {field["name"]: field for field in resource.fields}
    listed = schema.get("foreignKeys")
    fields_of_tables: dict[str, dict[str, JsonObject]] = {resource.name: own}
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        links = foreign_keys({"foreignKeys": [entry]}, resource.name)
        at = ("schema", "foreignKeys", index)
        reference = entry.get("reference") if isinstance(entry, dict) else None
        if isinstance(reference, dict) and reference.get("package"):
            message = (
                "a foreign key refers to another package, and nothing is read outside this one"
            )
            yield fault(message, "Remove the key, or copy the table into the package.", *at)
            continue
        if package.is_lone and links and links[0].table != resource.name:
            message = f'a foreign key refers to "{links[0].table}", but only this file is checked'
            yield fault(message, "Check a package that has both tables.", *at)
            continue
        if (
            isinstance(reference, dict)
            and "resource" not in reference
            and _is_v1(package, resource)
        ):
            message = 'the reference of a foreign key has no "resource"'
            hint = f'For the table itself, write "resource": "". {V2_HINT}'
            yield fault(message, hint, *at, rule="schema", severity=Severity.ERROR)
        for message in _foreign_key(package, own, links[0], fields_of_tables) if links else ():
            yield fault(message, "Correct the key.", *at, rule="schema")


def _is_v1(package: Package, resource: Resource) -> bool:
    """Whether the schema of a table follows version 1 of the standard."""
    return standard_version(resource.schema, resource.descriptor, package.descriptor) == 1


def _foreign_key(
    package: Package,
    own: dict[str, JsonObject],
    key: ForeignKey,
    fields_of_tables: dict[str, dict[str, JsonObject]],
) -> Iterator[str]:
    """What is wrong with a foreign key of a table with these fields.

    `fields_of_tables` keeps the fields of the tables that keys refer to: many keys can refer to one.
    """
    fields, goal, columns = key
    # If one of them has no fields, the check of the descriptor says so.
    if fields and columns and len(fields) != len(columns):
        yield "a foreign key and its reference differ in length"
    if len(set(fields)) < len(fields) or len(set(columns)) < len(columns):
        yield "a foreign key names a field twice"
    for name in fields:
        if name not in own:
            yield f'a foreign key names "{name}", which is not a field'
    bare = next((table for table in package.bare if table.name == goal), None)
    if bare is not None:
        if not bare.ambiguous:
            yield f'a foreign key refers to "{goal}", which has no schema'
        return
    if not package.lists(goal) or goal in {file.name for file in package.files}:
        yield f'a foreign key refers to "{goal}", which is not a table'
        return
    target = package.resource(goal)
    if target is None:
        return
    targets = fields_of_tables.get(goal)
    if targets is None:
        targets = {field["name"]: field for field in target.fields}
        fields_of_tables[goal] = targets
    for name, column in zip(fields, columns, strict=False):
        if column not in targets:
            yield f'a foreign key refers to "{goal}.{column}", which is not a field'
        elif name in own:
            yield from _types_differ(own[name], targets[column], goal)


def _types_differ(field: JsonObject, target: JsonObject, goal: str) -> Iterator[str]:
    """What is wrong if a field refers to a field of another type."""
    own, other = kind(field)[0], kind(target)[0]
    is_comparable = (
        other in type_of(field).comparable_with or own in type_of(target).comparable_with
    )
    if own != other and not is_comparable:
        names = (field["name"], target["name"])
        yield f'a foreign key refers from "{names[0]}" ({own}) to "{goal}.{names[1]}" ({other})'
