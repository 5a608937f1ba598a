"""Questions about a schema have an answer for any JSON value, and never raise."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.tabular.package import schema as questions

NAMES = [
    "fields",
    "name",
    "type",
    "format",
    "constraints",
    "enum",
    "unique",
    "categories",
    "missingValues",
    "value",
    "label",
    "primaryKey",
    "uniqueKeys",
    "foreignKeys",
    "reference",
    "resource",
    "$schema",
]
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["", "a", "string"])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
    max_leaves=20,
)


@pytest.mark.slow
@given(schema=JSON, field=JSON)
def test_no_question_raises(schema: Any, field: Any) -> None:
    for entry in (field, *questions.fields_of(schema)):
        assert all(isinstance(word, str) for word in questions.kind(entry))
        questions.codes(entry)
        questions.categories(entry)
        assert all(isinstance(word, str) for word in questions.missing_values(schema, entry))
        questions.missing_labels(schema, entry)
    questions.primary_key(schema)
    questions.own_keys(schema)
    questions.foreign_keys(schema, "t")
    questions.required_fields(schema)
    questions.standard_version(schema, field)
    if isinstance(schema, dict):
        questions.without_foreign_keys(schema, "t", {"t"})


@pytest.mark.parametrize(
    ("schema", "field", "words"),
    [
        ({}, {}, [""]),
        ({"missingValues": ["-"]}, {}, ["-"]),
        ({"missingValues": ["-"]}, {"missingValues": []}, []),
        ({"missingValues": [{"value": "-9", "label": "none"}, "x"]}, {}, ["-9", "x"]),
        ({"missingValues": [{}, 5, None, "x"]}, {}, ["x"]),
        ({"missingValues": 5}, {}, [""]),
    ],
)
def test_missing_values_are_those_that_the_standard_allows(
    schema: dict[str, Any], field: dict[str, Any], words: list[str]
) -> None:
    assert questions.missing_values(schema, field) == words


@pytest.mark.parametrize(
    ("addresses", "version"),
    [
        ([None], 1),
        (["https://datapackage.org/profiles/2.0/datapackage.json"], 2),
        (["https://datapackage.org/profiles/1.0/tableschema.json", "/profiles/2.0/"], 1),
        ([None, "https://datapackage.org/profiles/2.0/datapackage.json"], 2),
        ([5], None),
        (["https://data.example/own.json"], None),
        (["https://specs.frictionlessdata.io/schemas/data-package.json"], 1),
    ],
)
def test_the_innermost_address_gives_the_version_of_the_standard(
    addresses: list[Any], version: int | None
) -> None:
    descriptors = [{"$schema": address} for address in addresses]
    assert questions.standard_version(*descriptors) == version
