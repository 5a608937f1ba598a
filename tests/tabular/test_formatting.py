"""`fmt` changes the form of a package, never its content."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.tabular.findings import Severity
from shieldtalks.tabular.formatting import plan
from shieldtalks.tabular.package import Package, read
from shieldtalks.tabular.tables.rows import rows
from shieldtalks.tabular.validation import validate
from tests.support import ROOT
from tests.support.files import SCHEMA, with_files

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"

#: Texts of each type; several of one value where the type allows it.
VALUES = {
    "string": ["a", "b c", 'say "so"', "x;y", "x,y", "x|y", "x\ty", "two\nlines", "NaN", "0", "é"],
    "boolean": ["true", "false", "TRUE", "1", "0"],
    "number": ["1", "1.0", "-0.5", "1e3", "NaN", "INF", "99999999999999999999.1"],
    "integer": ["1", "01", "-7", "99999999999999999999", "+3"],
    "date": ["2008-11-05", "2009-01-31"],
    "time": ["09:30:00", "10:00:00"],
    "datetime": ["2008-11-05T09:30:00Z", "2008-11-05T09:30:00"],
    "year": ["2008", "1999"],
    "yearmonth": ["2008-11", "1999-01"],
    "any": ["1", "true", "x", "2008-11-05"],
}
MISSING: list[Any] = [
    None,
    [""],
    [],
    ["", "NA"],
    ["-98", "-99"],
    [{"value": ""}, {"value": "-98", "label": "DON'T KNOW"}, {"value": "-99", "label": "REFUSED"}],
]


def spellings(missing: Any) -> list[str]:
    """The texts that mean "no value"."""
    listed = [""] if missing is None else missing
    return [word["value"] if isinstance(word, dict) else word for word in listed]


@st.composite
def packages(draw: st.DrawFn) -> tuple[dict[str, Any], bytes]:
    """The resource of a table with drawn fields, and the content of its file."""
    types = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=4))
    missing = draw(st.sampled_from(MISSING))
    fields: list[dict[str, Any]] = []
    choices = []
    for number, name in enumerate(types):
        own = draw(st.sampled_from([*MISSING, *[None] * 6]))
        words = spellings(missing if own is None else own)
        fields.append({"name": f"f{number}", "type": name})
        fields[-1] |= {} if own is None else {"missingValues": own}
        empty = [""] if name in ("string", "any") else []
        choices.append(st.sampled_from([*VALUES[name], *words, *empty]))
    table = draw(st.lists(st.tuples(*choices), max_size=6))
    schema: dict[str, Any] = {"fields": fields}
    schema |= {} if missing is None else {"missingValues": missing}
    if draw(st.booleans()):
        schema["primaryKey"] = draw(st.sampled_from(["f0", [field["name"] for field in fields]]))
    delimiter = draw(st.sampled_from([",", ";", "|", "\t", " "]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    quote = draw(st.sampled_from(['"', '"', "'", "%"]))
    header = draw(st.sampled_from([True, True, False]))
    dialect = {"delimiter": delimiter, "quoteChar": quote, "header": header}
    dialect |= draw(st.sampled_from([{}, {"lineTerminator": end}]))
    encoding = draw(st.sampled_from(["utf-8", "utf-16", "iso-8859-1"]))
    resource = {
        "name": "t",
        "path": "t.csv",
        "encoding": encoding,
        "dialect": dialect,
        "schema": schema,
    }
    text = io.StringIO(newline="")
    quoting: Literal[0, 1] = draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    form = {"delimiter": delimiter, "quotechar": quote, "lineterminator": end}
    writer = csv.writer(text, quoting=quoting, **form)
    names = [field["name"] for field in fields]
    writer.writerows([*([names] if header else []), *table])
    return resource, text.getvalue().encode(encoding)


def as_written(package: Package) -> list[Counter[tuple[str, ...]]]:
    """The cells of each table as they are written. Rows are counted: their order may change."""
    found = []
    for resource in package.resources:
        text = resource.file.read_text(resource.encoding)
        form = {"delimiter": resource.dialect.delimiter, "quotechar": resource.dialect.quote}
        reader = csv.reader(io.StringIO(text, newline=""), **form)
        found.append(Counter(tuple(row) for row in reader if row))
    return found


def values(package: Package) -> list[Any]:
    """The logical value of each cell, sorted if the table has a key and its rows may be sorted."""
    found = []
    for resource in package.resources:
        table = [repr(list(row.values())) for row in rows(resource)]
        found.append(sorted(table) if resource.primary_key else table)
    return found


def format_package(folder: Path) -> list[str]:
    """Write what `fmt` would change, and return the paths."""
    planned = plan(read(folder))
    assert planned.findings == []
    for change in planned.changes:
        (folder / change.path).write_bytes(change.content)
    return [change.path for change in planned.changes]


@pytest.mark.slow
@given(drawn=packages())
def test_a_valid_package_stays_valid_and_keeps_each_value(
    drawn: tuple[dict[str, Any], bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("drawn")
    resource, content = drawn
    (folder / "t.csv").write_bytes(content)
    descriptor = {"$schema": V2, "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    if validate(folder).findings:
        return
    before, written = values(read(folder)), as_written(read(folder))
    format_package(folder)
    assert validate(folder).findings == []
    assert values(read(folder)) == before
    assert as_written(read(folder)) == written
    assert format_package(folder) == []


def real() -> Path:
    """The folder of published packages; without it the test skips, and says so."""
    named = os.environ.get("SHIELDTALKS_REAL")
    folder = Path(named) if named else ROOT.parent / "shared" / "real"
    if not folder.is_dir():
        pytest.skip(f"the published packages are not at hand ({folder}); set SHIELDTALKS_REAL")
    return folder


def test_published_packages_keep_each_value(tmp_path: Path) -> None:
    for source in sorted(real().rglob("datapackage.json")):
        folder = tmp_path / source.parent.name
        shutil.copytree(source.parent, folder)
        planned = plan(read(folder))
        if planned.findings and validate(folder).exit_code == 2:
            continue
        before, written = values(read(folder)), as_written(read(folder))
        for change in planned.changes:
            (folder / change.path).write_bytes(change.content)
        assert values(read(folder)) == before
        assert as_written(read(folder)) == written


def package_of(folder: Path, content: bytes, schema: dict[str, Any], **entry: Any) -> Path:
    resource = {"name": "t", "path": "t.csv", "schema": schema, **entry}
    (folder / "t.csv").write_bytes(content)
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    return folder


TWO: dict[str, Any] = {"fields": [{"name": "a"}, {"name": "b"}]}


@pytest.mark.parametrize(
    ("content", "schema"),
    [
        (b"a,b\n1,-98\n2,-99\n", TWO | {"missingValues": ["", "-98", "-99"]}),
        (b"a,b\n1,\n2,NA\n", TWO | {"missingValues": ["NA"]}),
        (b'a,b\n1,\n2,""\n"",3\n', TWO | {"missingValues": ["NA"]}),
        (b'a,b\n1,"two\r\nlines"\n2,"\r"\n', TWO),
        (b'a\n""\n1\n', {"fields": [{"name": "a"}]}),
        (b"a,b\n2,x\n1,y\n2,x\n", TWO),
    ],
    ids=["codes", "no-empty-code", "quoted-empty", "returns-in-cells", "one-column", "no-key"],
)
def test_what_is_content_is_not_touched(
    content: bytes, schema: dict[str, Any], tmp_path: Path
) -> None:
    planned = plan(read(package_of(tmp_path, content, schema)))
    assert planned.changes == []


def test_a_quoted_empty_cell_moves_with_its_row(tmp_path: Path) -> None:
    schema = TWO | {"missingValues": ["NA"], "primaryKey": "a"}
    package = package_of(tmp_path, b'a,b\n3,""\n\n2,\n1,"x"\n', schema)
    assert format_package(package) == ["t.csv"]
    assert (package / "t.csv").read_bytes() == b'a,b\n1,x\n2,\n3,""\n'


@pytest.mark.parametrize(
    ("content", "schema"),
    [
        (b"a\n1\n\n2\n", {"fields": [{"name": "a"}]}),
        (b"a,b\n1,x\ry\n2,z\n", TWO),
        (b"a,b\n1,x\x0by\n2,z\r\n", TWO),
        (b"a,b\n1\n2,z\n", TWO),
        (b"a,b\n1,\xff\n", TWO),
        (b"b,a\n1,2\n", TWO),
    ],
    ids=["blank-row-or-no-value", "lone-return", "control", "short-row", "bytes", "columns"],
)
def test_what_cannot_be_rewritten_without_a_loss_is_left_with_a_finding(
    content: bytes, schema: dict[str, Any], tmp_path: Path
) -> None:
    planned = plan(read(package_of(tmp_path, content, schema)))
    assert planned.changes == []
    assert [finding.table for finding in planned.findings] == ["t"]


UNSORTED = b'id,b\n2,"x"\n1,y\n'


@pytest.mark.parametrize(
    ("wrong", "rules"),
    [
        ({"example": "one"}, []),
        ({"rdfType": "a class"}, ["schema"]),
        ({"missingValues": [{"value": "-"}]}, ["schema"]),
        ({"title": 5}, ["descriptor"]),
    ],
)
def test_what_keeps_no_table_from_being_read_keeps_it_from_no_form(
    wrong: dict[str, Any], rules: list[str], tmp_path: Path
) -> None:
    fields = [{"name": "id", "type": "integer", **wrong}, {"name": "b", "type": "string"}]
    package = package_of(tmp_path, UNSORTED, {"fields": fields, "primaryKey": ["id"]})
    planned = plan(read(package))
    assert [(change.path, change.content) for change in planned.changes] == [
        ("t.csv", b"id,b\n1,y\n2,x\n")
    ]
    assert [finding.rule for finding in planned.findings] == rules


def test_a_table_with_two_fields_of_the_same_name_is_left_with_a_finding(tmp_path: Path) -> None:
    fields = [{"name": "id", "type": "integer"}, {"name": "id", "type": "string"}]
    planned = plan(read(package_of(tmp_path, UNSORTED, {"fields": fields, "primaryKey": ["id"]})))
    assert planned.changes == []
    assert [finding.rule for finding in planned.findings] == ["unsupported"]


def test_a_file_of_two_tables_is_left_with_a_finding(tmp_path: Path) -> None:
    package_of(tmp_path, b"a,b\n2,x\n1,y\n", TWO)
    one = {"name": "one", "path": "t.csv", "schema": TWO | {"primaryKey": "a"}}
    other = {"name": "other", "path": "t.csv", "schema": TWO | {"primaryKey": "b"}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [one, other]}), "utf-8")
    planned = plan(read(tmp_path))
    assert planned.changes == []
    assert {finding.severity for finding in planned.findings} == {Severity.FATAL}


def test_another_package_gets_no_dates_of_the_record(tmp_path: Path, run: Any) -> None:
    fields = [{"name": name} for name in ("d_edtf", "d_earliest", "d_latest")]
    content = b"d_edtf,d_earliest,d_latest\n2008-11,early,late\n"
    run("fmt", package_of(tmp_path, content, {"fields": fields}), code=0)
    assert (tmp_path / "t.csv").read_bytes() == content


def test_the_descriptor_keeps_its_numbers_and_the_algorithm_of_its_hash(tmp_path: Path) -> None:
    content = b"a,b\r\n1,x\r\n"
    package_of(tmp_path, content, TWO, hash="md5:0", bytes=0)
    file = tmp_path / "datapackage.json"
    text = file.read_text("utf-8").replace(
        '"resources"', '"x": [0.1000000000000000000001, 1E400, -0], "y": "\\ue0001", "resources"', 1
    )
    file.write_text(text, "utf-8")
    assert format_package(tmp_path) == ["t.csv", "datapackage.json"]
    new = file.read_text("utf-8")
    assert "0.1000000000000000000001" in new
    assert "1E400" in new
    assert "-0\n" in new
    assert json.loads(new)["y"] == "\ue0001"
    assert '"hash": "md5:' in new
    assert validate(tmp_path).findings == []


def test_files_that_are_copied_as_they_are_get_their_seals(tmp_path: Path) -> None:
    package = with_files(
        tmp_path / "package",
        {
            "readme": {"path": "README.md", "hash": "sha512:0", "bytes": 0},
            "plain": {"path": "plain.csv", "hash": "0" * 32},
            "t": {"path": "t.csv", "schema": SCHEMA, "bytes": 0},
            "notes": {"path": "notes.txt"},
        },
    )
    assert sorted(f.rule for f in validate(package).findings) == ["bytes", "hash", "hash"]
    assert format_package(package) == ["datapackage.json"]
    assert validate(package).findings == []
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    readme, plain, table, notes = descriptor["resources"]
    assert readme["hash"].startswith("sha512:")
    assert (readme["bytes"], table["bytes"]) == (4, 4)
    assert plain.keys() == {"name", "path", "hash"}
    assert notes.keys() == {"name", "path"}
    assert format_package(package) == []


@pytest.mark.parametrize("entry", [{}, {"format": "txt"}, {"profile": "data-resource"}])
def test_a_file_that_is_rewritten_for_a_table_is_sealed_anew_wherever_it_is_named(
    entry: dict[str, str], tmp_path: Path
) -> None:
    content = b"a,b\r\n1,x\r\n"
    package_of(tmp_path, content, TWO)
    table = {"name": "table", "path": "t.csv", "schema": TWO}
    same = {"name": "file", "path": "./t.csv", "hash": f"sha256:{sha256(content).hexdigest()}"}
    resources = {"resources": [entry | same, table]}
    (tmp_path / "datapackage.json").write_text(json.dumps(resources), "utf-8")
    assert validate(tmp_path).findings == []
    assert format_package(tmp_path) == ["t.csv", "datapackage.json"]
    assert validate(tmp_path).findings == []
    assert format_package(tmp_path) == []


def test_a_file_that_is_not_there_has_no_seal(tmp_path: Path) -> None:
    entries = {
        "readme": {"path": "README.md", "bytes": 0},
        "t": {"path": "t.csv", "schema": SCHEMA},
    }
    package = with_files(tmp_path / "package", entries)
    (package / "README.md").unlink()
    planned = plan(read(package))
    assert planned.changes == []
    assert [finding.message for finding in planned.findings] == ["the file does not exist"]
