"""A package in a zip or a wheel: read as the folder that it holds, and never trusted."""

from __future__ import annotations

import json
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import archive as archives
from shieldtalks.tabular.package.opening import opened
from tests.support import Run, one_line
from tests.support.files import SCHEMA, with_files
from tests.support.packages import SMALL, pack, write


@pytest.mark.parametrize(
    ("name", "top"), [("old.zip", ""), ("old.zip", "small-1.2.3/"), ("old.whl", "small/")]
)
def test_reads_zips_and_wheels(
    name: str, top: str, run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    archive = pack(pair[0], tmp_path / name, top)
    shown = run("diff", pair[0], pair[1]).stdout
    assert run("diff", archive, pair[1], code=0).stdout == shown


def test_an_exported_zip_is_the_package(run: Run, root: Path, tmp_path: Path) -> None:
    run("export", "csv", root, "-o", tmp_path / "data.zip", code=0)
    assert run("diff", tmp_path / "data.zip", root, code=0).stdout.startswith("no changes")


def test_a_wheel_without_data_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "code.whl", "w") as wheel:
        wheel.writestr("code/__init__.py", "")
    result = run("diff", tmp_path / "code.whl", code=2)
    assert "contains no datapackage.json" in one_line(result)


def test_an_archive_of_two_packages_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a/datapackage.json", "{}")
        archive.writestr("b/datapackage.json", "{}")
    assert "contains 2 data packages" in one_line(run("diff", tmp_path / "two.zip", code=2))


def test_the_descriptor_of_an_archive_is_read_strictly(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr("datapackage.json", '{"name": "a", "name": "b"}')
    result = run("diff", tmp_path / "odd.zip", code=2)
    assert 'odd.zip/datapackage.json: the file has the key "name" twice' in result.stderr


def test_what_is_no_archive_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "not.zip").write_bytes(b"PK\x03\x04 and then nothing")
    assert "is not a zip archive" in one_line(run("diff", tmp_path / "not.zip", code=2))


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_in_a_rare_way_is_refused_in_one_line(
    packed: int, run: Run, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "rare.zip", "w", packed) as archive:
        archive.writestr("datapackage.json", "{}")
    assert "compression method is not supported" in one_line(
        run("diff", tmp_path / "rare.zip", code=2)
    )


def test_an_archive_that_is_not_there_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    assert "does not exist" in one_line(run("diff", tmp_path / "none.zip", code=2))


def test_a_name_in_an_archive_may_start_with_a_dot(run: Run, pair: tuple[Path, Path]) -> None:
    archive = pack(pair[0], pair[0].parent / "dot.zip", "./")
    assert run("diff", archive, pair[0], code=0).stdout.startswith("no changes")


def with_link(package: Path, archive: Path, target: str) -> Path:
    """An archive of a package with a symbolic link in place of a table."""
    (package / "things.csv").unlink()
    pack(package, archive)
    link = zipfile.ZipInfo("things.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(archive, "a") as made:
        made.writestr(link, target)
    return archive


def test_links_in_an_archive_are_not_followed(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    archive = with_link(pair[0], tmp_path / "link.zip", str(pair[1] / "things.csv"))
    shown = run("diff", archive, pair[1], code=0)
    assert shown.stdout.splitlines()[-1].endswith("were not compared: things")


@given(damage=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_archive_is_refused_or_read(
    damage: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    archive = pack(write(folder / "small", SMALL), folder / "small.zip")
    data = bytearray(archive.read_bytes())
    for place, byte in damage:
        data[place % len(data)] = byte
    archive.write_bytes(data)
    with suppress(CannotRun), opened(archive) as package:
        assert package.resources


@pytest.mark.parametrize(
    "name", ["../escaped.csv", "/escaped.csv", "a/../../escaped.csv", "c:/x.csv"]
)
def test_an_entry_that_leads_out_of_an_archive_is_refused_in_one_line(
    name: str, run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    archive = pack(pair[0], tmp_path / "odd.zip")
    with zipfile.ZipFile(archive, "a") as made:
        made.writestr(name, "id\n")
    assert "which leads out of it" in run("validate", archive, code=2).stdout
    assert "which leads out of it" in run("diff", archive, pair[1], code=2).stderr
    assert list(tmp_path.rglob("escaped.csv")) == []


def test_a_path_of_a_package_leads_out_of_no_archive(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    descriptor = json.loads((pair[0] / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["path"] = "../escaped.csv"
    (pair[0] / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    shown = run("diff", pack(pair[0], tmp_path / "odd.zip"), pair[1], code=0)
    assert "were not compared: things" in shown.stdout


def test_a_link_in_place_of_a_file_is_a_finding(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    archive = with_link(pair[0], tmp_path / "link.zip", "/etc/passwd")
    result = run("validate", archive, "--format", "json", code=2)
    found = [f for f in json.loads(result.stdout)["findings"] if f["severity"] == "fatal"]
    assert [(f["rule"], f["file"]) for f in found] == [("file", "things.csv")]
    assert "links are not followed" in found[0]["message"]


def test_a_file_that_is_there_twice_is_refused_in_one_line(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    archive = pack(pair[0], tmp_path / "twice.zip")
    with zipfile.ZipFile(archive, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("things.csv", "id\n")
    shown = run("diff", archive, pair[1], code=2).stderr
    assert 'contains the file "things.csv" 2 times' in shown


def test_an_encrypted_file_is_refused_in_one_line(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    archive = pack(pair[0], tmp_path / "secret.zip")
    data = bytearray(archive.read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 1)
    archive.write_bytes(data)
    assert "is encrypted" in run("diff", archive, pair[1], code=2).stderr


def test_an_archive_in_an_archive_is_refused_in_one_line(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    inner = pack(pair[0], tmp_path / "inner.zip")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(inner, "inner.zip")
    shown = one_line(run("diff", tmp_path / "outer.zip", code=2))
    assert "another archive, inner.zip; unpack it first" in shown


def test_what_is_no_regular_file_is_not_opened(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    assert "not a regular file" in one_line(run("diff", tmp_path / "pipe.zip", code=2))


def test_only_what_the_descriptor_names_is_unpacked(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    (pair[0] / "large.bin").write_bytes(b"x" * 1000)
    with opened(pack(pair[0], tmp_path / "old.zip")) as package:
        names = sorted(file.name for file in package.root.iterdir())
    assert names == ["datapackage.json", "log.csv", "parts.csv", "things.csv"]
    assert not package.root.exists()


def test_an_archive_that_unpacks_to_too_much_is_refused(
    run: Run, pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pair[0] / "log.csv").write_bytes(b"day,what\n" + b"2031-05-01,\n" * 400_000)
    archive = tmp_path / "old.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for file in pair[0].iterdir():
            made.write(file, file.name)
    monkeypatch.setattr(archives, "_SMALL", 2**20)
    shown = run("diff", archive, pair[1], code=2).stderr
    assert "larger than 1 MiB" in shown
    assert "or set SHIELDTALKS_UNPACK_MIB to a larger number of MiB" in shown
    monkeypatch.setenv("SHIELDTALKS_UNPACK_MIB", "5")
    with opened(archive) as package:
        assert len(package.resources) == 3
    monkeypatch.setenv("SHIELDTALKS_UNPACK_MIB", "4")
    assert "larger than 4 MiB" in run("diff", archive, pair[1], code=2).stderr


@pytest.mark.parametrize("stated", ["0", "-1", "x", "1.5", "\u0663", "9" * 40])
def test_a_limit_that_is_no_number_is_refused_in_one_line(
    stated: str, run: Run, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = pack(pair[0], pair[0].parent / "old.zip")
    monkeypatch.setenv("SHIELDTALKS_UNPACK_MIB", stated)
    assert "not a number of MiB" in run("diff", archive, pair[1], code=2).stderr


def test_the_size_of_an_archive_bounds_what_it_unpacks_to() -> None:
    mib = 2**20
    assert archives.limit(1000) == (64 * mib, "64 MiB")
    assert archives.limit(mib) == (100 * mib, "100 MiB, 100 times the size of the archive")
    assert archives.limit(1000 * mib) == (4096 * mib, "4096 MiB")


def test_an_archive_that_lists_too_many_files_is_refused(
    run: Run, pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = pack(pair[0], tmp_path / "old.zip")
    listed = sum(46 + len(file.name) for file in pair[0].iterdir())
    monkeypatch.setattr(archives, "LARGEST_DIRECTORY", listed)
    run("diff", archive, pair[1], code=0)
    monkeypatch.setattr(archives, "LARGEST_DIRECTORY", listed - 1)
    assert "lists too many files" in run("diff", archive, pair[1], code=2).stderr


def test_unpacking_shows_its_progress(pair: tuple[Path, Path], tmp_path: Path) -> None:
    told: list[str] = []
    with opened(pack(pair[0], tmp_path / "old.zip"), told.append):
        pass
    assert "unpacking things.csv (0 MiB)" in told


def test_files_that_the_descriptor_names_are_unpacked(tmp_path: Path) -> None:
    entries = {"readme": {"path": "docs/README.md"}, "t": {"path": "t.csv", "schema": SCHEMA}}
    package = with_files(tmp_path / "package", entries)
    (package / "LICENCE.txt").write_text("Free.", "utf-8")
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8")) | {"licenses": [{"path": "LICENCE.txt"}]}
    file.write_text(json.dumps(descriptor), "utf-8")
    with opened(pack(package, tmp_path / "package.zip")) as unpacked:
        found = [path.name for path in unpacked.root.rglob("*") if path.is_file()]
        assert sorted(found) == ["LICENCE.txt", "README.md", "datapackage.json", "t.csv"]
