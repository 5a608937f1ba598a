"""Where the tables have a row that a finding about a sheet names."""

from __future__ import annotations

import json
from pathlib import Path

from shieldtalks.record.sheet.verdict import line_of
from shieldtalks.tabular.package import read


def test_the_key_may_be_in_any_column(tmp_path: Path) -> None:
    """A text with a line break is before the row, and another cell has the same text as the key."""
    fields = [{"name": name, "type": "string"} for name in ("text", "claim_id", "notes")]
    claims = {
        "name": "claims",
        "path": "claims.csv",
        "encoding": "latin-1",
        "schema": {"fields": fields, "primaryKey": "claim_id"},
    }
    descriptor = {"name": "x", "resources": [claims]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    text = 'text,claim_id,notes\n"caf\u00e9\nnoir",clm-0001,\nclm-0002,clm-0003,\nx,clm-0002,\n'
    (tmp_path / "claims.csv").write_text(text, "latin-1")
    package = read(tmp_path / "datapackage.json")
    assert [line_of(package, "claims", f"clm-000{n}") for n in (1, 2, 3, 4)] == [2, 5, 4, None]
    assert line_of(package, "events", "evt-0001") is None
