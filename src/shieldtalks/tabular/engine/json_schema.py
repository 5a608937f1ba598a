"""JSON Schemas of strangers: checked in a limited number of steps, with patterns that take linear time.

Nothing is downloaded: a reference must lead to a part of the same JSON Schema.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from ..findings import cut
from ..jsontext import pointer
from .patterns import compiled, is_plain

#: The most keywords that are tried on one value.
MOST_STEPS = 500_000

#: The longest reason that is given, in characters.
_LONGEST = 120


class Steps:
    """How many keywords may still be tried."""

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def take(self) -> None:
        """Count one. Raises Unsupported if there were too many."""
        self.left -= 1
        if self.left < 0:
            raise Unsupported("it takes too many steps")


class Unsupported(ValueError):
    """A JSON Schema that cannot be checked, and why."""


def keeps(schema: Any) -> Callable[[Any], bool]:
    """A function that tells whether a value follows a JSON Schema. Both raise Unsupported."""
    find = _finder(schema)
    return lambda value: find(value) is None


def reason(schema: Any, value: Any) -> str:
    """How a value breaks a JSON Schema, in one line. Raises Unsupported."""
    error = _finder(schema)(value)
    place = "" if error is None else pointer(error.absolute_path)
    said = "" if error is None else cut(error.message, _LONGEST)
    return f"{place}: {said}" if place else said


def _finder(schema: Any) -> Callable[[Any], Any]:
    """A function that gives the first error of a value; None if there is none."""
    from jsonschema.validators import validator_for
    from referencing.exceptions import Unresolvable

    steps = Steps()
    validator = bounded(validator_for(schema), steps)(schema, registry=_nothing())

    def find(value: Any) -> Any:
        steps.left = MOST_STEPS
        try:
            return next(validator.iter_errors(value), None)
        except Unresolvable as error:
            raise Unsupported(f"it refers to {error.ref}, which is not part of it") from error
        except RecursionError as error:
            raise Unsupported("it refers to itself too often for a value") from error

    return find


def fault(schema: Any) -> str:
    """Why a value is no JSON Schema; "" if it is one. Raises Unsupported if it cannot be checked."""
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import validator_for

    if not isinstance(schema, dict | bool):
        return "it is neither an object nor a boolean"
    try:
        validator_for(schema).check_schema(schema)  # type: ignore[arg-type]
    except SchemaError as error:
        return str(error.message)
    except RecursionError as error:
        raise Unsupported("it is nested too deeply") from error
    for name, value in _keywords(schema):
        if name in ("$ref", "$dynamicRef") and isinstance(value, str) and not value.startswith("#"):
            raise Unsupported(f'it refers to "{value}", and nothing outside it is read')
        if name == "pattern" and isinstance(value, str):
            search(value)
        for pattern in value if name == "patternProperties" and isinstance(value, dict) else ():
            _check_plain(pattern)
    _check_references(schema)
    return ""


#: Keywords whose parts apply to the same value as the part that has them.
_SAME_VALUE = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref")


def _check_references(schema: Any) -> None:
    """Raise Unsupported if a reference leads to no part, or back to its own part for the same value."""
    parts = list(_parts(schema))
    if any(isinstance(part.get(name), str) for part in parts[1:] for name in _NAMES):
        return  # references in a part with a name of its own begin there, and only the library follows them
    done: set[int] = set()
    for part in parts:
        # The parts that apply to one value, from this one on, depth first.
        path: list[tuple[Any, Iterator[Any]]] = [(part, _applied(part, schema))]
        inside = {id(part)}
        while path:
            here, others = path[-1]
            other = next((one for one in others if id(one) not in done), None)
            if other is None:
                path.pop()
                inside.discard(id(here))
                done.add(id(here))
            elif id(other) in inside:
                raise Unsupported("it refers to itself without end")
            else:
                inside.add(id(other))
                path.append((other, _applied(other, schema)))


#: Keywords with the name of a part.
_NAMES = ("$id", "id")

#: Keywords with values, in which nothing is a JSON Schema.
_VALUES = ("enum", "const", "default", "examples")


def _parts(schema: Any) -> Iterator[Any]:
    """Each object in a JSON Schema that can be a part of it."""
    open_parts = [schema]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, dict):
            yield part
            open_parts += (value for name, value in part.items() if name not in _VALUES)
        elif isinstance(part, list):
            open_parts += part


def _applied(part: Any, schema: Any) -> Iterator[Any]:
    """The parts that apply to the same value as a part."""
    for name in _SAME_VALUE:
        value = part.get(name)
        if name == "$ref" and isinstance(value, str):
            value = _target(value, schema)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield one


#: A place in a list. Nothing has a place with more digits, and Python does not convert very many.
_PLACE = re.compile("[0-9]{1,9}")


def _target(reference: str, schema: Any) -> Any:
    """The part that a reference leads to. Raises Unsupported if there is none."""
    from urllib.parse import unquote

    pointed = unquote(reference.removeprefix("#"))
    if pointed and not pointed.startswith("/"):
        return None  # a name, which only the library looks up
    target = schema
    for step in pointed.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(target, dict) and key in target:
            target = target[key]
        elif isinstance(target, list) and _PLACE.fullmatch(key) and int(key) < len(target):
            target = target[int(key)]
        else:
            raise Unsupported(f"it refers to {cut(reference, _LONGEST)}, which is not part of it")
    return target


def _keywords(schema: Any) -> Iterator[tuple[str, Any]]:
    """Each name in a JSON Schema with its value, those in parts of it too."""
    open_parts = [schema]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, dict):
            yield from part.items()
            open_parts += part.values()
        elif isinstance(part, list):
            open_parts += part


def _nothing() -> Any:
    from referencing import Registry

    return Registry()


def bounded(base: Any, steps: Steps) -> Any:
    """A class of validators that do a limited number of steps, with patterns that take linear time."""
    from jsonschema.validators import extend

    def counted(keyword: Callable[..., Any]) -> Callable[..., Any]:
        def check(validator: Any, wanted: Any, value: Any, schema: Any) -> Any:
            steps.take()
            yield from keyword(validator, wanted, value, schema) or ()

        return check

    keywords = {name: counted(keyword) for name, keyword in base.VALIDATORS.items()}
    keywords["pattern"] = counted(_pattern)
    if "patternProperties" in keywords:
        keywords["patternProperties"] = _of_plain_patterns(keywords["patternProperties"])
    return extend(base, keywords)  # type: ignore[no-untyped-call]


def _pattern(validator: Any, wanted: Any, value: Any, schema: Any) -> Iterator[Any]:
    """The keyword `pattern`, in linear time."""
    from jsonschema.exceptions import ValidationError

    del schema
    if validator.is_type(value, "string") and not search(wanted)(value):
        yield ValidationError(f"{value[:80]!r} does not match {wanted!r}")


def _of_plain_patterns(keyword: Callable[..., Any]) -> Callable[..., Any]:
    """The keyword `patternProperties`. Other keywords search its patterns too, so all must be plain."""

    def check(validator: Any, wanted: Any, value: Any, schema: Any) -> Any:
        for pattern in wanted:
            _check_plain(pattern)
        yield from keyword(validator, wanted, value, schema) or ()

    return check


def _check_plain(pattern: str) -> None:
    if not is_plain(pattern.removeprefix("^").removesuffix("$")):
        raise Unsupported(f'its pattern "{pattern[:80]}" may take too long')


@cache
def search(pattern: str) -> Callable[[str], Any]:
    """A function that finds a pattern in a text in linear time. Raises Unsupported."""
    if is_plain(pattern.removeprefix("^").removesuffix("$")):
        return compiled(pattern).search
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        find: Callable[[str], Any] = re2.compile(pattern, options).search
    except re2.error as error:
        raise Unsupported(f'its pattern "{pattern[:80]}" is not supported') from error
    return find
