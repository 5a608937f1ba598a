"""A collection of one's own: what `init` makes, and docs/your-own.md from start to end."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from shieldtalks import load
from shieldtalks.exports import FORMATS
from shieldtalks.record import starter, vocabulary
from shieldtalks.record.models import RECORDS
from tests.support import ARTICLES, Run
from tests.support.once import once
from tests.support.sessions import check, session


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Path:
    """A new collection."""
    run("init", tmp_path / "river-talks", "--title", "River talks", code=0)
    return tmp_path / "river-talks"


def test_a_new_collection_is_valid_and_follows_the_profile(made: Path, run: Run) -> None:
    result = run("validate", made, code=0)
    assert "skipped" not in result.stderr, "every rule of the profile runs"
    assert json.loads((made / "datapackage.json").read_text())["conformsTo"] == starter.PROFILE


@pytest.mark.slow
def test_a_new_collection_is_valid_for_frictionless_too(made: Path, run: Run) -> None:
    run("validate", made, "--reference", code=0)


def test_a_new_collection_is_in_canonical_form(made: Path, run: Run) -> None:
    run("fmt", made, "--check", code=0)


def test_a_new_collection_has_every_table_and_no_row_but_codes(made: Path) -> None:
    record = load(made)
    rows = {model.table.name: len(getattr(record, model.table.name)) for model in RECORDS}
    assert [name for name, many in rows.items() if many] == ["codes"]


def test_a_new_collection_has_the_vocabularies_that_serve_any(made: Path, root: Path) -> None:
    ours = vocabulary.read(root / "data" / "codes.csv")
    theirs = vocabulary.read(made / "data" / "codes.csv")
    assert set(ours) - set(theirs) == {"measure", "topic", "cameo", "plover"}
    assert all(ours[scheme] == terms for scheme, terms in theirs.items())


def test_nothing_of_our_subject_is_in_a_new_collection(made: Path) -> None:
    words = re.compile("missile|radar in|Russia|United States", re.IGNORECASE)
    for file in [*made.glob("*"), *(made / "data").glob("*"), *made.glob("releases/*")]:
        if file.is_file():
            assert not words.search(file.read_text("utf-8")), file.name


def test_the_same_collection_twice_is_the_same_bytes(run: Run, tmp_path: Path) -> None:
    first, second = (starter.files("river-talks", "River talks", "2031-05-06") for _ in range(2))
    assert first == second
    run("init", tmp_path / "river-talks", "--title", "River talks", "--created", "2031-05-06")
    for path, content in first.items():
        assert (tmp_path / "river-talks" / path).read_bytes() == content


@pytest.mark.slow
def test_its_workflow_runs_what_it_says(made: Path, root: Path) -> None:
    workflow = yaml.safe_load((made / ".github" / "workflows" / "validate.yml").read_text("utf-8"))
    steps: list[dict[str, Any]] = workflow["jobs"]["validate"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert re.fullmatch(r'python -m pip install "shieldtalks>=\d+\.\d+\.\d+"', commands[0])
    for command in commands[1:]:
        check(f"{command} > /dev/null 2>&1 && echo in order", "in order\n", made)
    ours = (root / ".github" / "workflows" / "test.yml").read_text("utf-8")
    for step in steps:
        assert step.get("uses", "") in ours, "pinned as our own workflows are"


def test_a_folder_with_something_in_it_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    result = run("init", tmp_path, code=2)
    assert "is not an empty folder" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("there", [[], [".git"]])
def test_an_empty_folder_is_filled_also_with_a_fresh_repository(
    there: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "river-talks"
    folder.mkdir()
    for name in there:
        (folder / name).mkdir()
    monkeypatch.chdir(folder)
    run("init", ".", code=0)
    run("validate", code=0)
    assert {"README.md", "data", ".gitattributes", *there} <= {
        file.name for file in folder.iterdir()
    }
    assert not list(folder.glob(".new.*"))


def test_a_name_that_no_package_can_have_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("init", tmp_path / "River talks", code=2)
    assert "Choose another one with --name" in result.stderr
    assert not (tmp_path / "River talks").exists()
    run("init", tmp_path / "River talks", "--name", "river-talks", code=0)


@pytest.fixture(scope="module")
def lighthouse(root: Path, tmp_path_factory: pytest.TempPathFactory, program: Path) -> Path:
    """The collection that docs/your-own.md makes, each command run and held against what it shows."""
    page = (root / "docs" / "your-own.md").read_text("utf-8")
    top = once(tmp_path_factory, "your-own", lambda folder: follow(page, folder, program))
    (descriptor,) = top.glob("*/datapackage.json")
    return descriptor.parent


def follow(page: str, folder: Path, program: Path) -> None:
    """Do in a folder what the page shows, with the made-up article at hand."""
    (folder / "articles").mkdir()
    shutil.copy(ARTICLES / "src-9001.txt", folder / "articles" / "src-0001.txt")
    for language, target, body in re.findall(r"```(\w+) ?(\S*)\n(.*?)```", page, re.DOTALL):
        if language == "toml":
            with (folder / target).open("a", encoding="utf-8") as file:
                file.write(body)
            continue
        for command, shown in session(f"```console\n{body}```"):
            if command.startswith("cd "):
                folder /= command.removeprefix("cd ")
            else:
                check(command, shown, folder, program)


@pytest.mark.slow
def test_the_page_runs_from_start_to_end(lighthouse: Path) -> None:
    record = load(lighthouse)
    assert (record.version, len(record.evidence)) == ("0.1.0", 5)
    assert (lighthouse / "releases" / "lighthouse-talks-0.1.0.zip").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_another_collection_exports_in_every_form(
    form: str, lighthouse: Path, run: Run, tmp_path: Path
) -> None:
    run("export", form, lighthouse, "-o", tmp_path / f"out{FORMATS[form].endings[0]}", code=0)


@pytest.mark.sample(3)
@pytest.mark.parametrize("form", FORMATS)
def test_a_collection_without_rows_exports_in_every_form(
    form: str, made: Path, run: Run, tmp_path: Path
) -> None:
    run("export", form, made, "-o", tmp_path / f"out{FORMATS[form].endings[0]}", code=0)


@pytest.mark.parametrize("command", ["ledger", "info", "validate"])
def test_a_collection_without_rows_is_read_by_every_command(
    command: str, made: Path, run: Run
) -> None:
    run(command, made, code=0)
