"""The examples: each faulty package gives exactly its findings, each good one gives none.

`UPDATE_GOLDEN=1 pytest tests/tabular/checks/test_examples.py` writes every findings.txt anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.checks import frictionless
from shieldtalks.tabular.rule_names import STRUCTURAL
from tests.support import EXAMPLES, ROOT, Run
from tests.support.theirs import Theirs
from tests.tabular.checks import differences
from tests.tabular.checks.reasons import OF_THEIRS

FAULTS = sorted(path.name for path in (EXAMPLES / "faults").iterdir() if path.is_dir())
GOOD = sorted(path.name for path in (EXAMPLES / "good").iterdir() if path.is_dir())

#: Rules that no small package of these can show.
SHOWN_ELSEWHERE = {"reference", "evidence", "profile"}


def said(finding: dict[str, Any]) -> str:
    """A finding in one line, what is None left out."""
    line = f":{finding['line']}" if finding["line"] is not None else ""
    place = f" [{finding['place']}]" if finding["place"] else ""
    parts = [finding["severity"], f"{finding['file']}{line}{place}"]
    parts += [f"{part}={finding[part]}" for part in ("row", "field") if finding[part] is not None]
    text = f"{' '.join(parts)} {finding['rule']}: {finding['message']}"
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


@pytest.mark.parametrize("name", FAULTS)
def test_fault(name: str, run: Run) -> None:
    folder = EXAMPLES / "faults" / name
    result = run("validate", folder, "--format", "json")
    found = json.loads(result.stdout)["findings"]
    lines = "".join(f"{said(finding)}\n" for finding in found)
    golden = folder / "findings.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(lines, encoding="utf-8", newline="\n")
    assert lines == golden.read_text(encoding="utf-8")
    assert found
    severities = {finding["severity"] for finding in found}
    assert result.exit_code == (2 if "fatal" in severities else 1 if "error" in severities else 0)


@pytest.mark.parametrize("name", GOOD)
def test_good(name: str, run: Run) -> None:
    result = run("validate", EXAMPLES / "good" / name, "--format", "json")
    assert [said(finding) for finding in json.loads(result.stdout)["findings"]] == []
    assert result.exit_code == 0


@pytest.mark.parametrize("target", ["file", "folder", "circle"])
def test_symbolic_link_out_of_the_package(target: str, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    shutil.copytree(EXAMPLES / "good" / "path-in-folder", folder)
    table = folder / "data" / "things.csv"
    table.rename(tmp_path / "things.csv")
    if target == "file":
        table.symlink_to(tmp_path / "things.csv")
    elif target == "folder":
        table.parent.rmdir()
        table.parent.symlink_to(tmp_path)
    else:
        table.symlink_to(table)
    report = validate(folder)
    assert [finding.rule for finding in report.findings] in (["path"], ["file"])
    assert report.exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [f"{kind}/{name}" for kind, names in (("faults", FAULTS), ("good", GOOD)) for name in names],
)
def test_frictionless_reports_nothing_that_we_do_not(
    path: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frictionless, "errors", Theirs(tmp_path_factory).errors)
    report = validate(EXAMPLES / path, Options(reference=True))
    missed = [finding.message for finding in report.findings if finding.rule == "reference"]
    assert bool(missed) == (path in OF_THEIRS), missed


@pytest.mark.slow
def test_the_page_of_differences_is_fresh(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "errors", Theirs(tmp_path_factory).errors)
    monkeypatch.setattr(sys, "argv", ["differences", "--check"])
    with pytest.raises(SystemExit) as end:
        differences.main()
    assert end.value.code == 0, end.value.code


def test_every_rule_is_shown_and_documented() -> None:
    text = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    golden = [path.read_text(encoding="utf-8") for path in EXAMPLES.glob("faults/*/findings.txt")]
    shown = {match for lines in golden for match in re.findall(r"(?m) ([A-Za-z-]+): ", lines)}
    for rule in sorted(STRUCTURAL):
        assert f"| `{rule}` |" in text, f"docs/validation.md lacks the rule {rule}"
        assert rule in shown | SHOWN_ELSEWHERE, f"no example shows the rule {rule}"
