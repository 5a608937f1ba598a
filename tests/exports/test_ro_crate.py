"""`shieldtalks export ro-crate`: what the crate says of another package."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from tests.support import Run


def _exported(folder: Path, run: Run, **stated: Any) -> tuple[Path, dict[str, Any], str]:
    package = folder / "package"
    package.mkdir()
    (package / "t.csv").write_text("a;b\n1;-\n", "utf-8")
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]
    table = {
        "name": "my table",
        "path": "t.csv",
        "dialect": {"delimiter": ";"},
        "schema": {"fields": fields, "missingValues": ["-"]},
    }
    version = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
    descriptor = version | {"name": "p"} | stated | {"resources": [table]}
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    said = run("export", "ro-crate", package, "-o", folder / "out", code=0).stderr
    written = json.loads((folder / "out" / "ro-crate-metadata.json").read_text("utf-8"))
    return folder / "out", {entity["@id"]: entity for entity in written["@graph"]}, said


def test_each_file_is_described(tmp_path: Path, run: Run) -> None:
    out, graph, _ = _exported(tmp_path, run)
    path = "data/my_table.csv"
    content = (out / path).read_bytes()
    assert content == b"a,b\n1,\n"
    assert graph[path]["sha256"] == hashlib.sha256(content).hexdigest()
    assert graph[path]["contentSize"] == str(len(content))
    assert graph["schemas/my_table.json"]["about"] == {"@id": path}
    assert {one["@id"] for one in graph["./"]["hasPart"]} == {path, "schemas/my_table.json"}


def test_what_is_not_known_is_left_out_and_said(tmp_path: Path, run: Run) -> None:
    _, graph, said = _exported(tmp_path, run)
    assert set(graph["./"]) == {"@id", "@type", "name", "description", "hasPart"}
    assert 'RO-Crate needs "license": state "licenses" in the descriptor' in said
    assert 'RO-Crate needs "description": the descriptor has none, so the title is used' in said
    assert 'RO-Crate needs "datePublished": state "created" in the descriptor' in said


def test_licences_sources_and_people_are_entities(tmp_path: Path, run: Run) -> None:
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    _, graph, said = _exported(
        tmp_path,
        run,
        created="2026-01-02T00:00:00Z",
        description="Words.",
        licenses=[{"name": "CC0-1.0", "path": licence}],
        sources=[{"title": "A book"}, {"title": "A page", "path": "https://pages.example/a"}],
        contributors=[{"title": "Ada"}],
    )
    assert "RO-Crate needs" not in said
    assert graph["./"]["license"] == {"@id": licence}
    assert graph["./"]["isBasedOn"] == [{"@id": "#source-1"}, {"@id": "https://pages.example/a"}]
    assert graph["#contributor-1"]["name"] == "Ada"
    assert graph["./"]["datePublished"] == "2026-01-02"


def test_persons_belong_to_organisations_and_the_publisher_is_no_author(
    tmp_path: Path, run: Run
) -> None:
    people = [
        {"givenName": "Ada", "familyName": "Byron", "organization": "The club"},
        {"title": "Charles", "organization": "The club", "role": "author"},
        {"title": "An archive", "roles": ["publisher"]},
    ]
    _, graph, _ = _exported(tmp_path, run, contributors=[people[0], people[2]])
    assert graph["./"]["author"] == {"@id": "#contributor-1"}
    assert graph["#contributor-1"] == {
        "@id": "#contributor-1",
        "@type": "Person",
        "name": "Ada Byron",
        "givenName": "Ada",
        "familyName": "Byron",
        "affiliation": {"@id": "#organization-1"},
    }
    assert graph["#organization-1"]["name"] == "The club"
    assert graph["./"]["publisher"] == {"@id": "#publisher"}
    assert graph["#publisher"]["name"] == "An archive"


def _with_files(folder: Path, **more: Any) -> Path:
    """A package with a table, and with files of several kinds beside it."""
    (folder / "docs" / "deep").mkdir(parents=True)
    (folder / "data").mkdir()
    for path in ("docs/deep/read me.pdf", "data/t.csv", "bare.csv", "LICENSE.txt", "book.txt"):
        (folder / path).write_text(f"{path}\n", "utf-8")
    (folder / "t.csv").write_text("a\n1\n", "utf-8")
    manual = {"name": "manual", "title": "The manual", "path": "docs/deep/read me.pdf"}
    resources = [
        {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a"}]}},
        {**manual, "description": "How to.", "mediatype": "application/pdf"},
        {"name": "clash", "path": "data/t.csv"},
        {"name": "bare", "path": "bare.csv"},
        {"name": "inside", "data": {"a": 1}},
    ]
    beside = {"licenses": [{"title": "Ours", "path": "LICENSE.txt"}], "image": "docs/none.png"}
    beside |= {"sources": [{"title": "A book", "path": "book.txt"}]}
    descriptor = {"name": "p", **beside, **more, "resources": more.get("resources", resources)}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def test_files_that_are_no_tables_are_in_the_crate(tmp_path: Path, run: Run) -> None:
    package, out = _with_files(tmp_path / "package"), tmp_path / "out"
    said = run("export", "ro-crate", package, "-o", out, code=0).stderr
    assert 'left out, because ro-crate cannot hold it: "inside" (it is in the descriptor)' in said
    graph = {
        entity["@id"]: entity
        for entity in json.loads((out / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    }
    for path in ("docs/deep/read me.pdf", "data/t.csv", "bare.csv", "LICENSE.txt", "book.txt"):
        content = (out / path).read_bytes()
        assert content == (package / path).read_bytes()
        facts = graph[path.replace(" ", "%20")]
        assert facts["sha256"] == hashlib.sha256(content).hexdigest()
        assert {"@id": facts["@id"]} in graph["./"]["hasPart"]
    assert (out / "data" / "t_2.csv").read_text("utf-8") == "a\n1\n"
    manual = graph["docs/deep/read%20me.pdf"]
    assert (manual["name"], manual["description"]) == ("The manual", "How to.")
    assert manual["encodingFormat"] == "application/pdf"
    assert graph["./"]["license"] == {"@id": "LICENSE.txt"}
    assert graph["./"]["isBasedOn"] == {"@id": "book.txt"}
    assert graph["LICENSE.txt"]["name"] == "Ours"


def test_a_package_of_files_alone_is_a_crate(tmp_path: Path, run: Run) -> None:
    files = [{"name": "manual", "path": "docs/deep/read me.pdf"}]
    package = _with_files(tmp_path / "package", resources=files)
    run("export", "ro-crate", package, "-o", tmp_path / "out", code=0)
    names = {one.name for one in (tmp_path / "out").iterdir()}
    assert names == {"docs", "LICENSE.txt", "book.txt", "ro-crate-metadata.json"}


def test_with_some_tables_only_these_are_in_the_crate(tmp_path: Path, run: Run) -> None:
    package = _with_files(tmp_path / "package")
    table = {"name": "u", "path": "bare.csv", "schema": {"fields": [{"name": "bare.csv"}]}}
    file = package / "datapackage.json"
    stated = json.loads(file.read_text("utf-8"))
    stated["resources"][3] = table
    file.write_text(json.dumps(stated), "utf-8")
    run("export", "ro-crate", package, "--table", "t", "-o", tmp_path / "out", code=0)
    assert {one.name for one in (tmp_path / "out").iterdir()} == {
        "data",
        "schemas",
        "ro-crate-metadata.json",
    }


def test_roles_are_those_of_schema_org(tmp_path: Path, run: Run) -> None:
    orcid = "https://orcid.org/0000-0002-1825-0097"
    people = [
        {"title": "Ada", "roles": ["creator", "editor"], "path": orcid},
        {"title": "A fund", "roles": ["funder"]},
        {"title": "Charles", "role": "wrangler"},
    ]
    more = {"languages": ["pt", "es"], "keywords": ["a", "a"]}
    _, graph, _ = _exported(tmp_path, run, contributors=people, **more)
    root = graph["./"]
    assert (root["inLanguage"], root["keywords"]) == (["pt", "es"], ["a"])
    assert root["author"] == root["editor"] == {"@id": orcid}
    assert graph[orcid]["@type"] == "Person"
    assert graph[root["funder"]["@id"]]["name"] == "A fund"
    assert graph[root["contributor"]["@id"]]["name"] == "Charles"
