"""The release rule: what a version may not do to the last one released."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from shieldtalks import load
from shieldtalks.record import releases
from shieldtalks.tabular.package import read
from shieldtalks.tabular.package.opening import opened
from tests.support import Run
from tests.support.packages import small, write
from tests.support.records import Rows, made_up
from tests.support.tables import read_table

REFERENCES: Rows = [
    {"reference_id": "ref-0001", "citation": "A gazette.", "confidence": "high"},
    {"reference_id": "ref-0002", "citation": "A letter.", "confidence": "low"},
]
SOURCE = {
    "source_id": "src-0001",
    "kind": "newspaper-article",
    "title": "Harbour talks open",
    "byline": "A. Writer",
    "dateline": "TELLAN",
    "published_edtf": "2031-05-02",
    "language": "en",
    "notes": "Front page.",
}
WITHDRAWN: Rows = [{"record_id": "clm-0009", "retired_in": "1.0.0", "reason": "Said twice."}]


def released(folder: Path, version: str, **tables: Rows) -> Path:
    """A tiny record of that version: two references, a source, a relation, one withdrawn claim."""
    rows: dict[str, Rows] = {
        "references": REFERENCES,
        "sources": [SOURCE],
        "relations": [{"proposition_id": "pos-0001", "other_id": "pos-0002", "kind": "qualifies"}],
        "retired": WITHDRAWN,
        "codes": [],
        "actors": [],
    }
    made_up(folder, **(rows | tables))
    file = folder / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(descriptor | {"version": version}), "utf-8")
    return folder


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., list[str]]:
    """What the rule says of a version with other rows, after 1.0.0."""

    def call(version: str, changelog: str = "", **tables: Rows) -> list[str]:
        old = read(released(tmp_path / "old", "1.0.0"))
        new = read(released(tmp_path / "new", version, **tables))
        found = releases.difference(old, new)
        breaches = releases.breaches(old, new, found, changelog)
        return [f"{breach.rule}: {breach.message}" for breach in breaches]

    return call


Refused = Callable[..., list[str]]
ONE_MORE = {"reference_id": "ref-0003", "citation": "A map.", "confidence": "high"}
MENDED = [REFERENCES[0] | {"citation": "A gazette of May."}, REFERENCES[1]]


def test_nothing_new_is_in_order(refused: Refused) -> None:
    assert refused("1.0.0") == []


def test_a_large_enough_version_with_its_changes_named_is_in_order(refused: Refused) -> None:
    changelog = "# Changelog\n\n## 1.1.0\n\nref-0001 mended, one more.\n\n## 1.0.0\n"
    assert refused("1.1.0", changelog, references=[*MENDED, ONE_MORE]) == []


def test_a_bump_too_small_is_refused(refused: Refused) -> None:
    (breach,) = refused("1.0.1", "## 1.0.1\n", references=[*REFERENCES, ONE_MORE])
    assert breach == (
        "bump: version 1.0.1 is too low: the changes since 1.0.0 are MINOR: rows are added"
    )


def test_changes_without_any_bump_are_refused(refused: Refused) -> None:
    (breach,) = refused("1.0.0", references=MENDED)
    assert breach.startswith("bump: version 1.0.0 is too low")


def test_a_version_before_the_last_release_is_refused(refused: Refused) -> None:
    (breach,) = refused("0.9.0")
    assert breach.startswith("bump: version 0.9.0 is too low: the changes since 1.0.0")


def test_an_identifier_deleted_rather_than_retired_is_refused(refused: Refused) -> None:
    breaches = refused("2.0.0", "## 2.0.0\n\nref-0002 is gone.\n", references=REFERENCES[:1])
    assert breaches == ["deleted: references: ref-0002 was deleted"]


RETIRED = {"record_id": "ref-0002", "retired_in": "2.0.0", "reason": "Not a letter."}


@pytest.mark.parametrize("instead", ["", "ref-0001"])
def test_an_identifier_retired_or_merged_is_in_order(refused: Refused, instead: str) -> None:
    breaches = refused(
        "2.0.0",
        "## 2.0.0\n\nref-0002 is withdrawn.\n",
        references=REFERENCES[:1],
        retired=[*WITHDRAWN, RETIRED | {"replaced_by": instead}],
    )
    assert breaches == []


def test_an_identifier_retired_in_another_version_is_refused(refused: Refused) -> None:
    (breach,) = refused(
        "2.0.0",
        "## 2.0.0\n\nref-0002 is withdrawn.\n",
        references=REFERENCES[:1],
        retired=[*WITHDRAWN, RETIRED | {"retired_in": "1.0.0"}],
    )
    assert breach == "retired: retired: ref-0002 was retired in 2.0.0, not in 1.0.0"


def test_a_retired_identifier_in_use_again_is_refused(refused: Refused) -> None:
    claim = {"claim_id": "clm-0009", "text": "Another claim."}
    (breach,) = refused("1.1.0", "## 1.1.0\n", claims=[claim])
    assert breach == "reused: claims: clm-0009 was retired, but is used again"


def test_a_withdrawal_taken_back_is_refused(refused: Refused) -> None:
    claim = {"claim_id": "clm-0009", "text": "Another claim."}
    breaches = refused("2.0.0", "## 2.0.0\n\nclm-0009\n", claims=[claim], retired=[])
    assert breaches == [
        "retired: retired: clm-0009 was removed from this table",
        "reused: claims: clm-0009 was retired, but is used again",
    ]


def test_an_identifier_whose_row_is_another_thing_is_refused(refused: Refused) -> None:
    other = SOURCE | {
        "title": "Lamp oil dearer",
        "byline": "B. Other",
        "dateline": "OSTRELL",
        "published_edtf": "2031-06-09",
        "language": "fr",
        "notes": "Page six.",
    }
    (breach,) = refused("1.0.1", "## 1.0.1\n\nsrc-0001\n", sources=[other])
    assert breach.startswith("reused: sources: src-0001 describes something else now")


def test_a_code_may_be_reworded_throughout(tmp_path: Path) -> None:
    code = {"code_id": "move:x", "scheme": "move", "code": "x", "label": "X", "definition": "An x."}
    reworded = code | {"label": "Ex", "definition": "The letter.", "notes": "So said."}
    old = read(released(tmp_path / "old", "1.0.0", codes=[code | {"notes": "Was said."}]))
    new = read(released(tmp_path / "new", "1.0.1", codes=[reworded]))
    found = releases.difference(old, new)
    assert releases.breaches(old, new, found, "## 1.0.1\n\nmove:x reworded\n") == []


def test_an_identifier_of_which_one_thing_stands_is_the_same_row(refused: Refused) -> None:
    other = SOURCE | {"title": "Lamp oil dearer", "byline": "B. Other", "notes": "Page six."}
    assert refused("1.0.1", "## 1.0.1\n\nsrc-0001\n", sources=[other]) == []


@pytest.mark.parametrize(
    "entry",
    [
        "Some rows were mended.",
        "ref-00011 was mended.",
        "ref-0001x was mended.",
        "clm-0001/ref-0001 was mended.",
    ],
)
def test_a_changed_row_that_the_changelog_does_not_name_is_refused(
    refused: Refused, entry: str
) -> None:
    changelog = f"# Changelog\n\n## 1.0.1 - 2031-06-01\n\n{entry}\n\n## 1.0.0\n\nref-0001\n"
    (breach,) = refused("1.0.1", changelog, references=MENDED)
    assert breach == (
        "changelog: references: ref-0001 is changed in citation, but the changelog does not name it"
    )


@pytest.mark.parametrize("heading", ["## 1.0.1", "## 1.0.1 - 2031-06-01", "## [1.0.1] today"])
@pytest.mark.parametrize("named", ["ref-0001", "`ref-0001`:", "(ref-0001, ref-0002)", "ref-0001."])
def test_a_changed_row_that_the_changelog_names_is_in_order(
    refused: Refused, heading: str, named: str
) -> None:
    assert refused("1.0.1", f"{heading}\n\nMended: {named}\n", references=MENDED) == []


def test_a_row_without_identifier_is_named_by_its_key(refused: Refused) -> None:
    changelog = "## 1.0.1\n\nNot related: pos-0001/pos-0002.\n"
    assert refused("1.0.1", changelog, relations=[]) == []


def test_a_row_without_identifier_may_not_go_unnamed(refused: Refused) -> None:
    (breach,) = refused("1.0.1", "## 1.0.1\n\nclm-0001\n", relations=[])
    assert breach == (
        "changelog: relations: pos-0001/pos-0002 is removed, but the changelog does not name it"
    )


def test_a_version_without_an_entry_is_refused(refused: Refused) -> None:
    (breach,) = refused("1.0.1", "## 1.0.0\n\nref-0001\n", references=MENDED)
    assert breach == "changelog: the changelog has no entry for version 1.0.1"


def test_versions_of_another_form_are_refused(refused: Refused) -> None:
    (breach,) = refused("next")
    assert breach == "bump: the two versions cannot be compared"


def test_a_package_of_another_kind_is_held_to_version_and_changelog(tmp_path: Path) -> None:
    spec = small()
    old = read(write(tmp_path / "old", spec))
    spec["descriptor"]["version"] = "1.2.4"
    spec["tables"]["things"]["rows"].pop()
    new = read(write(tmp_path / "new", spec))
    found = releases.difference(old, new)
    rules = [breach.rule for breach in releases.breaches(old, new, found, "## 1.2.4\n")]
    assert rules == ["bump", "changelog"]


def test_what_diff_writes_for_the_changelog_satisfies_the_rule(tmp_path: Path, run: Run) -> None:
    old = read(released(tmp_path / "old", "1.0.0"))
    new = read(
        released(
            tmp_path / "new",
            "2.0.0",
            references=MENDED[:1],
            relations=[],
            retired=[*WITHDRAWN, RETIRED],
        )
    )
    from shieldtalks.tabular.diff import markdown

    found = releases.difference(old, new)
    entry = "\n".join(["## 2.0.0", "", *markdown.lines(found)])
    assert releases.breaches(old, new, found, entry) == []


# -- the command


@pytest.fixture
def changelog(tmp_path: Path) -> Path:
    file = tmp_path / "CHANGELOG.md"
    file.write_text("# Changelog\n\n## 0.1.0\n\nFirst.\n", "utf-8")
    return file


def test_without_a_release_it_says_so(
    run: Run, tmp_path: Path, root: Path, changelog: Path
) -> None:
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "README.md").write_text("# Releases\n")
    result = run("diff", tmp_path / "releases", root, code=2)
    assert "contains no package and no release" in result.stderr
    result = run("diff", tmp_path / "releases", root, "--changelog", changelog, code=0)
    assert "there is no release yet" in result.stderr


def test_the_latest_release_is_the_one_to_compare_with(
    run: Run, tmp_path: Path, root: Path, changelog: Path
) -> None:
    folder = tmp_path / "releases"
    folder.mkdir()
    run("export", "csv", root, "-o", folder / "record-0.10.0.zip", code=0)
    for older in ("record-0.9.0.zip", "record-0.1.0.zip", "record.zip"):
        (folder / older).write_bytes(b"not looked at")
    result = run("diff", folder, root, "--changelog", changelog)
    assert "record-0.10.0.zip" in result.stderr


def test_a_breach_is_told_with_the_way_to_mend_it(
    run: Run, package: Path, root: Path, changelog: Path
) -> None:
    codes = package / "data" / "codes.csv"
    codes.write_text(codes.read_text("utf-8").replace("The party says no.", "It says no."), "utf-8")
    run("fmt", package, code=0)
    result = run("diff", root, package, "--changelog", changelog, code=1)
    assert result.stdout.splitlines()[-2].startswith("not allowed: bump: version ")
    assert re.fullmatch(
        r"    Raise the version to [0-9.]+ or higher\.", result.stdout.splitlines()[-1]
    )
    document = run("diff", root, package, "--changelog", changelog, "--format", "json", code=1)
    assert [breach["rule"] for breach in json.loads(document.stdout)["breaches"]] == ["bump"]


def test_a_row_withdrawn_as_the_guide_says_is_in_order(
    run: Run, package: Path, root: Path, changelog: Path
) -> None:
    table = package / "data" / "codings.csv"
    rows = read_table(table)
    used = Counter(row["code_id"] for row in rows)
    spare = next(r["coding_id"] for r in rows if r["rank"] == "2" and used[r["code_id"]] > 1)
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith(spare)), "utf-8")
    with (package / "data" / "retired.csv").open("a", encoding="utf-8") as file:
        file.write(f"{spare},9.0.0,,It was one too many.\n")
    descriptor = package / "datapackage.json"
    stated = f'"version": "{load().version}"'
    descriptor.write_text(
        descriptor.read_text("utf-8").replace(stated, '"version": "9.0.0"'), "utf-8"
    )
    changelog.write_text(f"# Changelog\n\n## 9.0.0\n\n{spare} is withdrawn.\n", "utf-8")
    run("fmt", package, code=0)
    run("validate", package, code=0)
    shown = run("diff", root, package, "--changelog", changelog, code=0).stdout
    assert f"MAJOR codings: {spare} is retired (an identifier is withdrawn)" in shown


def test_a_changelog_that_is_not_there_is_bad_use(run: Run, root: Path, tmp_path: Path) -> None:
    result = run("diff", root, root, "--changelog", tmp_path / "none.md", code=2)
    assert "there is no changelog" in result.stderr


# -- the releases of this record


def frozen(root: Path) -> list[Path]:
    return sorted((root / "releases").glob("*.zip"))


def test_the_checkout_keeps_the_release_rule(run: Run, root: Path) -> None:
    run("diff", root / "releases", root, "--changelog", root / "CHANGELOG.md", code=0)


def test_each_release_is_named_by_its_version(root: Path) -> None:
    for file in frozen(root):
        with opened(file) as package:
            assert file.name == f"{package.name}-{package.version}.zip"


def test_no_release_was_altered_or_removed(root: Path) -> None:
    if shutil.which("git") is None or not (root / ".git").exists():
        pytest.skip("not a git checkout")
    done = subprocess.run(
        ["git", "log", "--diff-filter=MDR", "--name-only", "--format=", "--", "releases/*.zip"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
