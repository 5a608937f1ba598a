"""The command line as its users meet it: help, first lines, bad use, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from shieldtalks import __version__
from shieldtalks.cli import COMMANDS, main
from tests.support import Run
from tests.support.tables import read_table


def test_version(run: Run) -> None:
    assert run("--version", code=0).stdout == f"shieldtalks {__version__}\n"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(command: str, run: Run) -> None:
    text = run(command, "--help", code=0).stdout
    assert "Example" in text
    assert f"shieldtalks {command}" in text


def test_help_lists_the_commands_and_exit_codes(run: Run) -> None:
    text = run("--help", code=0).stdout
    for command, line in COMMANDS.items():
        assert re.search(rf"{command}\s+{re.escape(line)}", text)
    assert "0 no findings, 1 findings, 2 could not run" in text


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; sys.argv = ['shieldtalks', '--help']\nfrom shieldtalks.cli import main\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += "print([m for m in ('pydantic', 'jsonschema', 'sqlite3', 'frictionless') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_validate_imports_no_pydantic(root: Path) -> None:
    code = f"import sys; sys.argv = ['shieldtalks', 'validate', {str(root)!r}]\n"
    code += "from shieldtalks.cli import main\ntry: main()\nexcept SystemExit as e: print(e.code)\n"
    code += "print([m for m in ('pydantic', 'frictionless') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["0", "[]"]


def test_the_first_line_says_which_package(
    root: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    installed = run("validate", "--installed", code=0).stderr.splitlines()[0]
    shown = f"the installed record shieldtalks {__version__}: {root / 'datapackage.json'}"
    assert installed == f"checking {shown}"
    for command in (("ledger",), ("show", "prp-0001"), ("info",), ("export", "json", "-o", "-")):
        assert run(*command, code=0).stderr.splitlines()[0].endswith(f"ing {shown}"), command
    monkeypatch.chdir(root)
    assert run("validate", code=0).stderr.splitlines()[0].endswith(": datapackage.json")


def test_findings_go_to_stdout_and_the_summary_to_stderr(package: Path, run: Run) -> None:
    file = package / "data" / "responses.csv"
    file.write_bytes(file.read_bytes().replace(b",decline,", b",declined,", 1))
    result = run("validate", package, code=1)
    first, hint, *_ = result.stdout.splitlines()
    assert re.fullmatch(
        r'.*data/responses\.csv:5: enum: move: "declined" is not one of the codes; '
        r'did you mean "decline"\?',
        first,
    )
    assert (
        hint
        == "    Allowed: accept, acknowledge, counter, decline, defer, no-comment, oppose, partly-accept."
        " To add a code, add a row to the table of codes."
    )
    assert "not valid: 2 errors in 18 tables" in result.stderr


def test_limit_bounds_what_is_printed_and_nothing_else(package: Path, run: Run) -> None:
    file = package / "data" / "claims.csv"
    file.write_bytes(file.read_bytes().replace(b",CT+,", b",CT,"))
    whole = json.loads(run("validate", package, "--format", "json", code=1).stdout)
    some = json.loads(run("validate", package, "--format", "json", "--limit", 2, code=1).stdout)
    assert len(some["findings"]) == 2
    left_out = whole["totals"]["findings"] - 2
    assert some["totals"] == whole["totals"] | {"left_out": left_out}
    assert whole["totals"]["findings"] == len(whole["findings"]) > 2
    text = run("validate", package, "--limit", 2, code=1).stdout
    assert f"... and {len(whole['findings']) - 2} more finding" in text


def test_one_rule_only(package: Path, run: Run) -> None:
    file = package / "data" / "claims.csv"
    file.write_bytes(file.read_bytes().replace(b",CT+,", b",CT,", 1))
    assert "enum" in run("validate", package, "--only", "enum", code=1).stdout
    assert run("validate", package, "--only", "unused", code=0).stdout == ""
    assert "Known: " in run("validate", package, "--only", "nothing", code=2).stderr
    totals = json.loads(
        run("validate", package, "--only", "unused", "--format", "json", code=0).stdout
    )["totals"]
    assert totals["findings"] == 0 < totals["of_other_rules"]
    near = run("validate", package, "--only", "foreignkey", code=2).stderr
    assert 'Did you mean "foreign-key"?' in near


def test_only_can_be_repeated_and_its_old_name_still_works(package: Path, run: Run) -> None:
    file = package / "data" / "claims.csv"
    file.write_bytes(file.read_bytes().replace(b",CT+,", b",CT,", 1))
    both = run("validate", package, "--only", "enum", "--only", "hash", code=1).stdout
    assert ": enum: " in both
    assert ": hash: " in both
    old = run("validate", package, "--rule", "enum", code=1).stdout
    assert old == run("validate", package, "--only", "enum", code=1).stdout
    assert run("validate", package, "--rule", "enum", "--only", "hash", code=1).stdout == both
    assert "--rule " not in run("validate", "--help", code=0).stdout


def test_several_packages(root: Path, package: Path, run: Run) -> None:
    (package / "data" / "claims.csv").unlink()
    reports = json.loads(run("validate", root, package, "--format", "json", code=2).stdout)
    assert [len(report["findings"]) for report in reports] == [0, 1]


def test_each_summary_of_several_says_whose_it_is(root: Path, package: Path, run: Run) -> None:
    (package / "data" / "claims.csv").unlink()
    told = run("validate", root, package, code=2).stderr.splitlines()
    assert any(line.startswith(f"{root / 'datapackage.json'}: valid: ") for line in told)
    assert any(line.startswith(f"{package / 'datapackage.json'}: not checked") for line in told)


def test_findings_into_a_file(root: Path, tmp_path: Path, run: Run) -> None:
    run("validate", root, "--format", "json", "-o", tmp_path / "f.json", code=0)
    assert json.loads((tmp_path / "f.json").read_text("utf-8"))["findings"] == []
    assert "already exists" in run("validate", root, "-o", tmp_path / "f.json", code=2).stderr
    run("validate", root, "-o", tmp_path / "f.json", "--force", code=0)


def test_colour_on_a_terminal_only(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shieldtalks.tabular import terminal

    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert terminal.style()("rule", "x") != "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.style()("rule", "x") == "x"


BAD_DESCRIPTORS = {
    "missing": (None, "the file does not exist"),
    "empty": (b"", "the file is empty"),
    "malformed": (b'{"resources": [\n}', "is not valid JSON"),
    "foreign": (b'{"name": "left-pad", "version": "1.0.0"}', "is not a data package"),
    "a zip": (b"PK\x03\x04 and more", "is a zip archive, not a descriptor"),
    "not text": (b"\xff\xfe\x00", "is not valid UTF-8"),
    "outside": (
        b'{"resources": [{"name": "t", "path": "../t.csv", "schema": {"fields": [{"name": "a"}]}}]}',
        'contains "..", which is not allowed',
    ),
    "remote": (
        b'{"resources": [{"name": "t", "path": "https://data.example/t.csv",'
        b' "schema": {"fields": [{"name": "a"}]}}]}',
        "nothing is downloaded",
    ),
}


@pytest.mark.parametrize("name", BAD_DESCRIPTORS)
def test_a_bad_descriptor_is_one_clear_line(name: str, tmp_path: Path, run: Run) -> None:
    content, message = BAD_DESCRIPTORS[name]
    if content is not None:
        (tmp_path / "datapackage.json").write_bytes(content)
    result = run("validate", tmp_path, code=2)
    first, hint, *more = result.stdout.splitlines()
    assert "datapackage.json" in first
    assert message in first
    assert hint.startswith("    ")
    assert more == []


def test_another_file_in_place_of_a_package_is_told_what_to_name(root: Path, run: Run) -> None:
    words = "Give the folder of the package, or its datapackage.json."
    assert words in run("info", root / "data" / "claims.csv", code=2).stderr
    assert words in run("validate", root / "README.md", code=2).stdout


@pytest.mark.parametrize("command", [("export", "json", "-o", "-"), ("info",), ("fmt",)])
@pytest.mark.parametrize("name", ["missing", "empty", "malformed", "foreign"])
def test_other_commands_say_it_on_stderr(
    name: str, command: tuple[str, ...], tmp_path: Path, run: Run
) -> None:
    content, message = BAD_DESCRIPTORS[name]
    file = tmp_path / "datapackage.json"
    if content is not None:
        file.write_bytes(content)
    result = run(*command, file, code=2)
    assert result.stdout == ""
    assert message in result.stderr
    assert "datapackage.json" in result.stderr


def test_an_unreadable_file(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from shieldtalks.tabular.sources import octets

    def refuse(file: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(octets, "inspect", refuse)
    out = run("validate", root, code=2).stdout
    assert "claims.csv: file: the file cannot be read (Permission denied)" in out


def test_a_folder_where_a_table_should_be(package: Path, run: Run) -> None:
    (package / "data" / "claims.csv").unlink()
    (package / "data" / "claims.csv").mkdir()
    assert "claims.csv: file: the file cannot be read" in run("validate", package, code=2).stdout


def test_info_has_one_row_in_the_singular(lighthouse: Path, run: Run) -> None:
    """Numbers and the word are below each other."""
    counts = [
        line.split()[1:]
        for line in run("info", lighthouse, code=0).stdout.splitlines()
        if line[:1] == " "
    ]
    assert {noun for number, noun in counts if number == "1"} <= {"row"}
    assert {noun for number, noun in counts if number != "1"} == {"rows"}


def test_info_counts_rows(root: Path, run: Run) -> None:
    facts = json.loads(run("info", root, "--format", "json", code=0).stdout)
    assert facts["tables"]["sources"] == len(read_table(root / "data" / "sources.csv"))
    assert facts["version"] == __version__
    assert facts["citation"].endswith(f"version {__version__}.")
    assert "CC-BY-4.0" in run("info", root, code=0).stdout


def test_a_wrong_command_is_bad_use() -> None:
    assert CliRunner().invoke(main, ["validat"]).exit_code == 2


def test_an_interrupt_is_one_line(monkeypatch: pytest.MonkeyPatch, root: Path, run: Run) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("shieldtalks.tabular.package.opening.read", interrupted)
    assert "interrupted" in run("info", root, code=2).stderr


def test_completion_names_the_commands() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from shieldtalks.cli import main; main(prog_name='shieldtalks')"],
        env=os.environ
        | {
            "_SHIELDTALKS_COMPLETE": "bash_complete",
            "COMP_WORDS": "shieldtalks ",
            "COMP_CWORD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "plain,validate" in done.stdout


@pytest.mark.parametrize(
    "arguments", [("ledger",), ("show", "prp-0001"), ("verify", "--copy", "x")]
)
def test_the_package_here_is_meant_where_none_is_named(
    arguments: tuple[str, ...], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "datapackage.json").write_text("{", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "datapackage.json:1" in run(*arguments, code=2).stderr


def test_a_zip_is_checked_as_the_folder_that_it_is(run: Run, package: Path) -> None:
    archive = package.parent / "record.zip"
    run("export", "csv", package, "-o", archive, code=0)
    assert f"{archive}/datapackage.json" in run("validate", archive, code=0).stderr
    responses = package / "data" / "responses.csv"
    responses.write_text(responses.read_text("utf-8").replace(",decline,", ",declined,"), "utf-8")
    run("export", "csv", package, "-o", archive, "--no-validate", "--force", code=0)
    shown = run("validate", archive, "--only", "enum", code=1).stdout
    assert re.search(r"record\.zip/data/responses\.csv:\d+: enum: ", shown)


def test_a_bad_zip_does_not_hide_the_next_package(run: Run, package: Path) -> None:
    archive = package.parent / "bad.zip"
    archive.write_bytes(b"PK and nothing")
    result = run("validate", archive, package, "--format", "json", code=2)
    first, second = json.loads(result.stdout)
    assert "is not a zip archive" in first["findings"][0]["message"]
    assert second["findings"] == []


def test_no_name_in_a_message_steers_a_terminal(tmp_path: Path, run: Run) -> None:
    key = {"fields": "a", "reference": {"resource": "u\x9b3J", "fields": "a"}}
    fields = [{"name": "a"}]
    schemas = {"t": {"fields": fields, "foreignKeys": [key]}, "u\x9b3J": {"fields": fields}}
    resources = [{"name": n, "path": "t.csv", "schema": one} for n, one in schemas.items()]
    version = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}  # any names
    (tmp_path / "datapackage.json").write_text(
        json.dumps({**version, "resources": resources}), "utf-8"
    )
    (tmp_path / "t.csv").write_text("a\n1\n", "utf-8")
    for table, code in (("v", 2), ("t", 0)):
        said = run("export", "csv", tmp_path, "--table", table, "-o", "-", code=code).stderr
        assert "u\\x9b3J" in said
        assert "\x9b" not in said


def test_no_command_shows_the_help(run: Run) -> None:
    result = run(code=2)
    assert result.stdout == ""
    assert result.stderr == run("--help").stdout


def test_the_current_folder_is_not_needed(
    package: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (package / "README.md").unlink(missing_ok=True)
    (package / "data" / "actors.csv").write_bytes(b"")
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert run("validate", package, code=1).stdout.startswith(str(package))
    found = run("validate", package, "--format", "github", code=1).stdout
    assert f"file={(package / 'data' / 'actors.csv').as_posix()}" in found
