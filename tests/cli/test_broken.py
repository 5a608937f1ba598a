"""Every command on descriptors that break the standard: findings or one line, never a traceback."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.cli import main
from tests.support.article import FILE
from tests.support.draws import examples

#: Values that stand where another type is expected.
ODD: list[Any] = [
    None,
    True,
    0,
    5,
    -1.5,
    "",
    "x",
    "x\n::error::y",
    [],
    [1],
    [None],
    ["x"],
    [{}],
    [[]],
    {},
    {"x": 1},
    {"name": 5},
    {"fields": [5]},
]

SCHEMA: dict[str, Any] = {
    "fields": [
        {
            "name": "id",
            "type": "string",
            "format": "default",
            "missingValues": ["-"],
            "constraints": {"required": True, "unique": True, "pattern": "[a-z]", "enum": ["a"]},
            "categories": [{"value": "a", "label": "A"}],
        },
        {
            "name": "n",
            "type": "integer",
            "title": "N",
            "description": "Numbers.",
            "constraints": {"minimum": 0, "maximum": 9, "maxLength": 3},
        },
    ],
    "primaryKey": ["id"],
    "uniqueKeys": [["id", "n"]],
    "foreignKeys": [{"fields": ["id"], "reference": {"resource": "", "fields": ["id"]}}],
    "missingValues": [{"value": ""}, {"value": "-9", "label": "none"}],
    "fieldsMatch": "exact",
}
DESCRIPTOR: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "whole",
    "id": "urn:whole",
    "version": "1.0.0",
    "title": "Whole",
    "description": "All is well.",
    "homepage": "https://things.example",
    "created": "2024-01-01T00:00:00Z",
    "licenses": [{"name": "CC0-1.0", "title": "Zero", "path": "https://things.example"}],
    "contributors": [{"title": "A", "roles": ["creator"]}],
    "sources": [{"title": "S"}],
    "keywords": ["k"],
    "bibliographicCitation": "A. Whole.",
    "conformsTo": "urn:other",
    "resources": [
        {
            "name": "t",
            "path": "t.csv",
            "type": "table",
            "title": "T",
            "description": "Things.",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": 9,
            "hash": "sha256:0",
            "dialect": {"delimiter": ",", "header": True, "lineTerminator": "\n"},
            "sources": [{"title": "S"}],
            "licenses": [{"name": "CC0-1.0"}],
            "schema": SCHEMA,
        }
    ],
}

Place = tuple[str | int, ...]


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """The place of each value in a document."""
    listed = value if isinstance(value, list) else []
    for step, inner in value.items() if isinstance(value, dict) else enumerate(listed):
        yield (*at, step)
        yield from places(inner, (*at, step))


def changed(document: Any, place: Place, value: Any) -> Any:
    """The document with another value at a place; `...` takes it out."""
    result = copy.deepcopy(document)
    inner = result
    for step in place[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    return result


def commands(package: Path, other: Path) -> Iterator[list[str]]:
    """Each command, with arguments that do not depend on the package."""
    given = str(package)
    for engine in ("sqlite", "duckdb"):
        yield ["validate", given, "--engine", engine]
    for form in ("json", "sarif", "junit", "github"):
        yield ["validate", given, "--format", form, "--engine", "sqlite"]
    yield ["fmt", "--check", given]
    for form in ("text", "json", "bibtex", "csl"):
        yield ["info", given, "--format", form]
    for form in ("text", "json", "markdown"):
        yield ["diff", given, str(other), "--format", form]
        yield ["diff", str(other), given, "--format", form]
    for form in ("csv", "json", "sqlite", "jsonl"):
        yield ["export", form, given, "--no-validate", "--force", "-o", str(package / f"x-{form}")]
    yield ["ledger", given]
    yield ["positions", given]
    yield ["show", "t-1", "--package", given]
    yield ["search", "talks", "--package", given]
    yield ["list", "t", "--package", given]
    yield ["list", "t", "id=x", "kind=y", "--package", given]
    yield ["list", "ledger", "--package", given, "--format", "json"]
    yield ["verify", given, "--articles", str(package)]
    words = ["--from", "talks", "--to", "week"]
    yield ["anchor", str(FILE), "--source", "src-0001", *words, "--package", given]


def write(folder: Path, descriptor: Any) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (folder / "t.csv").write_bytes(b"id,n\na,1\n")
    return folder


def refuses_in_words(package: Path, other: Path) -> dict[str, Result]:
    """Run each command, and assert that it ends in words and with a known code."""
    results = {}
    for arguments in commands(package, other):
        result = CliRunner().invoke(main, arguments)
        shown = f"{arguments}: {result.exception!r}\n{result.output}"
        assert result.exception is None or isinstance(result.exception, SystemExit), shown
        assert result.exit_code in (0, 1, 2), shown
        assert "Traceback" not in result.output, shown
        results[arguments[0]] = result
    return results


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package before it is broken."""
    return write(tmp_path_factory.mktemp("whole"), DESCRIPTOR)


#: What was once a traceback: the place, and the value that breaks it.
ONCE: list[tuple[Place, Any]] = [
    (("licenses",), 1),
    (("licenses",), [None]),
    (("licenses",), {"x": 1}),
    (("contributors",), "x"),
    (("created",), 5),
    (("resources", 0, "schema", "foreignKeys"), [1]),
    (("resources", 0, "schema", "foreignKeys", 0, "reference", "fields"), ...),
    (("resources", 0, "schema", "uniqueKeys"), 3),
    (("resources", 0, "schema", "missingValues"), [{}]),
    (("resources", 0, "schema", "fields", 0, "name"), "two\nlines\x1b[31m"),
    (("resources", 0, "schema", "fields", 0, "constraints", "enum"), 5),
    (("resources", 0, "dialect", "delimiter"), [None]),
    (("resources", 0, "encoding"), "no-such-encoding"),
    (("resources", 0, "name"), ["t"]),
    (("resources", 0), 5),
]


@pytest.mark.sample(5)
@pytest.mark.parametrize(("place", "value"), ONCE)
def test_every_command_ends_in_words(place: Place, value: Any, whole: Path, tmp_path: Path) -> None:
    package = write(tmp_path / "broken", changed(DESCRIPTOR, place, value))
    results = refuses_in_words(package, whole)
    assert results["validate"].exit_code in (1, 2)
    assert results["fmt"].exit_code in (1, 2)
    is_counted = place in (
        ("resources", 0, "encoding"),
        ("resources", 0, "schema", "fields", 0, "name"),
    )
    assert results["info"].exit_code == (0 if is_counted else 2)
    assert len(results["info"].stderr.splitlines()) <= 2


@pytest.mark.slow
@settings(max_examples=examples(10))  # each example runs every command
@given(data=st.data())
def test_every_command_ends_in_words_whatever_the_descriptor(
    data: st.DataObject, whole: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    descriptor = copy.deepcopy(DESCRIPTOR)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(sorted(places(descriptor), key=str)))
        descriptor = changed(descriptor, place, data.draw(st.sampled_from([..., *ODD])))
    refuses_in_words(write(tmp_path_factory.mktemp("drawn"), descriptor), whole)


def test_fmt_and_info_give_the_finding_of_validate(tmp_path: Path) -> None:
    place = ("resources", 0, "schema", "foreignKeys", 0, "reference", "fields")
    package = str(write(tmp_path / "broken", changed(DESCRIPTOR, place, ...)))
    found = 'resources[0].schema.foreignKeys[0].reference: "fields" is missing'
    for arguments in (["validate", package], ["fmt", package], ["info", package]):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 2
        assert found in result.output
