"""The faults of a descriptor by its JSON Schema are told in plain words, for every keyword we use."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from shieldtalks.tabular.checks.json_faults import words
from tests.support import ROOT


@pytest.mark.parametrize(
    ("contract", "value", "said"),
    [
        ({"type": "string"}, {"en": "Tea"}, "an object is not a text"),
        ({"type": ["string", "array"]}, 5, "5 is not a text or a list"),
        ({"type": "boolean"}, "yes", '"yes" is not true or false'),
        ({"enum": ["tea"]}, "tee", '"tee" is not one of the allowed values; did you mean "tea"?'),
        ({"enum": ["a", "b"]}, "zzz", '"zzz" is not one of the allowed values: a, b'),
        ({"const": "table"}, "tabel", '"tabel" is not "table"'),
        ({"required": ["it's"]}, {}, '"it\'s" is missing'),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {}, '"a" or "b" is missing'),
        ({"minItems": 1}, [], "the list is empty"),
        ({"minLength": 2}, "a", "the text is shorter than 2"),
        ({"maxLength": 1}, "ab", '"ab" is longer than 1 character'),
        ({"minimum": 0}, -1, "-1 is less than 0"),
        ({"pattern": "^a"}, "b", '"b" does not match the pattern ^a'),
        (
            {"oneOf": [True, True]},
            {},
            "an object has more than one of the 2 forms that are allowed",
        ),
        (
            {"oneOf": [{"type": "string"}, {"properties": {"a": {"const": "x"}}}]},
            {"a": "y"},
            'an object has none of the forms that are allowed; in the nearest one, a: "y" is not "x"',
        ),
        ({"maxItems": 1}, [1, 2], "the list has more than 1 entry"),
        ({"maxProperties": 0}, {"a": 1}, "{'a': 1} is expected to be empty"),
    ],
)
def test_words(contract: Any, value: Any, said: str) -> None:
    (error,) = Draft202012Validator(contract).iter_errors(value)
    assert words(error) == said


def test_a_long_value_is_cut() -> None:
    (error,) = Draft202012Validator({"type": "object"}).iter_errors("a" * 10_000)
    assert len(words(error)) < 120


def keywords(part: Any) -> set[str]:
    """The keywords of a JSON Schema that can fail by themselves."""
    if not isinstance(part, dict):
        return set()
    inner = [*part.get("properties", {}).values(), *part.get("$defs", {}).values()]
    inner += [part.get("items"), part.get("then"), *part.get("anyOf", []), *part.get("allOf", [])]
    return part.keys() | set().union(*map(keywords, inner))


def test_every_keyword_of_the_standard_has_words() -> None:
    file = ROOT / "src/shieldtalks/tabular/checks/data_package.json"
    silent = {
        "$schema",
        "$id",
        "title",
        "properties",
        "$defs",
        "items",
        "$ref",
        "if",
        "then",
        "allOf",
    }
    from shieldtalks.tabular.checks.json_faults import _WORDS

    assert keywords(json.loads(file.read_text("utf-8"))) <= silent | _WORDS.keys()
