"""JSON and JSON Lines: held against their published schemas by validators in JavaScript, Python and Rust."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.package import read
from tests.support import ROOT, Run

pytestmark = pytest.mark.client

Cells = dict[str, list[dict[str, str]]]
Npx = Callable[..., subprocess.CompletedProcess[str]]
#: Says of a schema and documents whether it allows them all.
Validator = Callable[..., bool]

SCHEMAS = sorted((ROOT / "schemas").glob("*.json"))


@pytest.fixture
def ajv(npx: Npx) -> Validator:
    def call(schema: Path, *documents: Path) -> bool:
        options = ("--spec=draft2020", "-c", "ajv-formats", "--strict=true")
        named = [word for document in documents for word in ("-d", document)]
        done = npx("ajv", "validate", *options, "-s", schema, *named)
        assert ("valid" in done.stdout) == (done.returncode == 0), done.stderr
        return done.returncode == 0

    return call


@pytest.fixture
def check_jsonschema() -> Validator:
    def call(schema: Path, *documents: Path) -> bool:
        command = Path(sys.executable).with_name("check-jsonschema")
        done = subprocess.run(
            [command, "--schemafile", schema, *documents],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ("ok -- validation done" in done.stdout) == (done.returncode == 0), done.stderr
        return done.returncode == 0

    return call


@pytest.fixture
def jsonschema_rs() -> Validator:
    import jsonschema_rs

    def call(schema: Path, *documents: Path) -> bool:
        contract = json.loads(schema.read_text("utf-8"))
        validator = jsonschema_rs.Draft202012Validator(contract, validate_formats=True)
        return all(validator.is_valid(json.loads(doc.read_text("utf-8"))) for doc in documents)

    return call


@pytest.fixture(params=["ajv", "check_jsonschema", "jsonschema_rs"])
def validator(request: pytest.FixtureRequest) -> Validator:
    chosen: Validator = request.getfixturevalue(request.param)
    return chosen


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.name)
def test_every_published_schema_compiles_strictly(schema: Path, npx: Npx) -> None:
    options = ("--spec=draft2020", "-c", "ajv-formats", "--strict=true")
    done = npx("ajv", "compile", *options, "-s", schema)
    assert done.returncode == 0, done.stderr


def test_the_document_follows_its_schema(
    validator: Validator, exported: Callable[..., Path], root: Path
) -> None:
    document = exported("json", "shieldtalks.json")
    assert validator(root / "schemas" / "json.schema.json", document)


#: What is done to the first claim, and to the whole, that the schema forbids.
DEFECTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a code that is not known": lambda claim: claim.update(factuality="CT"),
    "a field is left out": lambda claim: claim.pop("notes"),
    "a field too many": lambda claim: claim.update(colour="red"),
    "a date that is none": lambda claim: claim.update(date_earliest="2008-13-45"),
    "an identifier of another form": lambda claim: claim.update(claimant_id="actor 16"),
    "a number for text": lambda claim: claim.update(text=5),
    "nothing where something must be": lambda claim: claim.update(text=None),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_found(
    defect: str,
    validator: Validator,
    exported: Callable[..., Path],
    root: Path,
    tmp_path: Path,
) -> None:
    document = json.loads(exported("json", "shieldtalks.json").read_text("utf-8"))
    DEFECTS[defect](document["tables"]["claims"][0])
    (tmp_path / "broken.json").write_text(json.dumps(document), "utf-8")
    assert not validator(root / "schemas" / "json.schema.json", tmp_path / "broken.json")


def test_a_line_of_each_table_follows_its_schema(
    validator: Validator, exported: Callable[..., Path], root: Path, tmp_path: Path
) -> None:
    lines = exported("jsonl", "shieldtalks.jsonl").read_text("utf-8").splitlines()
    first = {json.loads(line)["table"]: line for line in reversed(lines)}
    assert len(first) == len(read(root).resources), "every table"
    for table, line in first.items():
        (tmp_path / f"{table}.json").write_text(line, "utf-8")
    assert validator(root / "schemas" / "jsonl.schema.json", *tmp_path.glob("*.json"))


def test_every_line_follows_its_schema_in_javascript(
    node: Callable[..., Any], exported: Callable[..., Path], root: Path
) -> None:
    script = """
    const fs = require("fs"), Ajv = require("ajv/dist/2020"), formats = require("ajv-formats");
    const ajv = formats(new Ajv({strict: true}));
    const valid = ajv.compile(JSON.parse(fs.readFileSync(process.argv[1])));
    const lines = fs.readFileSync(process.argv[2], "utf-8").trimEnd().split("\\n").map(JSON.parse);
    const broken = {...lines[0], language: null};
    console.log(JSON.stringify([lines.length, lines.filter(x => !valid(x)).length, valid(broken)]));
    """
    lines = exported("jsonl", "shieldtalks.jsonl")
    count = len(lines.read_text("utf-8").splitlines())
    schema = root / "schemas" / "jsonl.schema.json"
    assert node(script, schema, lines) == [count, 0, False]


def test_duckdb_and_polars_read_the_lines_with_equal_values(
    exported: Callable[..., Path], cells: Cells
) -> None:
    import duckdb
    import polars

    file = exported("jsonl", "claims.jsonl", "--table", "claims")
    wanted = [("claims", *row.values()) for row in cells["claims"]]
    query = f"SELECT * FROM read_json('{file}', format = 'newline_delimited')"
    for rows in (duckdb.sql(query).fetchall(), polars.read_ndjson(file).rows()):
        assert [tuple("" if cell is None else str(cell) for cell in row) for row in rows] == wanted


#: What a command prints as JSON, with the schema that is published for it.
PRINTED = {
    "report.schema.json": ("validate", "--format", "json"),
    "show.schema.json": ("show", "prp-0004", "--format", "json"),
    "ledger.schema.json": ("ledger", "--as-of", "2008-12", "--format", "json"),
    "positions.schema.json": ("positions", "--as-of", "2008-12", "--format", "json"),
    "agreement.schema.json": ("agree", ROOT, ROOT, "--format", "json"),
    "describe.schema.json": ("describe", ROOT / "data", "--explain", "--format", "json"),
    "diff.schema.json": ("diff", ROOT, ROOT, "--format", "json"),
}


def test_every_schema_of_what_is_printed_is_tried() -> None:
    # A coding sheet is TOML that a person writes; tests/record/sheet/test_layout.py is about its schema.
    others = {"json.schema.json", "jsonl.schema.json", "profile.json", "sheet.schema.json"}
    assert {path.name for path in SCHEMAS} == {*PRINTED, *others}


@pytest.mark.parametrize("schema", PRINTED)
def test_what_a_command_prints_follows_its_schema(
    schema: str, validator: Validator, root: Path, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "printed.json").write_text(run(*PRINTED[schema], code=0).stdout, "utf-8")
    assert validator(root / "schemas" / schema, tmp_path / "printed.json")
