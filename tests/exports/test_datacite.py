"""`shieldtalks export datacite`: what the descriptor says, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import Run

KNOWN = {
    "created": "2026-01-02T00:00:00Z",
    "contributors": [{"title": "Ada"}, {"title": "An archive", "roles": ["publisher"]}],
}


def _package(folder: Path, stated: dict[str, Any]) -> Path:
    (folder / "t.csv").write_text("a\n1\n", "utf-8")
    table = {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a"}]}}
    version = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
    descriptor = version | {"name": "p"} | stated | {"resources": [table]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def test_nothing_is_made_up(tmp_path: Path, run: Run) -> None:
    done = run("export", "datacite", _package(tmp_path, KNOWN), "-o", "-", code=0)
    record = json.loads(done.stdout)
    assert record["publisher"] == {"name": "An archive"}
    assert record["publicationYear"] == "2026"
    assert not {"identifiers", "version", "descriptions", "rightsList"} & record.keys()
    assert ":unav" not in done.stderr


def test_an_unknown_publisher_is_said(root: Path, run: Run) -> None:
    done = run("export", "datacite", root, "-o", "-", code=0)
    assert json.loads(done.stdout)["publisher"] == {"name": ":unav"}
    assert 'has the role "publisher"' in done.stderr


@pytest.mark.parametrize("lacking", KNOWN)
def test_what_a_record_needs_is_named(lacking: str, tmp_path: Path, run: Run) -> None:
    stated = {name: value for name, value in KNOWN.items() if name != lacking}
    said = run("export", "datacite", _package(tmp_path, stated), "-o", "-", code=2).stderr
    assert f'a DataCite record needs "{lacking}"' in said


def test_nothing_is_said_to_be_left_out(tmp_path: Path, run: Run) -> None:
    """A description of the package has no tables and no files, so none can be missing."""
    package = _package(tmp_path, KNOWN)
    file = package / "datapackage.json"
    stated = json.loads(file.read_text("utf-8"))
    (package / "notes.txt").write_text("a\n", "utf-8")
    stated["resources"].append({"name": "notes", "path": "notes.txt", "format": "txt"})
    file.write_text(json.dumps(stated), "utf-8")
    assert "left out" not in run("export", "datacite", package, "-o", "-", code=0).stderr
    said = run("export", "json", package, "-o", "-", code=0).stderr
    assert 'left out, because json cannot hold it: "notes" (a file)' in said


def test_persons_roles_of_version_1_and_licences_in_files(tmp_path: Path, run: Run) -> None:
    stated = KNOWN | {
        "contributors": [
            {"givenName": "Ada", "familyName": "Byron", "organization": "The club"},
            {"title": "An archive", "role": "publisher"},
        ],
        "licenses": [{"name": "MIT", "path": "LICENSE"}],
    }
    (tmp_path / "LICENSE").write_text("Do what you like.", "utf-8")
    done = run("export", "datacite", _package(tmp_path, stated), "-o", "-", code=0)
    record = json.loads(done.stdout)
    assert record["creators"] == [
        {
            "name": "Byron, Ada",
            "nameType": "Personal",
            "givenName": "Ada",
            "familyName": "Byron",
            "affiliation": [{"name": "The club"}],
        }
    ]
    assert record["publisher"] == {"name": "An archive"}
    assert record["rightsList"] == [{"rights": "MIT", "rightsIdentifier": "MIT"}]


def test_helpers_payers_and_identifiers_have_their_places(tmp_path: Path, run: Run) -> None:
    orcid = "https://orcid.org/0000-0002-1825-0097"
    stated = KNOWN | {
        "contributors": [
            {"title": "Ada", "roles": ["creator"], "path": orcid},
            {"title": "Charles", "roles": ["contact", "writer", "Other"]},
            {"title": "A fund", "roles": ["funder"]},
            {"title": "The club", "role": "maintainer", "path": "https://ror.org/000000000"},
        ],
    }
    done = run("export", "datacite", _package(tmp_path, stated), "-o", "-", code=0)
    record = json.loads(done.stdout)
    (ada,) = record["creators"]
    assert (ada["nameType"], ada["nameIdentifiers"][0]["nameIdentifier"]) == ("Personal", orcid)
    assert record["contributors"][:2] == [
        {"name": "Charles", "contributorType": "ContactPerson"},
        {"name": "Charles", "contributorType": "Other"},
    ]
    (club,) = record["contributors"][2:]
    assert (club["nameType"], club["contributorType"]) == ("Organizational", "DataManager")
    assert club["nameIdentifiers"][0]["nameIdentifierScheme"] == "ROR"
    assert record["fundingReferences"] == [{"funderName": "A fund"}]


@pytest.mark.parametrize(
    ("stated", "name", "value"),
    [
        ({"id": "https://doi.org/10.5072/abc"}, "doi", "10.5072/abc"),
        ({"id": "urn:uuid:10.5072/abc"}, "doi", None),
        ({"languages": ["pt_BR"]}, "language", "pt-BR"),
        ({"languages": ["de", "fr"]}, "language", None),
        ({"languages": ["German language"]}, "language", None),
        ({"keywords": ["a", "b", "a"]}, "subjects", [{"subject": "a"}, {"subject": "b"}]),
    ],
)
def test_what_the_descriptor_states(
    stated: dict[str, Any], name: str, value: object, tmp_path: Path, run: Run
) -> None:
    done = run("export", "datacite", _package(tmp_path, KNOWN | stated), "-o", "-", code=0)
    assert json.loads(done.stdout).get(name) == value


def test_a_creator_has_a_name(tmp_path: Path, run: Run) -> None:
    stated = KNOWN | {"contributors": [{"email": "a@example.org", "roles": ["creator"]}]}
    said = run("export", "datacite", _package(tmp_path, stated), "-o", "-", code=2).stderr
    assert "needs a creator, and no contributor in the descriptor has a name" in said
    assert 'Give each contributor a "title"' in said


def test_who_only_helped_is_the_creator_if_nobody_else_is(tmp_path: Path, run: Run) -> None:
    people = [{"title": "A fund", "roles": ["funder"]}, {"title": "Ann", "roles": ["contact"]}]
    package = _package(tmp_path, KNOWN | {"contributors": people})
    record = json.loads(run("export", "datacite", package, "-o", "-", code=0).stdout)
    assert [one["name"] for one in record["creators"]] == ["Ann"]


@pytest.mark.parametrize("output_format", ["json", "croissant", "sqlite", "huggingface", "xlsx"])
def test_a_package_without_tables_is_no_empty_export(
    output_format: str, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "notes.txt").write_text("a\n", "utf-8")
    resources = [{"name": "notes", "path": "notes.txt", "format": "txt"}]
    descriptor = {"name": "p", "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    target = (
        tmp_path / f"out.{output_format}"
        if output_format in ("json", "sqlite", "xlsx")
        else tmp_path / "out"
    )
    said = run("export", output_format, tmp_path, "-o", target, code=2).stderr
    assert f"has no table with a schema, so there is nothing to export as {output_format}" in said
    assert not target.exists()
    run("export", "csv", tmp_path, "-o", tmp_path / "csv", code=0)
