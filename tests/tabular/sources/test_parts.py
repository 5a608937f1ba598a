"""A table in several files: the same findings as in one file, each at the file and line that it is of."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shieldtalks.tabular.findings import Finding
from shieldtalks.tabular.package import read
from shieldtalks.tabular.sources.parts import headed, lines_of
from shieldtalks.tabular.validation import Options, validate
from tests.support.draws import examples
from tests.support.one_duckdb import one_duckdb

FIELDS = [
    {"name": "id", "type": "integer", "constraints": {"unique": True, "maximum": 7}},
    {"name": "word", "type": "string", "constraints": {"required": True}},
    {"name": "above", "type": "integer"},
]
LINK = {"fields": ["above"], "reference": {"resource": "", "fields": ["id"]}}
HEADER = "id,word,above\n"

#: Rows with and without faults of cells, keys, structure and bytes, each on one line or on two.
ROWS = st.lists(
    st.sampled_from(
        [
            "1,a,1",
            "2,b,",
            "3,c,2",
            "3,d,9",
            "x,e,3",
            "8,f,1",
            "4,,",
            ",,",
            "5,g",
            "6,h,1,",
            "",
            '7,"i\nj",1',
            "1,k\x07,",
            "2,l,1\r",
            '"id",m,2',
            "5,\xe9,2",
        ]
    ),
    max_size=8,
)


def _package(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="")
    table = {"name": "t", "path": list(files), "schema": {"fields": FIELDS, "foreignKeys": [LINK]}}
    (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [table]}))
    return folder


def _as_one(found: Finding, offsets: dict[str, int]) -> Finding:
    """A finding with its places in the one large file."""

    def line_of(match: re.Match[str]) -> str:
        return f"line {int(match[1]) + offsets[match[2] or found.file]}"

    message = re.sub(r"line (\d+)(?: of (\S+\.csv))?", line_of, found.message)
    line = found.line and found.line + offsets[found.file]
    return replace(found, message=message, line=line, file="whole.csv")


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("duckdb", marks=pytest.mark.slow)])
@settings(max_examples=examples(30))
@example(rows=["1,a,1", "3,c,2", "2,b,"], cuts=[0, 1], repeated=True)
@example(rows=["1,a,1", '7,"i\nj",1', "2,b,7", "9,c,1"], cuts=[1, 2], repeated=False)
@given(rows=ROWS, cuts=st.lists(st.integers(0, 8), min_size=1, max_size=3), repeated=st.booleans())
@one_duckdb()
def test_parts_have_the_findings_of_the_whole(
    engine: str,
    rows: list[str],
    cuts: list[int],
    repeated: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    lines = [f"{row}\n" for row in rows]
    bounds = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    files, offsets, before = {}, {}, 1
    for number, (start, end) in enumerate(pairwise(bounds)):
        text, name = "".join(lines[start:end]), f"part{number}.csv"
        has_header = repeated or number == 0
        if not has_header and not text:
            continue  # an empty file is a fault of its own
        files[name] = (HEADER if has_header else "") + text
        offsets[name] = before - has_header
        before += text.count("\n")
    folder = tmp_path_factory.mktemp("parts")
    options = Options(engine=engine)
    whole = validate(_package(folder / "one", {"whole.csv": HEADER + "".join(lines)}), options)
    split = validate(_package(folder / "several", files), options)
    assert split.rows == whole.rows
    # A hint may differ, since fmt does not change a table in several files.
    found = [replace(_as_one(finding, offsets), hint=None) for finding in split.findings]
    wanted = [replace(finding, hint=None) for finding in whole.findings]
    assert sorted(map(repr, found)) == sorted(map(repr, wanted))


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (["id,word,above", "id,word,above"], [True, True]),
        (["id,word,above", "1,a,2"], [True, False]),
        (["id,word,above", "1,a,2", "id,word,above"], [True, True, True]),
        (["id,word,above", "ID, Word ,number"], [True, True]),
        (["id,word,above", "\ufeffid,word,above"], [True, True]),
        (["id,word,above", "id,word,\n"], [True, True]),
        (["id,word,above", ""], [True, False]),
        (["id,word,above", "1,word,3"], [True, False]),
    ],
)
def test_which_files_have_a_header(tmp_path: Path, starts: list[str], expected: list[bool]) -> None:
    files = {f"{number}.csv": start for number, start in enumerate(starts)}
    (table,) = read(_package(tmp_path, files)).resources
    assert headed(table) == expected


def test_the_lines_of_all_files_are_one_text(tmp_path: Path) -> None:
    files = {"a.csv": HEADER + "1,a,", "b.csv": "\ufeff" + HEADER + "2,b,1\r\n", "c.csv": HEADER}
    (table,) = read(_package(tmp_path, files)).resources
    assert "".join(lines_of(table)) == HEADER + "1,a,\n2,b,1\r\n"
    files = {"a.csv": HEADER + "1,a,", "b.csv": '2,"b\nc",1'}
    (table,) = read(_package(tmp_path, files)).resources
    assert "".join(lines_of(table)) == HEADER + '1,a,\n2,"b\nc",1\n'


def test_an_empty_first_file_takes_no_row_away(tmp_path: Path) -> None:
    (table,) = read(_package(tmp_path, {"a.csv": "", "b.csv": HEADER + "1,a,\n"})).resources
    assert "".join(lines_of(table)) == HEADER + "1,a,\n"


def test_a_missing_part_hides_no_fault_and_makes_none(tmp_path: Path, run: Any) -> None:
    """References to the rows of a missing file are not called wrong."""
    folder = _package(tmp_path, {"a.csv": HEADER + "1,a,5\nx,b,1\n", "b.csv": HEADER})
    (folder / "b.csv").unlink()
    result = run("validate", folder, "--format", "json", code=2)
    found = json.loads(result.stdout)["findings"]
    assert [(f["file"], f["rule"], f["line"]) for f in found] == [
        ("a.csv", "type", 3),
        ("b.csv", "file", None),
    ]


def test_a_rule_places_its_findings_in_the_parts(tmp_path: Path, run: Any) -> None:
    folder = _package(
        tmp_path, {"a.csv": HEADER + "1,a,1\n", "b.csv": HEADER + '2,"b\nb",1\n3,c,\n'}
    )
    rules = tmp_path / "rules"
    rules.mkdir()
    sql = "-- No c.\n-- tables: t\nSELECT 't' AS \"table\", _row, 'word', word FROM t WHERE word = 'c'"
    (rules / "no-c.sql").write_text(sql)
    result = run("validate", folder, "--rules", rules, code=1)
    assert result.stdout.endswith("b.csv:4: no-c: word: No c.\n")


@pytest.mark.parametrize(
    "path", [[], [1, "a.csv"], ["a.csv", "../b.csv"], ["a.csv", "https://data.example/b.csv"]]
)
def test_paths_that_are_no_files_of_the_package(tmp_path: Path, run: Any, path: list[Any]) -> None:
    folder = _package(tmp_path, {"a.csv": HEADER})
    descriptor = json.loads((folder / "datapackage.json").read_text())
    descriptor["resources"][0]["path"] = path
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    run("validate", folder, code=2)
