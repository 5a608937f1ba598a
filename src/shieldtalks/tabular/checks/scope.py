"""Checks of a table's descriptor and schema: what is not supported, and what contradicts itself."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import jsontext
from ..engine.compile import CONSTRAINTS
from ..engine.patterns import PatternError, compiled, matcher
from ..engine.sql import ROW
from ..findings import Finding, Severity
from ..jsontext import JsonObject
from ..package import Package, Resource
from ..package.schema import ForeignKey, kind, primary_key, unique_keys
from ..package.schema import constraints as constraints_of
from ..types import TYPES, is_supported, type_of
from .descriptor import line_at, place_of
from .reduction import Unchecked

#: Supported keys of a CSV dialect, with the supported values (None: any single character).
DIALECT_KEYS: dict[str, tuple[Any, ...] | None] = {
    "delimiter": None,
    "lineTerminator": ("\n", "\r\n"),
    "header": (True,),
    "quoteChar": ('"',),
    "doubleQuote": (True,),
    "skipInitialSpace": (False,),
    "commentChar": (),
    "type": ("delimited",),
}

#: Keys of a CSV dialect that do not change how a file is read.
DIALECT_NOTES = {"$schema", "title", "description"}

#: The supported hash algorithms; the default of the standard is MD5.
ALGORITHMS = {"", "md5", "sha1", "sha256", "sha512"}

#: Properties of a field that change what its texts mean, each with the only supported value.
MEANINGS: dict[str, Any] = {
    name: value for type_ in TYPES.values() for name, value in type_.properties.items()
}

#: Endings of compressed files.
COMPRESSED = {".gz", ".zip", ".bz2", ".xz", ".zst", ".7z", ".tar", ".tgz"}

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
        place, file, shown = (*place_of(package, resource), *at), package.file, package.file.name
        if severity is Severity.FATAL:
            parts.add(resource, at)
        if at[0] == "schema" and resource.schema_path is not None:
            place, file = at[1:], package.root / resource.schema_path
            shown = resource.schema_path
        return Finding(
            rule=rule,
            severity=severity,
            table=resource.name,
            file=shown,
            line=line_at(file, place),
            field=field if field is not None else jsontext.pointer(place) or None,
            message=message,
            hint=hint,
        )

    yield from _scope(resource, fault)
    yield from _columns(resource, fault)
    for index, field in enumerate(resource.fields):
        if "enum" in constraints_of(field) and _categories_differ(field):
            message, hint = "categories and enum list different values", "Make them agree."
            at: tuple[str | int, ...] = ("schema", "fields", index, "categories")
            error = Severity.ERROR
            yield fault(message, hint, *at, rule="schema", severity=error, field=field["name"])
        for message, rule, *inner in _field_faults(field):
            hint = "See docs/validation.md." if rule == "unsupported" else "Correct the schema."
            yield fault(
                message, hint, "schema", "fields", index, *inner, rule=rule, field=field["name"]
            )
    yield from _keys(package, resource, fault)


def _scope(resource: Resource, fault: Any) -> Iterator[Finding]:
    descriptor = resource.descriptor
    form = descriptor.get("format")
    suffix = Path(resource.path).suffix.lower()
    if form not in (None, "csv"):
        yield fault(f'the format "{form}" is not supported', "Only CSV files are read.", "format")
    elif suffix in COMPRESSED or (form is None and suffix not in (".csv", ".tsv", ".txt")):
        yield fault(f'"{resource.path}" is not a CSV file', "Only CSV files are read.", "path")
    for key in ("compression", "extrapaths"):
        if descriptor.get(key):
            yield fault(f'"{key}" is not supported', "Only plain CSV files are read.", key)
    if resource.name.casefold().startswith("sqlite_"):
        yield fault('a table cannot be called "sqlite_..."', "Rename it.", "name")
    encoding = resource.encoding
    if not _readable(encoding):
        yield fault(f'the encoding "{encoding}" is not supported', "Use utf-8.", "encoding")
    algorithm = str(descriptor.get("hash", "")).rpartition(":")[0]
    if algorithm not in ALGORITHMS:
        yield fault(f'the hash algorithm "{algorithm}" is not supported', "Use sha256.", "hash")
    dialect = descriptor.get("dialect")
    for key, value in (dialect if isinstance(dialect, dict) else {}).items():
        allowed = DIALECT_KEYS.get(key, ())
        if (
            key == "delimiter"
            and isinstance(value, str)
            and len(value) == 1
            and value not in '"\n\r'
        ):
            continue
        if key not in DIALECT_NOTES and (allowed is None or value not in allowed):
            said = json.dumps(value, ensure_ascii=False)
            message = f'the dialect key "{key}" with the value {said} is not supported'
            yield fault(message, "Leave it out.", "dialect", key)
    if isinstance(dialect, str):
        yield fault(
            "a dialect in a file of its own is not supported",
            "Write it in the descriptor.",
            "dialect",
        )
    if descriptor.get("fieldsMatch", resource.schema.get("fieldsMatch", "exact")) not in (
        "exact",
        ["exact"],
    ):
        at = ("fieldsMatch",) if "fieldsMatch" in descriptor else ("schema", "fieldsMatch")
        yield fault("only fieldsMatch = exact is supported", "Leave fieldsMatch out.", *at)


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
    if len(set(folded)) < len(names):
        message = "two fields differ by upper and lower case only"
        yield fault(message, "Rename one.", "schema", "fields")
    if len(names) > WIDEST:
        message = f"the table has {len(names)} fields; at most {WIDEST} are read"
        yield fault(message, "Split it.", "schema", "fields")
    for index, name in enumerate(folded):
        if name == ROW or name.startswith(f"{ROW} "):
            at = ("schema", "fields", index, "name")
            yield fault(f'a field is called "{name}"', "Rename it: the name is taken.", *at)


def _field_faults(field: JsonObject) -> Iterator[tuple[str, ...]]:
    """What is wrong with a field: the message, the rule and the place in the field."""
    type_, form = kind(field)
    if not is_supported(field):
        said = f'the type "{type_}"' if form == "default" else f'the format "{form}" of {type_}'
        yield f"{said} is not supported", "unsupported", "type" if form == "default" else "format"
        return
    for name, neutral in MEANINGS.items():
        if name in field and field[name] != neutral:
            yield f'"{name}" is not supported', "unsupported", name
    constraints = constraints_of(field)
    for name in constraints:
        if name not in CONSTRAINTS:
            message = f'the constraint "{name}" is not supported'
            yield message, "unsupported", "constraints", name
    yield from _pattern_faults(constraints.get("pattern"))
    yield from _value_faults(field, constraints)


def _pattern_faults(pattern: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(pattern, str):
        try:
            compiled(pattern)
        except ValueError as error:
            message = f'the pattern "{pattern}" is not a regular expression ({error})'
            yield message, "schema", "constraints", "pattern"
        else:
            yield from _no_linear_match(pattern)


def _value_faults(field: JsonObject, constraints: JsonObject) -> Iterator[tuple[str, ...]]:
    """Limits and codes that are not values of the field's type."""
    type_ = type_of(field)
    for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        if name in constraints and not type_.accepts_limit(constraints[name]):
            said = json.dumps(constraints[name], ensure_ascii=False)
            message = f"the {name} {said} does not fit the type {type_.name}"
            yield message, "schema", "constraints", name
    misfits = [value for value in constraints.get("enum", []) if not type_.accepts(value)]
    if misfits:
        said = json.dumps(misfits[0], ensure_ascii=False)
        message = f"the enum value {said} does not fit the type {type_.name}"
        yield message, "schema", "constraints", "enum"


def _categories_differ(field: JsonObject) -> bool:
    """Whether a field's categories differ from the values of its enum."""
    if "categories" not in field:
        return False
    listed = [c.get("value") if isinstance(c, dict) else c for c in field["categories"]]
    return sorted(map(str, listed)) != sorted(map(str, field["constraints"]["enum"]))


def _no_linear_match(pattern: str) -> Iterator[tuple[str, ...]]:
    """A pattern that RE2, which matches in linear time, does not support."""
    try:
        matcher(pattern)
    except PatternError as error:
        message = f'the pattern "{pattern}" is not supported ({error})'
        yield message, "unsupported", "constraints", "pattern"


def _keys(package: Package, resource: Resource, fault: Any) -> Iterator[Finding]:
    names = set(resource.field_names)
    schema = resource.schema
    keys: list[tuple[tuple[str | int, ...], list[str]]] = [(("primaryKey",), primary_key(schema))]
    keys += [(("uniqueKeys", i), key) for i, key in enumerate(unique_keys(schema))]
    for place, key in keys:
        for name in key:
            if name not in names:
                message = f'{place[0]} names "{name}", which is no field'
                yield fault(message, "Correct the key.", "schema", *place, rule="schema")
    entries = package.descriptor["resources"]
    tables = {entry.get("name") for entry in entries if isinstance(entry, dict)}
    tables -= {file.name for file in package.files}
    for index, link in enumerate(resource.foreign_keys):
        for message in _foreign_key(package, resource, link, tables):
            at = ("schema", "foreignKeys", index)
            yield fault(message, "Correct the key.", *at, rule="schema")


def _foreign_key(
    package: Package, resource: Resource, key: ForeignKey, tables: set[Any]
) -> Iterator[str]:
    """What is wrong with a foreign key. `tables` are the names of all tables of the descriptor."""
    fields, goal, columns = key
    if len(fields) != len(columns):
        yield "a foreign key and its reference differ in length"
    own = {field["name"]: field for field in resource.fields}
    for name in fields:
        if name not in own:
            yield f'a foreign key names "{name}", which is no field'
    if goal in {table.name for table in package.bare}:
        yield f'a foreign key refers to "{goal}", which has no schema'
        return
    if goal not in tables:
        yield f'a foreign key refers to "{goal}", which is no table'
        return
    target = package.resource(goal)
    if target is None:
        return
    others = {field["name"]: field for field in target.fields}
    for name, column in zip(fields, columns, strict=False):
        if column not in others:
            yield f'a foreign key refers to "{goal}.{column}", which is no field'
        elif name in own:
            yield from _types_differ(own[name], others[column], goal)


def _types_differ(field: JsonObject, target: JsonObject, goal: str) -> Iterator[str]:
    """What is wrong if a field refers to a field of another type."""
    own, other = kind(field)[0], kind(target)[0]
    is_comparable = (
        other in type_of(field).comparable_with or own in type_of(target).comparable_with
    )
    if own != other and not is_comparable:
        names = (field["name"], target["name"])
        yield f'a foreign key refers from "{names[0]}" ({own}) to "{goal}.{names[1]}" ({other})'
