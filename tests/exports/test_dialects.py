"""A table in an unusual dialect gives the same exports, frames and comparison as one in the usual dialect."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.formatting import plan
from shieldtalks.tabular.package import read
from shieldtalks.tabular.tables.frames import frame
from shieldtalks.tabular.tables.rows import unchanged
from tests.support import EXAMPLES, MakePackage, Run
from tests.support.one_duckdb import one_duckdb
from tests.tabular.checks.test_examples import said

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "name", "type": "string"},
    {"name": "km", "type": "number"},
    {"name": "note", "type": "string", "missingValues": []},
    {"name": "sea", "type": "string"},
]
USUAL = 'id,name,km,note,sea\n1,"Elbe, ""Labe""",1094.5,a,\n2,"two\nlines",,b,\n3,#Rhine,7,,\n'
ODD = (
    "Rivers\rx::km::note::name::id\r?::1094.5::a::'Elbe, \"Labe\"'::1\r# no\r"
    "?::!N::b::two\nlines::2\r?::7::::#Rhine::3\r"
)
DIALECT = {
    "delimiter": "::",
    "quoteChar": "'",
    "escapeChar": "!",
    "nullSequence": "!N",
    "commentChar": "#",
    "headerRows": [2],
    "lineTerminator": "\r",
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same table twice: in the usual dialect, and in an unusual one in a file of its own."""
    folders = []
    for text, entry, match in (
        (USUAL, {}, "exact"),
        (ODD, {"dialect": "dialect.json"}, "partial"),
    ):
        folder = tmp_path_factory.mktemp("form")
        schema = {"fields": FIELDS, "primaryKey": "id", "fieldsMatch": match}
        resource = {"name": "rivers", "path": "rivers.csv", "schema": schema} | entry
        descriptor = {"name": "made", "resources": [resource]}
        (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        (folder / "rivers.csv").write_text(text, "utf-8", newline="")
        (folder / "dialect.json").write_text(json.dumps(DIALECT), "utf-8")
        folders.append(folder)
    return folders[0], folders[1]


@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
def test_texts_are_the_same(form: str, forms: tuple[Path, Path], run: Run) -> None:
    one, two = (
        run("export", form, folder, "--table", "rivers", "-o", "-", code=0).stdout
        for folder in forms
    )
    rows = [json.loads(text) for text in (one, two)] if form == "json" else [one, two]
    assert rows[0] == rows[1]


def test_a_database_is_the_same(forms: tuple[Path, Path], tmp_path: Path, run: Run) -> None:
    rows = []
    for number, folder in enumerate(forms):
        file = tmp_path / f"{number}.sqlite"
        run("export", "sqlite", folder, "-o", file, code=0)
        with sqlite3.connect(file) as connection:
            rows.append(connection.execute("SELECT * FROM rivers ORDER BY id").fetchall())
        connection.close()
    assert rows[0] == rows[1] != []


def test_an_exported_package_is_valid(forms: tuple[Path, Path], tmp_path: Path, run: Run) -> None:
    run("export", "csv", forms[1], "-o", tmp_path / "out", code=0)
    report = validate(tmp_path / "out")
    assert (report.findings, report.rows) == ([], {"rivers": 3})


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_frames_are_the_same(backend: str, forms: tuple[Path, Path]) -> None:
    pytest.importorskip(backend)
    one, two = (frame(unchanged(read(f).resources[0]), backend) for f in forms)
    assert one.equals(two)


def test_no_row_differs(forms: tuple[Path, Path], run: Run) -> None:
    changes = json.loads(run("diff", *forms, "--format", "json", code=0).stdout)["changes"]
    kinds = {change["kind"] for change in changes}
    assert kinds == {
        "reading-changed",
        "metadata-changed",
        "constraint-looser",
        "missing-values-changed",
    }


def test_fmt_leaves_it_and_says_so(forms: tuple[Path, Path]) -> None:
    planned = plan(read(forms[1]))
    assert (planned.changes, planned.findings) == ([], [])
    (note,) = planned.notes
    assert note.endswith("rivers.csv stays as it is")


@pytest.mark.slow
@one_duckdb()
def test_both_engines_find_the_same_in_each_dialect() -> None:
    for folder in sorted(EXAMPLES.glob("*/*")):
        if folder.name.startswith(("dialect-", "fields-match-", "format-tsv")):
            one, two = (validate(folder, Options(engine=name)) for name in ("sqlite", "duckdb"))
            assert [said(f.as_dict()) for f in two.findings] == [
                said(f.as_dict()) for f in one.findings
            ]
            assert (two.rows, two.skipped) == (one.rows, one.skipped)


@pytest.mark.parametrize(
    ("dialect", "text", "wanted"),
    [
        ({"quoteChar": "'"}, "id,name\n2,'b'\n1,'a,'''\n", "id,name\n1,'a,'''\n2,b\n"),
        ({"header": False, "delimiter": ";"}, '2;"b"\r\n1;a\r\n', "1;a\n2;b\n"),
        ({"nullSequence": "NA"}, "id,name\n2,NA\n1,a\n", "id,name\n1,a\n2,NA\n"),
        ({"commentChar": "#"}, "id,name\n2,b\n1,a\n", None),
        ({"escapeChar": "\\"}, "id,name\n2,b\n1,a\n", None),
        ({"quoteChar": ""}, "id,name\n2,b\n1,a\n", None),
        ({"headerRows": [2]}, "x,y\nid,name\n2,b\n1,a\n", None),
        ({"quoteChar": "'", "caseSensitiveHeader": False}, "ID,name\n2,b\n1,a\n", None),
    ],
)
def test_fmt_writes_a_table_in_its_own_dialect(
    dialect: dict[str, object], text: str, wanted: str | None, make_package: MakePackage
) -> None:
    fields = [FIELDS[0], {"name": "name"}]
    folder = make_package(text, fields, dialect=dialect)
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["schema"]["primaryKey"] = "id"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    planned = plan(read(folder))
    assert planned.findings == []
    assert [change.content.decode() for change in planned.changes] == ([wanted] if wanted else [])
    assert len(planned.notes) == int(wanted is None)
