"""A Table Schema compiles to SQL: for each field one expression that says what is wrong with a cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..jsontext import JsonObject
from ..package.schema import constraints as constraints_of
from ..package.schema import kind
from .sql import SqlDialect, identifier, literal

_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
_ZONE = r"(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?"

_ATOM = r"""[^][@ \t\n"(),.:;<>\\]+"""
_LABEL = "[A-Za-z0-9\u00a1-\uffff]([A-Za-z0-9\u00a1-\uffff-]*[A-Za-z0-9\u00a1-\uffff])?"

#: The lexical form of each supported type and format (Table Schema, Data Package v2).
FORMS: dict[tuple[str, str], str] = {
    ("integer", "default"): r"[+-]?[0-9]+",
    ("number", "default"): r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|NaN|-?INF",
    ("boolean", "default"): r"true|True|TRUE|1|false|False|FALSE|0",
    ("date", "default"): r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    ("time", "default"): _TIME + _ZONE,
    ("datetime", "default"): r"[0-9]{4}-[0-9]{2}-[0-9]{2}T" + _TIME + _ZONE,
    ("year", "default"): r"-?[0-9]{4}",
    ("yearmonth", "default"): r"-?[0-9]{4}-(0[1-9]|1[0-2])",
    ("string", "default"): "",
    ("any", "default"): "",
    ("string", "email"): rf"{_ATOM}(\.{_ATOM})*@({_LABEL}\.)+[A-Za-z]{{2,63}}",
    ("string", "uri"): r"[A-Za-z][A-Za-z0-9+.-]*:[^ ]+",
    ("string", "uuid"): r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
}

#: Up to so many codes are compared one by one faster than as a set.
_FEW = 16

#: A longer value is cut where a message quotes it.
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
}

_COMPARED = {
    "minimum": ("<", "less than the minimum"),
    "maximum": (">", "more than the maximum"),
    "exclusiveMinimum": ("<=", "not more than"),
    "exclusiveMaximum": (">=", "not less than"),
}

_SPACES = "' ', '\t', '\n', '\u00a0', '\u3000'"
#: Those of them that do not stand before "!", each with the character after it.
_WIDE = (("\u00a0", "\u00a1"), ("\u3000", "\u3001"))


@dataclass(frozen=True, slots=True)
class CellCheck:
    """One thing that can be wrong with a cell: an SQL condition that holds where it is."""

    rule: str
    fault: str
    #: What is wrong, in words, from the cell's value.
    message: Callable[[str], str]
    hint: str | None = None
    #: A cheaper condition that holds at least where `fault` does.
    suspicion: str = ""


@dataclass(frozen=True, slots=True)
class FieldChecks:
    """The checks of one field, in order; the first that holds is the cell's finding."""

    field: str
    checks: tuple[CellCheck, ...]
    #: Whether no value that passes the other checks can begin or end with a blank.
    tight: bool = False

    @property
    def suspicion(self) -> str:
        """SQL that holds at least where one of the checks does, for a cheap first look."""
        looked_at = [
            check.suspicion or check.fault
            for check in self.checks
            if not (self.tight and check.rule == "blanks")
        ]
        return " OR ".join(looked_at) or "false"

    @property
    def absence(self) -> str:
        """SQL that holds where an empty cell is a fault; "" where it never is."""
        rules = ("required", "primary-key")
        return next((check.fault for check in self.checks if check.rule in rules), "")

    @property
    def expression(self) -> str:
        """SQL for the number (from 1) of the first check that holds; 0 where none does."""
        cases = " ".join(
            f"WHEN {check.fault} THEN {number}" for number, check in enumerate(self.checks, start=1)
        )
        return f"CASE {cases} ELSE 0 END"


def comparable(field: JsonObject, column: str, dialect: SqlDialect) -> str:
    """SQL for a cell as its type compares: whole numbers by value, the rest as text."""
    if kind(field)[0] in ("integer", "year"):
        return dialect.integer.format(x=column)
    if kind(field)[0] == "number":
        high = dialect.infinity
        return (
            f"CASE {column} WHEN 'NaN' THEN NULL WHEN 'INF' THEN {high} WHEN '-INF' THEN -{high} "
            f"ELSE {dialect.number.format(x=column)} END"
        )
    return same(field, column, dialect)


def same(field: JsonObject, column: str, dialect: SqlDialect) -> str:
    """SQL that is equal for two cells where they mean the same value, however they are written."""
    type_ = kind(field)[0]
    if type_ in ("integer", "year"):
        return (
            f"CASE WHEN trim({column}, '+-0') = '' THEN '0' WHEN substr({column}, 1, 1) = '-' "
            f"THEN '-' || ltrim(substr({column}, 2), '0') ELSE ltrim({column}, '+0') END"
        )
    if type_ == "number":
        finite = dialect.full_match(column, FORMS["number", "default"].removesuffix("|NaN|-?INF"))
        return f"CASE WHEN {finite} THEN {dialect.number.format(x=column)} END"
    if type_ == "boolean":
        return (
            f"CASE WHEN {column} IN ('true', 'True', 'TRUE', '1') THEN 'true' "
            f"WHEN {column} IN ('false', 'False', 'FALSE', '0') THEN 'false' END"
        )
    return column


def cell_checks(schema: JsonObject, dialect: SqlDialect, key: list[str]) -> list[FieldChecks]:
    """The checks of every field of a schema. Fields of the key are required."""
    compiled = []
    for field in schema["fields"]:
        checks = tuple(_checks(field, dialect, field["name"] in key))
        if checks:
            compiled.append(FieldChecks(field["name"], checks, _is_tight(field)))
    return compiled


#: Patterns of these characters alone (and of sets that do not exclude) match no blank.
_NO_BLANK = re.compile(r"(?:\[[A-Za-z0-9_:/+-]+\]|\\[.+*?()|-]|[A-Za-z0-9_:/(){}|+*?,=@#-])*")


def _is_tight(field: JsonObject) -> bool:
    constraints = constraints_of(field)
    if kind(field)[0] not in ("string", "any"):
        return True
    if "enum" in constraints:
        return all(str(value) == str(value).strip() for value in constraints["enum"])
    return bool(_NO_BLANK.fullmatch(constraints.get("pattern", ".")))


def _checks(field: JsonObject, dialect: SqlDialect, in_key: bool) -> list[CellCheck]:
    column = identifier(field["name"])
    constraints = constraints_of(field)
    checks = []
    if constraints.get("required") or in_key:
        rule = "required" if constraints.get("required") else "primary-key"
        checks.append(
            CellCheck(
                rule, f"{column} IS NULL", lambda _: "a value is required here", "Fill it in."
            )
        )
    said = _say("begins or ends with a blank")
    checks.append(CellCheck("blanks", _padded(column), said, "Remove it.", _maybe_padded(column)))
    checks += _type_check(field, column, dialect)
    checks += _constraint_checks(field, column, constraints, dialect)
    return checks


def _padded(column: str) -> str:
    return f"(substr({column}, 1, 1) IN ({_SPACES}) OR substr({column}, -1) IN ({_SPACES}))"


def _maybe_padded(column: str) -> str:
    """What is cheaper than `_padded`, for texts compare by their first bytes: true too often."""
    wide = " OR ".join(f"({column} >= '{char}' AND {column} < '{after}')" for char, after in _WIDE)
    return f"({column} < '!' OR {wide} OR substr({column}, -1) IN ({_SPACES}))"


def _say(what: str) -> Callable[[str], str]:
    return lambda value: f'"{_cut(value)}" {what}'


def _cut(value: str) -> str:
    """A value short enough for a sentence."""
    return value if len(value) <= LONGEST_QUOTE else value[: LONGEST_QUOTE - 1] + "…"


def _type_check(field: JsonObject, column: str, dialect: SqlDialect) -> list[CellCheck]:
    type_, form = kind(field)
    pattern = FORMS[type_, form]
    if not pattern:
        return []
    fault = f"NOT {dialect.full_match(column, pattern)}"
    suspicion = dialect.odd_integer.format(x=column) if type_ == "integer" else ""
    if type_ == "date":
        fault = f"NOT {dialect.is_date.format(x=column)}"
    if type_ == "datetime":
        fault += f" OR NOT {dialect.is_date.format(x=f'substr({column}, 1, 10)')}"
    what = type_ if form == "default" else form
    example = field.get("example")
    hint = f"Write it like {example}." if example is not None else None
    article = "an" if what[0] in "aeiou" and what != "uuid" and what != "uri" else "a"
    return [CellCheck("type", f"({fault})", _say(f"is not {article} {what}"), hint, suspicion)]


def _constraint_checks(
    field: JsonObject, column: str, constraints: JsonObject, dialect: SqlDialect
) -> list[CellCheck]:
    checks = []
    if "enum" in constraints:
        checks.append(_enum(field, column, constraints["enum"], dialect))
    if "pattern" in constraints:
        pattern = constraints["pattern"]
        example = field.get("example")
        hint = f"Write it like {example}." if example is not None else None
        fault = f"NOT {dialect.full_match(column, pattern)}"
        said = (
            f"does not match {pattern}" if len(pattern) <= LONGEST_QUOTE else "is not of the form"
        )
        checks.append(CellCheck("pattern", fault, _say(said), hint))
    for name, (operator, words) in _COMPARED.items():
        if name in constraints:
            limit = constraints[name]
            bound = _bound(field, limit)
            fault = f"{comparable(field, column, dialect)} {operator} {bound}"
            if kind(field)[0] == "number":
                fault = f"({column} = 'NaN' OR {fault})"
            suspicion = ""
            if kind(field)[0] == "integer":  # one that is not plain is suspect by its type
                suspicion = dialect.compare_plain(column, operator, bound)
            checks.append(CellCheck(name, fault, _beyond(words, limit), suspicion=suspicion))
    if "minLength" in constraints:
        limit = int(constraints["minLength"])
        fault = f"length({column}) < {limit}"
        checks.append(CellCheck("minLength", fault, _too("short", "at least", limit)))
    if "maxLength" in constraints:
        limit = int(constraints["maxLength"])
        fault = dialect.longer.format(x=column, n=limit)
        checks.append(CellCheck("maxLength", fault, _too("long", "at most", limit)))
    return checks


def _beyond(words: str, limit: Any) -> Callable[[str], str]:
    return lambda value: _say("has no order" if value == "NaN" else f"is {words} {limit}")(value)


def _too(words: str, side: str, limit: int) -> Callable[[str], str]:
    return lambda value: f"the text is too {words}: {len(value)} characters, {side} {limit}"


def _bound(field: JsonObject, limit: Any) -> str:
    if kind(field)[0] in ("integer", "number", "year"):
        value = float(limit)
        return str(int(limit)) if value.is_integer() and _is_whole(limit) else repr(value)
    if kind(field)[0] == "boolean":
        return literal("true" if str(limit) in ("True", "true", "TRUE", "1") else "false")
    return literal(str(limit))


def _is_whole(limit: Any) -> bool:
    """Whether a limit is written as a whole number, so that none of its digits is lost."""
    return isinstance(limit, int) or str(limit).lstrip("+-").isdecimal()


def _enum(field: JsonObject, column: str, values: list[Any], dialect: SqlDialect) -> CellCheck:
    listed = ", ".join(_bound(field, value) for value in values)
    known = [str(value) for value in values]
    compared = comparable(field, column, dialect)
    suspicion = ""
    if compared == column and 0 < len(values) <= _FEW:
        suspicion = f"({' AND '.join(f'{column} <> {_bound(field, value)}' for value in values)})"
    return CellCheck(
        "enum",
        f"{compared} NOT IN ({listed})",
        lambda value: f'"{_cut(value)}" is not one of the codes{_nearest(value, known)}',
        f"Allowed: {', '.join(known)}." + _new_code(field),
        suspicion=suspicion,
    )


def _new_code(field: JsonObject) -> str:
    return " A new code is a row of the table of codes." if "vocabulary" in field else ""


def _nearest(value: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(value[:LONGEST_QUOTE], known[:1000], n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
