"""Where a command writes: only new names, and with --force regular files and folders of its own kind."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular import files
from shieldtalks.tabular.findings import CannotRun
from tests.support import MakePackage, Run

FIELDS = [{"name": "id", "type": "integer"}, {"name": "a"}]

#: Commands that write a file or a folder, without the target.
WRITING: list[list[str]] = [
    ["validate", "{package}", "-o"],
    ["export", "json", "{package}", "-o"],
    ["export", "sqlite", "{package}", "-o"],
    ["export", "csv", "{package}", "-o"],
    ["export", "parquet", "{package}", "-o"],
]


@pytest.fixture
def small(make_package: MakePackage) -> Path:
    """A package of one table."""
    return make_package("id,a\n1,x\n", FIELDS)


def state(path: Path) -> tuple[Any, ...]:
    """What a path is and holds, without following a link."""
    found = path.lstat()
    content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    return found.st_mode, found.st_ino, content


def pipe(path: Path) -> None:
    """Make a named pipe."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("named pipes are of POSIX")
    os.mkfifo(path)


def link_to(target: str) -> Callable[[Path], None]:
    """Make a symbolic link; the file or the folder that it leads to is made too."""

    def make(path: Path) -> None:
        if target == "file":
            (path.parent / "file").write_text("mine")
        if target == "folder":
            (path.parent / "folder").mkdir()
        path.symlink_to(target)

    return make


ODD = {
    "pipe": pipe,
    "link to a device": link_to("/dev/null"),
    "link to nothing": link_to("nothing"),
    "link to a file": link_to("file"),
    "link to a folder": link_to("folder"),
}


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_is_not_written_to(
    kind: str, small: Path, run: Run, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    ODD[kind](target)
    before = state(target), sorted(tmp_path.iterdir())
    for command in WRITING:
        for more in ([], ["--force"]):
            arguments = [part.format(package=small) for part in command]
            result = run(*arguments, target, *more, code=2)
            assert f"{target} is a symbolic link" in result.stderr or (
                f"{target} is not a regular file" in result.stderr
                or f"{target} is a folder" in result.stderr
            )
            assert "checking" not in result.stderr, "refused before any work"
            assert "exporting" not in result.stderr, "refused before any work"
    assert (state(target), sorted(tmp_path.iterdir())) == before
    if kind == "link to a file":
        assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("name", ["/dev/null", "/dev/full", "/dev/stdout"])
def test_a_device_is_not_replaced(name: str, small: Path, run: Run) -> None:
    if not Path(name).exists():
        pytest.skip(f"needs {name}")
    before = state(Path(name))
    for command in WRITING:
        run(*(part.format(package=small) for part in command), name, "--force", code=2)
    assert state(Path(name)) == before


@pytest.mark.parametrize("has_links", [True, False])
@pytest.mark.parametrize("make", [files.whole_file, files.whole_path, files.whole_folder])
def test_without_force_of_two_that_write_one_wins(
    make: Any, has_links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if both began before the target existed, and on a file system without hard links."""
    if not has_links:

        def link(*_: object) -> None:
            raise OSError(errno.EPERM, "not permitted")

        monkeypatch.setattr(os, "link", link)
    target = tmp_path / "target"
    with pytest.raises(CannotRun, match="already exists"), make(target):
        with make(target):
            pass
        first = state(target)
    assert state(target) == first
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("exists", [True, False])
def test_of_two_new_collections_in_one_folder_one_wins(exists: bool, tmp_path: Path) -> None:
    target = tmp_path / "new"
    if exists:
        target.mkdir()
        (target / ".git").mkdir()
    with pytest.raises((CannotRun, OSError)), files.new_folder(target) as late:
        (late / "README").write_text("second")
        (late / "data").mkdir()
        if exists:
            (target / "README").write_text("first")
        else:
            with files.new_folder(target) as early:
                (early / "README").write_text("first")
    assert (target / "README").read_text() == "first"
    assert sorted(p.name for p in target.iterdir()) == (
        [".git", "README"] if exists else ["README"]
    )
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_collection_is_placed_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "new"
    target.mkdir()
    with pytest.raises(CannotRun), files.new_folder(target) as new:
        (new / "a").write_text("mine")
        (new / "b").mkdir()
        (new / "c").write_text("mine")
        (target / "c").write_text("theirs")
    assert [entry.name for entry in target.iterdir()] == ["c"]
    assert (target / "c").read_text() == "theirs"


def package_of(tmp_path: Path) -> Path:
    """A package with a schema in a file, a profile, and a file that is no table."""
    folder = tmp_path / "own"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "t.csv").write_text("id\n1\n")
    (folder / "s.json").write_text(json.dumps({"fields": [{"name": "id"}]}))
    (folder / "profile.json").write_text("{}")
    (folder / "notes.md").write_text("Notes")
    resources = [
        {"name": "t", "path": "data/t.csv", "schema": "s.json"},
        {"name": "notes", "path": "notes.md", "format": "md"},
        {"name": "broken", "path": "broken.csv", "schema": {"fields": []}},
    ]
    (folder / "broken.csv").write_text("id\n1\n")
    descriptor = {"name": "own", "profile": "profile.json", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    return folder


OWN = ["datapackage.json", "data/t.csv", "s.json", "profile.json", "notes.md", "broken.csv"]


@pytest.mark.parametrize("name", OWN)
def test_no_file_of_the_package_is_written_over(name: str, run: Run, tmp_path: Path) -> None:
    package = package_of(tmp_path)
    before = state(package / name)
    other = tmp_path / "hard-link"
    os.link(package / name, other)
    for target in (package / name, other):
        for command in (["validate"], ["export", "json", "--no-validate"]):
            result = run(*command, package, "-o", target, "--force", code=2)
            assert "which this command reads" in result.stderr or "cannot end in" in result.stderr
    assert state(package / name) == before


def test_no_folder_with_a_file_of_the_package_is_replaced(run: Run, tmp_path: Path) -> None:
    package = package_of(tmp_path)
    for target in (package, package / "data", tmp_path):
        for form in ("csv", "parquet", "croissant"):
            run("export", form, package, "-o", target, "--force", "--no-validate", code=2)
    assert all((package / name).is_file() for name in OWN)
    assert list(tmp_path.iterdir()) == [package]


def test_a_report_can_be_written_beside_the_package(run: Run, tmp_path: Path) -> None:
    package = package_of(tmp_path)
    for _ in range(2):
        run("validate", package, "-o", package / "report.txt", "--force")
    assert (package / "report.txt").is_file()


def test_a_package_that_cannot_be_read_loses_no_file(run: Run, tmp_path: Path) -> None:
    """Its files are not known."""
    package = package_of(tmp_path)
    (package / "datapackage.json").write_text("{")
    for name in ("datapackage.json", "data/t.csv"):
        before = state(package / name)
        run("validate", package, "-o", package / name, "--force", code=2)
        assert state(package / name) == before
    run("validate", package, "-o", tmp_path / "report.txt", code=2)
    assert "not valid JSON" in (tmp_path / "report.txt").read_text()


def test_an_archive_and_rules_are_not_written_over(run: Run, tmp_path: Path) -> None:
    package = package_of(tmp_path)
    archive = tmp_path / "own.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for name in OWN:
            out.write(package / name, name)
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "x.sql").write_text("-- A rule.\n-- tables: t\nSELECT 1")
    (tmp_path / "shieldtalks.toml").write_text("")
    for target in (archive, rules / "x.sql", tmp_path / "shieldtalks.toml"):
        before = state(target)
        run("validate", archive, "--rules", rules, "-o", target, "--force", code=2)
        assert state(target) == before


def test_a_folder_is_not_replaced_if_a_link_would_be_lost(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "link").symlink_to(tmp_path)
    with pytest.raises(CannotRun, match="contains link"), files.whole_folder(target, force=True):
        pass
    assert (target / "link").is_symlink()
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("make", [files.whole_file, files.whole_folder])
def test_a_folder_that_cannot_be_written_to(
    make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "/x/.y.part")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(CannotRun) as refused, make(tmp_path / "target"):
        pass
    assert refused.value.message.startswith(f"you cannot write to the folder {tmp_path} (")
    assert refused.value.hint == "Choose another folder."


@pytest.mark.parametrize("make", [files.whole_file, files.whole_folder])
def test_a_full_disk_is_named(make: Any, tmp_path: Path) -> None:
    with pytest.raises(CannotRun) as refused, make(tmp_path / "target"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert refused.value.message.startswith(f"{tmp_path / 'target'} cannot be written (No space")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("parent", ["missing", "a-file"])
def test_a_target_in_no_folder(parent: str, small: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    for command in WRITING:
        arguments = [part.format(package=small) for part in command]
        result = run(*arguments, tmp_path / parent / "x", code=2)
        assert f"there is no folder {tmp_path / parent}" in result.stderr
    run("init", tmp_path / parent / "x", code=2)


def test_fmt_keeps_a_link_inside_the_package_and_refuses_one_out_of_it(
    run: Run, tmp_path: Path
) -> None:
    package = tmp_path / "p"
    (package / "old").mkdir(parents=True)
    (package / "old" / "t.csv").write_text('"id"\n2\n')
    (package / "t.csv").symlink_to("old/t.csv")
    schema = {"fields": [{"name": "id"}]}
    entry = {"name": "t", "path": "t.csv", "schema": schema, "bytes": 1}
    (tmp_path / "outside.json").write_text(json.dumps({"resources": [entry]}))
    (package / "datapackage.json").symlink_to("../outside.json")
    before = (tmp_path / "outside.json").read_text()
    result = run("fmt", package, code=2)
    assert "leads out of the package" in result.stderr
    assert (package / "old" / "t.csv").read_text() == '"id"\n2\n'
    (package / "datapackage.json").unlink()
    (package / "datapackage.json").write_text(before)
    run("fmt", package, code=0)
    assert (package / "t.csv").is_symlink()
    assert (package / "old" / "t.csv").read_text() == "id\n2\n"
    assert (tmp_path / "outside.json").read_text() == before
