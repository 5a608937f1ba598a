"""The types of Table Schema: each is one module, and the rest of the program asks it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular import types
from shieldtalks.tabular.engine.compile import cell_checks
from shieldtalks.tabular.engine.duckdb import DuckDb
from shieldtalks.tabular.engine.sql import constant, literal
from shieldtalks.tabular.engine.sqlite import Sqlite
from shieldtalks.tabular.package.schema import MEANINGS, TYPES_WITH
from shieldtalks.tabular.tables import ddl
from shieldtalks.tabular.types import TYPES, FieldType, is_supported, type_of
from tests.support import MakePackage
from tests.support.one_duckdb import one_duckdb

#: For each type and format, texts that are of it and texts that are not.
EXAMPLES: dict[tuple[str, str], tuple[list[str], list[str]]] = {
    ("string", "default"): (["a", "1", "NaN", "é", "a\nb", "<b>"], []),
    ("string", "email"): (
        ["a@b.example", "first.last@mail.b-c.example", "é@ö.example"],
        ["a", "a@b", "@b.example", "a@@b.example", "a b@c.example", "a@-b.example", "a.@b.example"],
    ),
    ("string", "uri"): (["urn:a", "https://a.example/b?c#d"], ["a", ":a", "1a:b", "a:b c", "a:"]),
    ("string", "binary"): (
        ["YQ==", "YWI=", "YWJj", "+/+/", "A" * 400],
        ["YQ=", "YQ", "YW Jj", "Y-_j", "YQ==YQ==", "=", "===="],
    ),
    ("string", "uuid"): (
        ["00000000-0000-0000-0000-000000000000", "ABCDEF01-2345-6789-abcd-ef0123456789"],
        ["ABCDEF0123456789abcdef0123456789", "0000000g-0000-0000-0000-000000000000"],
    ),
    ("number", "default"): (
        [
            *("1", "-1.5", "+.5", "1.", "1e5", "1E-5", "1e-400", "0" * 30, "9" * 50 + ".5"),
            *("NaN", "nan", "INF", "inf", "-INF", "-Inf"),
        ],
        [
            *("x", "Infinity", "+INF", "-NaN", "1,5", "1_000", "0x10", ".", "e5", "1e", "1e.5"),
            *("--1", "٣"),
        ],
    ),
    ("integer", "default"): (
        ["0", "-0", "+7", "007", "9" * 50, "-" + "9" * 50],
        ["x", "1.0", "1e3", "1_000", "--1", "+", "0x10", "٣", "1,000"],
    ),
    ("boolean", "default"): (
        ["true", "True", "TRUE", "1", "false", "False", "FALSE", "0"],
        ["x", "tRUE", "yes", "no", "t", "01", "-1"],
    ),
    ("date", "default"): (
        ["2008-01-01", "2008-02-29", "0001-01-01", "9999-12-31"],
        ["x", "2007-02-29", "2008-13-01", "2008-1-1", "20080101", "0000-01-01", "-2008-01-01"],
    ),
    ("time", "default"): (
        [
            *("00:00:00", "23:59:59", "12:00:00.123", "24:00:00", "24:00:00.00"),
            *("12:00:00Z", "12:00:00+02:00", "12:00:00-05:30", "12:00:00+14:00", "00:00:00-14:00"),
        ],
        [
            *("x", "24:00:01", "24:00:00.1", "25:00:00", "12:60:00", "12:00:60", "12:00"),
            *("1:00:00", "12:00:00.", "12:00:00z", "12:00:00 Z", "12:00:00-0530", "12:00:00+02"),
            *("12:00:00+14:01", "12:00:00+15:00", "12:00:00+01:60"),
        ],
    ),
    ("datetime", "default"): (
        [
            *("2008-01-01T00:00:00", "2008-02-29T23:59:59.9Z", "2008-01-01T00:00:00+02:00"),
            *("2008-01-01T24:00:00", "12008-01-01T00:00:00", "12000-02-29T00:00:00"),
            *("-0044-03-15T12:00:00Z", "0001-01-01T00:00:00"),
        ],
        [
            *("x", "2008-01-01", "2007-02-29T00:00:00", "12001-02-29T00:00:00"),
            *("2008-01-01 00:00:00", "2008-01-01T24:00:01", "2008-01-01T00:00:00+0200"),
            *("0000-01-01T00:00:00", "-0000-01-01T00:00:00", "02008-01-01T00:00:00"),
            *("+2008-01-01T00:00:00", "2008-13-01T00:00:00", "2008-01-01T"),
        ],
    ),
    ("year", "default"): (
        ["2008", "0001", "-0044", "12008", "-12008", "123456789012345"],
        [
            "x",
            "08",
            "0000",
            "-0000",
            "-144",
            "-44",
            "+2008",
            "02008",
            "2008.0",
            "1234567890123456",
            "٢٠٠٨",
        ],
    ),
    ("yearmonth", "default"): (
        ["2008-01", "-0044-12", "12008-10"],
        ["x", "2008-13", "2008-1", "2008-00", "0000-01", "02008-01", "+2008-01", "200801", "2008"],
    ),
    ("any", "default"): (["a", "1", "NaN"], []),
}

#: For each type that has an order, texts of rising values.
RISING: dict[str, list[str]] = {
    "number": [
        *("-INF", "-1e400", "-1e5", "-0.5", "-1e-400", "0", "1e-400", "1e-5", "9", "10"),
        *("9007199254740992", "9007199254740993", "9007199254740993.5", "1e400", "INF"),
    ],
    "integer": [
        *("-" + "9" * 50, "-10", "-9", "0", "+1", "09", "10"),
        *("9223372036854775807", "9223372036854775808", "9" * 50),
    ],
    "date": ["0001-01-01", "2008-01-31", "2008-02-01"],
    "time": [
        *("00:00:00+14:00", "00:00:00", "09:59:59", "11:59:59.5+02:00", "10:00:00Z"),
        *("09:00:00-02:00", "23:59:59", "23:59:59-14:00"),
    ],
    "datetime": [
        *("-12008-01-01T00:00:00", "-0001-12-31T23:59:59", "0001-01-01T00:00:00"),
        *("2008-01-01T01:00:00+02:00", "2007-12-31T23:59:59Z", "2008-01-01T00:00:00"),
        *("2007-12-31T23:00:00.5-02:00", "2008-01-01T24:00:00", "12008-01-01T00:00:00"),
    ],
    "year": ["-12008", "-0044", "-0043", "0001", "2008", "12008"],
    "yearmonth": ["-12008-01", "-0044-01", "-0044-02", "0001-01", "2007-12", "2008-01", "12008-01"],
}

#: For each type with several spellings of a value, groups of texts that mean the same.
SAME: dict[str, list[list[str]]] = {
    "number": [
        ["1", "+1", "1.0", "01", "1e0", "10e-1"],
        ["0", "-0", "0.0", "0e999"],
        [".5", "0.5", "5e-1"],
        ["9007199254740993", "9007199254740993.0"],
        ["9007199254740992", "9007199254740992.00"],
        ["NaN", "nan"],
        ["INF", "inf"],
        ["-INF", "-inf"],
    ],
    "integer": [
        ["1", "+1", "01"],
        ["0", "-0", "+00"],
        ["-7", "-07"],
        ["9" * 50, "0" + "9" * 50],
        ["9" * 49 + "8"],
    ],
    "boolean": [["true", "True", "TRUE", "1"], ["false", "False", "FALSE", "0"]],
    "time": [
        ["12:00:00Z", "12:00:00.0Z", "12:00:00+00:00", "12:00:00-00:00", "14:00:00+02:00"],
        ["12:00:00", "12:00:00.00"],
        ["00:00:00", "24:00:00", "24:00:00.0"],
        ["00:00:00Z", "24:00:00Z"],
    ],
    "datetime": [
        ["2008-01-01T00:00:00Z", "2007-12-31T24:00:00Z", "2008-01-01T02:00:00+02:00"],
        ["2008-01-01T00:00:00", "2007-12-31T24:00:00.0"],
        ["0001-01-01T00:00:00", "-0001-12-31T24:00:00"],
    ],
}


@pytest.fixture(params=[Sqlite, lambda: DuckDb([], lean=False)], ids=["sqlite", "duckdb"])
def engine(request: pytest.FixtureRequest) -> Iterator[Sqlite | DuckDb]:
    with one_duckdb(), closing(request.param()) as opened:
        yield opened


def field_of(name: str, form: str = "default", **more: Any) -> dict[str, Any]:
    return {"name": "x", "type": name, "format": form, **more}


def judged(engine: Sqlite | DuckDb, field: dict[str, Any], texts: list[str]) -> list[int]:
    """For each text, the number of the first check of the field that is true; 0 if none is."""
    (checks,) = cell_checks({"fields": [field]}, engine.dialect, [])
    rows = " UNION ALL ".join(f"SELECT {n} AS n, {literal(t)} AS x" for n, t in enumerate(texts))
    return [
        code
        for _, code in engine.query(f"SELECT n, {checks.expression} FROM ({rows}) AS t ORDER BY n")
    ]


#: The types of which SQL can tell everything; tests/tabular/types/test_judged.py has the others.
IN_SQL = [name for name in TYPES if type_of(field_of(name)).judge is None]


def test_every_type_is_the_module_of_its_name() -> None:
    folder = Path(types.__file__).parent
    names = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    modules = {name: import_module(f"shieldtalks.tabular.types.{name}") for name in names}
    # The others are what several types share.
    assert {name for name, module in modules.items() if hasattr(module, "TYPE")} == TYPES.keys()
    for name, type_ in TYPES.items():
        module = modules[name]
        assert module.TYPE is type_
        assert type_.name == name
        assert type_.__doc__
        assert module.__doc__.startswith(f"The type `{name}`: ")


def test_the_standard_names_what_changes_the_meaning_of_texts() -> None:
    """The names are known without the modules of the types, which are imported when they are needed."""
    assert {name for type_ in TYPES.values() for name in type_.properties} == MEANINGS


@pytest.mark.parametrize("type_", TYPES.values(), ids=list(TYPES))
def test_every_type_says_what_it_is_elsewhere(type_: type[FieldType]) -> None:
    assert "default" in type_.forms
    for form in type_.forms.values():
        assert re.compile(form.pattern)
        assert re.match("an? [A-Za-z]", form.words)
    made = type_({"name": "x", "type": type_.name})
    assert type_.json in ("string", "integer", "number", "boolean", "object", "array")
    assert type_.sqlite in ("TEXT", "INTEGER", "REAL")
    assert isinstance(made.arrow_type(pa), pa.DataType)
    assert pd.array([None], dtype=type_.pandas).isna().all()
    assert pl.Series([None], dtype=made.polars_type(pl)).is_null().all()
    assert type_.croissant.startswith(("sc:", "cr:"))
    assert type_.comparable_with <= TYPES.keys()
    assert set(type_.words) == (set(EXAMPLES[type_.name, "default"][0]) if type_.words else set())
    assert (type_.sqlite == "TEXT") is (type_.json in ("string", "object", "array"))
    with sqlite3.connect(":memory:") as database:
        statement = ddl.create_table("t", {"t": {"fields": [made.field]}})
        assert database.execute(statement).fetchall() == []


def test_every_type_and_format_has_examples() -> None:
    formats = {(name, form) for name, type_ in TYPES.items() for form in type_.forms}
    in_sql = {(name, form) for name, form in formats if type_of(field_of(name, form)).judge is None}
    assert in_sql == EXAMPLES.keys()
    assert RISING.keys() == {name for name in IN_SQL if TYPES[name].is_ordered}
    assert SAME.keys() == {name for name in IN_SQL if type_of(field_of(name)).has_many_spellings}


@pytest.mark.parametrize(("name", "form"), EXAMPLES)
def test_texts_of_a_type_and_others(name: str, form: str, engine: Sqlite | DuckDb) -> None:
    good, bad = EXAMPLES[name, form]
    field = field_of(name, form)
    assert is_supported(field)
    (checks,) = cell_checks({"fields": [field]}, engine.dialect, [])
    rules = ["", *(check.rule for check in checks.checks)]
    assert [rules[code] for code in judged(engine, field, good)] == [""] * len(good)
    if bad:
        assert [rules[code] for code in judged(engine, field, bad)] == ["type"] * len(bad)


@pytest.mark.parametrize("name", IN_SQL)
def test_a_text_becomes_a_value_and_a_text_again(name: str) -> None:
    type_ = type_of(field_of(name))
    for text in EXAMPLES[name, "default"][0]:
        assert type_.accepts(text), text
        value = text if type_.reader is None else type_.reader(text)
        assert isinstance(value, type_.python)
        again = type_.write(value)
        assert re.fullmatch(type_.form.pattern or "(?s).*", again), again
        assert again == text or type_.has_many_spellings
        assert str(value if type_.reader is None else type_.reader(again)) == str(value)
        assert len(type_.column_values([value, None])) == 2
    assert type_.write("no such value") == "no such value"


@pytest.mark.slow
@pytest.mark.parametrize("name", RISING)
def test_values_are_in_order(name: str, engine: Sqlite | DuckDb) -> None:
    texts = RISING[name]
    type_ = type_of(field_of(name))
    for lower, higher in pairwise(texts):
        keys = (type_.compares_as(literal(text), engine.dialect) for text in (lower, higher))
        ((is_less,),) = engine.query(f"SELECT CASE WHEN {' < '.join(keys)} THEN 1 ELSE 0 END")
        assert is_less, (lower, higher)
    for place, limit in enumerate(texts):
        for constraint, expected in {
            "minimum": [n < place for n in range(len(texts))],
            "exclusiveMinimum": [n <= place for n in range(len(texts))],
            "maximum": [n > place for n in range(len(texts))],
            "exclusiveMaximum": [n >= place for n in range(len(texts))],
        }.items():
            assert type_.accepts_limit(limit)
            codes = judged(engine, field_of(name, constraints={constraint: limit}), texts)
            assert [bool(code) for code in codes] == expected, (constraint, limit)


@pytest.mark.parametrize("name", SAME)
def test_one_value_in_several_spellings(name: str, engine: Sqlite | DuckDb) -> None:
    type_ = type_of(field_of(name))
    keys = []
    for texts in SAME[name]:
        expressions = [type_.equals_as(literal(text), engine.dialect) for text in texts]
        ((*found,),) = engine.query(f"SELECT {', '.join(expressions)}")
        assert len(set(found)) == 1, texts
        keys.append(found[0])
    assert len(set(keys)) == len(keys)
    every = [text for texts in SAME[name] for text in texts]
    for texts in SAME[name]:
        codes = judged(engine, field_of(name, constraints={"enum": [texts[0]]}), every)
        assert [text for text, code in zip(every, codes, strict=True) if not code] == texts


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", IN_SQL)
def test_a_text_that_is_not_of_the_type_has_no_value_of_it(
    name: str, engine: Sqlite | DuckDb
) -> None:
    """Otherwise a wrong text would make a right one a repeat, or its target exist."""
    type_ = type_of(field_of(name))
    good, bad = EXAMPLES[name, "default"]
    expressions = [type_.equals_as(literal(text), engine.dialect) for text in (*good, *bad)]
    ((*found,),) = engine.query(f"SELECT {', '.join(expressions)}")
    assert None not in found[: len(good)]
    assert set(found[: len(good)]).isdisjoint(found[len(good) :])
    if not type_.has_many_spellings:
        assert len(set(found[: len(good)])) == len(good)


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", IN_SQL)
def test_a_code_of_a_schema_is_found_among_cells(name: str, engine: Sqlite | DuckDb) -> None:
    """The values of an enum compare as the cells do, and are stored as the cells are."""
    type_ = type_of(field_of(name))
    texts = EXAMPLES[name, "default"][0]
    for text in texts:
        assert type_.accepts(text)
        assert judged(engine, field_of(name, constraints={"enum": [text]}), [text]) == [0]
        cell = literal(text)
        for key, stated in (
            (type_.compares_as(cell, engine.dialect), type_.compared_value(text)),
            (type_.equals_as(cell, engine.dialect), type_.equal_value(text)),
        ):
            is_same = f"SELECT CASE WHEN {key} = {constant(stated)} THEN 1 ELSE 0 END"
            assert list(engine.query(is_same)) == [(1,)], text


@pytest.mark.parametrize(
    ("name", "stated", "texts"),
    [
        ("year", 44, ["0044"]),
        ("year", -44, ["-0044"]),
        ("year", 12008, ["12008"]),
        ("year", "+2008", ["2008"]),
        ("integer", 1, ["1", "+01"]),
        ("number", 1.5, ["1.5", "15e-1"]),
        ("boolean", True, ["true", "1"]),
        ("string", "1", ["1"]),
    ],
)
def test_a_code_in_json_is_a_value_too(
    name: str, stated: Any, texts: list[str], engine: Sqlite | DuckDb
) -> None:
    assert type_of(field_of(name)).accepts(stated)
    field = field_of(name, constraints={"enum": [stated]})
    assert not any(judged(engine, field, texts))
    others = [text for text in EXAMPLES[name, "default"][0] if text not in (*texts, "True", "TRUE")]
    assert all(judged(engine, field, [text for text in others if text != str(stated)]))


def test_what_has_no_order_has_no_limits() -> None:
    for name in IN_SQL:
        of_it = type_of(field_of(name))
        texts = EXAMPLES[name, "default"][0]
        assert any(map(of_it.accepts_limit, texts)) is of_it.is_ordered
        assert not any(map(of_it.accepts, (None, [], {})))
        assert not any(map(of_it.accepts_limit, (None, [], {}, True)))


def test_a_type_has_an_order_if_the_standard_gives_it_limits(make_package: MakePackage) -> None:
    """Source: Table Schema v2, "Field Constraints". Other limits are a finding, and not checked."""
    limits = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
    for limit in limits:
        assert TYPES_WITH[limit] == {name for name in TYPES if TYPES[name].is_ordered}
    for name in IN_SQL:
        if name in RISING:
            continue
        text = EXAMPLES[name, "default"][0][0]
        field = {"name": "x", "type": name, "constraints": dict.fromkeys(limits, text)}
        found = validate(make_package(f"x\n{text}\n", [field]), Options()).findings
        assert sorted((f.rule, f.message) for f in found) == sorted(
            (
                "schema",
                f'the type {name} does not have the constraint "{limit}", so it is not checked',
            )
            for limit in limits
        )


def test_nan_has_no_order_only_among_numbers(make_package: MakePackage) -> None:
    fields = [
        {"name": "n", "type": "number", "constraints": {"maximum": 5}},
        {"name": "i", "type": "integer", "constraints": {"maximum": 5}},
        {"name": "s", "type": "string", "constraints": {"enum": ["B"]}},
    ]
    text = "n,i,s\nNaN,NaN,NaN\nnan,6,B\nINF,5,B\n"
    found = validate(make_package(text, fields), Options()).findings
    assert sorted((f.line, f.message) for f in found) == [
        (2, '"NaN" has no order'),
        (2, '"NaN" is not an integer'),
        (2, '"NaN" is not one of the codes'),
        (3, '"6" is more than the maximum 5'),
        (3, '"nan" has no order'),
        (4, '"INF" is more than the maximum 5'),
    ]


def test_a_type_that_is_not_supported_is_read_as_text() -> None:
    field = field_of("colour")
    assert not is_supported(field)
    assert not is_supported(field_of("number", "percent"))
    assert type_of(field).name == "string"
