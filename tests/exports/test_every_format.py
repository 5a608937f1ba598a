"""What holds of every format: the same bytes every time, and a file whole or not at all."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shieldtalks.exports import FORMATS
from tests.support import Run
from tests.support.once import SURROUNDINGS
from tests.support.warm import Warm

#: A name of the right ending for each format, and for the other form that CSV has.
NAMES = {name: f"out{form.endings[0]}" for name, form in FORMATS.items()} | {"csv-zip": "out.zip"}


def contents(target: Path) -> dict[str, str]:
    """The digest of each file of an export, which is a file or a folder; empty where there is none."""
    files = sorted(target.rglob("*")) if target.is_dir() else [target]
    return {
        file.relative_to(target.parent).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.is_file()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", ["csv", "bench"])
def test_a_folder_has_the_same_bytes_every_time(name: str, root: Path, tmp_path: Path) -> None:
    """In another process, folder, time zone, language and order of hashing.

    The other formats are files of a release: see `test_two_releases_in_two_folders_are_equal`. DuckDB
    writes an identifier of its own into each file; test_duckdb.py compares what it contains.
    """
    found = []
    for number, other in enumerate(SURROUNDINGS):
        folder = tmp_path / str(number)
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-m", "shieldtalks", "export", name, root, "-o", folder / "out"],
            env=os.environ | other,
            cwd=folder,
            capture_output=True,
            check=True,
        )
        found.append(contents(folder / "out"))
    assert found[0]
    assert found[0] == found[1]


#: Exports until the moment asked for, prints the number of its process, and waits to be killed.
WRITER = """
import os, sys, time
from pathlib import Path
from shieldtalks.exports import writer
from shieldtalks.exports.job import Job, chosen
from shieldtalks.tabular.package import read

form, root, target, moment = sys.argv[1:]

def wait(*_):
    print(os.getpid(), flush=True)
    time.sleep(600)

told = []
def tell(what):
    told.append(what)
    if moment == f"table {len(told)}":
        wait()

if moment == "swap":
    os.replace = wait
package = read(Path(root))
writer(form)(Job(package, chosen(package, ()), Path(target), True, tell))
print("done", flush=True)
"""

#: The page, the bench and the record of DataCite are one piece of work each, and told of once.
MOMENTS = [
    (name, moment)
    for name in NAMES
    for moment in ("table 1", "table 5", "swap")
    if name not in ("html", "bench", "datacite") or moment != "table 5"
]


#: A file of each format that is a folder: a folder that holds others is not replaced.
WRITTEN = {
    "csv": "datapackage.json",
    "parquet": "sources.parquet",
    "croissant": "croissant.json",
    "ro-crate": "ro-crate-metadata.json",
    "huggingface": "README.md",
    "bench": "gold.jsonl",
}


@pytest.fixture(scope="module")
def exporter(loaded: Warm | None) -> list[str | Path]:
    """The start of a command that runs WRITER."""
    return [loaded.program("writer", WRITER)] if loaded else [sys.executable, "-c", WRITER]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
@pytest.mark.parametrize(("name", "moment"), MOMENTS)
def test_a_kill_leaves_the_old_one(
    name: str, moment: str, exporter: list[str | Path], root: Path, tmp_path: Path
) -> None:
    target = tmp_path / NAMES[name]
    if target.suffix:
        target.write_text("old", "utf-8")
    else:
        target.mkdir()
        (target / WRITTEN[name]).write_text("old", "utf-8")
    before = contents(target)
    arguments = [name.removesuffix("-zip"), root, target, moment]
    with subprocess.Popen(
        [*exporter, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        os.kill(int(process.stdout.readline()), signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert contents(target) == before


@pytest.mark.parametrize("name", NAMES)
def test_what_is_there_is_not_overwritten(name: str, root: Path, tmp_path: Path, run: Run) -> None:
    target = tmp_path / NAMES[name]
    target.write_text("old", "utf-8")
    result = run("export", name.removesuffix("-zip"), root, "-o", target, code=2)
    assert "already exists" in result.stderr
    assert target.read_text("utf-8") == "old"


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_that_is_not_there_is_told_before_any_work(
    name: str, root: Path, tmp_path: Path, run: Run
) -> None:
    target = tmp_path / "no" / NAMES[name]
    result = run("export", name.removesuffix("-zip"), root, "-o", target, code=2)
    assert "there is no folder" in result.stderr
    assert "exporting" not in result.stderr


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", NAMES)
def test_faulty_data_are_refused(name: str, package: Path, tmp_path: Path, run: Run) -> None:
    file = package / "data" / "responses.csv"
    file.write_bytes(file.read_bytes().replace(b",decline,", b",declined,", 1))
    target = tmp_path / NAMES[name]
    result = run("export", name.removesuffix("-zip"), package, "-o", target, code=1)
    assert "not one of the codes" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_the_page_about_formats_has_a_row_and_a_section_for_each(root: Path) -> None:
    page = (root / "docs" / "formats.md").read_text("utf-8")
    for name in FORMATS:
        assert f"| [{name}](#{name}) |" in page
        assert f"\n## {name}\n" in page
