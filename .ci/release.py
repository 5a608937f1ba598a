"""Make every file of a release from this checkout, with checksums and a release note.

Run `python .ci/release.py [DIST]`. With the same versions of Python and the libraries, the same commit
always gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from click.testing import CliRunner

from shieldtalks.cli import main
from shieldtalks.exports import FORMATS
from shieldtalks.tabular.files import whole_folder
from shieldtalks.tabular.package import read
from shieldtalks.tabular.package.archive import same_entry

ROOT = Path(__file__).resolve().parents[1]

#: The folder of earlier releases. Each is a file NAME-1.2.3.zip.
RELEASES = ROOT / "releases"

SUMS = "SHA256SUMS"
NOTE = "RELEASE.md"


def run(*arguments: object) -> str:
    """The standard output of a Python module. If it fails, its messages are shown."""
    done = subprocess.run(  # noqa: S603 (our own commands)
        [sys.executable, "-m", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{arguments[0]} {arguments[1]}: {done.stdout}{done.stderr}")
    return done.stdout


def command(*arguments: object) -> str:
    """The standard output of our own command, run in this process: it loads its libraries only once."""
    words = [str(argument) for argument in arguments]
    # As a part of this program, it leaves the temporary files of this program where they are.
    done = CliRunner().invoke(main, words, standalone_mode=False)
    if done.exception or done.return_value:
        raise SystemExit(f"shieldtalks {arguments[0]}: {done.output}{done.exception or ''}")
    return done.stdout


def exports(stem: str, dist: Path) -> Iterator[tuple[Path, str]]:
    """Export the record in every format, and yield each file with its description. Folders are zipped.

    A DuckDB file is different each time, so that nobody could make the same release again: it is left out.
    """
    command("validate", ROOT)
    for format_name, known in FORMATS.items():
        if format_name == "duckdb":
            continue
        ending = known.endings[0] or ".zip"
        is_usual = ending == f".{format_name}"
        name = stem + ending if is_usual else f"{stem}-{format_name}{ending}"
        if ending in known.endings:
            command("export", format_name, ROOT, "--no-validate", "-o", dist / name)
        else:
            with tempfile.TemporaryDirectory() as parent:
                folder = Path(parent) / format_name
                command("export", format_name, ROOT, "--no-validate", "-o", folder)
                pack(folder, dist / name)
        yield dist / name, known.about


def pack(folder: Path, target: Path) -> None:
    """Zip the files of a folder, sorted by name."""
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = file.relative_to(folder).as_posix()
            with file.open("rb") as source, archive.open(same_entry(name), "w") as out:
                shutil.copyfileobj(source, out)


def note(version: str, files: list[tuple[Path, str]]) -> str:
    """The release note: the changelog entry, the changes since the last release, and the files."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    entry = re.search(
        rf"^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.M | re.S
    )
    if entry is None:
        raise SystemExit(f"CHANGELOG.md has no entry for version {version}")
    parts = [f"# Shieldtalks {version}", entry[1].strip()]
    if last := last_before(version):
        changes = command("diff", last, ROOT, "--format", "markdown")
        parts += [f"## Changes of the data since {last.stem.rpartition('-')[2]}", changes.strip()]
    table = [f"| `{file.name}` | {about} |" for file, about in files]
    parts += ["## Files", "\n".join(["| file | content |", "|---|---|", *table])]
    parts += [f"To check the files, run `sha256sum --check {SUMS}`."]
    return "\n\n".join(parts) + "\n"


def last_before(version: str) -> Path | None:
    """The latest release before this version. None if there is none."""
    releases = {numbers(file.stem.rpartition("-")[2]): file for file in RELEASES.glob("*.zip")}
    earlier = [number for number in releases if number < numbers(version)]
    return releases[max(earlier)] if earlier else None


def numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version such as 1.10.0, for comparison."""
    return tuple(int(part) for part in version.split("."))


def release(dist: Path) -> None:
    """Make the release in a folder. If something fails, the folder does not appear."""
    package = read(ROOT)
    version = str(package.version)
    with whole_folder(dist, force=True) as folder:
        # Without isolation: by the builder of this environment, which is not fetched anew for each release.
        run("build", "--no-isolation", "--outdir", folder, ROOT)
        files = [
            (next(folder.glob("*.whl")), "the installable package, with the data"),
            (next(folder.glob("*.tar.gz")), "the source of the package"),
        ]
        files += exports(f"{package.name}-{version}", folder)
        (folder / NOTE).write_text(note(version, files), "utf-8", newline="\n")
        sums = [
            f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
            for file in sorted(folder.iterdir())
        ]
        (folder / SUMS).write_text("".join(sums), "utf-8", newline="\n")


def folder_of(arguments: Sequence[str] | None = None) -> Path:
    """The folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python .ci/release.py", description="Make the release.")
    parser.add_argument(
        "dist", nargs="?", default="dist", type=Path, metavar="DIST",
        help="The folder to write, default: dist. If it is there, it is replaced.",
    )  # fmt: skip
    dist: Path = parser.parse_args(arguments).dist
    return dist.absolute()


if __name__ == "__main__":
    release(folder_of())
