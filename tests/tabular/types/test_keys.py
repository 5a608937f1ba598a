"""The keys of values: the same in Python and in DuckDB's SQL, and in the order of the values."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shieldtalks.tabular.engine.duckdb import DIALECT, DuckDb
from shieldtalks.tabular.engine.sql import literal
from shieldtalks.tabular.types.instants import instant_key, time_key
from shieldtalks.tabular.types.numerals import number_key, parts, whole_digits
from shieldtalks.tabular.types.numeric import nearest_whole
from tests.support.draws import examples
from tests.support.values import TYPES, is_valid

EXAMPLES = examples(60)

KEYS: dict[str, tuple[Callable[[str | None], str | None], Callable[[str], str]]] = {
    "number": (number_key, DIALECT.number_key),
    "datetime": (instant_key, DIALECT.instant_key),
    "time": (time_key, DIALECT.time_key),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", KEYS)
def test_keys_are_those_of_duckdb_and_in_the_order_of_the_values(name: str) -> None:
    reference, (key, sql) = TYPES[name], KEYS[name]

    with closing(DuckDb([], lean=False)) as engine:

        @settings(max_examples=EXAMPLES, deadline=None)
        @given(st.lists(reference.texts, min_size=2, max_size=40, unique=True))
        def holds(texts: list[str]) -> None:
            listed = ", ".join(f"({literal(text)})" for text in texts)
            computed = f"SELECT x, {sql('x')} FROM (VALUES {listed}) AS v(x)"
            assert dict(engine.query(computed)) == {text: key(text) for text in texts}
            valid = [text for text in texts if is_valid(name, text)]
            assert [text for text in texts if key(text) is not None] == valid
            for left, right in pairwise(valid):
                assert (key(left) == key(right)) == (reference.same(left) == reference.same(right))
                order = reference.order or (lambda _: None)
                if None not in (order(left), order(right)):
                    keys = [str(key(text)).rstrip("Z") for text in (left, right)]
                    assert (keys[0] < keys[1]) == (order(left) < order(right))

        holds()


@pytest.mark.parametrize(
    "left,right,same",
    [
        ("1e1000000000000000000000", "1e1000000000000000000000", True),
        ("0e99999999999999999999999", "-0", True),
        ("1" + "0" * 5000, "1e5000", True),
        ("0." + "0" * 5000 + "1", "1e-5001", True),
        ("1e" + "0" * 5000 + "7", "10000000", True),
        ("99999999999999999999", "99999999999999999998", False),
        ("nan", "NaN", True),
        ("INF", "1e400", False),
    ],
)
def test_numbers_of_any_length(left: str, right: str, same: bool) -> None:
    assert (number_key(left) == number_key(right)) is same
    with closing(DuckDb([], lean=False)) as engine:
        keys = [DIALECT.number_key(literal(text)) for text in (left, right)]
        assert list(engine.query(f"SELECT {', '.join(keys)}")) == [
            (number_key(left), number_key(right))
        ]


@given(st.from_regex(r"\A[+-]?[0-9]{1,30}(\.[0-9]{0,5})?(e-?[0-9])?\Z"))
def test_whole_digits_are_those_of_python(text: str) -> None:
    from decimal import Context, Decimal

    value = Context(prec=60).create_decimal(text)
    whole = value == value.to_integral_value()
    assert whole_digits(text) == (str(int(value)) if whole else None)
    assert Decimal(text) == value


_SHORT = st.integers(-(10**18) + 1, 10**18 - 1)


@settings(max_examples=EXAMPLES)
@given(_SHORT, st.sampled_from(["<", "<=", ">", ">="]), TYPES["number"].texts)
@example(2, "<", "2.5")
@example(-2, ">=", "-2.5")
@example(0, "<", "1e-400")
@example(0, "<=", "-1e-400")
def test_short_numbers_compare_with_a_whole_bound(number: int, operator: str, bound: str) -> None:
    from fractions import Fraction

    if parts(bound) is None or parts(bound)[2] > 400:  # type: ignore[index]
        return
    near, exact = int(nearest_whole(operator, bound)), Fraction(bound)
    compare: dict[str, Callable[[Any], bool]] = {
        "<": lambda limit: number < limit,
        "<=": lambda limit: number <= limit,
        ">": lambda limit: number > limit,
        ">=": lambda limit: number >= limit,
    }
    assert compare[operator](near) == compare[operator](exact)
