"""Standard output that is closed, full or of another encoding, and names that are not UTF-8."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shieldtalks.cli import COMMANDS
from tests.support.article import FILE
from tests.support.sheets import LIGHTHOUSE
from tests.support.warm import COMMAND

#: How each command is run so that it prints something.
RUNS = {
    "validate": ["validate", "{faulty}"],
    "export": ["export", "json", "{good}", "-o", "-"],
    "verify": ["verify", "{record}", "--copy", f"src-9001={FILE}"],
    "show": ["show", "prp-0001", "--package", "{record}"],
    "ledger": ["ledger", "{record}"],
    "positions": ["positions", "{record}"],
    "info": ["info", "{good}"],
    "list": ["list", "sources", "--package", "{record}"],
    "search": ["search", "radar", "--package", "{record}"],
    "describe": ["describe", "{good}/t.csv"],
    "diff": ["diff", "{good}", "{new}"],
    "fmt": ["fmt", "{unsorted}", "--check"],
    "init": ["init", "{out}"],
    "import": ["import", "{marked}", "--article", str(FILE), "-o", "-"],
    "agree": ["agree", "{record}", "{record}"],
    "sheet": ["sheet", "--article", str(FILE), "--package", "{record}"],
    "code": ["code", str(LIGHTHOUSE), "{record}", "--article", str(FILE), "--dry-run"],
    "anchor": ["anchor", str(FILE), "--source", "src-0001", "--whole"],
    "--help": ["--help"],
    "--version": ["--version"],
}
#: Commands that print nothing on standard output.
SILENT = {"init"}
#: Commands that are run in a new process of Python each time. The others start as a copy of one.
NEW_PROCESS = {"validate", "info", "--version"}


@pytest.fixture
def places(tmp_path: Path, lighthouse: Path, program: Path) -> dict[str, str]:
    """Small packages, each with a word that ASCII and Latin-1 lack."""
    made = {"out": str(tmp_path / "out"), "record": str(lighthouse)}
    words = "its speaker has promised an open vote before the winter storms set in"
    passage = {"extraction_text": words, "extraction_class": "Łódź"}
    made["marked"] = str(tmp_path / "marked.json")
    Path(made["marked"]).write_text(json.dumps({"extractions": [passage]}), "utf-8")
    for name, text in (
        ("good", "id,n\n1,Łódź\n"),
        ("new", "id,n\n1,Łódź\n2,Gdańsk\n"),
        ("faulty", "id,n\nŁódź,é\n"),
        ("unsorted", "id,n\n2,é\n1,ü\n"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "t.csv").write_text(text, "utf-8", newline="")
        fields = [{"name": "id", "type": "integer"}, {"name": "n", "type": "string"}]
        schema = {"fields": fields, "primaryKey": ["id"]}
        resource = {"name": "t", "path": "t.csv", "schema": schema}
        descriptor = {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "łódź",
            "title": "Łódź",
            "resources": [resource],
        }
        (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        made[name] = str(folder)
    made["program"] = str(program)
    return made


def call(
    arguments: list[str], places: dict[str, str], redirected: str = "", **also: str
) -> subprocess.CompletedProcess[bytes]:
    """A command as a shell runs it."""
    is_new = not arguments or arguments[0] in NEW_PROCESS
    words = [part.format(**places) for part in arguments]
    return subprocess.run(
        [
            *("sh", "-c", f'exec "$@" {redirected}', "sh"),
            *([sys.executable, "-c", COMMAND] if is_new else [places["program"]]),
            *words,
        ],
        capture_output=True,
        check=False,
        env=os.environ | also,
    )


def errors(done: subprocess.CompletedProcess[bytes], encoding: str = "utf-8") -> list[str]:
    text = done.stderr.decode(encoding)
    assert "Traceback" not in text
    assert "Exception ignored" not in text
    return [line for line in text.splitlines() if line.startswith("Error: ")]


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) <= set(RUNS)


@pytest.mark.sample(5)
@pytest.mark.parametrize("command", RUNS)
def test_closed_standard_output_is_one_line(command: str, places: dict[str, str]) -> None:
    done = call(RUNS[command], places, ">&-")
    assert done.returncode == 2
    assert done.stderr == b"Error: standard output is closed\n"
    assert not Path(places["out"]).exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", [name for name in RUNS if name not in SILENT])
def test_full_standard_output_is_one_line(command: str, places: dict[str, str]) -> None:
    done = call(RUNS[command], places, ">/dev/full")
    assert done.returncode == 2
    assert errors(done) == ["Error: No space left on device"]


def test_a_reader_that_stops_is_not_an_error_to_read(places: dict[str, str]) -> None:
    done = call(RUNS["validate"], places, "| true")
    assert errors(done) == []


@pytest.mark.sample(2)
@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full"])
def test_standard_error_is_not_needed(redirected: str, places: dict[str, str]) -> None:
    done = call(RUNS["validate"], places, redirected)
    assert done.returncode == 1
    assert ":2: type: " in done.stdout.decode("utf-8")
    assert call(["validate", "nowhere", "--only", "x"], places, redirected).returncode == 2


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("command", RUNS)
def test_no_encoding_is_too_small(command: str, encoding: str, places: dict[str, str]) -> None:
    done = call(RUNS[command], places, PYTHONIOENCODING=encoding)
    assert done.returncode in (0, 1)
    assert errors(done, encoding) == []
    if command == "info" and encoding == "ascii":
        assert b"\\u0141" in done.stdout


@pytest.mark.sample(4)
@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github"])
def test_a_document_is_utf_8_in_every_encoding(form: str, places: dict[str, str]) -> None:
    arguments = [*RUNS["validate"], "--format", form]
    done = [call(arguments, places, PYTHONIOENCODING=name).stdout for name in ("ascii", "utf-8")]
    assert done[0] == done[1]
    assert "Łódź" in done[0].decode("utf-8")


@pytest.mark.sample(3)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
def test_a_name_that_is_not_utf_8_is_reported(
    form: str, places: dict[str, str], tmp_path: Path
) -> None:
    odd = tmp_path / "bad\udcff"
    Path(places["faulty"]).rename(odd)
    done = call(["validate", str(odd), "--format", form], places)
    assert done.returncode == 1
    assert errors(done) == []
    shown = {"sarif": "bad%FF", "json": r"bad\\udcff"}.get(form, r"bad\udcff")
    assert shown in done.stdout.decode("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "sqlite", "parquet", "xlsx"])
def test_a_name_that_is_not_utf_8_is_exported(
    form: str, places: dict[str, str], tmp_path: Path
) -> None:
    odd = tmp_path / "bad\udcff"
    Path(places["good"]).rename(odd)
    done = call(["export", form, str(odd), "-o", str(tmp_path / "out\udcff")], places)
    assert errors(done) == []
    assert done.returncode == 0
    assert (tmp_path / "out\udcff").exists()


@pytest.mark.parametrize(
    "variables",
    [
        {"_SHIELDTALKS_COMPLETE": "bash_complete"},
        {"_SHIELDTALKS_COMPLETE": "bash_complete", "COMP_WORDS": "shieldtalks "},
        {"_SHIELDTALKS_COMPLETE": "zsh_complete", "COMP_WORDS": "shieldtalks ", "COMP_CWORD": "x"},
        {"_SHIELDTALKS_COMPLETE": "fish_complete", "COMP_WORDS": "shieldtalks "},
    ],
)
def test_half_set_variables_of_the_completion_are_one_line(
    variables: dict[str, str], places: dict[str, str]
) -> None:
    done = call([], places, **variables)
    assert done.returncode == 2
    assert errors(done) == ["Error: the shell did not set the variables of the completion"]
