"""SQLite and DuckDB find the same as a plain reading of the standard, for every type and constraint."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shieldtalks.record.checking import Options, validate
from tests.support.draws import examples
from tests.support.one_duckdb import one_duckdb
from tests.support.random_packages import SECOND
from tests.support.values import TYPES, Reference, is_valid

#: A fifth of these, because each example is a package that both engines validate.

Found = tuple[str, int, str, str]
Compare = Callable[[Any, Any], bool]
LIMITS: dict[str, Compare] = {
    "minimum": lambda value, limit: value < limit,
    "maximum": lambda value, limit: value > limit,
    "exclusiveMinimum": lambda value, limit: value <= limit,
    "exclusiveMaximum": lambda value, limit: value >= limit,
}


#: The types that have limits, and those that have a length and a pattern (Table Schema, "Field
#: Constraints"). On any other type, they are a fault of the schema.
WITH_LIMITS = {"integer", "number", "date", "time", "datetime", "year", "yearmonth"}
WITH_LENGTHS = {"string"}
#: Patterns that mean the same to Python as in XML Schema.
PATTERNS = ["[ab]+", "a.*", ".*[.:].*", "[^Z]*", "(ab|0)*", "[a-z]{1,3}", "..?", r"[+-]?[0-9]+"]


@pytest.mark.slow
@pytest.mark.parametrize("name", TYPES)
def test_both_engines_find_what_python_finds(name: str) -> None:
    @settings(max_examples=examples(6), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        texts = data.draw(st.lists(TYPES[name].texts, min_size=2, max_size=12), "texts")
        pool = st.sampled_from(texts) | TYPES[name].texts
        columns = {
            "limited": data.draw(_constraints(name, pool), "constraints"),
            "listed": data.draw(_enum(name, pool), "enum"),
            "single": {"unique": True},
            "parent": {},
            "other": {},
        }
        size = len(texts)
        cells = {
            column: data.draw(st.lists(pool | st.just(""), min_size=size, max_size=size), column)
            for column in columns
        }
        other = data.draw(st.sampled_from(["integer", "number"]), "other type")
        types = dict.fromkeys(columns, name) | {
            "other": other if name in ("integer", "number") else name
        }
        _agree(types, columns, cells)

    holds()


@st.composite
def _constraints(draw: st.DrawFn, name: str, pool: st.SearchStrategy[str]) -> dict[str, Any]:
    reference = TYPES[name]
    found: dict[str, Any] = {"required": draw(st.booleans())}
    if name in WITH_LENGTHS and draw(st.booleans()):
        found["pattern"] = draw(st.sampled_from(PATTERNS))
    for limit in LIMITS if name in WITH_LIMITS and reference.order is not None else ():
        if draw(st.booleans()):
            text = draw(pool)
            if is_valid(name, text) and reference.order(text) is not None:
                found[limit] = draw(_stated(name, text))
    for limit in ("minLength", "maxLength") if name in WITH_LENGTHS else ():
        if draw(st.booleans()):
            found[limit] = draw(st.integers(0, 6))
    return found


@st.composite
def _stated(draw: st.DrawFn, name: str, text: str) -> Any:
    """A value as a schema states it: numbers as text or as JSON."""
    if name in ("integer", "number") and draw(st.booleans()):
        try:
            json.loads(text, parse_constant=_no_constant)
        except ValueError:
            return text
        return _Raw(text)
    return text


class _Raw:
    """A number of JSON, with the digits it is written with."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"_Raw({self.text!r})"


def _no_constant(text: str) -> Any:
    raise ValueError(text)


def _enum(name: str, pool: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    stated = pool.filter(lambda text: is_valid(name, text)).flatmap(
        lambda text: _stated(name, text)
    )
    kind = "number" if name == "integer" else name  # JSON takes 1 and 1.0 for the same
    return st.lists(
        stated, min_size=1, max_size=20, unique_by=lambda value: TYPES[kind].same(str(value))
    ).map(lambda listed: {"enum": listed})


def _agree(
    types: dict[str, str], columns: dict[str, dict[str, Any]], cells: dict[str, list[str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, one_duckdb():
        _write(Path(folder), types, columns, cells)
        wanted = sorted(_wanted(types, columns, cells))
        for engine in ("sqlite", "duckdb"):
            report = validate(Path(folder), Options(engine=engine))
            found = sorted(
                (str(f.table), f.row or 0, str(f.field), f.rule) for f in report.findings
            )
            assert found == wanted, engine


def _write(
    folder: Path,
    types: dict[str, str],
    columns: dict[str, dict[str, Any]],
    cells: dict[str, list[str]],
) -> None:
    fields: list[dict[str, Any]] = [{"name": "n"}]
    fields += [{"name": c, "type": types[c], "constraints": columns[c]} for c in columns]
    link = {"fields": "other", "reference": {"resource": "", "fields": "parent"}}
    schema = {"fields": fields, "foreignKeys": [link], "uniqueKeys": [["single", "other"]]}
    text = json.dumps(
        {"$schema": SECOND, "resources": [{"name": "t", "path": "t.csv", "schema": schema}]},
        default=lambda raw: f"\0{raw}\0",
    )
    for mark in ('"\\u0000', '\\u0000"'):
        text = text.replace(mark, "")
    (folder / "datapackage.json").write_text(text, "utf-8")
    rows = zip(*cells.values(), strict=True)
    lines = [",".join(("n", *cells)), *(f"{n},{','.join(row)}" for n, row in enumerate(rows))]
    (folder / "t.csv").write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="")


def _wanted(
    types: dict[str, str], columns: dict[str, dict[str, Any]], cells: dict[str, list[str]]
) -> Iterator[Found]:
    """The findings of the table: one per cell, then repeats and references in cells without one."""
    bad: set[tuple[int, str]] = set()
    for column, constraints in columns.items():
        reference = TYPES[types[column]]
        for row, text in enumerate(cells[column], start=1):
            rule = _fault(types[column], reference, constraints, text)
            if rule:
                bad.add((row, column))
                yield "t", row, column, rule
    repeats = [
        *_repeats(types, cells, ["single", "other"], "unique-key", bad),
        *_repeats(types, cells, ["single"], "unique", bad),
    ]
    yield from repeats
    bad |= {(row, column) for _, row, key, _ in repeats for column in key.split(", ")}
    # Where the types differ, both sides are compared as numbers.
    both = types if types["parent"] == types["other"] else dict.fromkeys(types, "number")
    known = {_same(both, "parent", text) for text in cells["parent"] if text} - {None}
    for row, text in enumerate(cells["other"], start=1):
        if text and (row, "other") not in bad and _same(both, "other", text) not in known:
            yield "t", row, "other", "foreign-key"


def _same(types: dict[str, str], column: str, text: str) -> Any:
    return TYPES[types[column]].same(text) if is_valid(types[column], text) else None


def _fault(name: str, reference: Reference, constraints: dict[str, Any], text: str) -> str:
    if not text:
        return "required" if constraints.get("required") else ""
    if not is_valid(name, text):
        return "type"
    for rule, limit in constraints.items():
        if rule == "enum":
            kind = "number" if name == "integer" else name
            if reference.same(text) not in {TYPES[kind].same(str(value)) for value in limit}:
                return "enum"
        elif rule == "pattern":
            if not re.fullmatch(limit, text):
                return rule
        elif rule in ("minLength", "maxLength"):
            if len(text) < limit if rule == "minLength" else len(text) > limit:
                return rule
        elif rule in LIMITS and reference.order is not None:
            kind = "number" if name == "integer" else name
            value, bound = reference.order(text), TYPES[kind].order(str(limit))  # type: ignore[misc]
            if value is None or LIMITS[rule](value, bound):
                return rule
    return ""


def _repeats(
    types: dict[str, str],
    cells: dict[str, list[str]],
    key: list[str],
    rule: str,
    bad: set[tuple[int, str]],
) -> Iterator[Found]:
    seen: set[Any] = set()
    for row, texts in enumerate(zip(*(cells[column] for column in key), strict=True), start=1):
        value = tuple(_same(types, c, t) if t else None for c, t in zip(key, texts, strict=True))
        if None in value:
            continue
        if value in seen and not any((row, column) in bad for column in key):
            yield "t", row, ", ".join(key), rule
        seen.add(value)
