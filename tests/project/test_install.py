"""The release: every format, the same bytes twice, a wheel with everything in it, and it runs."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldtalks import __version__
from shieldtalks.cli import main
from shieldtalks.exports import FORMATS
from shieldtalks.exports.pages import AGREEMENT, CODING_RULES, LIMITS, agreement
from shieldtalks.exports.responsible_ai import responsible_ai
from shieldtalks.tabular.package import read
from tests.support import Run
from tests.support.once import SURROUNDINGS, once

pytestmark = pytest.mark.slow

#: What of the checkout a release is made of.
SOURCES = [
    ".ci",
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
    "SECURITY.md",
    "action.yml",
    ".pre-commit-hooks.yaml",
]

#: The pages that exports use.
PAGES = (LIMITS, CODING_RULES, AGREEMENT)


def release(root: Path, folder: Path, surroundings: dict[str, str]) -> Path:
    """The folder with every file of the release, made from a copy of the checkout in `folder`."""
    checkout = folder / "checkout"
    checkout.mkdir(parents=True)
    for name in [*SOURCES, *(["releases"] if (root / "releases").is_dir() else [])]:
        if (root / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "node_modules")
            shutil.copytree(root / name, checkout / name, ignore=ignored)
        else:
            shutil.copy(root / name, checkout / name)
    subprocess.run(
        [sys.executable, checkout / ".ci" / "release.py", folder / "dist"],
        env=os.environ | surroundings | {"PYTHONPATH": str(checkout / "src")},
        check=True,
    )
    return folder / "dist"


@pytest.fixture(scope="module")
def released(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with every file of the release."""
    return (
        once(tmp_path_factory, "release", lambda folder: release(root, folder, SURROUNDINGS[0]))
        / "dist"
    )


@pytest.fixture(scope="module")
def built(released: Path) -> dict[str, Path]:
    """The wheel and the sdist that it is made from, by their endings."""
    return {path.suffix: path for path in released.iterdir() if path.suffix in (".whl", ".gz")}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_two_releases_in_two_folders_are_equal(root: Path, released: Path, tmp_path: Path) -> None:
    """Every format, the wheel and the sdist, also in another time zone, language and order of hashing."""
    again = release(root, tmp_path / "some" / "where" / "else", SURROUNDINGS[1])
    assert {path.name: digest(path) for path in again.iterdir()} == {
        path.name: digest(path) for path in released.iterdir()
    }


def test_a_release_has_every_format_its_checksums_and_a_note(released: Path) -> None:
    names = {path.name for path in released.iterdir()}
    stem = f"shieldtalks-{__version__}"
    for form in FORMATS.keys() - {"duckdb"}:  # its bytes differ each time
        assert [n for n in names if n.startswith((f"{stem}-{form}.", f"{stem}.{form}"))], form
    assert {f"{stem}-py3-none-any.whl", f"{stem}.tar.gz", f"{stem}-csv.zip"} <= names
    note = (released / "RELEASE.md").read_text("utf-8")
    assert f"# Shieldtalks {__version__}\n" in note
    sums = dict(
        reversed(line.split("  ")) for line in (released / "SHA256SUMS").read_text().splitlines()
    )
    assert sums == {name: digest(released / name) for name in names - {"SHA256SUMS"}}
    listed = {name for name in names if f"`{name}`" in note}
    assert listed == names - {"RELEASE.md", "SHA256SUMS"}
    assert "`sha256sum --check SHA256SUMS`" in note


def test_help_is_no_folder(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = release_module(root)
    with pytest.raises(SystemExit, match="0"):
        made.folder_of(["--help"])
    assert "The folder to write" in capsys.readouterr().out
    assert made.folder_of(["x"]) == Path("x").absolute()


def release_module(root: Path) -> Any:
    """The program that makes a release."""
    spec = importlib.util.spec_from_file_location("release", root / ".ci" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_the_note_says_what_changed_since_the_release_before(
    root: Path, package: Path, tmp_path: Path, run: Run
) -> None:
    made = release_module(root)
    made.RELEASES = tmp_path / "releases"
    made.RELEASES.mkdir()
    assert "## Changes of the data" not in made.note(__version__, [])
    descriptor = (package / "datapackage.json").read_text("utf-8")
    for version in ("0.0.9", "0.0.10", __version__):
        text = descriptor.replace(f'"version": "{__version__}"', f'"version": "{version}"')
        (package / "datapackage.json").write_text(text, "utf-8")
        title = f"as of {version}: Proposals"
        table = package / "data" / "proposals.csv"
        table.write_text(table.read_text("utf-8").replace("prp-0001,", f"prp-0001,{title} ", 1))
        run("fmt", package, code=0)
        run("export", "csv", package, "-o", made.RELEASES / f"shieldtalks-{version}.zip", code=0)
    note = made.note(__version__, [])
    assert "## Changes of the data since 0.0.10\n" in note
    assert "as of 0.0.10" in note


def test_the_zipped_tables_of_a_release_are_the_package(
    released: Path, tmp_path: Path, run: Run
) -> None:
    shutil.unpack_archive(released / f"shieldtalks-{__version__}-csv.zip", tmp_path)
    run("validate", tmp_path, code=0)
    diff = run("diff", released / f"shieldtalks-{__version__}-csv.zip", tmp_path, code=0)
    assert diff.stdout.startswith("no changes")


def test_the_wheel_holds_the_whole_package_and_nothing_else(
    root: Path, built: dict[str, Path]
) -> None:
    with zipfile.ZipFile(built[".whl"]) as wheel:
        names = set(wheel.namelist())
    about = f"shieldtalks-{__version__}.dist-info"
    licences = {f"{about}/licenses/LICENSE", f"{about}/licenses/LICENSE-DATA"}
    wanted = {f"{about}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    folders = {root / "src" / "shieldtalks": "", root / "data": "data"}
    folders |= {root / name: name for name in ("schemas", "validators")}
    for folder, name in folders.items():
        for file in folder.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                wanted.add((Path("shieldtalks") / name / file.relative_to(folder)).as_posix())
    wanted |= {f"shieldtalks/{name}" for name in ("datapackage.json", "CHANGELOG.md", *PAGES)}
    assert names == wanted | licences
    assert {"shieldtalks/py.typed", "shieldtalks/data/claims.csv"} <= names


def test_the_wheel_is_a_package_to_compare_with(root: Path, built: dict[str, Path]) -> None:
    result = CliRunner().invoke(main, ["diff", str(built[".whl"]), str(root), "--exit-code"])
    assert result.stdout.startswith("no changes"), result.output
    assert result.exit_code == 0


def test_the_sdist_holds_the_tests_and_docs(built: dict[str, Path]) -> None:
    with tarfile.open(built[".gz"]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {
        "tests/project/test_install.py",
        "docs/codebook.md",
        "CHANGELOG.md",
        "Makefile",
    } <= names


def run_elsewhere(
    built: dict[str, Path], folder: Path, *arguments: object
) -> subprocess.CompletedProcess[str]:
    """Run the wheel, unpacked beside the dependencies of this environment, without the checkout."""
    with zipfile.ZipFile(built[".whl"]) as wheel:
        wheel.extractall(folder / "site")
    return subprocess.run(
        [sys.executable, "-m", "shieldtalks", *map(str, arguments)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "site")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_runs_elsewhere(built: dict[str, Path], tmp_path: Path) -> None:
    done = run_elsewhere(built, tmp_path, "validate", "--installed")
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "site" / "shieldtalks" / "datapackage.json") in done.stderr


def test_the_wheel_exports_what_the_pages_say(
    root: Path, built: dict[str, Path], tmp_path: Path
) -> None:
    """The Responsible-AI fields and the card are those of an export from the checkout."""
    done = run_elsewhere(built, tmp_path, "export", "croissant", "-o", "croissant")
    assert done.returncode == 0, done.stderr
    stated = json.loads((tmp_path / "croissant" / "croissant.json").read_text("utf-8"))
    found = {name: value for name, value in stated.items() if name.startswith("rai:")}
    assert found == responsible_ai(read(root))
    assert len(found["rai:dataLimitations"]) == 9
    assert agreement(read(tmp_path / "site" / "shieldtalks")) == agreement(read(root)) != []


def test_a_plain_checkout_runs(root: Path, tmp_path: Path) -> None:
    """Not installed at all: the source folder on the path."""
    done = subprocess.run(
        [sys.executable, "-m", "shieldtalks", "validate", "--installed"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(root / "datapackage.json") in done.stderr
