"""In other people's CI: the action's steps, the hooks and the lines of docs/ci.md, as they would run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.warm import IS_WARM


def load(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def workflows(root: Path) -> list[Path]:
    return sorted((root / ".github" / "workflows").glob("*.yml"))


def blocks(page: Path, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    return re.findall(rf"```{language}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def repository(tmp_path: Path, root: Path) -> Path:
    """A repository of somebody's with a good package and one with a faulty cell on its third line."""
    for name in ("rivers", "harbours"):
        shutil.copytree(root / "tests" / "own" / name, tmp_path / "repo" / "packages" / name)
    return tmp_path / "repo"


def step(root: Path, name: str) -> dict[str, Any]:
    steps = load(root / "action.yml")["runs"]["steps"]
    return next(step for step in steps if step.get("name") == name)


def environment(**also: str) -> dict[str, str]:
    """That of the tests, with the commands installed beside this Python first on the path."""
    binaries = Path(sys.executable).parent
    return os.environ | {"PATH": f"{binaries}:{os.environ['PATH']}"} | also


def installing() -> dict[str, str]:
    """The environment in which pip takes the dependencies and the builder from here and fetches nothing.

    `make test` and the last step of .ci/run install all of them from what the project states.
    """
    return {
        "PIP_NO_BUILD_ISOLATION": "0",  # in pip's environment, 0 is what switches the isolation off
        "PIP_NO_DEPS": "1",
        "PYTHONPATH": sysconfig.get_path("purelib"),
    }


def bash(script: str, cwd: Path, **also: str) -> subprocess.CompletedProcess[str]:
    """A step as the runner runs it."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=cwd,
        env=environment(**also),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def binaries(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Python, and with the command as a program that starts fast."""
    if not IS_WARM:
        return program.parent
    folder = tmp_path_factory.mktemp("bin")
    (folder / "python").symlink_to(sys.executable)
    (folder / "shieldtalks").symlink_to(program)
    return folder


def act(
    root: Path, repository: Path, binaries: Path | None = None, **inputs: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """The validating step of the action with these inputs; what it did, and its outputs."""
    described = load(root / "action.yml")["inputs"]
    assert set(inputs) <= {name.replace("-", "_") for name in described}
    given = {
        name.upper().replace("-", "_"): inputs.get(name.replace("-", "_"), entry["default"])
        for name, entry in described.items()
    }
    outputs = repository.parent / "outputs"
    outputs.write_text("", "utf-8")
    folder = repository.parent / "temp"
    folder.mkdir(exist_ok=True)
    done = bash(
        step(root, "validate")["run"],
        repository,
        BIN=str(binaries or Path(sys.executable).parent),
        RUNNER_TEMP=str(folder),
        GITHUB_OUTPUT=str(outputs),
        **given,
    )
    said = outputs.read_text("utf-8").splitlines()
    return done, dict(line.split("=", 1) for line in said)


def test_the_action_passes_a_good_package(root: Path, repository: Path) -> None:
    done, outputs = act(root, repository, packages="packages/rivers")
    assert (done.returncode, done.stdout, outputs) == (0, "", {"exit-code": "0"})


def test_the_action_annotates_the_line_of_a_finding(root: Path, repository: Path) -> None:
    done, outputs = act(root, repository, packages="packages/rivers\npackages/harbours\n")
    assert done.returncode == 1
    assert outputs == {"exit-code": "1"}
    assert done.stdout.startswith("::error file=packages/harbours/harbours.csv,line=3,title=enum::")
    assert len(done.stdout.splitlines()) == 1
    assert "checking rivers" in done.stderr, "both packages are read in one call"


@pytest.mark.slow
def test_the_action_takes_paths_with_blanks_and_more_arguments(
    root: Path, repository: Path, binaries: Path
) -> None:
    (repository / "packages" / "harbours").rename(repository / "old harbours")
    done, _ = act(root, repository, binaries, packages="old harbours\r\n", arguments="--only\ntype")
    assert done.returncode == 0
    done, _ = act(root, repository, binaries, packages="old harbours", arguments="--only\nenum")
    assert done.returncode == 1


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("fail_on", "packages", "code"),
    [
        ("fatal", "packages/harbours", 0),
        ("fatal", "nowhere", 2),
        ("never", "nowhere", 0),
        ("sometimes", "packages/rivers", 2),
    ],
)
def test_what_fails_the_step_is_chosen(
    fail_on: str, packages: str, code: int, root: Path, repository: Path, binaries: Path
) -> None:
    done, _ = act(root, repository, binaries, packages=packages, fail_on=fail_on)
    assert done.returncode == code, done.stderr


def test_the_action_stops_a_check_that_takes_too_long(
    root: Path, repository: Path, tmp_path: Path
) -> None:
    binaries = tmp_path / "bin"
    binaries.mkdir()
    (binaries / "python").symlink_to(sys.executable)
    (binaries / "shieldtalks").write_text("#!/bin/sh\nexec sleep 600\n")
    (binaries / "shieldtalks").chmod(0o755)
    script = step(root, "validate")["run"]
    assert "60 * int(" in script
    outputs = tmp_path / "outputs"
    done = bash(
        script.replace("60 * int(", "0.1 * int("),
        repository,
        BIN=str(binaries),
        RUNNER_TEMP=str(tmp_path),
        GITHUB_OUTPUT=str(outputs),
        PACKAGES=".",
        ARGUMENTS="",
        FAIL_ON="never",
        SARIF="true",
        TIMEOUT_MINUTES="1",
    )
    assert done.returncode == 2
    assert done.stdout.startswith("::error::the check took longer than 1 minute(s)")
    assert outputs.read_text() == "exit-code=2\n"


@pytest.mark.parametrize("stated", ["", "0", "-1", "1.5", "x", "1\n2", "99999"])
def test_the_bound_of_time_is_a_whole_number(stated: str, root: Path, repository: Path) -> None:
    done, _ = act(root, repository, packages=".", timeout_minutes=stated)
    assert done.returncode == 2
    assert done.stdout.startswith("::error::timeout-minutes is not a whole number")


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    ["-h", "-ostolen", "--output=stolen", "--", "-", "packages/rivers\n--limit=0", "\n--version"],
)
def test_a_line_of_packages_is_never_an_option(
    line: str, root: Path, repository: Path, binaries: Path
) -> None:
    done, outputs = act(root, repository, binaries, packages=f"{line}\n", sarif="true")
    assert done.returncode == 2, done.stdout
    assert outputs["exit-code"] == "2"
    assert not (repository / "stolen").exists()
    assert "shieldtalks 1" not in done.stderr, "the installed record is not checked"


def test_a_package_may_have_a_name_that_begins_with_a_dash(
    root: Path, repository: Path, binaries: Path
) -> None:
    (repository / "packages" / "rivers").rename(repository / "-h")
    (repository / "packages" / "harbours").rename(repository / "--only")
    done, _ = act(root, repository, binaries, packages="-h\n--only", arguments="--only\nenum")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=--only/harbours.csv,line=3,title=enum::")


@pytest.mark.parametrize("packages", ["\n", " ", "\r\n \t\n"])
def test_blank_lines_alone_are_no_packages(
    packages: str, root: Path, repository: Path, binaries: Path
) -> None:
    done, outputs = act(root, repository, binaries, packages=packages)
    assert (done.returncode, outputs) == (2, {})
    assert done.stdout.startswith("::error::packages names no package.")
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "hostile",
    [
        "$(touch stolen)",
        "`touch stolen`",
        "; touch stolen",
        "' touch stolen",
        '" && touch stolen',
        "*",
    ],
)
def test_no_input_is_run_by_the_shell(
    hostile: str, root: Path, repository: Path, binaries: Path
) -> None:
    for name in ("packages", "arguments", "fail_on", "sarif"):
        done, _ = act(root, repository, binaries, **{"packages": "packages/rivers", name: hostile})
        assert done.returncode == (0 if name == "sarif" else 2), done.stderr
        assert not (repository / "stolen").exists()


def test_a_wrong_input_adds_no_command_to_the_log(
    root: Path, repository: Path, binaries: Path
) -> None:
    injected = "x\n::stop-commands::y"
    for name in ("fail_on", "packages", "arguments"):
        done, _ = act(root, repository, binaries, **{"packages": "packages/rivers", name: injected})
        log = (done.stdout + done.stderr).splitlines()
        assert [line for line in log if line.lstrip().startswith("::stop")] == []


@pytest.mark.slow
def test_an_annotation_is_relative_to_the_workspace(
    root: Path, repository: Path, binaries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(repository))
    done, outputs = act(root, repository / "packages" / "harbours", binaries, sarif="true")
    place = "packages/harbours/harbours.csv"
    assert done.stdout.startswith(f"::error file={place},line=3,")
    (run,) = load(Path(outputs["sarif"]))["runs"]
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == place
    assert run["automationDetails"]["id"] == "shieldtalks/packages/harbours/"


@pytest.mark.slow
def test_without_packages_it_is_the_top_of_the_repository_and_never_the_installed_record(
    root: Path, repository: Path, binaries: Path
) -> None:
    for packages in ("", ".", "\n.\n"):
        done, _ = act(root, repository, binaries, packages=packages)
        assert done.returncode == 2
        assert "valid: " not in done.stderr


@pytest.mark.slow
def test_the_action_writes_sarif_where_asked(root: Path, repository: Path, binaries: Path) -> None:
    done, outputs = act(root, repository, binaries, packages="packages/harbours", sarif="true")
    assert done.returncode == 1
    (result,) = load(Path(outputs["sarif"]))["runs"][0]["results"]
    assert result["ruleId"] == "enum"
    upload = load(root / "action.yml")["runs"]["steps"][-1]
    assert upload["with"]["sarif_file"] == "${{ steps.validate.outputs.sarif }}"


def test_the_steps_of_the_action_are_sound_shell(root: Path) -> None:
    if shutil.which("shellcheck") is None:
        assert not os.environ.get("CI"), "tests/clients/debian.txt lists shellcheck"
        pytest.skip("shellcheck is not installed")
    for part in load(root / "action.yml")["runs"]["steps"]:
        done = subprocess.run(
            ["shellcheck", "--shell=bash", "-"],
            input=part.get("run", ""),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_action_installs_the_version_that_it_stands_in(root: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    outputs = tmp_path / "outputs"
    done = bash(
        step(root, "install")["run"],
        tmp_path,
        PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        RUNNER_TEMP=str(tmp_path),
        GITHUB_ACTION_PATH=str(root),
        GITHUB_OUTPUT=str(outputs),
        EXTRAS="bulk",
        **installing(),
    )
    assert done.returncode == 0, done.stderr
    assert "does not provide the extra" not in done.stderr
    command = Path(outputs.read_text("utf-8").removeprefix("bin=").strip()) / "shieldtalks"
    version = subprocess.run(
        [command, "--version"], env=installing(), capture_output=True, text=True, check=True
    )
    (installed,) = tmp_path.glob("shieldtalks/lib/*/site-packages/shieldtalks/datapackage.json")
    assert installed.read_bytes() == (root / "datapackage.json").read_bytes()
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    assert f"\n## {version.stdout.split()[1]} " in changelog


def hooks(root: Path) -> dict[str, dict[str, Any]]:
    """The hooks as they would stand under `repo: local`."""
    return {hook["id"]: hook for hook in load(root / ".pre-commit-hooks.yaml")}


def pre_commit(repository: Path, *configured: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """All files through these hooks, with the command of this environment."""
    local = [hook | {"language": "system"} for hook in configured]
    config = {"repos": [{"repo": "local", "hooks": local}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    for command in (["git", "init", "--quiet"], ["git", "add", "--all"]):
        subprocess.run(command, cwd=repository, check=True)
    return subprocess.run(
        ["pre-commit", "run", "--all-files"],
        cwd=repository,
        env=environment(PRE_COMMIT_HOME=str(repository / "home")),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_hook_reads_several_packages(root: Path, repository: Path) -> None:
    hook = hooks(root)["shieldtalks-validate"]
    both = ["packages/rivers", "packages/harbours"]
    assert pre_commit(repository, hook | {"args": both[:1]}).returncode == 0
    done = pre_commit(repository, hook | {"args": both})
    assert done.returncode == 1
    assert "packages/harbours/harbours.csv:3: enum" in done.stdout
    assert "checking rivers" in done.stdout


@pytest.mark.slow
def test_the_formatting_hook_seals_a_package_and_stops_the_commit(
    root: Path, repository: Path
) -> None:
    hook = hooks(root)["shieldtalks-fmt"] | {"args": ["packages/rivers"]}
    table = repository / "packages" / "rivers" / "rivers.csv"
    before = table.read_bytes()
    table.write_bytes(before.replace(b"Wye", b'"Wye"'))
    done = pre_commit(repository, hook)
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert table.read_bytes() == before
    assert pre_commit(repository, hook).returncode == 0


@pytest.mark.slow
def test_the_hooks_install_from_the_repository(
    root: Path, repository: Path, tmp_path: Path
) -> None:
    if not (root / ".git").exists():
        pytest.skip("not a git checkout")
    for command in (["git", "init", "--quiet"], ["git", "add", "--all"]):
        subprocess.run(command, cwd=repository, check=True)
    (repository / "packages" / "rivers").rename(tmp_path / "rivers")
    shutil.copytree(tmp_path / "rivers", repository, dirs_exist_ok=True)
    done = subprocess.run(
        ["pre-commit", "try-repo", root, "shieldtalks-validate", "--all-files", "--verbose"],
        cwd=repository,
        env=environment(PRE_COMMIT_HOME=str(tmp_path / "home"), **installing()),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "valid: 1 table," in done.stdout


def test_the_page_names_the_inputs_and_hooks_that_there_are(root: Path) -> None:
    page = root / "docs" / "ci.md"
    action = load(root / "action.yml")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (\S+) \|", page.read_text("utf-8"), re.MULTILINE))
    assert {name: default.strip("`").replace("none", "") for name, default in rows.items()} == {
        name: entry["default"] for name, entry in action["inputs"].items()
    }
    documents = [yaml.safe_load(text) for text in blocks(page, "yaml")]
    used = {
        hook["id"]
        for document in documents
        for repo in document.get("repos", ())
        for hook in repo["hooks"]
    }
    assert used == set(hooks(root))


def test_the_workflows_on_the_page_are_sound(root: Path, tmp_path: Path) -> None:
    texts = [text for text in blocks(root / "docs" / "ci.md", "yaml") if "jobs:" in text]
    assert len(texts) == 2
    for number, text in enumerate(texts):
        file = tmp_path / f"{number}.yml"
        file.write_text(text.replace("COMMIT", "0" * 40), "utf-8")
        done = subprocess.run(
            ["actionlint", file],
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_shell_lines_of_the_page_run(root: Path, repository: Path) -> None:
    lines = [
        line
        for block in blocks(root / "docs" / "ci.md", "sh")
        for line in block.splitlines()
        if line.startswith("shieldtalks ")
    ]
    assert len(lines) == 3
    for line in lines:
        done = bash(line, repository)
        assert done.returncode == 1, done.stderr
        assert "valid: 1 table," in done.stderr
    assert "<failure" in (repository / "findings.xml").read_text("utf-8")


def test_actions_are_pinned_by_hash_and_one_hash_each(root: Path) -> None:
    pins: dict[str, set[str]] = {}
    starter = root / "src" / "shieldtalks" / "record" / "starter" / "validate.yml"
    for file in [root / "action.yml", root / "docs" / "ci.md", starter, *workflows(root)]:
        for used in re.findall(r"uses: (.+)", file.read_text("utf-8")):
            if used.startswith(("OWNER/", "./")):
                continue
            pin = re.fullmatch(r"([\w./-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", used)
            assert pin is not None, f"{file.name}: {used}"
            pins.setdefault(pin[1], set()).add(pin[2])
    assert {action: found for action, found in pins.items() if len(found) > 1} == {}


def test_every_workflow_starts_from_reading_only(root: Path) -> None:
    for file in workflows(root):
        assert load(file)["permissions"] in ({}, {"contents": "read"}), file.name


def test_the_versions_of_python_that_are_promised_are_those_tested(root: Path) -> None:
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    promised = re.findall(r"Python :: (3\.\d+)$", "\n".join(project["classifiers"]), re.MULTILINE)
    jobs = load(root / ".github" / "workflows" / "test.yml")["jobs"]
    assert promised == jobs["versions"]["strategy"]["matrix"]["python"]
    assert project["requires-python"] == f">={promised[0]}"
