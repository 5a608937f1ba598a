"""The package as built: the wheel from the sdist, the same bytes twice, everything in it, and it runs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from shieldtalks import __version__
from shieldtalks.cli import main
from shieldtalks.package import read

pytestmark = pytest.mark.slow

#: What of the checkout the build reads.
SOURCES = [
    "src",
    "data",
    "schemas",
    "validators",
    "tests",
    "docs",
    "benchmarks",
    "datapackage.json",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "CITATION.cff",
    ".zenodo.json",
    "LICENSE",
    "LICENSE-DATA",
    "Makefile",
]


def build(root: Path, folder: Path) -> dict[str, Path]:
    """Build sdist and wheel from a copy of the checkout in `folder`; the files by their ending."""
    (folder / "checkout").mkdir(parents=True)
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(
                root / name,
                folder / "checkout" / name,
                ignore=shutil.ignore_patterns("__pycache__"),
            )
        else:
            shutil.copy(root / name, folder / "checkout" / name)
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder / "dist"), str(folder / "checkout")],
        check=True,
        capture_output=True,
    )
    return {path.suffix: path for path in (folder / "dist").iterdir()}


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist and the wheel made from it."""
    return build(root, tmp_path_factory.mktemp("one"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_two_builds_in_two_folders_are_equal(
    root: Path, built: dict[str, Path], tmp_path: Path
) -> None:
    again = build(root, tmp_path / "some" / "where" / "else")
    assert {s: (p.name, digest(p)) for s, p in again.items()} == {
        s: (p.name, digest(p)) for s, p in built.items()
    }


def test_the_wheel_holds_the_whole_package(root: Path, built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built[".whl"]) as wheel:
        names = set(wheel.namelist())
    package = read(root)
    wanted = {
        "datapackage.json",
        "CHANGELOG.md",
        "py.typed",
        "checks/data_package.json",
        "schemas/profile.json",
    }
    wanted |= {resource.path for resource in package.resources}
    wanted |= {str(resource.schema_path) for resource in package.resources}
    wanted |= {f"starter/{file.name}" for file in (root / "src/shieldtalks/starter").glob("*.*")}
    wanted |= {f"validators/{file.name}" for file in (root / "validators").glob("*.sql")}
    assert {f"shieldtalks/{name}" for name in wanted} <= names
    licences = f"shieldtalks-{__version__}.dist-info/licenses/"
    assert {f"{licences}LICENSE", f"{licences}LICENSE-DATA"} <= names
    assert not [name for name in names if "curation" in name or "tests" in name]


def test_the_wheel_is_a_package_to_compare_with(root: Path, built: dict[str, Path]) -> None:
    result = CliRunner().invoke(main, ["diff", str(built[".whl"]), str(root), "--exit-code"])
    assert result.stdout.startswith("no changes"), result.output
    assert result.exit_code == 0


def test_the_sdist_holds_the_tests_and_docs(built: dict[str, Path]) -> None:
    with tarfile.open(built[".gz"]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"tests/test_install.py", "docs/codebook.md", "CHANGELOG.md", "Makefile"} <= names


def test_the_wheel_runs_elsewhere(built: dict[str, Path], tmp_path: Path) -> None:
    """Unpacked beside the dependencies of this environment, without the checkout."""
    with zipfile.ZipFile(built[".whl"]) as wheel:
        wheel.extractall(tmp_path / "site")
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-m", "shieldtalks", "validate"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "site" / "shieldtalks" / "datapackage.json") in done.stderr


def test_a_plain_checkout_runs(root: Path, tmp_path: Path) -> None:
    """Not installed at all: the source folder on the path."""
    done = subprocess.run(
        [sys.executable, "-m", "shieldtalks", "validate"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(root / "datapackage.json") in done.stderr
