"""Values that a schema states are compared with all their digits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import Findings, MakePackage


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
