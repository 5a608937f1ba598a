"""What comes from strangers: clear findings or a clear refusal, in seconds and bounded memory."""

from __future__ import annotations

import gzip
import json
import os
import resource
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.sources import octets
from tests.support import Run

ENGINES = ["sqlite", "duckdb"]


def package(folder: Path, table: bytes | None, **more: Any) -> Path:
    """A package of one table `t` with the fields id and a."""
    if table is not None:
        (folder / "t.csv").write_bytes(table)
    schema = {"fields": [{"name": "id", "type": "integer"}, {"name": "a"}]}
    entry = {"name": "t", "path": "t.csv", "schema": schema, **more}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [entry]}), "utf-8")
    return folder


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cell_of_a_million_characters(engine: str, tmp_path: Path) -> None:
    folder = package(tmp_path, b"id,a\n1," + b"x" * 1_000_000 + b"\nx,y\n")
    (finding,) = validate(folder, Options(engine=engine)).findings
    assert (finding.rule, finding.line, finding.field) == ("type", 3, "id")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_faulty_cell_of_a_million_characters_is_shown_in_short(
    engine: str, tmp_path: Path, run: Run
) -> None:
    package(tmp_path, b"id,a\n" + b"x" * 1_000_000 + b",y\n")
    out = run("validate", tmp_path, "--engine", engine, code=1).stdout
    assert len(out) < 1000


@pytest.mark.slow
def test_a_gigabyte_line_is_refused_in_little_memory(tmp_path: Path) -> None:
    folder = package(tmp_path, None)
    with (folder / "t.csv").open("wb") as file:
        file.write(b"id,a\n1,")
        file.truncate(1 << 30)  # sparse: a line of NULs
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30));"
        "sys.argv = ['shieldtalks', 'validate', sys.argv[1], '--engine', 'sqlite'];"
        "from shieldtalks.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    assert "line 2 is longer than 64 MiB" in done.stdout


def test_a_large_file_for_the_exact_reader_only_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(octets, "LARGEST_ODD", 1000)
    folder = package(tmp_path, b"id,a\r\n" + b"1,x\r\n" * 1000)
    (finding,) = validate(folder).findings
    assert finding.rule == "unsupported"
    assert validate(folder).exit_code == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX")
def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    folder = package(tmp_path, None)
    os.mkfifo(folder / "t.csv")
    (finding,) = validate(folder).findings
    assert (finding.rule, finding.message) == (
        "file",
        "the file cannot be read (it is not a regular file)",
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", ["zip", "gz"])
def test_a_compressed_file_under_the_name_of_a_table(
    form: str, engine: str, tmp_path: Path
) -> None:
    if form == "gz":
        content = gzip.compress(b"id,a\n1,x\n")
    else:
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
            archive.writestr("t.csv", "id,a\n1,x\n")
        content = (tmp_path / "x.zip").read_bytes()
    report = validate(package(tmp_path, content), Options(engine=engine))
    assert report.exit_code in (1, 2)
    assert {"encoding", "control-character", "header"} & {f.rule for f in report.findings}


@pytest.mark.slow
def test_no_connection_is_ever_tried(
    root: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def refuse(*arguments: Any, **_: Any) -> None:
        tried.append(arguments)
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    far = "https://data.example/t.csv"
    schema = "https://data.example/schema.json"
    package(tmp_path, b"id,a\n", profile="https://data.example/p.json", licenses=[{"path": far}])
    run("validate", tmp_path)
    package(tmp_path, b"id,a\n", path=far)
    run("validate", tmp_path, "--reference", code=2)
    package(tmp_path, b"id,a\n", schema=schema)
    run("validate", tmp_path, "--reference", code=2)
    run("validate", root, "--reference", code=0)
    run("export", "json", root, "-o", tmp_path / "out.json", code=0)
    assert tried == []


@pytest.mark.slow
def test_memory_of_a_large_table_is_bounded(tmp_path: Path) -> None:
    """SQLite spills to a temporary file, DuckDB keeps the keys: 100 MB of text stay out of memory."""
    folder = package(tmp_path, None)
    with (folder / "t.csv").open("wb") as file:
        file.write(b"id,a\n")
        for start in range(0, 100_000, 1000):
            file.write(
                b"".join(b"%d,%s\n" % (n, b"word " * 199) for n in range(start, start + 1000))
            )
    code = (
        "import resource, sys; from pathlib import Path;"
        "from shieldtalks.record.checking import Options, validate;"
        "report = validate(Path(sys.argv[1]), Options(engine=sys.argv[2]));"
        "print(report.count(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    for engine in ENGINES:
        done = subprocess.run(
            [sys.executable, "-c", code, str(folder), engine],
            capture_output=True,
            text=True,
            check=True,
        )
        found, peak = map(int, done.stdout.split())
        assert found == 100_000
        assert peak * (1 if sys.platform == "darwin" else 1024) < 900 << 20, (engine, peak)
    assert resource.RUSAGE_SELF == 0
