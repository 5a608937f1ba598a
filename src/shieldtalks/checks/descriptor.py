"""The descriptor and its schemas: Data Package v2, our profile where it is declared, and our scope."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import jsontext
from ..engine.compile import CONSTRAINTS, FORMS, kind
from ..findings import Finding, Severity
from ..package import ROOT, JsonObject, Package, Resource, as_list, load_json

#: Dialect keys that are read, with the values they may have (None: any single character).
DIALECT_KEYS: dict[str, tuple[Any, ...] | None] = {
    "delimiter": None,
    "lineTerminator": ("\n", "\r\n"),
    "header": (True,),
    "quoteChar": ('"',),
    "doubleQuote": (True,),
    "skipInitialSpace": (False,),
    "commentChar": (),
    "type": ("delimited",),
    "$schema": (),
}

#: The widest table that is read; SQL engines have a largest number of columns.
WIDEST = 1900

_SCHEMA = Path(__file__).with_name("data_package.json")


def profile_of(package: Package) -> Path | None:
    """The profile's JSON Schema, where the package declares that it follows it."""
    path = ROOT / "schemas" / "profile.json"
    declared = package.descriptor.get("conformsTo")
    if isinstance(declared, str) and path.is_file() and load_json(path)["$id"] == declared:
        return path
    return None


def check(package: Package) -> Iterator[Finding]:
    """Faults of the descriptor and of the schema files, each with its place."""
    base = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    yield from _against(base, package.descriptor, package.file, package.file.name, "descriptor")
    profile = profile_of(package)
    if profile is not None:
        contract = load_json(profile)
        yield from _against(
            contract, package.descriptor, package.file, package.file.name, "profile"
        )
    table_schema = {"$ref": "#/$defs/tableSchema", "$defs": base["$defs"]}
    for resource in package.resources:
        if resource.schema_path is not None:
            file = package.root / resource.schema_path
            yield from _against(
                table_schema, resource.schema, file, resource.schema_path, "schema", resource.name
            )
    yield from _names(package)


def _against(
    contract: JsonObject, value: Any, file: Path, shown: str, rule: str, table: str | None = None
) -> Iterator[Finding]:
    """Where a document breaks a JSON Schema. jsonschema is imported here: it takes its time."""
    from jsonschema import Draft202012Validator

    errors = sorted(
        Draft202012Validator(contract).iter_errors(value),
        key=lambda error: [str(step) for step in error.absolute_path],
    )
    if not errors:
        return
    text = file.read_text(encoding="utf-8")
    for error in errors:
        place = tuple(error.absolute_path)
        yield Finding(
            rule=rule,
            table=table,
            file=shown,
            line=jsontext.line_of(text, place),
            field=jsontext.pointer(place) or None,
            message=_words(error),
            hint="See the Data Package standard."
            if rule != "profile"
            else "See schemas/profile.json.",
        )


def _words(error: Any) -> str:
    if error.validator == "contains":
        wanted = error.validator_value["properties"]["name"]["const"]
        return f'the table "{wanted}" is missing'
    if error.validator == "anyOf" and error.context:
        return str(min(error.context, key=lambda inner: len(inner.absolute_path)).message)[:300]
    message: str = error.message
    return message if len(message) <= 300 else message[:299] + "…"


def _names(package: Package) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for resource in package.resources:
        folded = resource.name.casefold()
        if folded in seen:
            message = f'"{resource.name}" and "{seen[folded]}" name two tables alike'
            yield Finding(
                rule="descriptor",
                severity=Severity.FATAL,
                table=resource.name,
                file=package.file.name,
                field="resources",
                message=message,
                hint="Give every resource a name of its own.",
            )
        seen[folded] = resource.name


def check_resource(package: Package, resource: Resource) -> Iterator[Finding]:
    """What a table asks for that is not supported, or contradicts itself; such a table is not read."""
    where = resource.schema_path or package.file.name

    def fault(
        message: str, hint: str, *, rule: str = "unsupported", field: str | None = None
    ) -> Finding:
        severity = Severity.FATAL if rule == "unsupported" else Severity.ERROR
        return Finding(
            rule=rule,
            severity=severity,
            table=resource.name,
            file=where,
            field=field,
            message=message,
            hint=hint,
        )

    yield from _scope(resource, fault)
    yield from _columns(resource, fault)
    for field in resource.fields:
        for message, rule in _field_faults(field):
            hint = "See the supported types in docs/validation.md." if rule == "unsupported" else ""
            yield fault(message, hint or "Correct the schema.", rule=rule, field=field["name"])
    yield from _keys(package, resource, fault)


def _scope(resource: Resource, fault: Any) -> Iterator[Finding]:
    descriptor = resource.descriptor
    form = descriptor.get("format")
    suffix = Path(resource.path).suffix.lower()
    if (form is not None and form != "csv") or (
        form is None and suffix not in (".csv", ".tsv", ".txt")
    ):
        yield fault(f'"{resource.path}" is not a CSV file', "Only CSV files are read.")
    for key in ("compression", "extrapaths"):
        if descriptor.get(key):
            yield fault(f'"{key}" is not supported', "Only plain CSV files are read.")
    try:
        codecs.lookup(str(descriptor.get("encoding") or "utf-8"))
    except LookupError:
        yield fault(f'the encoding "{descriptor["encoding"]}" is not known', "Use utf-8.")
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
        if allowed is None or value not in allowed:
            yield fault(f'dialect key "{key}" = {value!r} is not supported', "Leave it out.")
    if isinstance(dialect, str):
        yield fault(
            "a dialect in a file of its own is not supported", "Write it in the descriptor."
        )
    if descriptor.get("fieldsMatch", resource.schema.get("fieldsMatch", "exact")) not in (
        "exact",
        ["exact"],
    ):
        yield fault("only fieldsMatch = exact is supported", "Leave fieldsMatch out.")


def _columns(resource: Resource, fault: Any) -> Iterator[Finding]:
    names = resource.field_names
    folded = [name.casefold() for name in names]
    if len(set(folded)) < len(names):
        yield fault("two fields differ by upper and lower case only", "Rename one.")
    if len(names) > WIDEST:
        yield fault(f"the table has {len(names)} fields; at most {WIDEST} are read", "Split it.")
    if "_row" in folded:
        yield fault('a field is called "_row"', "Rename it: the name is taken.")


def _field_faults(field: JsonObject) -> Iterator[tuple[str, str]]:
    type_, form = kind(field)
    if (type_, form) not in FORMS:
        yield f'type "{type_}" with format "{form}" is not supported', "unsupported"
    constraints = field.get("constraints")
    if not isinstance(constraints, dict):
        return
    for name in constraints:
        if name not in CONSTRAINTS:
            yield f'constraint "{name}" is not supported', "unsupported"
    pattern = constraints.get("pattern")
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            yield f'pattern "{pattern}" is not a regular expression ({error})', "unsupported"
    for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        if name in constraints and not _fits(type_, constraints[name]):
            yield f"{name} = {constraints[name]!r} does not fit the type {type_}", "unsupported"
    if "categories" in field and "enum" in constraints and isinstance(field["categories"], list):
        listed = [c.get("value") if isinstance(c, dict) else c for c in field["categories"]]
        if sorted(map(str, listed)) != sorted(map(str, constraints["enum"])):
            yield "categories and enum list different values", "schema"


def _fits(type_: str, limit: Any) -> bool:
    if type_ in ("integer", "number", "year"):
        try:
            float(limit)
        except (TypeError, ValueError, OverflowError):
            return False
        return not isinstance(limit, bool)
    return type_ in ("date", "datetime", "time", "yearmonth", "string") and isinstance(limit, str)


def _keys(package: Package, resource: Resource, fault: Any) -> Iterator[Finding]:
    names = set(resource.field_names)
    schema = resource.schema
    keys = [("primaryKey", schema.get("primaryKey"))]
    keys += [("uniqueKeys", key) for key in _dicts_or_all(schema.get("uniqueKeys"))]
    for kind_of_key, key in keys:
        for name in as_list(key):
            if name not in names:
                yield fault(f'{kind_of_key} names "{name}", which is no field', "Correct the key.")
    for key in _dicts_or_all(schema.get("foreignKeys")):
        if not isinstance(key, dict) or not isinstance(key.get("reference"), dict):
            yield fault("a foreign key has no reference", "Correct the key.")
            continue
        yield from _foreign_key(package, resource, key, fault)


def _dicts_or_all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _foreign_key(
    package: Package, resource: Resource, key: JsonObject, fault: Any
) -> Iterator[Finding]:
    fields, columns = as_list(key.get("fields")), as_list(key["reference"].get("fields"))
    if not fields or len(fields) != len(columns):
        yield fault("a foreign key and its reference differ in length", "Correct the key.")
    for name in fields:
        if name not in resource.field_names:
            yield fault(f'a foreign key names "{name}", which is no field', "Correct the key.")
    target_name = key["reference"].get("resource") or resource.name
    known = [
        entry.get("name") for entry in package.descriptor["resources"] if isinstance(entry, dict)
    ]
    if target_name not in known:
        yield fault(
            f'a foreign key refers to "{target_name}", which is no table', "Correct the key."
        )
        return
    target = package.resource(str(target_name))
    for name in columns if target is not None else []:
        if target is not None and name not in target.field_names:
            yield fault(
                f'a foreign key refers to "{target_name}.{name}", which is no field',
                "Correct the key.",
            )
