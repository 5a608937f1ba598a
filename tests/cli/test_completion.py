"""What the Tab key offers, in each shell that click completes for."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from shieldtalks.cli import main
from shieldtalks.record.models import RECORDS
from tests.support import Run

SHELLS = ["bash", "zsh", "fish"]

AUTHORITIES = (
    *("authority=", "authority=anonymous", "authority=official"),
    "authority=reported-by-counterpart",
)

Tab = Callable[..., list[str]]


def answer(shell: str, line: str) -> str:
    """What `shieldtalks` tells a shell in which this line was typed, up to the Tab key."""
    words = line.split(" ")
    environment = {
        "_SHIELDTALKS_COMPLETE": f"{shell}_complete",
        "COMP_LINE": line,
        "COMP_WORDS": line if shell != "fish" else " ".join([*words[:-1], '""']),
        "COMP_CWORD": str(len(words) - 1) if shell != "fish" else words[-1],
    }
    result = CliRunner().invoke(main, prog_name="shieldtalks", env=environment)
    assert result.stderr == ""
    return result.stdout.strip()


@pytest.fixture
def tab(lighthouse: Path, monkeypatch: pytest.MonkeyPatch) -> Tab:
    """The values offered in bash, in the folder of the small record."""
    monkeypatch.chdir(lighthouse)
    return lambda line: [
        entry.partition(",")[2].partition("\t")[0] for entry in answer("bash", line).splitlines()
    ]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_is_offered_the_records(
    shell: str, lighthouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lighthouse)
    told = answer(shell, "shieldtalks show prp-")
    assert [name for name in ("prp-0001", "prp-0002", "prp-0003") if name not in told] == []
    assert "clm-" not in told
    assert "Sharing of signals" in told


@pytest.mark.parametrize("shell", SHELLS)
def test_commands_have_descriptions(shell: str) -> None:
    told = answer(shell, "shieldtalks se")
    assert "search" in told
    assert "Find rows by words" in told


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_its_script(shell: str) -> None:
    environment = {"_SHIELDTALKS_COMPLETE": f"{shell}_source"}
    script = CliRunner().invoke(main, prog_name="shieldtalks", env=environment).stdout
    assert f"_SHIELDTALKS_COMPLETE={shell}_complete" in script


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("shieldtalks sh", ["show", "sheet"]),
        ("shieldtalks show PRP-0002", ["prp-0002"]),
        ("shieldtalks show prp-0001 rsp-", ["rsp-0001", "rsp-0002"]),
        ("shieldtalks show --format bib", ["bibtex"]),
        ("shieldtalks export par", ["parquet"]),
        ("shieldtalks export csv --table pro", ["proposals", "propositions"]),
        ("shieldtalks positions --proposition ", ["pos-0001", "pos-0002"]),
        ("shieldtalks positions --topic n", ["negotiation"]),
        (
            "shieldtalks validate --only answer",
            ["answer-before-proposal", "answer-of-another-party", "answer-to-own-proposal"],
        ),
        ("shieldtalks validate --on", ["--only"]),
        ("shieldtalks validate --ru", ["--rules", "--rule-timeout"]),
        ("shieldtalks ledger --actor act-0007", ["act-0007"]),
        ("shieldtalks ledger --measure i", ["information-sharing"]),
        ("shieldtalks ledger --move d", ["decline", "defer"]),
        ("shieldtalks anchor copy.txt --source s", ["src-9001"]),
        ("shieldtalks anchor copy.txt --source src-9001 --for clm", ["clm-0001", "clm-0002"]),
        ("shieldtalks show zzz", []),
        ("shieldtalks li", ["list"]),
        ("shieldtalks search radar --table rel", ["relations"]),
        ("shieldtalks list pos", ["positions"]),
        ("shieldtalks list responses aut", [*AUTHORITIES]),
        ("shieldtalks list responses move=de", ["move=decline", "move=defer"]),
    ],
)
def test_an_argument_is_offered_what_it_takes(line: str, offered: list[str], tab: Tab) -> None:
    assert tab(line) == offered


def test_all_tables_are_offered(tab: Tab) -> None:
    names = [record.table.name for record in RECORDS]
    assert tab("shieldtalks export csv --table ") == names


def test_the_package_named_on_the_line_is_asked(
    lighthouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = answer("bash", f"shieldtalks show --package {lighthouse} src-")
    assert told.startswith("plain,src-9001\t")
    assert len(told.splitlines()) == 1
    assert "plain,src-0001" in answer("bash", "shieldtalks show src-")


@pytest.mark.parametrize("line", ["shieldtalks show prp-", "shieldtalks ledger --actor a"])
def test_a_package_that_cannot_be_read_offers_nothing_and_says_nothing(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "datapackage.json").write_text("{", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert answer("bash", line) == ""


@pytest.fixture
def typed(lighthouse: Path, tmp_path: Path, run: Run) -> Callable[..., list[str]]:
    """What bash is offered for a line, by the script that the help tells."""
    if shutil.which("bash") is None:
        pytest.skip("there is no bash")
    command = tmp_path / "shieldtalks"
    command.write_text(
        f"#!{sys.executable}\nfrom shieldtalks.cli import main\nmain(prog_name='shieldtalks')\n",
        "utf-8",
    )
    command.chmod(0o755)
    told = next(line for line in run("--help").stdout.splitlines() if "bash_source" in line)

    def call(line: str, columns: int = 80, kind: int = 9) -> list[str]:
        script = (
            f'PATH="{tmp_path}:$PATH"; {told.strip()}; COLUMNS={columns}; COMP_TYPE={kind}; '
            f"COMP_LINE={shlex.quote(line)}; COMP_POINT={len(line)}; "
            "_shieldtalks_completion shieldtalks; printf '%s\\n' \"${COMPREPLY[@]}\""
        )
        done = subprocess.run(
            ["bash", "-c", script], cwd=lighthouse, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    return call


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("shieldtalks show prp-0003", ["prp-0003"]),
        (
            "shieldtalks sh",
            [
                "show   -- Show rows in plain words, and how to cite them.",
                "sheet  -- Start the coding sheet of an article.",
            ],
        ),
        ("shieldtalks list responses move=dec", ["decline"]),
        ("shieldtalks list responses move=", None),
        ("shieldtalks show 'prp-0003", ["prp-0003"]),
        ("shieldtalks show zzz", [""]),
    ],
)
def test_bash_itself_shows_descriptions_and_inserts_only_values(
    line: str, offered: list[str] | None, typed: Callable[..., list[str]]
) -> None:
    told = typed(line)
    if offered is None:
        assert all(re.match(r"[a-z-]+ +-- \w", one) for one in told), told
    else:
        assert told == offered


@pytest.mark.slow
def test_bash_is_given_bare_values_where_it_inserts_several(
    typed: Callable[..., list[str]],
) -> None:
    assert typed("shieldtalks sh", kind=37) == ["show", "sheet"]
    assert all(len(one) < 40 for one in typed("shieldtalks ", columns=40))


def test_bash_gets_a_description_on_one_line_and_each_value_once() -> None:
    from click.shell_completion import CompletionItem

    from shieldtalks.cli.bash import DescribedBash

    bash = DescribedBash(main, {}, "shieldtalks", "_SHIELDTALKS_COMPLETE")
    assert bash.format_completion(CompletionItem("a", help="one\n\ttwo ")) == "plain,a\tone two"
    names = [item.value for item in bash.get_completions(["show"], "--")]
    assert len(names) == len(set(names)) > 2


def test_bash_is_offered_no_name_that_it_would_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tab: Tab
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["depth_m", "größe", "$(touch found)", "`id`", "a;b", "a|b", "a>b", "a\\b", "it's"]
    fields = [{"name": name, "type": "string"} for name in names]
    resource = {"name": "harbours", "path": "harbours.csv", "schema": {"fields": fields}}
    (tmp_path / "harbours.csv").write_text("depth_m\n", "utf-8")
    package = {"name": "harbours", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    assert tab("shieldtalks export parquet . --partition-by ") == ["depth_m", "größe"]


def test_validate_offers_its_formats_and_the_rules_of_the_package(tab: Tab) -> None:
    assert "html" in tab("shieldtalks validate --format ")
    assert tab("shieldtalks validate --rules p")[0] == "package"
    assert "package" not in tab("shieldtalks validate --rules x")
    assert {"--split", "--schema"} <= set(tab("shieldtalks validate --s"))
