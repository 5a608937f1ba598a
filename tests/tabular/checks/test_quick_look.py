"""The quick look at a descriptor never says other than jsonschema, and spares it where all is well."""

from __future__ import annotations

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.tabular.checks.descriptor import strict_validator
from shieldtalks.tabular.checks.quick_look import holds
from shieldtalks.tabular.jsontext import JsonError
from shieldtalks.tabular.package.named import load_json
from tests.support import ROOT
from tests.support.draws import examples

STANDARD = json.loads(
    (ROOT / "src/shieldtalks/tabular/checks/data_package.json").read_text("utf-8")
)
PROFILE = json.loads((ROOT / "schemas" / "profile.json").read_text("utf-8"))
TABLE = {"$ref": "#/$defs/tableSchema", "$defs": STANDARD["$defs"]}
SHIPPED = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
SCHEMAS = [json.loads(file.read_text("utf-8")) for file in (ROOT / "schemas/tables").glob("*.json")]


def documents() -> list[tuple[str, Any]]:
    """The descriptors of the examples that are JSON."""
    found = []
    for file in sorted((ROOT / "tests" / "examples").glob("*/*/datapackage.json")):
        try:
            found.append(("/".join(file.parts[-3:-1]), load_json(file)))
        except JsonError:
            continue
    return found


@pytest.mark.parametrize(("contract", "document"), [(STANDARD, SHIPPED), (PROFILE, SHIPPED)])
def test_the_shipped_descriptor_is_known_to_be_right(contract: Any, document: Any) -> None:
    assert holds(contract, document) is True


def test_the_shipped_schemas_are_known_to_be_right() -> None:
    assert [holds(TABLE, schema) for schema in SCHEMAS] == [True] * len(SCHEMAS)
    assert SCHEMAS


def test_of_each_example_it_says_what_jsonschema_says() -> None:
    said = set()
    for name, document in documents():
        for contract in (STANDARD, PROFILE, TABLE):
            answer = holds(contract, document)
            assert answer in (None, strict_validator()(contract).is_valid(document)), name
            said.add(answer)
    assert said >= {True, False}


VALUE = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-1, 2), st.sampled_from([0.0, 1.0, 1.5, "", "a", "1"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2)
    ),
    max_leaves=6,
)
TYPE = st.sampled_from(["object", "array", "string", "boolean", "integer", "number", "null"])
PART = st.recursive(
    st.one_of(
        st.fixed_dictionaries({"type": st.one_of(TYPE, st.lists(TYPE, min_size=1, max_size=2))}),
        st.fixed_dictionaries({"const": VALUE}),
        st.fixed_dictionaries({"enum": st.lists(VALUE, min_size=1, max_size=2)}),
        st.fixed_dictionaries({"required": st.sampled_from([["a"], ["a", "b"]])}),
        st.fixed_dictionaries({"minimum": st.integers(0, 1)}),
        st.fixed_dictionaries({"pattern": st.sampled_from(["a", "^$", "[0-9]"])}),
        st.sampled_from(
            [
                {"minItems": 1},
                {"uniqueItems": True},
                {"minLength": 1},
                {"maxLength": 0},
                {"maxItems": 1},
            ]
        ),
        st.just({"$ref": "#/$defs/known"}),
    ),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"if": inner, "then": inner}),
        st.fixed_dictionaries({"if": inner, "then": inner, "else": inner}),
        st.fixed_dictionaries({"allOf": st.lists(inner, min_size=1, max_size=2)}),
        st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=2)}),
        st.fixed_dictionaries({"items": inner}),
        st.fixed_dictionaries({"contains": inner}),
        st.fixed_dictionaries({"properties": st.fixed_dictionaries({"a": inner})}),
    ),
    max_leaves=5,
)


@pytest.mark.slow
@settings(max_examples=examples(300), deadline=None)
@given(PART, VALUE)
def test_of_any_contract_it_says_what_jsonschema_says(part: dict[str, Any], value: Any) -> None:
    contract = {**part, "$defs": {"known": {"type": "string", "minLength": 1}}}
    assert holds(contract, value) in (None, strict_validator()(contract).is_valid(value))


def places(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = [before] if before else []
    for key, item in inner if isinstance(value, (dict, list)) else ():
        found += (
            places(item, (*before, key)) if isinstance(item, (dict, list)) else [(*before, key)]
        )
    return found


@pytest.mark.slow
@settings(max_examples=examples(100), deadline=None)
@given(st.sampled_from(places(SHIPPED)), VALUE)
def test_of_a_changed_descriptor_it_says_what_jsonschema_says(
    place: tuple[Any, ...], value: Any
) -> None:
    document = deepcopy(SHIPPED)
    holder = document
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    for contract in (STANDARD, PROFILE):
        assert holds(contract, document) in (
            None,
            strict_validator()(contract).is_valid(document),
        )


def test_a_valid_package_is_checked_without_jsonschema(root: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from shieldtalks.record.checking import Options, validate;"
        "report = validate(Path(sys.argv[1]), Options(engine='sqlite'));"
        "print(len(report.findings), 'jsonschema' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(root)]
    assert subprocess.check_output(command, text=True).split() == ["0", "False"]
