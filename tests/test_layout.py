"""The house: where things stand, which way imports go, one version, no strange address."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

#: The floors of the code, lowest first; a module imports from its own folder or from below.
FLOORS = [
    {"findings", "unicode14", "edtf", "jsontext", "datewords"},
    {"files", "package", "canon", "models", "vocabulary"},
    {"engine", "reports", "archives", "citation", "rowhash", "changelog"},
    {"checks", "evidence", "rows", "ddl", "schemas", "deposit"},
    {"validation", "codebook", "database", "diff", "formatting"},
    {"ledger", "frames", "labels"},
    {"flat"},
    {"dataset", "ledgerform", "linked"},
    {"description"},
    {"sealed", "exports", "generate", "releases", "starter"},
    {"cli"},
]

#: Hosts that may be named; nothing in the project is fetched from them when it runs.
KNOWN_HOSTS = {
    "creativecommons.org",  # the data's licence, and its text
    "datapackage.org",  # the profile that the descriptor names, and the standard
    "defencetalk.com",  # a source
    "json-schema.org",  # the dialect of our schemas
    "id.loc.gov",  # the datatype of EDTF dates, by its name
    "mlcommons.org",  # the vocabulary of Croissant
    "purl.org",  # the vocabulary of Dublin Core
    "schema.org",  # its vocabulary
    "www.w3.org",  # the vocabularies of PROV, Web Annotation, SKOS, SHACL and XML Schema
    "www.nbcnews.com",  # a source
    "www.thetech.com",  # a source
    "www.wikidata.org",  # references
    "github.com",  # the host of the workflow's actions
    "pre-commit.com",  # what runs our hooks in other people's repositories
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


def floor_of(name: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if name in floor)


def imports(file: Path, package: Path) -> set[str]:
    """The top-level modules of the package that a file imports, also inside its functions."""
    parts = file.relative_to(package).with_suffix("").parts
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = parts[: len(parts) - node.level]
            target = [*base, *(node.module or "").split(".")] if node.module else [*base]
            names = [target[0]] if target and target[0] else [alias.name for alias in node.names]
            found.update(names)
    return found


def test_imports_only_go_down(root: Path) -> None:
    package = root / "src" / "shieldtalks"
    wrong = []
    for file in sorted(package.rglob("*.py")):
        own = file.relative_to(package).parts[0].removesuffix(".py")
        if own in ("__init__", "__main__"):
            continue
        for name in imports(file, package) - {own, "__version__"}:
            if floor_of(name) >= floor_of(own):
                wrong.append(f"{file.relative_to(package)} imports {name}")
    assert wrong == []


def test_the_left_half_knows_nothing_of_the_record(root: Path) -> None:
    package = root / "src" / "shieldtalks"
    left = ["package.py", "findings.py", "rows.py", "ddl.py", "validation.py", "engine", "checks"]
    right = {"models", "dataset", "schemas", "evidence", "citation", "canon", "sealed"}
    files = [file for name in left for file in [package / name, *(package / name).rglob("*.py")]]
    for file in files:
        if file.suffix == ".py":
            assert not imports(file, package) & right, file


def test_modules_are_small(root: Path) -> None:
    lengths = {
        file: len(file.read_text(encoding="utf-8").splitlines())
        for file in (root / "src").rglob("*.py")
    }
    assert [str(file) for file, length in lengths.items() if length > 350] == []


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
            if host not in KNOWN_HOSTS and not host.endswith((".example", ".invalid")):
                strange.add(f"{file.relative_to(root)}: {host}")
    assert strange == set()


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
