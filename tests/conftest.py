"""What the tests share: the checkout, copies of the shipped package, the articles, the command line."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from tests.support import EXAMPLES, ROOT, Findings, MakePackage, Run
from tests.support.article import ANCHORS, COPY, sha
from tests.support.packages import SMALL, changed, write
from tests.support.records import shipped
from tests.support.tables import read_table, seal, write_table
from tests.support.warm import IS_WARM, Warm, warm

# No test is timed: a busy machine is not a fault.
# In CI the drawn examples are the same in each run: a change fails for what it changed, not by chance.
settings.register_profile(
    "shieldtalks",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("shieldtalks")


#: The longest tests. They come first, so that no process waits for one of them at the end.
LONGEST = {
    "test_no_slip_survives_that_must_be_found",
    "test_the_page_of_differences_is_fresh",
    "test_both_engines_and_both_readers_find_the_same",
    "test_frictionless_finds_no_more",
    "test_no_slip_in_the_evidence_survives_the_articles",
    "test_the_page_runs_from_start_to_end",
    "test_the_description_validates_the_files",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test with the mark `sample(n)`, all cases but each nth are slow; the longest tests come first."""
    items.sort(key=lambda item: item.name not in LONGEST)
    seen: Counter[str] = Counter()
    for item in items:
        mark = item.get_closest_marker("sample")
        if mark is not None:
            name = item.nodeid.partition("[")[0]
            if seen[name] % mark.args[0]:
                item.add_marker(pytest.mark.slow)
            seen[name] += 1


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder with the three articles; without it the test skips, and says so."""
    named = os.environ.get("SHIELDTALKS_ARTICLES")
    folder = Path(named) if named else ROOT.parent / "shared" / "articles"
    if not (folder / "src-0001.txt").is_file():
        pytest.skip(f"the articles are not at hand ({folder}); set SHIELDTALKS_ARTICLES")
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the shipped package, to be changed."""
    return shipped(tmp_path / "package")


@pytest.fixture(scope="session")
def make_package(tmp_path_factory: pytest.TempPathFactory) -> MakePackage:
    """Make a package of one table from its text and its fields; `entry` are words of the resource."""

    def make(text: str, fields: list[dict[str, Any]], **entry: Any) -> Path:
        folder = tmp_path_factory.mktemp("made")
        (folder / "things.csv").write_text(text, "utf-8", newline="")
        schema = {"fields": fields}
        resource = {"name": "things", "path": "things.csv", "schema": schema, **entry}
        descriptor = {"name": "made", "resources": [resource]}
        (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        return folder

    return make


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """The small package, and one with changes of several kinds."""
    return write(tmp_path / "old", SMALL), write(tmp_path / "new", changed())


@pytest.fixture(scope="session")
def lighthouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small made-up record of two states, with the shipped vocabularies and schemas."""
    folder = tmp_path_factory.mktemp("lighthouse")
    shutil.copytree(EXAMPLES / "lighthouse", folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copy(ROOT / "data" / "codes.csv", folder / "data")
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    descriptor |= {
        "name": "lighthouse",
        "title": "Notes on the lighthouses",
        "version": "1.2.0",
        "created": "1931-07-01T00:00:00Z",
        "contributors": [{"title": "Lamp & Oil contributors", "roles": ["creator"]}],
        "bibliographicCitation": "Lamp & Oil contributors. Notes on the lighthouses. Data package.",
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


@pytest.fixture
def awkward(package: Path) -> Path:
    """The package with notes that hold semicolons, bars, tabs, quotes and line breaks."""
    file = package / "data" / "claims.csv"
    rows = read_table(file)
    for number, row in enumerate(rows):
        row["notes"] = ("a; b; c", "a | b | c", "a\tb\tc", 'he "said"; so', "one\ntwo; three")[
            number % 5
        ]
    write_table(file, rows)
    seal(package)
    return package


@pytest.fixture
def made_up(package: Path) -> Path:
    """A package whose sources are the made-up article and one more, of which nobody has a copy.

    The last of the ten spans of the article belongs to a field; evd-0011 is the other source's.
    """
    sources = read_table(package / "data" / "sources.csv")[:1]
    source = {**sources[0], "canon_length": len(COPY.canon), "canon_sha256": sha(COPY.canon)}
    write_table(
        package / "data" / "sources.csv",
        [{**source, "source_id": "src-9001"}, {**source, "source_id": "src-9002"}],
    )
    columns = list(read_table(package / "data" / "evidence.csv")[0])
    common = {"stance": "supports", "directness": "explicit", "quotation": "narration"}
    rows = [
        {
            **common,
            "evidence_id": f"evd-{number:04}",
            "source_id": "src-9001",
            "claim_id": f"clm-{number:04}",
            "start": anchor.start,
            "length": anchor.length,
            "sha256": anchor.sha256,
        }
        for number, anchor in enumerate(ANCHORS, start=1)
    ]
    rows[-1] |= {"claim_id": "", "event_id": "evt-0001", "field": "date_edtf"}
    other = {**rows[0], "evidence_id": "evd-0011", "source_id": "src-9002"}
    write_table(package / "data" / "evidence.csv", [*rows, other], columns)
    retired = package / "data" / "retired.csv"
    write_table(retired, [], list(read_table(retired)[0]))
    return package


@pytest.fixture
def run() -> Run:
    """Run `shieldtalks` with these arguments; an unexpected exception fails the test."""
    from shieldtalks.cli import main

    def call(*arguments: object, code: int | None = None) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        if code is not None:
            assert result.exit_code == code, result.output
        return result

    return call


@pytest.fixture(scope="session")
def loaded() -> Iterator[Warm | None]:
    """A process that has loaded the program, where there is one; see tests/support/warm.py."""
    if IS_WARM:
        with warm() as made:
            yield made
    else:
        yield None


@pytest.fixture(scope="session")
def program(loaded: Warm | None) -> Path:
    """The command as a program, for tests of a process but not of its start."""
    return (
        loaded.program("shieldtalks") if loaded else Path(sys.executable).with_name("shieldtalks")
    )


@pytest.fixture
def findings(run: Run) -> Findings:
    """The findings of `shieldtalks validate` on a package, as objects."""

    def call(package: Path, *options: str) -> list[dict[str, Any]]:
        result = run("validate", package, "--format", "json", *options)
        found: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
        return found

    return call
