"""Profiles that a package declares itself: checked if they are in the package, else `unsupported`."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.engine import json_schema
from tests.support import Findings, Run

SCHEMA = {"type": "object", "required": ["project"]}


def write(folder: Path, files: dict[str, Any] | None = None, **changed: Any) -> Path:
    """A small package; `changed` are properties of the descriptor, by `kind__name`."""
    folder.mkdir(exist_ok=True)
    (folder / "t.csv").write_text("id\n1\n", "utf-8")
    schema: dict[str, Any] = {"fields": [{"name": "id", "type": "integer"}]}
    dialect: dict[str, Any] = {"delimiter": ","}
    resource = {"name": "t", "path": "t.csv", "schema": schema, "dialect": dialect}
    descriptor: dict[str, Any] = {"name": "traps", "resources": [resource]}
    kinds = {"package": descriptor, "resource": resource, "schema": schema, "dialect": dialect}
    for name, value in changed.items():
        kind, _, key = name.partition("__")
        kinds[kind]["$schema" if key == "schema" else key] = value
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=1), "utf-8")
    for name, value in (files or {}).items():
        (folder / name).write_text(json.dumps(value), "utf-8")
    return folder


@pytest.mark.parametrize("key", ["schema", "profile"])
@pytest.mark.parametrize("kind", ["package", "resource", "schema"])
def test_a_profile_in_the_package_is_checked(
    kind: str, key: str, tmp_path: Path, findings: Findings
) -> None:
    changed: dict[str, Any] = {f"{kind}__{key}": "prof.json"}
    (found,) = findings(write(tmp_path / "p", {"prof.json": SCHEMA}, **changed))
    assert (found["rule"], found["severity"]) == ("profile", "error")
    assert '"project" is missing' in found["message"]
    assert "prof.json" in found["hint"]
    changed[f"{kind}__project"] = "P"
    assert findings(write(tmp_path / "p", {"prof.json": SCHEMA}, **changed)) == []


KNOWN = {
    "package": [
        "data-package",
        "tabular-data-package",
        "https://datapackage.org/profiles/1.0/datapackage.json",
        "https://datapackage.org/profiles/2.0/datapackage.json",
        "https://specs.frictionlessdata.io/schemas/data-package.json",
        "https://specs.frictionlessdata.io/schemas/tabular-data-package.json",
    ],
    "resource": ["tabular-data-resource", "https://datapackage.org/profiles/2.0/dataresource.json"],
    "schema": ["https://datapackage.org/profiles/2.0/tableschema.json"],
}


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k, names in KNOWN.items() for n in names])
def test_the_profiles_of_the_standard_are_known(
    kind: str, name: str, tmp_path: Path, findings: Findings
) -> None:
    more = {"resource__profile": "tabular-data-resource"} if name == "tabular-data-package" else {}
    for key in ("schema", "profile"):
        assert findings(write(tmp_path / key, **{f"{kind}__{key}": name}, **more)) == []


UNKNOWN = [
    "https://data.example/profile.json",
    "https://datapackage.org/profiles/9.0/datapackage.json",
    "fiscal-data-package",
    "none.json",
    "../prof.json",
    "/etc/hostname",
    "",
]


@pytest.mark.parametrize("name", UNKNOWN)
@pytest.mark.parametrize("kind", ["package", "resource", "schema"])
def test_any_other_profile_is_one_fatal_finding(
    kind: str, name: str, tmp_path: Path, run: Run
) -> None:
    folder = write(tmp_path / "p", **{f"{kind}__profile": name})
    (tmp_path / "prof.json").write_text("{}", "utf-8")
    report = json.loads(run("validate", folder, "--format", "json", code=2).stdout)
    (found,) = report["findings"]
    assert (found["rule"], found["severity"]) == ("unsupported", "fatal")
    assert found["line"] is not None
    assert report["totals"]["rows"] == 1, "the table is still checked"


BROKEN = {
    "a list": [],
    "no JSON Schema": {"type": "objekt"},
    "without end": {"$ref": "#"},
    "a bomb": {
        "allOf": [{"$ref": "#/$defs/a0"}],
        "$defs": {
            **{f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(40)},
            "a40": {},
        },
    },
    "a look-ahead": {"properties": {"name": {"pattern": "(?=x)y"}}},
    "a slow name": {"patternProperties": {"(a+)+$": {}}},
    "a remote part": {"allOf": [{"$ref": "https://data.example/x.json"}]},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_profile_that_cannot_be_used_is_unsupported(
    name: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_schema, "MOST_STEPS", 5_000)
    folder = write(tmp_path / "p", {"prof.json": BROKEN[name]}, package__profile="prof.json")
    said = run("validate", folder, code=2).stdout
    assert "unsupported: profile: the profile" in said
    assert "cannot be checked" in said


def test_a_profile_can_build_on_the_standard_and_on_other_files(
    tmp_path: Path, findings: Findings
) -> None:
    standard = "https://specs.frictionlessdata.io/schemas/data-package.json"
    profile = {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "allOf": [{"$ref": standard}, {"$ref": "part.json"}],
        "properties": {"name": {"pattern": r"^(\w+\s?)+$"}},
    }
    files = {"prof.json": profile, "part.json": SCHEMA}
    (found,) = findings(write(tmp_path / "p", files, package__profile="prof.json"))
    assert found["rule"] == "profile"
    assert '"project"' in found["message"]


def test_a_pattern_of_a_profile_takes_linear_time(tmp_path: Path, findings: Findings) -> None:
    profile = {"properties": {"name": {"pattern": "^(a+)+$"}}}
    name = "a" * 5000 + "b"
    folder = write(
        tmp_path / "p", {"prof.json": profile}, package__profile="prof.json", package__name=name
    )
    (found,) = findings(folder)
    assert "does not match" in found["message"]


def test_a_remote_part_hides_no_other_fault(tmp_path: Path, findings: Findings) -> None:
    profile = {**SCHEMA, "allOf": [{"$ref": "https://data.example/x.json"}]}
    folder = write(tmp_path / "p", {"prof.json": profile}, package__profile="prof.json")
    assert {found["rule"] for found in findings(folder)} == {"profile", "unsupported"}


def test_a_profile_in_a_zip_is_checked_too(tmp_path: Path, findings: Findings) -> None:
    folder = write(tmp_path / "p", {"prof.json": SCHEMA}, package__profile="prof.json")
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    (found,) = findings(tmp_path / "p.zip")
    assert found["rule"] == "profile"
