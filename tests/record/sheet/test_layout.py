"""The JSON Schema of a sheet, for editors: it agrees with what the command reads."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from tests.support.sheets import LIGHTHOUSE


@pytest.mark.parametrize(
    ("old", "new", "fits"),
    [
        ("", "", True),
        ("from =", "form_ =", False),
        ('participants = { actor = "Marvonia"', 'participants = { actor = ["Marvonia"]', True),
        ('participants = { actor = "Marvonia"', "participants = { actor = 5", False),
        ('label = "Second note"', "label = true", False),
        ("[source]", "[sources]", False),
    ],
)
def test_the_schema_and_the_command_agree(root: Path, old: str, new: str, fits: bool) -> None:
    schema = json.loads((root / "schemas" / "sheet.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    text = LIGHTHOUSE.read_text("utf-8").replace(old, new, 1)
    content = tomllib.loads(text.replace("2031-05-06", '"2031-05-06"'))
    assert jsonschema.Draft202012Validator(schema).is_valid(content) is fits
    from shieldtalks.record.sheet.reading import parse_sheet

    assert (parse_sheet(text, "sheet.toml")[0] is not None) is fits
