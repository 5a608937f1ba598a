"""RO-Crate: rocrate-validator checks the folder, rocrate reads it; cells: test_values.py."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clients.conftest import HERE, RIVERS, absent
from tests.support import Run

pytestmark = pytest.mark.client

CONTEXT = "https://w3id.org/ro/crate/1.2/context"


@pytest.fixture(scope="session")
def folder(exported: Callable[..., Path]) -> Path:
    return exported("ro-crate", "ro-crate")


@pytest.fixture(scope="session")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], tuple[int, str]]:
    """Run rocrate-validator, offline: its exit code and what it prints.

    `make clients` installs it in an environment of its own, inside that of the tests.
    """
    context = HERE / "node_modules" / "ro-crate" / "lib" / "context.json"
    if not context.exists():
        absent("ro-crate, which tests/clients/package.json lists,")
    python = Path(sys.prefix) / "roc-validator" / "bin" / "python"
    if not python.with_name("rocrate-validator").exists():
        absent("rocrate-validator")
    cache = tmp_path_factory.mktemp("roc-validator") / "cache.sqlite"
    seed = [python, HERE / "seed_roc.py", cache, CONTEXT, context]
    subprocess.run(seed, check=True, capture_output=True)

    def call(crate: Path) -> tuple[int, str]:
        program = [python.with_name("rocrate-validator"), "--disable-color", "-y", "validate"]
        options = ["--offline", "--cache-path", cache, "-p", "ro-crate-1.2", "--no-paging", "-v"]
        command = [*program, *options, crate]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    return call


def test_rocrate_validator_finds_nothing(
    folder: Path, validate: Callable[[Path], tuple[int, str]]
) -> None:
    code, said = validate(folder)
    assert "is a valid ro-crate-1.2" in said
    assert code == 0


def test_rocrate_validator_sees_a_file_that_is_not_there(
    exported: Callable[..., Path], validate: Callable[[Path], tuple[int, str]]
) -> None:
    broken = exported("ro-crate", "ro-crate-broken", "--table", "claims")
    (broken / "data" / "claims.csv").unlink()
    assert validate(broken)[0] == 1


def test_rocrate_reads_it(folder: Path, root: Path) -> None:
    from rocrate.rocrate import ROCrate

    crate = ROCrate(folder)
    stated = json.loads((root / "datapackage.json").read_text("utf-8"))
    assert crate.name == stated["title"]
    assert crate.root_dataset["version"] == stated["version"]
    tables = [one for one in crate.data_entities if one["encodingFormat"] == "text/csv"]
    assert [one["name"] for one in tables] == [one["name"] for one in stated["resources"]]


def test_the_crate_of_another_package_is_valid(
    rivers: Path, tmp_path: Path, run: Run, validate: Callable[[Path], tuple[int, str]]
) -> None:
    from rocrate.rocrate import ROCrate

    said = run("export", "ro-crate", rivers, "-o", tmp_path / "crate", code=0).stderr
    assert "RO-Crate needs" not in said
    code, found = validate(tmp_path / "crate")
    assert code == 0, found
    crate = ROCrate(tmp_path / "crate")
    assert crate.name == RIVERS["title"]
    assert crate.license["@id"] == RIVERS["licenses"][0]["path"]
    (table,) = (one for one in crate.data_entities if one["encodingFormat"] == "text/csv")
    assert (tmp_path / "crate" / table.id).read_bytes() == (rivers / "rivers.csv").read_bytes()
