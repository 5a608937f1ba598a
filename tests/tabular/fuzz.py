"""`make fuzz`: whatever bytes come as descriptor, schema or table, validation ends with a report.

A coverage-guided fuzz target for atheris; arguments go to libFuzzer, such as -max_total_time=60.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import atheris

from tests.support import EXAMPLES

with atheris.instrument_imports(include=["shieldtalks"]):
    from shieldtalks.record.checking import Options, validate
    from shieldtalks.tabular.findings import Report
    from shieldtalks.tabular.reports import github, html, junit, sarif, text
    from shieldtalks.tabular.reports import json as report_json

FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "day", "type": "date"},
    {"name": "parent", "type": "integer"},
    {"name": "kind", "constraints": {"enum": ["a", "b"], "required": True}},
    {"name": "text", "constraints": {"maxLength": 9, "pattern": "[a-z ]*"}},
]
SCHEMA: dict[str, Any] = {
    "fields": FIELDS,
    "primaryKey": "id",
    "uniqueKeys": [["day", "kind"]],
    "foreignKeys": [{"fields": "parent", "reference": {"resource": "", "fields": "id"}}],
}
HEADER = ",".join(str(field["name"]) for field in FIELDS).encode()


def descriptor(schema: Any) -> bytes:
    """A package of one table with this schema."""
    resource = {"name": "t", "path": "t.csv", "schema": schema}
    return json.dumps({"resources": [resource]}).encode()


def check(content: bytes, table: bytes) -> None:
    """Validate a package of these bytes and write its report in every form."""
    (FOLDER / "datapackage.json").write_bytes(content)
    (FOLDER / "t.csv").write_bytes(table)
    # DuckDB takes ten times as long to start: every eighth input is enough for it.
    for engine in ("sqlite", "duckdb") if len(table) % 8 == 0 else ("sqlite",):
        report = validate(FOLDER, Options(engine=engine, with_rows=True))
        assert isinstance(report, Report)
        assert report.exit_code in (0, 1, 2)
        list(text.lines(report))
        list(github.lines(report))
        junit.text([report])
        sarif.text([report], "0")
        report_json.text([report])
        list(html.parts([report]))


def one_input(data: bytes) -> None:
    """The first byte chooses what the others are."""
    kind, rest = data[:1], data[1:]
    if kind < b"\x55":
        check(descriptor(SCHEMA), HEADER + b"\n" + rest)
    elif kind < b"\xaa":
        check(rest, HEADER + b"\n1,2008-11-05,1,a,x\n")
    else:
        try:
            schema = json.loads(rest)
        except (ValueError, RecursionError):
            schema = {"fields": [{"name": "a", "constraints": {"pattern": rest.decode("latin-1")}}]}
        check(descriptor(schema), HEADER + b"\n1,2008-11-05,1,a,x\n")


def corpus() -> Path:
    """A folder of first inputs: the descriptors, schemas and tables of the examples."""
    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    kinds = {"datapackage.json": b"\x60", ".json": b"\xb0", ".csv": b"\x01"}
    files = (path for path in sorted(EXAMPLES.rglob("*.*")) if path.is_file())
    for number, file in enumerate(files):
        kind = kinds.get(file.name) or kinds.get(file.suffix)
        if kind is not None:
            (folder / str(number)).write_bytes(kind + file.read_bytes()[:4000])
    return folder


if __name__ == "__main__":
    atheris.Setup([*sys.argv, str(corpus())], one_input)
    atheris.Fuzz()
