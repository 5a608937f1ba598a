"""What SECURITY.md promises of every command: no connection, no other program, no file unasked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shieldtalks.cli import COMMANDS
from shieldtalks.exports import FORMATS
from tests.support import ARTICLES
from tests.support.records import shipped
from tests.support.sheets import LIGHTHOUSE
from tests.support.warm import IS_WARM, warm

pytestmark = pytest.mark.slow

#: Writes down what a process does, imports included: connections, programs started, files written.
WATCH = """
import json, os, sys
done = {"network": [], "programs": [], "written": []}
def watch(event, arguments):
    if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto")):
        done["network"].append(event)
    elif event.startswith(("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")):
        done["programs"].append(f"{event} {arguments[0] if arguments else ''}")
    elif event == "open":
        path, mode, flags = arguments
        if isinstance(path, (str, bytes)) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            done["written"].append(os.path.realpath(os.fsdecode(path)))
    elif event == "shutil.rmtree":
        done["written"].append(os.path.realpath(os.fsdecode(arguments[0])))
    elif event in ("os.remove", "os.rmdir") and arguments[1] != -1:
        pass  # within a folder that shutil.rmtree removes: the path is relative to that folder
    elif event in ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.link"):
        done["written"].append(os.path.realpath(os.fsdecode(arguments[0])))
def loaded():
    global imported
    imported = {kind: list(events) for kind, events in done.items()}
sys.addaudithook(watch)
"""

#: Runs the command line, and leaves what was done in the file named first, without the copying of a process.
WATCHED = """
log = open(sys.argv.pop(1), "w")
done = imported
from shieldtalks.cli import main
try:
    main()
finally:
    json.dump(done, log)
    log.close()
"""

#: How each command is run here; {package} is a copy that may be changed, {out} a folder to write into.
RUNS = {
    "validate": ["{package}", "--articles", "{articles}", "--reference", "-o", "{out}/findings"],
    "describe": ["{package}"],
    "export": ["json", "{package}", "-o", "{out}/record.json"],
    "verify": ["{package}", "--articles", "{articles}"],
    "ledger": [],
    "positions": ["-o", "{out}/positions"],
    "show": ["prp-0001"],
    "search": ["radar"],
    "list": ["sources"],
    "info": [],
    "fmt": ["{package}"],
    "anchor": ["{copy}", "--source", "src-9001", "--whole"],
    "diff": ["{package}", "{package}"],
    "init": ["{out}/new"],
    "import": ["{marked}", "--article", "{copy}", "-o", "{out}/sheet.toml"],
    "agree": ["{package}", "{package}"],
    "sheet": ["--article", "{copy}", "-o", "{out}/sheet.toml"],
    "code": [str(LIGHTHOUSE), "{package}", "--article", "{copy}"],
}


@pytest.fixture(scope="module")
def watched() -> Iterator[list[str | Path]]:
    """The start of a command line that is watched: a program that starts fast, or Python with the code."""
    variables = {"PYTHONDONTWRITEBYTECODE": "1"}
    if IS_WARM:
        with warm(WATCH, **variables) as made:
            yield [made.program("watched", WATCHED)]
    else:
        yield [sys.executable, "-c", f"{WATCH}loaded()\n{WATCHED}"]


def told(
    arguments: list[str], watched: list[str | Path], tmp_path: Path
) -> tuple[int, dict[str, list[str]], list[Path]]:
    """A command's exit code, what it did, and the folders that it may write into."""
    package, out, temporary = tmp_path / "package", tmp_path / "out", tmp_path / "temporary"
    shipped(package)
    out.mkdir()
    temporary.mkdir()
    copies = ARTICLES
    places = {
        "package": str(package),
        "out": str(out),
        "articles": str(copies),
        "copy": str(next(copies.glob("*.txt"))),
        "marked": str(tmp_path / "marked.json"),
    }
    (tmp_path / "marked.json").write_text('{"extractions": [{"extraction_text": "x"}]}', "utf-8")
    log = tmp_path / "log.json"
    done = subprocess.run(
        [*watched, log, *(part.format(**places) for part in arguments)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert log.stat().st_size, done.stderr
    assert list(temporary.iterdir()) == [], "temporary files are gone when the command ends"
    return done.returncode, json.loads(log.read_text("utf-8")), [out, temporary]


def strays(did: dict[str, list[str]], *allowed: Path) -> list[str]:
    """What was done beyond writing into these places."""
    places = (*map(os.path.realpath, allowed), os.devnull)
    beyond = [path for path in did["written"] if not path.startswith(places)]
    return [*did["network"], *did["programs"], *beyond]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_does_nothing_but_its_work(
    command: str, watched: list[str | Path], tmp_path: Path
) -> None:
    assert command in RUNS, f"say in {Path(__file__).name} how `{command}` is run"
    code, did, folders = told([command, *RUNS[command]], watched, tmp_path)
    assert code in (0, 1)
    changed = [tmp_path / "package"] if command in ("fmt", "code") else []
    assert strays(did, *folders, *changed) == []


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_does_nothing_but_its_work(
    form: str, watched: list[str | Path], tmp_path: Path
) -> None:
    target = f"{{out}}/record{FORMATS[form].endings[0]}"
    code, did, folders = told(["export", form, "{package}", "-o", target], watched, tmp_path)
    assert code == 0
    assert strays(did, *folders) == []
    assert any(Path(path).is_relative_to(os.path.realpath(folders[0])) for path in did["written"])


def test_what_is_beyond_would_be_seen(tmp_path: Path) -> None:
    did: dict[str, list[str]] = {"network": [], "programs": ["x"], "written": [str(tmp_path / "y")]}
    assert strays(did, tmp_path / "out") == ["x", str(tmp_path / "y")]
    log = tmp_path / "log.json"
    code = WATCHED.replace(
        "from shieldtalks.cli import main",
        "def main():\n    import socket; socket.getaddrinfo('localhost', 1)",
    )
    subprocess.run([sys.executable, "-c", f"{WATCH}loaded()\n{code}", log], check=True)
    assert json.loads(log.read_text("utf-8"))["network"] == ["socket.getaddrinfo"]
