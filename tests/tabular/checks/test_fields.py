"""What is said of a schema: values with all their digits, and no address that only this project has."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT, Findings, MakePackage


@pytest.mark.parametrize(
    ("numbers", "rules"),
    [
        ("[0.0, 2e-324]", []),
        ("[0.1, 0.10000000000000000001]", []),
        ("[0.5, 0.25, 0.5]", ["schema"]),
    ],
)
def test_only_equal_numbers_are_listed_twice(
    numbers: str, rules: list[str], make_package: MakePackage, findings: Findings
) -> None:
    field = {"name": "a", "type": "number", "constraints": {"enum": ["NUMBERS"]}}
    package: Path = make_package("a\n", [field])
    file = package / "datapackage.json"
    file.write_text(file.read_text("utf-8").replace('["NUMBERS"]', numbers), "utf-8")
    assert [found["rule"] for found in findings(package)] == rules


@pytest.mark.parametrize(
    ("schema", "shown"),
    [
        (5, "5"),
        (1.5, "1.5"),
        (True, "true"),
        (None, "null"),
        ([], "a list"),
        ([{"name": "a"}], "a list"),
    ],
)
def test_a_schema_that_is_no_schema(
    schema: Any, shown: str, make_package: MakePackage, findings: Findings
) -> None:
    (found,) = findings(make_package("a\n", [], schema=schema))
    assert found["rule"] == "schema"
    assert found["message"] == f"the schema is {shown}, not an object with a list of fields"


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ({"type": "year", "format": "default2"}, "Supported here: default"),
        ({"type": "string", "constraints": {"longest": 3}}, "Supported constraints: "),
        ({"type": "string", "constraints": {"pattern": "b(?=a)"}}, "Write the pattern without"),
    ],
)
def test_a_hint_says_what_is_supported(
    field: dict[str, Any], hint: str, make_package: MakePackage, findings: Findings
) -> None:
    package = make_package("a\n", [{"name": "a", **field}])
    (found,) = [one for one in findings(package) if one["rule"] == "unsupported"]
    assert found["hint"].startswith(hint)


def test_no_message_names_a_file_of_this_project() -> None:
    """Who reads a message has neither the folder `docs` nor the folder `tests`."""
    for file in sorted((ROOT / "src" / "shieldtalks" / "tabular").rglob("*.py")):
        texts = [
            node.value
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [text for text in texts if "docs/" in text and "\n" not in text], file


def test_a_taken_name_is_shown_as_it_is_written(
    make_package: MakePackage, findings: Findings
) -> None:
    (found,) = findings(make_package("_Row\n1\n", [{"name": "_Row"}]))
    assert found["message"] == 'a field is called "_Row"'
