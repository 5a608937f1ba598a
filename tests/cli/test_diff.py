"""`shieldtalks diff`: exit codes, which packages it compares, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import Run, one_line
from tests.support.packages import SMALL, pack, small, write


def test_exit_code_is_asked_for(run: Run, pair: tuple[Path, Path]) -> None:
    run("diff", *pair, code=0)
    run("diff", *pair, "--exit-code", code=1)
    run("diff", pair[0], pair[0], "--exit-code", code=0)


def test_left_out_the_new_one_is_the_package_here(
    run: Run, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pair[1])
    assert "5 changes" in run("diff", pair[0], code=0).stdout


def test_packages_without_a_name_are_compared(run: Run, tmp_path: Path) -> None:
    spec = small()
    del spec["descriptor"]["name"]
    old, new = write(tmp_path / "old", spec), write(tmp_path / "new", spec)
    archive = pack(new, tmp_path / "new.zip")
    assert run("diff", old, archive, code=0).stdout.startswith("no changes")


def test_unrelated_packages_are_refused_in_one_line(run: Run, root: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", SMALL)
    assert "are unrelated packages" in one_line(run("diff", other, root, code=2))


def test_another_package_of_the_same_tables_is_unrelated_too(
    run: Run, root: Path, package: Path
) -> None:
    file = package / "datapackage.json"
    text = file.read_text("utf-8").replace('"name": "shieldtalks"', '"name": "other"')
    file.write_text(text.replace('"id": "urn:shieldtalks:data"', '"id": "urn:other:data"'))
    assert "are unrelated packages" in one_line(run("diff", package, root, code=2))


@pytest.mark.parametrize("side", [0, 1])
def test_a_package_with_findings_is_compared_where_its_rows_can_be_read(
    side: int, run: Run, pair: tuple[Path, Path]
) -> None:
    (pair[side] / "things.csv").write_text("id,name,size,kind\nt-1,Anvil,big,a\n", "utf-8")
    result = run("diff", *pair, code=0)
    assert f"{pair[side]} has 1 finding: run shieldtalks validate" in result.stderr
    assert '"big"' in result.stdout
    assert "not compared" not in result.stdout


@pytest.mark.parametrize("text", ["name,id,size,kind\nAnvil,t-1,3,a\n", None])
def test_what_could_not_be_compared_is_named(
    text: str | None, run: Run, pair: tuple[Path, Path]
) -> None:
    file = pair[1] / "things.csv"
    if text is None:
        file.unlink()
    else:
        file.write_text(text, "utf-8")
    result = run("diff", *pair, code=0)
    assert result.stdout.splitlines()[-1].endswith("were not compared: things")
    assert "t-1" not in result.stdout


def test_the_release_rule_asks_for_a_valid_package(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("## 1.3.0\n\nNew.\n", "utf-8")
    (pair[1] / "things.csv").write_text("id,name,size,kind\nt-1,Anvil,big,a\n", "utf-8")
    result = run("diff", *pair, "--changelog", changelog, code=2)
    line = one_line(result)
    assert f"{pair[1]} is not valid, so the release rule cannot be checked: 1 finding," in line
    assert "things.csv:2: type" in line
    (pair[0] / "things.csv").unlink()
    (pair[1] / "things.csv").write_text("id,name,size,kind\nt-1,Anvil,3,a\n", "utf-8")
    (pair[1] / "parts.csv").write_text("thing_id,number,words\n", "utf-8")
    result = run("diff", *pair, "--changelog", changelog, code=2)
    assert "has tables that cannot be read: things" in result.stderr


def test_the_release_rule_counts_warnings_where_the_settings_are_strict(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("## 1.3.0\n\nNew.\n", "utf-8")
    assert "is not valid" not in run("diff", *pair, "--changelog", changelog).stderr
    (pair[1] / "shieldtalks.toml").write_text("strict = true\n", "utf-8")
    line = one_line(run("diff", *pair, "--changelog", changelog, code=2))
    assert "is not valid, so the release rule cannot be checked: 1 finding, " in line
    assert ": misplaced: " in line


def test_an_old_package_is_not_held_to_rules_newer_than_it(
    run: Run, package: Path, root: Path
) -> None:
    references = package / "data" / "references.csv"
    with references.open("a", encoding="utf-8") as file:
        file.write("ref-9999,Never used.,,,,,,,,low,\n")
    run("fmt", package, code=0)
    assert "unused" in run("validate", package, code=1).stdout
    old = run("diff", package, root, code=0)
    assert "ref-9999 is removed" in old.stdout
    assert "finding" not in old.stderr
    assert f"{package} has 1 finding" in run("diff", root, package, code=0).stderr
