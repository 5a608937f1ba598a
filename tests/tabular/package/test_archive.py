"""A package in a zip or a wheel: read as the folder that it holds, and never trusted."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import archive as archives
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


def test_links_in_an_archive_are_not_followed(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    (pair[0] / "things.csv").unlink()
    archive = pack(pair[0], tmp_path / "link.zip")
    link = zipfile.ZipInfo("things.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(archive, "a") as made:
        made.writestr(link, str(pair[1] / "things.csv"))
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
    with suppress(CannotRun), archives.opened(archive) as package:
        assert package.resources


def test_no_file_of_an_archive_lands_outside(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    descriptor = json.loads((pair[0] / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["path"] = "../escaped.csv"
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr("datapackage.json", json.dumps(descriptor))
        archive.writestr("../escaped.csv", "id\n")
    shown = run("diff", tmp_path / "odd.zip", pair[1], code=0)
    assert "were not compared: things" in shown.stdout
    assert list(tmp_path.rglob("escaped.csv")) == []


def test_only_what_the_descriptor_names_is_unpacked(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    (pair[0] / "large.bin").write_bytes(b"x" * 1000)
    with archives.opened(pack(pair[0], tmp_path / "old.zip")) as package:
        names = sorted(file.name for file in package.root.iterdir())
    assert names == ["datapackage.json", "log.csv", "parts.csv", "things.csv"]
    assert not package.root.exists()


def test_an_archive_that_unpacks_to_too_much_is_refused(
    run: Run, pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST", 2**20)
    (pair[0] / "log.csv").write_bytes(b"day,what\n" + b"2031-05-01,\n" * 400_000)
    archive = pack(pair[0], tmp_path / "old.zip")
    assert "larger than 1 MiB" in one_line(run("diff", archive, pair[1], code=2))


def test_files_that_the_descriptor_names_are_unpacked(tmp_path: Path) -> None:
    entries = {"readme": {"path": "docs/README.md"}, "t": {"path": "t.csv", "schema": SCHEMA}}
    package = with_files(tmp_path / "package", entries)
    (package / "LICENCE.txt").write_text("Free.", "utf-8")
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8")) | {"licenses": [{"path": "LICENCE.txt"}]}
    file.write_text(json.dumps(descriptor), "utf-8")
    with archives.opened(pack(package, tmp_path / "package.zip")) as unpacked:
        found = [path.name for path in unpacked.root.rglob("*") if path.is_file()]
        assert sorted(found) == ["LICENCE.txt", "README.md", "datapackage.json", "t.csv"]
