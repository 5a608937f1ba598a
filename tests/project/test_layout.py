"""The house: where things stand, which way imports go, one version, no strange address."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

#: The two wings and the roof: no file of the first folder imports from one of the others.
NEVER = {
    "tabular": {"record", "exports", "cli"},
    "record": {"exports", "cli"},
    "exports": {"cli"},
    "tabular/package": {
        f"tabular/{name}" for name in ("engine", "checks", "reports", "tables", "diff")
    },
    "tabular/engine": {"tabular/checks", "tabular/reports"},
    "tabular/reports": {"tabular/engine", "tabular/checks"},
}

#: Hosts that may be named; nothing in the project is fetched from them when it runs.
KNOWN_HOSTS = {
    "creativecommons.org",  # the data's licence, and its text
    "doi.org",  # the addresses of DOIs, by which one is known
    "orcid.org",  # the addresses of persons, and those of organisations
    "ror.org",
    "datapackage.org",  # the profile that the descriptor names, and the standard
    "defencetalk.com",  # a source
    "json-schema.org",  # the dialect of our schemas
    "json.schemastore.org",  # the schema of SARIF, as GitHub names it
    "id.loc.gov",  # the datatype of EDTF dates, by its name
    "mlcommons.org",  # the vocabulary of Croissant
    "datacite.org",  # the schema of DataCite records
    "w3id.org",  # the version of RO-Crate
    "purl.org",  # the vocabulary of Dublin Core
    "schema.org",  # its vocabulary
    "spdx.org",  # identifiers of licences
    "www.w3.org",  # the vocabularies of PROV, Web Annotation, SKOS, SHACL and XML Schema
    "www.nbcnews.com",  # a source
    "www.thetech.com",  # a source
    "www.wikidata.org",  # references
    "specs.frictionlessdata.io",  # the profiles of version 1 of the standard
    "github.com",  # the host of the workflow's actions
    "pre-commit.com",  # what runs our hooks in other people's repositories
}

#: Hosts of the outside documents: only the table of references may name them.
OUTSIDE_HOSTS = {
    "2001-2009.state.gov",
    "aus-city.com",
    "china.org.cn",
    "editorials.voa.gov",
    "en.m.wikinews.org",
    "en.trend.az",
    "enpoliticstyle.blogspot.com",
    "georgewbush-whitehouse.archives.gov",
    "insidedefense.com",
    "japan2.usembassy.gov",
    "m.jpost.com",
    "news.bbc.co.uk",
    "obamawhitehouse.archives.gov",
    "old.radio.cz",
    "oldtmt.vedomosti.ru",
    "rt.com",
    "russodaily.com",
    "spacewar.com",
    "themoscowtimes.com",
    "voa.pangea-cms.com",
    "webarchive.library.unt.edu",
    "www.cnsnews.com",
    "www.defense.gov",
    "www.everycrsreport.com",
    "www.foxnews.com",
    "www.globalsecurity.org",
    "www.independent.ie",
    "www.jpost.com",
    "www.nti.org",
    "www.nydailynews.com",
    "www.reuters.com",
    "www.rferl.org",
    "www.russialist.org",
    "www.state.gov",
    "www.whitehouse.gov",
    "www.worldsecuritynetwork.com",
    "wydarzenia.interia.pl",
}


def tracked(root: Path) -> list[Path]:
    """The files of the checkout."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [root / name for name in listing.stdout.splitlines() if (root / name).is_file()]


def imports(file: Path, package: Path) -> set[str]:
    """What a file imports of the package, as paths such as `tabular/engine/sql`, in functions too."""
    parts = file.relative_to(package).with_suffix("").parts
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*parts[: len(parts) - node.level], *(node.module or "").split(".")]
            found |= {"/".join(filter(None, [*base, alias.name])) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("shieldtalks"):
            base = (node.module or "").split(".")[1:]
            found |= {"/".join([*base, alias.name]) for alias in node.names}
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("shieldtalks.")]
            found |= {"/".join(name.split(".")[1:]) for name in names}
    return found


@pytest.mark.parametrize("folder", NEVER)
def test_imports_that_are_never_made(folder: str, root: Path) -> None:
    package = root / "src" / "shieldtalks"
    wrong = [
        f"{file.relative_to(package)} imports {name}"
        for file in sorted((package / folder).rglob("*.py"))
        for name in sorted(imports(file, package))
        if any(f"{name}/".startswith(f"{other}/") for other in NEVER[folder])
    ]
    assert wrong == []


def test_an_import_that_is_never_made_is_found(tmp_path: Path) -> None:
    file = tmp_path / "tabular" / "formatting.py"
    file.parent.mkdir()
    file.write_text("def f() -> None:\n    from ..record import edtf\n", encoding="utf-8")
    assert imports(file, tmp_path) == {"record/edtf"}
    file.write_text("from shieldtalks.record.edtf import bounds\nimport shieldtalks.cli\n", "utf-8")
    assert imports(file, tmp_path) == {"record/edtf/bounds", "cli"}


def test_the_folders_are_those_of_the_house(root: Path) -> None:
    package = root / "src" / "shieldtalks"
    folders = {path.name for path in package.iterdir() if (path / "__init__.py").is_file()}
    assert folders == {"tabular", "record", "exports", "cli"}
    assert {path.name for path in package.glob("*.py")} == {
        "__init__.py",
        "__main__.py",
        "generate.py",
    }


def test_modules_are_small(root: Path) -> None:
    lengths = {
        file: len(file.read_text(encoding="utf-8").splitlines())
        for file in (root / "src").rglob("*.py")
    }
    assert [str(file) for file, length in lengths.items() if length > 350] == []


def test_the_tests_are_in_the_folders_of_the_source(root: Path) -> None:
    tests = root / "tests"
    folders = {path.name for path in tests.iterdir() if list(path.glob("**/test_*.py"))}
    assert folders == {"tabular", "record", "exports", "cli", "project", "mutation", "clients"}
    for wing in ("tabular", "record", "exports", "cli"):
        for file in (tests / wing).rglob("test_*.py"):
            folder = file.parent.relative_to(tests)
            assert (root / "src" / "shieldtalks" / folder).is_dir(), f"{file} tests no folder"


def test_what_tests_share_is_in_one_place(root: Path) -> None:
    """The top of the checkout, the type of `run`, and the loader of tables; and files are not long."""
    for file in (root / "tests").rglob("*.py"):
        if "node_modules" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 500, f"{file} is long: split it by subject"
        if "support" not in file.parts and file.name != Path(__file__).name:
            assert not re.search(r"^(Run|ROOT|Findings)\b.* =", text, re.MULTILINE), file
            assert not re.search(r"\bDictWriter\(", text), f"{file}: use write_table"


def test_top_level(root: Path) -> None:
    wanted = {"datapackage.json", "data", "schemas", "validators", "tests", "README.md"}
    assert wanted | {"CHANGELOG.md"} <= {path.name for path in root.iterdir()}
    assert not (root / "validators" / "__init__.py").exists(), "it would shadow PyPI's validators"


def test_one_version(root: Path) -> None:
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    entry = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    citation = re.search(
        r'^version: "(\S+)"$', (root / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert entry is not None
    assert citation is not None
    assert descriptor["version"] == entry.group(1) == citation.group(1) == version("shieldtalks")


def test_addresses_are_known(root: Path) -> None:
    strange = set()
    for file in tracked(root):
        if "examples" in file.parts or file.name in ("LICENSE", "LICENSE-DATA"):
            continue
        text = file.read_bytes().decode("utf-8", errors="replace")
        for host in re.findall(r"https?://([A-Za-z0-9.-]+)", text):
            known = KNOWN_HOSTS | (OUTSIDE_HOSTS if file.name == "references.csv" else set())
            if host not in known and not host.endswith((".example", ".invalid")):
                strange.add(f"{file.relative_to(root)}: {host}")
    assert strange == set()


def test_no_known_host_of_outside_documents_is_out_of_date(root: Path) -> None:
    text = (root / "data" / "references.csv").read_text(encoding="utf-8")
    assert {host for host in OUTSIDE_HOSTS if f"//{host}/" not in text} == set()


def test_no_path_of_a_machine(root: Path) -> None:
    home = re.compile(r"/(?:home|root|Users|work)/[A-Za-z]")
    told = [
        str(file.relative_to(root))
        for file in tracked(root)
        if file.suffix in (".py", ".md", ".toml", ".json", ".yml", ".cff", ".sql", "")
        and file.name != Path(__file__).name
        and home.search(file.read_bytes().decode("utf-8", errors="replace"))
    ]
    assert told == []
