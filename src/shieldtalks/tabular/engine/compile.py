"""Compiles a Table Schema to SQL: one expression for each field that finds what is wrong with a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from ..findings import counted, cut
from ..jsontext import JsonObject
from ..nearest import nearest
from ..package.schema import categories
from ..package.schema import checked_constraints as constraints_of
from ..types import FieldType, type_of
from .judging import by_python, is_beyond, why
from .lookaround import conditions
from .sql import SqlDialect, constant, identifier, literal

#: Up to this many codes, comparing them one by one is faster than as a set.
_FEW = 16

#: The most values that a hint lists, and the most values for which a similar one is looked for.
_MOST_SHOWN, _MOST_SEARCHES = 100, 200

#: The longest value that a message quotes in full, in characters.
LONGEST_QUOTE = 80

#: The constraints that are checked.
CONSTRAINTS = {
    "required",
    "unique",
    "enum",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "jsonSchema",
}

_COMPARED = {
    "minimum": ("<", "less than the minimum"),
    "maximum": (">", "more than the maximum"),
    "exclusiveMinimum": ("<=", "not more than"),
    "exclusiveMaximum": (">=", "not less than"),
}

_SPACES = "' ', '\t', '\n', '\u00a0', '\u3000'"
#: The blanks that do not sort before "!", each with the character that follows it.
_WIDE = (("\u00a0", "\u00a1"), ("\u3000", "\u3001"))


class CellCheck(NamedTuple):
    """One thing that can be wrong with a cell, and the SQL that is true if it is."""

    rule: str
    fault: str
    #: Makes the message from the cell's value.
    message: Callable[[str], str]
    hint: str | None = None
    #: Cheaper SQL that is true at least wherever `fault` is.
    suspicion: str = ""


class FieldChecks(NamedTuple):
    """The checks of one field, in order; the first one that is true gives the finding."""

    field: str
    checks: tuple[CellCheck, ...]
    #: Whether no value that passes the other checks can begin or end with a blank.
    tight: bool = False

    @property
    def suspicion(self) -> str:
        """Cheap SQL that is true at least wherever one of the checks is."""
        looked_at = [
            check.suspicion or check.fault
            for check in self.checks
            if not (self.tight and check.rule == "blanks")
        ]
        return " OR ".join(looked_at) or "false"

    @property
    def absence(self) -> str:
        """SQL that is true if the cell is empty and must not be; "" if it may be."""
        rules = ("required", "primary-key")
        return next((check.fault for check in self.checks if check.rule in rules), "")

    @property
    def expression(self) -> str:
        """SQL for the number (from 1) of the first check that is true; 0 if none is."""
        cases = " ".join(
            f"WHEN {check.fault} THEN {number}" for number, check in enumerate(self.checks, start=1)
        )
        return f"CASE {cases} ELSE 0 END"


def same(field: JsonObject, column: str, dialect: SqlDialect) -> str:
    """SQL that is equal for two cells if they have the same value, however they are written."""
    return type_of(field).equals_as(column, dialect)


def cell_checks(schema: JsonObject, dialect: SqlDialect, key: list[str]) -> list[FieldChecks]:
    """The checks of every field of a schema. Fields of the key are required."""
    compiled = []
    for field in schema["fields"]:
        type_ = type_of(field)
        checks = tuple(_checks(type_, dialect, in_key=field["name"] in key))
        if checks:
            compiled.append(FieldChecks(field["name"], checks, _is_tight(type_)))
    return compiled


#: Patterns of only these characters (and sets of characters, not their complements) match no blank.
_NO_BLANK = re.compile(r"(?:\[[A-Za-z0-9_:/+-]+\]|\\[.+*?()|-]|[A-Za-z0-9_:/(){}|+*?,=@#-])*")


def _is_tight(type_: FieldType) -> bool:
    constraints = constraints_of(type_.field)
    if not type_.allows_blanks:
        return True
    listed = constraints.get("enum") or categories(type_.field)
    if listed:
        return all(str(value) == str(value).strip() for value in listed)
    return bool(_NO_BLANK.fullmatch(constraints.get("pattern", ".")))


def _checks(type_: FieldType, dialect: SqlDialect, *, in_key: bool) -> Iterator[CellCheck]:
    column = identifier(type_.field["name"])
    constraints = constraints_of(type_.field)
    if constraints.get("required") or in_key:
        rule = "required" if constraints.get("required") else "primary-key"
        message = "a value is required here"
        yield CellCheck(rule, f"{column} IS NULL", lambda _: message, "Fill it in.")
    yield from _type_check(type_, column, dialect)
    if "enum" in constraints:
        yield _enum(type_, column, constraints["enum"], dialect)
    if categories(type_.field):
        yield from _categories(type_, column, constraints.get("enum"), dialect)
    if "pattern" in constraints:
        yield _pattern(type_, column, constraints["pattern"], dialect)
    python = by_python(type_)
    for name in _COMPARED:
        if name in constraints and name not in python:
            yield _limit(type_, column, name, constraints[name], dialect)
    if not python or type_.size is None:
        yield from _length_checks(column, constraints, dialect)
    for name in python:
        fault = f"{dialect.broken(column, type_)} = {literal(name)}"
        yield CellCheck(name, fault, _broken(type_, name, constraints[name]))
    # The last check: it can be a warning, which must not hide an error.
    said = _say("begins or ends with a blank")
    yield CellCheck("blanks", _padded(column), said, "Remove it.", _maybe_padded(column))


def _padded(column: str) -> str:
    return f"(substr({column}, 1, 1) IN ({_SPACES}) OR substr({column}, -1) IN ({_SPACES}))"


def _maybe_padded(column: str) -> str:
    """SQL that is cheaper than `_padded`, because it compares the first bytes, and true too often."""
    wide = " OR ".join(f"({column} >= '{char}' AND {column} < '{after}')" for char, after in _WIDE)
    return f"({column} < '!' OR {wide} OR substr({column}, -1) IN ({_SPACES}))"


def _say(what: str) -> Callable[[str], str]:
    return lambda value: f'"{_cut(value)}" {what}'


def _cut(value: str) -> str:
    """A value, cut to a length that fits in a sentence."""
    return cut(value, LONGEST_QUOTE)


def _type_check(type_: FieldType, column: str, dialect: SqlDialect) -> Iterator[CellCheck]:
    fault = type_.is_invalid(column, dialect)
    if fault:
        said = _say(f"is not {type_.form.words}")
        suspicion = type_.may_be_invalid(column, dialect)
        yield CellCheck("type", f"({fault})", said, _example(type_), suspicion)


def _example(type_: FieldType) -> str | None:
    """A hint that shows how a value is written, if the schema has an example."""
    example = type_.field.get("example")
    return f"Write it like {example}." if example is not None else None


def _pattern(type_: FieldType, column: str, pattern: str, dialect: SqlDialect) -> CellCheck:
    tests = [
        ("" if one.is_wanted else "NOT ") + dialect.full_match(column, one.pattern)
        for one in conditions(pattern)
    ]
    fault = f"NOT {tests[0]}" if len(tests) == 1 else f"NOT ({' AND '.join(tests)})"
    is_short = len(pattern) <= LONGEST_QUOTE
    said = _say(
        f"does not match {pattern}" if is_short else "does not match the pattern of this field"
    )
    return CellCheck("pattern", fault, said, _example(type_))


def _limit(type_: FieldType, column: str, name: str, limit: Any, dialect: SqlDialect) -> CellCheck:
    operator, words = _COMPARED[name]
    bound = constant(type_.compared_value(limit))
    compared = type_.compares_as(column, dialect)
    others = [f"{compared} = {constant(value)}" for value in type_.unordered]
    fault = f"({' OR '.join([*others, f'{compared} {operator} {bound}'])})"
    suspicion = type_.may_exceed(column, operator, limit, dialect)
    return CellCheck(name, fault, _beyond(type_, words, limit), suspicion=suspicion)


def _length_checks(
    column: str, constraints: JsonObject, dialect: SqlDialect
) -> Iterator[CellCheck]:
    if "minLength" in constraints:
        limit = int(constraints["minLength"])
        fault = f"length({column}) < {limit}"
        yield CellCheck("minLength", fault, _too("short", "at least", limit))
    if "maxLength" in constraints:
        limit = int(constraints["maxLength"])
        fault = dialect.longer.format(x=column, n=limit)
        yield CellCheck("maxLength", fault, _too("long", "at most", limit))


def _broken(type_: FieldType, name: str, limit: Any) -> Callable[[str], str]:
    """The message for a constraint that Python checks."""
    if name == "jsonSchema":
        return lambda value: _say(f"does not follow the jsonSchema: {why(type_, value)}")(value)
    if name in _COMPARED:
        beyond, unordered = (
            _say(f"is {_COMPARED[name][1]} {limit}"),
            _say(f"has no order with {limit}"),
        )
        return lambda value: (beyond if is_beyond(type_, name, value) else unordered)(value)
    size, (one, many) = type_.size, type_.size_words
    words, side = ("few", "at least") if name == "minLength" else ("many", "at most")
    return lambda value: (
        f"too {words} {many}: {counted(size(value) if size is not None else 0, one, many)}, "
        f"{side} {limit}"
    )


def _beyond(type_: FieldType, words: str, limit: Any) -> Callable[[str], str]:
    without_order, beyond = _say("has no order"), _say(f"is {words} {limit}")
    return lambda value: (without_order if type_.unordered and value.lower() == "nan" else beyond)(
        value
    )


def _too(words: str, side: str, limit: int) -> Callable[[str], str]:
    return lambda value: (
        f"the text is too {words}: {counted(len(value), 'character')}, {side} {limit}"
    )


def _categories(
    type_: FieldType, column: str, enum: list[Any] | None, dialect: SqlDialect
) -> Iterator[CellCheck]:
    """The check that a value is one of the categories; none if the enum already makes sure of it."""
    values = categories(type_.field)
    if enum is None or not set(map(str, enum)) <= set(map(str, values)):
        check = _enum(type_, column, values, dialect)
        shown = [type_.shown_value(value) for value in values]
        yield check._replace(rule="categories", message=_not_listed("categories", shown))


def _not_listed(what: str, known: list[str]) -> Callable[[str], str]:
    asked: dict[str, str] = {}

    def near(value: str) -> str:
        # A search takes long, so it is made for the first values only.
        if len(asked) < _MOST_SEARCHES and value not in asked:
            asked[value] = _nearest(value, known)
        return asked.get(value, "")

    return lambda value: f'"{_cut(value)}" is not one of the {what}{near(value)}'


def _enum(type_: FieldType, column: str, values: list[Any], dialect: SqlDialect) -> CellCheck:
    listed = [constant(type_.equal_value(value)) for value in values]
    known = [type_.shown_value(value) for value in values]
    compared = type_.equals_as(column, dialect)
    suspicion = ""
    if compared == column and 0 < len(values) <= _FEW:
        suspicion = f"({' AND '.join(f'{column} <> {value}' for value in listed)})"
    return CellCheck(
        "enum",
        dialect.not_listed(compared, listed),
        _not_listed("codes", known),
        f"Allowed: {_listed(known)}." + _new_code(type_.field),
        suspicion=suspicion,
    )


def _listed(known: Sequence[str]) -> str:
    """The first values of a list, as a hint shows them. A hint is part of each finding."""
    shown = ", ".join(map(_cut, known[:_MOST_SHOWN]))
    return f"{shown} and {len(known) - _MOST_SHOWN} more" if len(known) > _MOST_SHOWN else shown


def _new_code(field: JsonObject) -> str:
    return " To add a code, add a row to the table of codes." if "vocabulary" in field else ""


def _nearest(value: str, known: list[str]) -> str:
    near = nearest(value[:LONGEST_QUOTE], known[:1000])
    return f'; did you mean "{near}"?' if near else ""
