"""Every command that reads a package reads it from a zip and a wheel too, and says the same of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
import pytest

from shieldtalks.cli import COMMANDS, main
from shieldtalks.record.dataset import load
from tests.support import Run
from tests.support.packages import pack
from tests.support.sheets import LIGHTHOUSE

#: How each command is run; {package} is the folder or the archive.
RUNS = {
    "validate": ["{package}", "--format", "json"],
    "export": ["json", "{package}", "-o", "-", "--no-validate"],
    "verify": ["{package}", "--copy", "src-9001={copy}"],
    "ledger": ["{package}", "--format", "csv"],
    "positions": ["{package}", "--format", "csv"],
    "show": ["prp-0001", "--package", "{package}", "--format", "json"],
    "search": ["signal", "--package", "{package}", "--format", "json"],
    "list": ["claims", "--package", "{package}", "--format", "csv"],
    "info": ["{package}", "--format", "json"],
    "anchor": [
        *("{copy}", "--source", "src-9001", "--package", "{package}"),
        *("--from", "Ostrell fears", "--to", "outer islands"),
    ],
    "diff": ["{package}", "{package}", "--exit-code"],
    "fmt": ["{package}"],
    "sheet": ["--from-record", "src-9001", "--package", "{package}"],
    "agree": ["{package}", "{package}", "--format", "json"],
    "code": ["{sheet}", "--package", "{package}", "--article", "{copy}"],
}

#: Commands that change a package, with how they refuse an archive.
CHANGING = {
    "fmt": "fmt does not change archives",
    "code": "contains no datapackage.json",
}


def takes_a_package(name: str) -> bool:
    """Whether a command has an argument or an option for a package."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return bool({"package", "packages", "old"} & {str(param.name) for param in command.params})


def test_each_command_that_takes_a_package_is_run_here() -> None:
    assert set(RUNS) == set(filter(takes_a_package, COMMANDS))


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, alone for one test."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def arguments(name: str, package: Path, copy: Path) -> list[str]:
    """A command with its arguments for a package."""
    return [
        name,
        *(given.format(package=package, copy=copy, sheet=LIGHTHOUSE) for given in RUNS[name]),
    ]


@pytest.mark.sample(6)
@pytest.mark.parametrize("name", sorted(RUNS.keys() - CHANGING.keys()))
@pytest.mark.parametrize("ending", ["zip", "whl"])
def test_an_archive_is_read_as_its_folder(
    name: str, ending: str, made_up: Path, copy: Path, run: Run, tmp_path: Path, scratch: Path
) -> None:
    archive = pack(made_up, tmp_path / f"record.{ending}", "top/" if ending == "whl" else "")
    folder_result = run(*arguments(name, made_up, copy))
    result = run(*arguments(name, archive, copy))
    assert result.exit_code == folder_result.exit_code
    assert result.stdout.replace(str(archive), "P") == folder_result.stdout.replace(
        str(made_up), "P"
    )
    assert str(scratch) not in result.output
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("name", RUNS)
def test_an_archive_without_a_package_is_refused(
    name: str, copy: Path, run: Run, tmp_path: Path, scratch: Path
) -> None:
    (tmp_path / "empty.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    result = run(*arguments(name, tmp_path / "empty.zip", copy), code=2)
    wanted = CHANGING.get(name, "contains no datapackage.json")
    assert wanted in result.output
    assert list(scratch.iterdir()) == []


def test_a_fault_in_an_archive_is_named_by_the_archive(
    made_up: Path, run: Run, tmp_path: Path, scratch: Path
) -> None:
    (made_up / "data" / "claims.csv").unlink()
    (made_up / "schemas" / "tables" / "actors.json").write_text("[]")
    archive = pack(made_up, tmp_path / "broken.zip")
    for call in (("info", archive), ("export", "json", archive, "-o", "-")):
        result = run(*call, code=2)
        assert "broken.zip/" in result.stderr
        assert str(scratch) not in result.output


def test_settings_beside_an_archive_are_used(run: Run, pair: tuple[Path, Path]) -> None:
    (pair[0] / "things.csv").write_bytes((pair[0] / "things.csv").read_bytes() + b"\n")
    archive = pack(pair[0], pair[0].parent / "small.zip")
    assert "blank-row" in run("validate", archive, code=0).stdout
    (archive.parent / "shieldtalks.toml").write_text('[rules]\nblank-row = "off"\n')
    assert "blank-row" not in run("validate", archive, code=0).stdout


def test_a_record_can_be_loaded_from_an_archive(
    made_up: Path, tmp_path: Path, scratch: Path
) -> None:
    dataset = load(pack(made_up, tmp_path / "record.zip"))
    assert dataset.claims == load(made_up).claims
    assert list(scratch.iterdir())
    del dataset
    assert list(scratch.iterdir()) == []
