"""Names of fields and tables cannot meet names of ours in SQL, on either engine."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.checking import Options, validate

#: Names that mean something to SQL, to an engine, or in the statements of this program.
NAMES = [
    *("rowid", "_rowid_", "oid", "true", "FALSE", "null", "select", "main", "memory", "store"),
    *("c0", "c1", "c2", "t0", "a0", "whole", "cells", "number", "k", "before", "first_row"),
    *("t", "r", "g", "c", "p", "v", "w", "*", "a.b", "a'b", 'a"b', "a\nb", " ", "x\x01", "\x01"),
    *("{}", "{x}", "{n}", "%s", "%(x)s", "?", ":x", "$1", "@a", "--", "/*", "\\", "🙂", "e\u0301"),
    *("ß", "duckdb_tables", "pragma_table_info", "information_schema", "t.csv", "x" * 300),
]


def package(folder: Path, tables: dict[str, list[str]]) -> Path:
    """Tables with these fields. In each, rows break the type, a key and a reference to the same table."""
    resources: list[dict[str, Any]] = []
    for number, (table, names) in enumerate(tables.items()):
        rest = len(names) - 1
        rows = [["1", *["2"] * rest], ["2", *["1"] * rest], ["1", *["1"] * rest]]
        rows += [["4", *["9"] * rest], ["5", *["x"] * rest], ["", *["1"] * rest]]
        with (folder / f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([names, *rows])
        link = {"fields": names[-1], "reference": {"resource": "", "fields": names[0]}}
        schema = {
            "fields": [{"name": name, "type": "integer"} for name in names],
            "primaryKey": names[0],
            "uniqueKeys": [[names[0], names[-1]]],
            "foreignKeys": [link],
        }
        resources.append({"name": table, "path": f"{number}.csv", "schema": schema})
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_no_name_of_a_field_or_a_table_is_taken(engine: str, tmp_path: Path) -> None:
    tables = {name: [name, NAMES[place - 1], "last"] for place, name in enumerate(NAMES)}
    tables |= {f"{name}\x01": ["first", name] for name in NAMES}
    report = validate(package(tmp_path, tables), Options(engine=engine))
    found: dict[str, list[tuple[int, str, str]]] = {}
    for finding in report.findings:
        if finding.table and finding.row and finding.field:
            place = finding.row, finding.field, finding.rule
            found.setdefault(finding.table, []).append(place)
        else:
            assert finding.rule == "control-character"
    for table, names in tables.items():
        first, last = names[0], names[-1]
        wanted = [
            *[(3, first, "primary-key"), (4, last, "foreign-key")],
            *[(5, name, "type") for name in names[1:]],
            (6, first, "primary-key"),
        ]
        assert sorted(found[table]) == sorted(wanted), table
