"""How a package and its rows are cited, and what archives read beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shieldtalks import load
from shieldtalks.tabular.package import Package, read
from shieldtalks.tabular.package.changelog import changes
from shieldtalks.tabular.package.citation import RowFacts, cite, tex
from shieldtalks.tabular.package.deposit import cff, zenodo
from tests.support import Run


def package(**descriptor: Any) -> Package:
    """A package of which only the descriptor counts."""
    return Package(Path("talks"), Path("talks/datapackage.json"), descriptor, ())


def test_a_citation_names_version_record_and_hash_in_every_form(lighthouse: Path) -> None:
    cited = cite(read(lighthouse), RowFacts("prp-0001", "Sharing of signals", "ab" * 32))
    for form in (cited.text, cited.bibtex, json.dumps(cited.csl)):
        assert "prp-0001" in form
        assert "Sharing of signals" in form
        assert "ab" * 32 in form
        assert "1.2.0" in form
        assert "Notes on the lighthouses" in form


def test_a_whole_package_is_cited_with_its_version(lighthouse: Path, run: Run) -> None:
    cited = cite(read(lighthouse))
    assert cited.text == (
        "Lamp & Oil contributors. Notes on the lighthouses. Data package, version 1.2.0."
    )
    assert json.loads(run("info", lighthouse, "--format", "csl", code=0).stdout) == [cited.csl]
    assert run("info", lighthouse, "--format", "bibtex", code=0).stdout == cited.bibtex
    assert cited.csl["issued"] == {"date-parts": [[1931, 7, 1]]}
    assert r"author = {{Lamp \& Oil contributors}}" in cited.bibtex


def test_a_package_that_says_little_is_cited_by_what_it_says() -> None:
    cited = cite(package(contributors="me", created="soon", homepage="file:///x"))
    assert cited.text == "talks."
    assert cited.csl == {"id": "talks", "type": "dataset", "title": "talks"}
    assert (
        cited.bibtex == "@misc{talks,\n  title = {{talks}},\n  howpublished = {Data package}\n}\n"
    )


def test_contributors_are_cited_where_none_is_called_creator() -> None:
    two = [{"title": "One", "roles": ["editor"]}, {"title": "Two"}, {"roles": ["creator"]}]
    assert cite(package(contributors=two)).text == "One, Two. talks."
    two[1]["roles"] = ["creator"]
    assert cite(package(contributors=two)).text == "Two. talks."


def test_an_address_that_could_leave_its_field_is_not_cited() -> None:
    assert "url" not in cite(package(homepage="https://x.example/},year={1}")).bibtex
    assert cite(package(homepage="https://x.example/a_b%20")).csl["URL"].endswith("a_b%20")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("A & B, 5 % of x_1 #2 $3", r"A \& B, 5 \% of x\_1 \#2 \$3"),
        ("{", r"{\textbraceleft}"),
        ("a\\b", r"a{\textbackslash}b"),
        ("é “q”", "é “q”"),
        ("one\n  two\x1b[2J", "one two [2J"),
    ],
)
def test_what_is_special_to_tex_is_escaped(text: str, printed: str) -> None:
    assert tex(text) == printed


def test_the_changelog_says_in_which_versions_a_row_was_named(tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\nprp-0001 before any version\n\n"
        "## 2.0.0 - 2027-01-01\n\n- prp-0001: its label, and `move:oppose`.\n\n"
        "## 1.10.0\n\n- prp-0001, prp-0002; prp-00013.\n\n## 1.9.0\n\nFirst.\n",
        "utf-8",
    )
    told = changes(tmp_path)
    assert told.first == "1.9.0"
    assert told.named["prp-0001"] == ("1.10.0", "2.0.0")
    assert told.named["prp-0002"] == ("1.10.0",)
    assert told.named["move:oppose"] == ("2.0.0",)
    assert "prp-0003" not in told.named


def test_without_a_changelog_nothing_is_said_of_versions(tmp_path: Path) -> None:
    assert changes(tmp_path).first is None
    assert not changes(tmp_path).named


def test_the_citation_file_follows_its_format(root: Path) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema"),
            *("--builtin-schema", "vendor.citation-file-format"),
            *("--force-filetype", "yaml", str(root / "CITATION.cff")),
        ],
        check=True,
        capture_output=True,
    )


def test_the_citation_file_survives_any_title(root: Path, tmp_path: Path) -> None:
    descriptor = read(root).descriptor | {"title": 'A: "b" # c\n- {d} é', "homepage": None}
    (tmp_path / "CITATION.cff").write_text(cff(descriptor), "utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema"),
            *("--builtin-schema", "vendor.citation-file-format"),
            *("--force-filetype", "yaml", str(tmp_path / "CITATION.cff")),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_the_deposit_and_the_citation_say_the_same(root: Path) -> None:
    descriptor = read(root).descriptor
    deposit, cited = zenodo(descriptor), cite(read(root)).csl
    assert deposit["title"] == cited["title"]
    assert deposit["version"] == cited["version"]
    assert [{"literal": creator["name"]} for creator in deposit["creators"]] == cited["author"]
    year, month, day = cited["issued"]["date-parts"][0]
    assert deposit["publication_date"] == f"{year}-{month:02}-{day:02}"
    assert {entry["identifier"] for entry in deposit["related_identifiers"]} == {
        source.url for source in load(root).sources
    }
