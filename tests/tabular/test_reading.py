"""Files are opened only if they are regular, and no more is read than they had when they were opened."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular import reading
from shieldtalks.tabular.sources import csv
from tests.support import MakePackage

FIELDS = [{"name": "id", "type": "integer"}, {"name": "a"}]


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A named pipe that nobody writes to."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("named pipes are of POSIX")
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def test_a_pipe_is_not_opened(pipe: Path) -> None:
    with pytest.raises(OSError, match="not a regular file"):
        reading.open_regular(pipe)
    with pytest.raises(OSError, match="not a regular file"):
        reading.open_text(pipe, "utf-8")
    with pytest.raises(OSError, match="not a regular file"):
        reading.copy_to(pipe, io.BytesIO())


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_a_device_is_not_opened_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/dev/zero")
    with pytest.raises(OSError, match="not a regular file"):
        reading.read_bytes(tmp_path / "link", 10)


def test_a_folder_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        reading.open_regular(tmp_path)


@pytest.mark.parametrize("size", [0, 1, 5, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 1 << 20])
def test_every_byte_is_read_and_no_byte_that_comes_later(size: int, tmp_path: Path) -> None:
    file = tmp_path / "file"
    content = os.urandom(size)
    file.write_bytes(content)
    for take in (-1, 7 << 10, 1 << 19):
        with reading.open_regular(file) as stream, file.open("ab") as more:
            more.write(b"later")
            more.flush()
            found = b""
            while part := stream.read(take):
                found += part
        assert found == content
        file.write_bytes(content)


def test_a_text_ends_where_the_file_ended(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes("Maß\r\n".encode() * 50_000)
    with reading.open_text(file, "utf-8") as lines, file.open("ab") as more:
        first = next(lines)
        more.write(b"later\n")
        more.flush()
        assert first == "Maß\r\n"
        assert list(lines) == ["Maß\r\n"] * 49_999


def test_at_most_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "file"
    with file.open("wb") as stream:
        stream.truncate(1 << 40)  # sparse
    with pytest.raises(reading.TooLong, match="larger than 64 MiB"):
        reading.read_bytes(file, reading.LARGEST_TEXT)
    file.write_bytes(b"12345")
    assert reading.read_bytes(file, 5) == b"12345"


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_table_that_changes_while_it_is_read_is_not_called_valid(
    engine: str, make_package: MakePackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = make_package("id,a\n1,x\n", FIELDS)
    inspect = csv.inspect

    def inspected(*given: object, **more: object) -> object:
        facts = inspect(*given, **more)  # type: ignore[arg-type]
        with (package / "things.csv").open("a") as file:
            file.write("2,y\n")
        return facts

    monkeypatch.setattr(csv, "inspect", inspected)
    report = validate(package, Options(engine=engine))
    assert report.exit_code == 2
    (finding,) = report.findings
    assert finding.message == "the file cannot be read (it changed while it was read)"
    assert finding.hint == "Wait until no other program writes to it, then run the command again."


def test_a_table_that_disappears_while_it_is_read_is_a_finding(
    make_package: MakePackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = make_package("id,a\n1,x\n", FIELDS)
    inspect = csv.inspect

    def inspected(*given: object, **more: object) -> object:
        facts = inspect(*given, **more)  # type: ignore[arg-type]
        (package / "things.csv").unlink()
        return facts

    monkeypatch.setattr(csv, "inspect", inspected)
    report = validate(package)
    assert report.exit_code == 2
    assert [(found.rule, found.file) for found in report.findings] == [("file", "things.csv")]
