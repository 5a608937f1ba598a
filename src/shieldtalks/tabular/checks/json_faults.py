"""What is wrong with a JSON document by its JSON Schema, in plain English."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from ..findings import counted, cut
from ..jsontext import dumps, pointer
from ..nearest import nearest

#: The longest message, and the longest value in a message, in characters.
_LONGEST, _LONGEST_VALUE = 300, 80

_TYPES = {
    "string": "a text",
    "array": "a list",
    "object": "an object",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "null",
}


def words(error: Any) -> str:
    """The message for an error of jsonschema."""
    say = _WORDS.get(error.validator)
    message = say(error) if say is not None else str(error.message)
    return cut(message, _LONGEST)


def _value(value: Any) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    said = dumps(value)
    return cut(said, _LONGEST_VALUE)


def _type(error: Any) -> str:
    wanted = error.validator_value
    names = wanted if isinstance(wanted, list) else [wanted]
    return f"{_value(error.instance)} is not {' or '.join(_TYPES[name] for name in names)}"


def _enum(error: Any) -> str:
    known = [str(value) for value in error.validator_value]
    near = nearest(str(error.instance)[:_LONGEST_VALUE], known)
    hint = f'; did you mean "{near}"?' if near else f": {', '.join(known)}"
    return f"{_value(error.instance)} is not one of the allowed values{hint}"


def _required(error: Any) -> str:
    # The library reports each missing property as an error of its own, and names it first, by repr.
    name = ast.literal_eval(str(error.message).removesuffix(" is a required property"))
    return f'"{name}" is missing'


def _any_of(error: Any) -> str:
    inner = [words(one) for one in error.context]
    missing = [one.removesuffix(" is missing") for one in inner if one.endswith(" is missing")]
    return (
        f"{' or '.join(missing)} is missing" if len(missing) == len(inner) else " or ".join(inner)
    )


def _one_of(error: Any) -> str:
    """The form that is nearest: what it has fewest faults against, and the first of these faults."""
    by_form: dict[Any, list[Any]] = {}
    for one in error.context:
        by_form.setdefault(one.relative_schema_path[0], []).append(one)
    if not by_form:
        count = len(error.validator_value)
        return f"{_value(error.instance)} has more than one of the {count} forms that are allowed"
    nearest_form = min(by_form.values(), key=lambda form: (len(form), -max(map(_depth, form))))
    first = max(nearest_form, key=_depth)
    place = pointer(first.relative_path)
    inner = f"{place}: {words(first)}" if place else words(first)
    return f"{_value(error.instance)} has none of the forms that are allowed; in the nearest one, {inner}"


def _depth(error: Any) -> int:
    """How far inside the value an error is."""
    return len(error.relative_path)


def _contains(error: Any) -> str:
    wanted = error.validator_value["properties"]["name"]["const"]
    return f'the table "{wanted}" is missing'


def _at_least(what: str) -> Callable[[Any], str]:
    def say(error: Any) -> str:
        least = error.validator_value
        return f"the {what} is empty" if least == 1 else f"the {what} is shorter than {least}"

    return say


_WORDS: dict[str, Callable[[Any], str]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda error: f"{_value(error.instance)} is not {_value(error.validator_value)}",
    "required": _required,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "contains": _contains,
    "minProperties": _at_least("object"),
    "minItems": _at_least("list"),
    "maxItems": lambda error: (
        f"the list has more than {counted(error.validator_value, 'entry', 'entries')}"
    ),
    "minLength": _at_least("text"),
    "maxLength": lambda error: (
        f"{_value(error.instance)} is longer than {counted(error.validator_value, 'character')}"
    ),
    "minimum": lambda error: f"{_value(error.instance)} is less than {error.validator_value}",
    "pattern": lambda error: (
        f"{_value(error.instance)} does not match the pattern {error.validator_value}"
    ),
}
