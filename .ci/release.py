"""Every file of a release, made from the checkout that this stands in, with checksums and a release note.

Run as `python .ci/release.py [DIST]`. The same commit gives the same bytes, wherever and whenever it is
run with the same versions of Python and of the libraries.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from shieldtalks.exports import FORMATS
from shieldtalks.tabular.files import whole_folder
from shieldtalks.tabular.package import read
from shieldtalks.tabular.package.archive import same_entry

ROOT = Path(__file__).resolve().parents[1]

#: The files of former releases, each NAME-1.2.3.zip.
RELEASES = ROOT / "releases"

SUMS = "SHA256SUMS"
NOTE = "RELEASE.md"


def run(*arguments: object) -> str:
    """What a module of Python prints; its words on stderr are shown where it fails."""
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


def exports(stem: str, dist: Path) -> Iterator[tuple[Path, str]]:
    """Writes the record in every form; each file with the line that says what it is. Folders are zipped."""
    for form, known in FORMATS.items():
        ending = known.endings[0] or ".zip"
        name = stem + ending if ending == f".{form}" else f"{stem}-{form}{ending}"
        if ending in known.endings:
            run("shieldtalks", "export", form, ROOT, "-o", dist / name)
        else:
            with tempfile.TemporaryDirectory() as made:
                run("shieldtalks", "export", form, ROOT, "-o", Path(made) / form)
                pack(Path(made) / form, dist / name)
        yield dist / name, known.about


def pack(folder: Path, target: Path) -> None:
    """Zip what is in a folder, in the order of its names."""
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = file.relative_to(folder).as_posix()
            with file.open("rb") as source, archive.open(same_entry(name), "w") as out:
                shutil.copyfileobj(source, out)


def note(version: str, files: list[tuple[Path, str]]) -> str:
    """The release note: what the changelog says, what changed since the last release, and the files."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    said = re.search(rf"^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.M | re.S)
    if said is None:
        raise SystemExit(f"CHANGELOG.md has no entry for {version}")
    parts = [f"# Shieldtalks {version}", said[1].strip()]
    if former := last_before(version):
        changes = run("shieldtalks", "diff", former, ROOT, "--format", "markdown")
        parts += [f"## The data, against {former.stem.rpartition('-')[2]}", changes.strip()]
    table = [f"| `{file.name}` | {about} |" for file, about in files]
    parts += ["## Files", "\n".join(["| file | is |", "|---|---|", *table])]
    parts += [f"`{SUMS}` has their checksums: `sha256sum --check {SUMS}`."]
    return "\n\n".join(parts) + "\n"


def last_before(version: str) -> Path | None:
    """The latest of the former releases, this version's own left out; None where there is none."""
    former = {numbers(file.stem.rpartition("-")[2]): file for file in RELEASES.glob("*.zip")}
    earlier = [number for number in former if number < numbers(version)]
    return former[max(earlier)] if earlier else None


def numbers(version: str) -> tuple[int, ...]:
    """A version such as 1.10.0 as numbers, for comparison."""
    return tuple(int(part) for part in version.split("."))


def main(dist: Path) -> None:
    """Make the release in a folder, which appears whole or not at all."""
    package = read(ROOT)
    version = str(package.version)
    with whole_folder(dist, force=True) as made:
        run("build", "--outdir", made, ROOT)
        files = [
            (next(made.glob("*.whl")), "the installable package, with the data in it"),
            (next(made.glob("*.tar.gz")), "the source it is built from"),
        ]
        files += exports(f"{package.name}-{version}", made)
        (made / NOTE).write_text(note(version, files), "utf-8", newline="\n")
        sums = [
            f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
            for file in sorted(made.iterdir())
        ]
        (made / SUMS).write_text("".join(sums), "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist").absolute())
