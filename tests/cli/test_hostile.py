"""Text of a stranger in every place of a package: no command lets it steer a terminal or a CI system."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import Result

from tests.support import Run
from tests.support.tables import read_table, write_table

#: What a name could hold to begin a line, a command or an escape sequence, or to end a document.
HOSTILE = (
    "a\n::error::b\r::stop-commands::c\x1b[2J\u2028::add-mask::d\u2029\u202ee\u2066f\x85\x9b3J"
    "\x7f##[add-mask]g##vso[task.complete]\ufffe\ufeff]]><b>&\"'%0A{0}[x](y),:"
)
#: What would be a command at the beginning of a line.
LEADING = "::error::##[group]"

Package = dict[str, Any]


def _named(key: str) -> Callable[[Package, str], None]:
    return lambda package, text: package.__setitem__(key, text)


def _resource(key: str) -> Callable[[Package, str], None]:
    return lambda package, text: package["resources"][0].__setitem__(key, text)


def _schema(key: str, value: Callable[[str], Any]) -> Callable[[Package, str], None]:
    return lambda package, text: package["resources"][0]["schema"].__setitem__(key, value(text))


def _field(key: str, value: Callable[[str], Any]) -> Callable[[Package, str], None]:
    return lambda package, text: package["resources"][0]["schema"]["fields"][1].__setitem__(
        key, value(text)
    )


def _reference(resource: str, field: str) -> list[Package]:
    return [{"fields": field, "reference": {"resource": resource, "fields": field}}]


PLACES: dict[str, Callable[[Package, str], None]] = {
    "name": _named("name"),
    "version": _named("version"),
    "title": _named("title"),
    "profile": _named("profile"),
    "dialect of the schema": _named("$schema"),
    "conformsTo": _named("conformsTo"),
    "any key": lambda package, text: package.__setitem__(text, text),
    "licence": lambda package, text: package.__setitem__("licenses", [{"name": text}]),
    "contributor": lambda package, text: package.__setitem__("contributors", [{"title": text}]),
    "citation": _named("bibliographicCitation"),
    "created": _named("created"),
    "table": _resource("name"),
    "path": _resource("path"),
    "encoding": _resource("encoding"),
    "format": _resource("format"),
    "hash": _resource("hash"),
    "path of the schema": _resource("schema"),
    "delimiter": lambda package, text: package["resources"][0].__setitem__(
        "dialect", {"delimiter": text}
    ),
    "field": _field("name", str),
    "type": _field("type", str),
    "format of a field": _field("format", str),
    "example": _field("example", str),
    "enum": _field("constraints", lambda text: {"enum": [text]}),
    "pattern": _field("constraints", lambda text: {"pattern": text}),
    "constraint": _field("constraints", lambda text: {text: 1}),
    "missing value": _schema("missingValues", lambda text: [text]),
    "primary key": _schema("primaryKey", lambda text: [text]),
    "unique key": _schema("uniqueKeys", lambda text: [[text]]),
    "foreign key": _schema("foreignKeys", lambda text: _reference(text, "id")),
    "field of a foreign key": _schema("foreignKeys", lambda text: _reference("", text)),
}


def _package(folder: Path, change: Callable[[Package, str], None], text: str, cell: str) -> Path:
    descriptor: Package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "things",
        "resources": [
            {
                "name": "things",
                "path": "things.csv",
                "schema": {
                    "fields": [{"name": "id", "type": "integer"}, {"name": "kind"}],
                },
            }
        ],
    }
    change(descriptor, text)
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    quoted = cell.replace('"', '""')
    (folder / "things.csv").write_text(f'id,kind\nx,"{quoted}"\n', "utf-8", newline="")
    return folder


def _is_harmless(result: Result, form: str) -> None:
    assert result.exit_code in (0, 1, 2)
    for name, text in (("stdout", result.stdout), ("stderr", result.stderr)):
        text.encode("utf-8")
        assert "##[" not in text
        assert "##vso[" not in text
        for line in text.split("\n"):
            assert line.isprintable(), (name, line)
            command = line.lstrip().startswith("::")
            if form == "github" and name == "stdout":
                assert line.startswith(("::error file=", "::warning file=")) or not line
                assert line.count("::") >= 2 or not line
            else:
                assert not command, (name, line)


def _reads(result: Result, form: str) -> None:
    if form in ("json", "sarif") and result.stdout:
        json.dumps(json.loads(result.stdout), ensure_ascii=False).encode("utf-8")
    if form == "junit" and result.stdout:
        ElementTree.fromstring(result.stdout)  # noqa: S314 - our own document
    if form == "sarif":
        for run in json.loads(result.stdout)["runs"]:
            assert run["automationDetails"]["id"].isascii()
            for one in run["results"]:
                place = one["locations"][0]["physicalLocation"]
                assert place["artifactLocation"]["uri"].isascii()
                assert place["region"]["startLine"] >= 1


FORMS = ("text", "json", "sarif", "junit", "github")


def _try_all(run: Run, package: Path, other: Path, target: Path, *, is_csv: bool = True) -> None:
    for form in FORMS:
        result = run("validate", package, "--format", form)
        _is_harmless(result, form)
        _reads(result, form)
    for form in ("text", "json", "markdown"):
        for pair in ((package, other), (other, package), (package, package)):
            result = run("diff", *pair, "--format", form)
            _is_harmless(result, form)
            _reads(result, form)
    for form in ("text", "json", "bibtex", "csl") if is_csv else ():
        result = run("info", package, "--format", form)
        _is_harmless(result, form)
    _is_harmless(run("fmt", package, "--check"), "text")
    for words in ((), ("--no-validate",)):
        for export in ("csv", "json", "sqlite"):
            _is_harmless(run("export", export, package, "-o", target / export, *words), "text")
    _is_harmless(run("ledger", package), "text")
    _is_harmless(run("positions", package), "text")
    _is_harmless(run("show", "x", "--package", package), "text")


@pytest.mark.slow
@pytest.mark.parametrize("text", [HOSTILE, LEADING], ids=["hostile", "leading"])
@pytest.mark.parametrize("place", PLACES)
def test_a_descriptor_steers_nothing(place: str, text: str, tmp_path: Path, run: Run) -> None:
    package = _package(tmp_path / "new", PLACES[place], text, "a")
    other = _package(tmp_path / "old", lambda *_: None, "", "b")
    _try_all(run, package, other, tmp_path, is_csv=place not in ("delimiter", "encoding"))


@pytest.mark.parametrize("text", [HOSTILE, LEADING], ids=["hostile", "leading"])
def test_a_cell_steers_nothing(text: str, tmp_path: Path, run: Run) -> None:
    package = _package(tmp_path / "new", PLACES["enum"], "b", text)
    other = _package(tmp_path / "old", lambda *_: None, "", "b")
    _try_all(run, package, other, tmp_path)


@pytest.mark.parametrize("text", [f"{HOSTILE}\udcff", LEADING], ids=["hostile", "leading"])
def test_the_name_of_a_folder_steers_nothing(
    text: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    package = _package(Path(text), lambda *_: None, "", "a")
    other = _package(Path("old"), lambda *_: None, "", "b")
    _try_all(run, package, other, Path())
    (package / "datapackage.json").unlink()
    _try_all(run, package, other, package)
    _is_harmless(run("init", package), "text")
    _is_harmless(run("init", package / "new", "--name", text), "text")
    for name, value in (("--rules", text), ("--only", text), ("--articles", text), (text, "")):
        _is_harmless(run("validate", other, name, value), "text")


@pytest.mark.parametrize("text", [HOSTILE, LEADING], ids=["hostile", "leading"])
def test_a_rule_of_a_stranger_steers_nothing(text: str, tmp_path: Path, run: Run) -> None:
    package = _package(tmp_path / "new", lambda *_: None, "", "a")
    rules = tmp_path / "rules"
    rules.mkdir()
    quoted = text.replace("'", "''")
    select = f"SELECT 'things' AS \"table\", 1 AS row, 'id' AS field, '{quoted}' AS value\n"
    about = text.replace("\n", " ").replace("\r", " ")
    (rules / f"{text.replace('/', '')}.sql").write_text(
        f"-- {about}\n{select}", "utf-8", newline=""
    )
    for form in FORMS:
        result = run("validate", package, "--rules", rules, "--format", form)
        _is_harmless(result, form)


@pytest.mark.slow
def test_a_record_of_a_stranger_steers_nothing(lighthouse: Path, tmp_path: Path, run: Run) -> None:
    package = Path(shutil.copytree(lighthouse, tmp_path / "record"))
    for table, field in (
        ("proposals", "label"),
        ("proposals", "condition"),
        ("actors", "name"),
        ("sources", "title"),
        ("events", "label"),
        ("responses", "reason"),
        ("propositions", "text"),
        ("claims", "text"),
    ):
        rows = read_table(package / "data" / f"{table}.csv")
        for row in rows:
            row[field] = f"{HOSTILE} {row[field]}"
        write_table(package / "data" / f"{table}.csv", rows)
    for form in ("text", "json"):
        _is_harmless(run("ledger", package, "--format", form), form)
        _is_harmless(run("positions", package, "--format", form), form)
        _is_harmless(run("search", "group", "--package", package, "--format", form), form)
        for table in ("proposals", "responses", "claims", "positions", "claims_with_speakers"):
            _is_harmless(run("list", table, "--package", package, "--format", form), form)
        _is_harmless(run("verify", package, "--articles", tmp_path, "--format", form), form)
        _is_harmless(run("diff", lighthouse, package, "--format", form), form)
    for form in ("text", "json", "bibtex", "csl"):
        for name in ("prp-0001", "src-0001", "act-0001", "evt-0001", HOSTILE):
            _is_harmless(run("show", name, "--package", package, "--format", form), form)
    _is_harmless(run("ledger", package, "--actor", HOSTILE), "text")
    _is_harmless(run("ledger", package, "--measure", HOSTILE), "text")
    _is_harmless(run("ledger", package, "--as-of", HOSTILE), "text")
    _is_harmless(run("search", HOSTILE, "--package", package), "text")
    for words in ((HOSTILE,), ("claims", HOSTILE), ("claims", f"claimant={HOSTILE}")):
        _is_harmless(run("list", *words, "--package", package), "text")
    for option in ("--party", "--topic", "--proposition", "--as-of"):
        _is_harmless(run("positions", package, option, HOSTILE), "text")
