"""What SQL cannot tell of a text: its key, and the first constraint that it breaks, by Python.

Each distinct text is looked at once, as long as it is short or came again soon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

from ..jsontext import JsonObject, dumps
from ..package.schema import checked_constraints
from ..types import FieldType, type_of
from .json_schema import keeps, reason

#: Texts of at most this many characters are remembered, and how many of them; and of longer ones.
_SHORT, _MOST_SHORT, _MOST_LONG = 1000, 1 << 15, 8

#: The operator that breaks each limit.
LIMITS = {"minimum": "<", "maximum": ">", "exclusiveMinimum": "<=", "exclusiveMaximum": ">="}


_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Judgement(NamedTuple):
    """What Python says of a text."""

    #: Equal for equal values; None if the text is no value of the type.
    key: str | None
    #: The first constraint that only Python checks and that the text breaks; "" if there is none.
    broken: str


class Judge:
    """Judges the texts of one field. Raises ValueError if a constraint cannot be checked in time."""

    def __init__(self, type_: FieldType) -> None:
        look = partial(_look, type_, list(_tests(type_)))
        self._short = lru_cache(_MOST_SHORT)(look)
        self._long = lru_cache(_MOST_LONG)(look)

    def __call__(self, text: str) -> Judgement:
        """The key of a text, and what it breaks."""
        return self._short(text) if len(text) <= _SHORT else self._long(text)


def judged_fields(schema: JsonObject) -> Iterator[FieldType]:
    """The fields of a schema of which SQL cannot tell everything."""
    return (type_ for type_ in map(type_of, schema["fields"]) if type_.judge is not None)


def meaning(type_: FieldType) -> str:
    """A text that is equal for fields whose texts are judged alike."""
    notes = {"name", "title", "description", "example", "missingValues", "rdfType"}
    others = {name: value for name, value in type_.field.items() if name not in notes}
    return dumps(others, sort_keys=True)


def by_python(type_: FieldType) -> list[str]:
    """The constraints of a field that only Python checks, in the order in which they are."""
    return [name for name, _ in _tests(type_)]


def is_beyond(type_: FieldType, name: str, text: str) -> bool:
    """Whether a text that breaks a limit is on its wrong side; it may have no order with the limit."""
    exceeds, limit = type_.exceeds, checked_constraints(type_.field)[name]
    return exceeds is None or not exceeds(text, _OPPOSITE[LIMITS[name]], limit)


def why(type_: FieldType, text: str) -> str:
    """How a text breaks the jsonSchema of its field."""
    reader = type_.reader
    value = text if reader is None else reader(text)
    return reason(checked_constraints(type_.field)["jsonSchema"], value)


def _look(type_: FieldType, tests: list[tuple[str, Callable[[str], bool]]], text: str) -> Judgement:
    judge = type_.judge
    key = judge(text) if judge is not None else None
    if key is None:
        return Judgement(None, "")
    return Judgement(key, next((name for name, breaks in tests if breaks(text)), ""))


def _tests(type_: FieldType) -> Iterator[tuple[str, Callable[[str], bool]]]:
    """Each constraint that only Python checks, and whether a text of the type breaks it."""
    if type_.judge is None:
        return
    stated, exceeds, size = checked_constraints(type_.field), type_.exceeds, type_.size
    for name, operator in LIMITS.items() if exceeds is not None else ():
        if name in stated:
            yield name, partial(_exceeds, exceeds, operator, stated[name])
    if size is not None:
        for name in ("minLength", "maxLength"):
            if name in stated:
                yield name, partial(_wrong_size, size, name, int(stated[name]))
    if "jsonSchema" in stated:
        keep, reader = keeps(stated["jsonSchema"]), type_.reader
        yield "jsonSchema", lambda text: reader is not None and not keep(reader(text))


def _exceeds(exceeds: Any, operator: str, limit: Any, text: str) -> bool:
    return bool(exceeds(text, operator, limit))


def _wrong_size(size: Callable[[str], int], name: str, limit: int, text: str) -> bool:
    return size(text) < limit if name == "minLength" else size(text) > limit
