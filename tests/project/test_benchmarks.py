"""The generated packages of the benchmarks: valid when clean, wrong exactly where they are spoiled."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from tests.support import Findings, Run

pytestmark = pytest.mark.slow


#: Every rule that the generator knows how to break.
BROKEN = [
    "enum",
    "foreign-key",
    "maxLength",
    "maximum",
    "minimum",
    "pattern",
    "primary-key",
    "required",
    "type",
]


@pytest.fixture
def generate(root: Path, tmp_path: Path) -> Callable[..., Path]:
    """Generate a package into a folder of this name."""

    def call(name: str, claims: int, *options: str) -> Path:
        script = root / "benchmarks" / "generate.py"
        folder = tmp_path / name
        subprocess.run([sys.executable, script, str(claims), folder, *options], check=True)
        return folder

    return call


def places(entries: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Findings as far as the truth tells them, repeats kept."""
    return sorted(
        tuple(entry[name] for name in ("table", "line", "row", "field", "rule"))
        for entry in entries
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_a_clean_package_is_valid(generate: Callable[..., Path], findings: Findings) -> None:
    folder = generate("clean", 200)
    assert findings(folder) == []
    assert not (folder / "truth.json").exists()


def test_frictionless_finds_a_clean_package_valid(generate: Callable[..., Path]) -> None:
    descriptor = generate("clean", 200) / "datapackage.json"
    command = [sys.executable, "-m", "frictionless", "validate", str(descriptor)]
    outcome = subprocess.run(command, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_findings_are_what_was_spoiled(
    generate: Callable[..., Path], findings: Findings, seed: str
) -> None:
    folder = generate("bad", 2000, "--bad", "0.05", "--seed", seed)
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert sorted({entry["rule"] for entry in truth}) == BROKEN
    assert places(findings(folder)) == places(truth)


def test_the_changed_copy_differs_in_its_changed_rows(
    generate: Callable[..., Path], findings: Findings, run: Run
) -> None:
    old, new = generate("old", 200), generate("new", 200, "--changed", "4")
    assert findings(new) == []
    found = json.loads(run("diff", old, new, "--format", "json", code=0).stdout)["changes"]
    rows = Counter((one["table"], one["kind"]) for one in found if one["row"])
    assert rows == {
        ("claims", "row-changed"): 4,
        ("evidence", "row-changed"): 3,
        ("evidence", "row-removed"): 1,
    }


def test_identifiers_of_many_claims_may_be_longer(root: Path) -> None:
    schema = run_path(str(root / "benchmarks" / "generate.py"))["schema"]
    (small, large) = (schema("claims", claims)["fields"] for claims in (9_999_999, 10_000_000))
    assert small[0]["constraints"]["pattern"] == "clm-[0-9]{7}"
    assert large[0]["constraints"]["pattern"] == "clm-[0-9]{7,8}"
    assert large[3]["constraints"]["pattern"] == "act-[0-9]{7,8}"


def test_a_ratio_is_to_the_fastest_of_the_same_round(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(root / "benchmarks")
    measuring, targets = import_module("measuring"), import_module("targets")
    runs = {"diff": (6, 8), "read": (4, 1), "polars-read": (2, 4)}
    group = measuring.Group("1,000,000", {})
    group.taken = {
        name: [measuring.Taken(one, 0, one) for one in seconds] for name, seconds in runs.items()
    }
    assert group.ratio("diff", "read", "polars-read") == (6 / 2 + 8 / 1) / 2
    assert group.ratio("diff", "absent") is None
    assert group.waiting("diff") == 1
    assert {one.work for one in targets.TARGETS} <= targets.LABELS.keys()
    assert "diff" in "".join(targets.table([group]))


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda report: None, []),
        (
            lambda report: report["findings"].pop(),
            ["1,000 claims, duckdb: 2 wrong cells, 1 missed, 0 extra"],
        ),
        (
            lambda report: report["findings"][0].update(line=9),
            ["1,000 claims, duckdb: 2 wrong cells, 1 missed, 1 extra"],
        ),
        (lambda report: report["findings"][0].update(message="y"), []),
        (
            lambda report: report["totals"].update(left_out=3),
            [
                "1,000 claims, duckdb: 2 wrong cells, 0 missed, 0 extra, 3 findings only counted",
            ],
        ),
    ],
)
def test_reports_are_compared_with_the_wrong_cells_and_with_each_other(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[dict[str, Any]], object],
    wrong: list[str],
) -> None:
    monkeypatch.syspath_prepend(root / "benchmarks")
    measuring, truth = import_module("measuring"), import_module("truth")
    cells = [
        {"table": "claims", "line": n, "row": n - 1, "field": "text", "rule": "required"}
        for n in (2, 5)
    ]
    (tmp_path / "truth.json").write_text(json.dumps(cells), "utf-8")
    group = measuring.Group("1,000", {}, truth=tmp_path / "truth.json")
    for engine in ("sqlite", "duckdb"):
        found = [cell | {"message": "x"} for cell in cells]
        report = {"findings": found, "totals": {"left_out": 0}}
        if engine == "duckdb":
            change(report)
        group.findings[f"{engine}-bad"] = tmp_path / f"{engine}.json"
        group.findings[f"{engine}-bad"].write_text(json.dumps(report), "utf-8")
        group.taken[f"{engine}-bad"] = [measuring.Taken(1, 0, 1)]
    whole = json.loads((tmp_path / "sqlite.json").read_text("utf-8"))
    is_same = json.loads((tmp_path / "duckdb.json").read_text("utf-8")) == whole
    said = list(truth.compare(group))
    assert said[0] == ("1,000 claims, sqlite: 2 wrong cells, 0 missed, 0 extra", True)
    assert [words for words, is_exact in said[:2] if not is_exact] == wrong
    words = "the same report as" if is_same else "another report than"
    assert said[2:] == [(f"1,000 claims, duckdb: {words} sqlite", is_same)]


@pytest.mark.parametrize("options", [(), ("--bad", "0.05")])
def test_the_same_arguments_give_the_same_bytes(
    generate: Callable[..., Path], options: tuple[str, ...]
) -> None:
    assert contents(generate("one", 200, *options)) == contents(generate("two", 200, *options))


def test_another_seed_gives_other_rows(generate: Callable[..., Path]) -> None:
    assert contents(generate("one", 200)) != contents(generate("two", 200, "--seed", "1"))
