"""Checks of one field of a schema: what is not supported, and what contradicts itself or the standard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..engine.compile import CONSTRAINTS
from ..engine.lookaround import conditions
from ..engine.patterns import PatternError, check
from ..engine.xml_patterns import NotAPattern
from ..findings import Severity
from ..jsontext import JsonObject, Place, dumps, first_repeated
from ..nearest import nearest
from ..package.schema import (
    TYPES_WITH,
    categories,
    checked_constraints,
    constraints,
    kind,
    misfits,
    missing_values,
)
from ..types import TYPES, is_supported, type_of
from ..types.string import URI

_CORRECT = "Correct the schema."

#: What a message adds about a field of the type `any`, whose type may have been left out.
_WITHOUT_TYPE = ' In Data Package v2, a field without "type" has the type any.'


#: The next step if a descriptor of version 1 has something that only version 2 has.
V2_HINT = (
    "To follow version 2 of the standard, "
    'add "$schema": "https://datapackage.org/profiles/2.0/datapackage.json" to the descriptor.'
)

#: Constraints that version 1 does not have.
_OF_V2 = ("exclusiveMinimum", "exclusiveMaximum", "jsonSchema")


class FieldFault(NamedTuple):
    """One fault of a field; `place` is its place in the field."""

    message: str
    rule: str
    place: Place
    hint: str = _CORRECT
    severity: Severity = Severity.FATAL


def field_faults(field: JsonObject, version: int | None = None) -> Iterator[FieldFault]:
    """What is wrong with a field. `version` is that of the standard; None if it is not known."""
    name, form = kind(field)
    if not is_supported(field):
        said = f'the type "{name}"' if form == "default" else f'the format "{form}" of {name}'
        place = "type" if form == "default" else "format"
        known = sorted(TYPES[name].forms if form != "default" and name in TYPES else TYPES)
        hint = f"Supported here: {', '.join(known)}"
        example = TYPES[name].pattern_example if name in TYPES else ""
        hint += f", and patterns such as {example}." if example else "."
        hint += _WITHOUT_TYPE if name == "any" else ""
        yield FieldFault(f"{said} is not supported", "unsupported", (place,), hint)
        return
    yield from _property_faults(field)
    yield from _misfits(field)
    yield from _statements(field, version)
    for name in constraints(field):
        if name not in CONSTRAINTS and name not in TYPES_WITH:
            yield _unknown(name)
    yield from _pattern_faults(checked_constraints(field).get("pattern"))
    yield from _json_schema_faults(checked_constraints(field))
    yield from _value_faults(field, checked_constraints(field))
    yield from _category_faults(field)


def _property_faults(field: JsonObject) -> Iterator[FieldFault]:
    """Properties that contradict each other or have no meaning. The first one hides the others."""
    for name, message in type_of(field).property_faults():
        yield FieldFault(message, "schema", (name,))
        return


def _misfits(field: JsonObject) -> Iterator[FieldFault]:
    """Constraints that the type of the field does not have. They are not checked."""
    for name in misfits(field):
        types = _listed(sorted(TYPES_WITH[name]))
        yield FieldFault(
            f'the type {kind(field)[0]} does not have the constraint "{name}", so it is not checked',
            "schema",
            ("constraints", name),
            f"Remove it, or change the type: {name} is for fields of the type {types}."
            + (_WITHOUT_TYPE if kind(field)[0] == "any" else ""),
            Severity.ERROR,
        )


def _statements(field: JsonObject, version: int | None) -> Iterator[FieldFault]:
    """What does not keep the cells from being checked: an address that is none, constraints of v2."""
    rdf = field.get("rdfType")
    if isinstance(rdf, str) and re.fullmatch(URI, rdf) is None:
        message = f"the rdfType {_json(rdf)} is not the URI of a class"
        hint = 'Write the whole address of the class. It begins with "https://" or "http://".'
        yield FieldFault(message, "schema", ("rdfType",), hint, Severity.ERROR)
    for name in _OF_V2 if version == 1 else ():
        if name in checked_constraints(field):
            message = f'version 1 of the standard does not have the constraint "{name}"'
            hint = f"It is checked here, but other programs may refuse it. {V2_HINT}"
            yield FieldFault(message, "schema", ("constraints", name), hint, Severity.WARNING)


def example_faults(field: JsonObject, schema: JsonObject) -> Iterator[FieldFault]:
    """A warning if the example of a field is no value of it. The standard does not say that it must be."""
    example = field.get("example")
    if example is None or not is_supported(field) or example in missing_values(schema, field):
        return
    type_ = type_of(field)
    if type_.name == "any":
        return
    pattern = type_.form.pattern if type_.name == "string" else ""
    if not type_.accepts(example) or not re.fullmatch(pattern or ".*", str(example), re.DOTALL):
        message = f"the example {_json(example)} is not {type_.form.words}"
        hint = "Correct the example, or the type of the field."
        yield FieldFault(message, "schema", ("example",), hint, Severity.WARNING)


def _listed(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _unknown(name: str) -> FieldFault:
    near = nearest(name, sorted(CONSTRAINTS | TYPES_WITH.keys()), alike=0.7)
    known = ", ".join(sorted(CONSTRAINTS | TYPES_WITH.keys()))
    hint = f'Did you mean "{near}"?' if near else f"Supported constraints: {known}."
    message = f'the constraint "{name}" is not supported'
    return FieldFault(message, "unsupported", ("constraints", name), hint)


def _pattern_faults(pattern: Any) -> Iterator[FieldFault]:
    if not isinstance(pattern, str):
        return
    place = ("constraints", "pattern")
    try:
        for condition in conditions(pattern):
            check(condition.pattern)
    except NotAPattern as error:
        message = f'the pattern "{pattern}" is not a regular expression ({error})'
        yield FieldFault(message, "schema", place)
    except PatternError as error:
        message = f'the pattern "{pattern}" is not supported ({error})'
        hint = (
            "Write the pattern without this part, or check the values with an SQL rule (--rules)."
        )
        yield FieldFault(message, "unsupported", place, hint)


def _json_schema_faults(stated: JsonObject) -> Iterator[FieldFault]:
    if "jsonSchema" not in stated:
        return
    from ..engine.json_schema import Unsupported, fault  # few fields have one

    place = ("constraints", "jsonSchema")
    try:
        why = fault(stated["jsonSchema"])
    except Unsupported as error:
        hint = "Write the whole JSON Schema here, without this part."
        yield FieldFault(f"the jsonSchema cannot be checked: {error}", "unsupported", place, hint)
        return
    if why:
        yield FieldFault(f"the jsonSchema is not a valid JSON Schema: {why}", "schema", place)


def _value_faults(field: JsonObject, stated: JsonObject) -> Iterator[FieldFault]:
    """Limits and codes that are not values of the field's type."""
    type_ = type_of(field)
    for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        if name in stated and not type_.accepts_limit(stated[name]):
            message = f"the {name} {_json(stated[name])} does not fit the type {type_.name}"
            yield FieldFault(message, "schema", ("constraints", name))
    misfit = [value for value in stated.get("enum", []) if not type_.accepts(value)]
    if misfit:
        message = f"the enum value {_json(misfit[0])} does not fit the type {type_.name}"
        yield FieldFault(message, "schema", ("constraints", "enum"))
        return
    counted = Counter(map(_json, stated.get("enum", [])))
    repeated = next((value for value, times in counted.items() if times > 1), None)
    if repeated is not None:
        message, hint = f"the enum lists the value {repeated} twice", "List each value once."
        place = ("constraints", "enum")
        yield FieldFault(message, "schema", place, hint, Severity.ERROR)


def _category_faults(field: JsonObject) -> Iterator[FieldFault]:
    """Categories that are not values of the type or listed twice, and codes outside the categories."""
    values, type_ = categories(field), type_of(field)
    if not values:
        return
    misfit = [value for value in values if not type_.accepts(value)]
    if misfit:
        message = f"the category {_json(misfit[0])} does not fit the type {type_.name}"
        yield FieldFault(message, "schema", ("categories",))
        return
    compared = list(map(type_.compared_value, values))
    known: set[Any] = set(compared)
    repeated = first_repeated(compared)
    if repeated is not None:
        message = f"the category {_json(values[compared.index(repeated)])} is listed twice"
        yield FieldFault(message, "schema", ("categories",), severity=Severity.ERROR)
    for message in entry_faults(field.get("categories"), "categories"):
        yield FieldFault(message, "schema", ("categories",), severity=Severity.ERROR)
    enum = [value for value in constraints(field).get("enum", []) if type_.accepts(value)]
    outside = [value for value in enum if type_.compared_value(value) not in known]
    if outside:
        yield FieldFault(
            f"the enum value {_json(outside[0])} is not one of the categories",
            "schema",
            ("constraints", "enum"),
            "Every value of enum must be one of the categories. Add it there, or remove it here.",
            Severity.ERROR,
        )


def entry_faults(listed: Any, what: str) -> Iterator[str]:
    """What is wrong with a list whose entries are values, or objects with a value and a label."""
    objects = [entry for entry in listed if isinstance(entry, dict)]
    if 0 < len(objects) < len(listed):
        yield f"the {what} are partly values and partly objects; use one form for all of them"
    labels = [entry["label"] for entry in objects if isinstance(entry.get("label"), str)]
    repeated = first_repeated(labels)
    if repeated is not None:
        yield f"the {what} have the label {_json(repeated)} twice"


def missing_faults(listed: Any, version: int | None) -> Iterator[FieldFault]:
    """What is wrong with the missing values of a schema or of a field, by a version of the standard."""
    if not isinstance(listed, list):
        return
    if version == 1 and any(isinstance(entry, dict) for entry in listed):
        message = "version 1 of the standard does not have missing values with labels"
        hint = f"Write each missing value as a text. {V2_HINT}"
        yield FieldFault(message, "schema", ("missingValues",), hint, Severity.ERROR)
    if version != 2:
        return
    values = [entry.get("value") if isinstance(entry, dict) else entry for entry in listed]
    repeated = first_repeated(value for value in values if isinstance(value, str))
    said = [f"the missing value {_json(repeated)} is listed twice"] if repeated is not None else []
    for message in (*said, *entry_faults(listed, "missing values")):
        yield FieldFault(message, "schema", ("missingValues",), severity=Severity.ERROR)


def _json(value: Any) -> str:
    """A value as the schema states it. A number keeps all its digits."""
    return dumps(value)
