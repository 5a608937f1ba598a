"""How the changes between two packages are told: as text, as Markdown, as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from shieldtalks.tabular.diff import compare, markdown, text
from shieldtalks.tabular.package import read
from tests.support import Run
from tests.support.packages import SMALL, field, small, write


def test_text_says_each_change_with_its_bump_and_why(run: Run, pair: tuple[Path, Path]) -> None:
    assert run("diff", *pair, code=0).stdout.splitlines() == [
        "PATCH package: title is changed (metadata is fixed)",
        '        title: "Small things" -> "Little things"',
        "MINOR things.size: maximum is now 10, was 9 (a constraint is loosened)",
        "PATCH things: t-1 is changed in name (a wrong value is fixed)",
        '        name: "Anvil" -> "Small anvil"',
        "MINOR things: t-4 is added (rows are added)",
        "MAJOR log: 2031-05-01/seen/v is removed (a row is removed)",
        "5 changes; smallest bump allowed: MAJOR, to 2.0.0 or higher; 1.3.0 after 1.2.3 is not enough",
    ]


def test_markdown_is_for_a_changelog(run: Run, pair: tuple[Path, Path]) -> None:
    assert run("diff", *pair, "--format", "markdown", code=0).stdout.splitlines() == [
        "### Contract and metadata",
        "",
        "- PATCH: `package` title is changed",
        '  - `title`: from `"Small things"` to `"Little things"`',
        "- MINOR: `things.size` maximum is now 10, was 9",
        "",
        "### Rows",
        "",
        "- PATCH: `things`: t-1 is changed in name",
        '  - `name`: from `"Anvil"` to `"Small anvil"`',
        "- MINOR: `things`: t-4 is added",
        "- MAJOR: `log`: 2031-05-01/seen/v is removed",
        "",
        "5 changes; smallest bump allowed: MAJOR, to 2.0.0 or higher; 1.3.0 after 1.2.3 is not enough.",
    ]


def test_json_follows_its_schema(run: Run, pair: tuple[Path, Path], root: Path) -> None:
    document = json.loads(run("diff", *pair, "--format", "json", code=0).stdout)
    schema = json.loads((root / "schemas" / "diff.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    assert document["bump"] == "major"
    assert (document["smallest"], document["meets"]) == ("2.0.0", False)
    changed = next(c for c in document["changes"] if c["kind"] == "row-changed")
    assert changed["cells"] == [{"field": "name", "old": "Anvil", "new": "Small anvil"}]
    looser = next(c for c in document["changes"] if c["kind"] == "constraint-looser")
    assert looser["cells"] == [{"field": "maximum", "old": 9, "new": 10}]
    removed = next(c for c in document["changes"] if c["kind"] == "row-removed")
    assert removed["cells"][0] == {"field": "day", "old": "2031-05-01", "new": None}
    added = next(c for c in document["changes"] if c["kind"] == "row-added")
    assert {cell["field"]: cell["new"] for cell in added["cells"]}["size"] == "1"


def test_many_rows_are_told_in_one_line(run: Run, tmp_path: Path) -> None:
    spec = small()
    field(spec, "id")["constraints"]["pattern"] = "t-[0-9]+"
    old = write(tmp_path / "old", spec)
    spec["tables"]["things"]["rows"] += [[f"t-{n}", "", "", ""] for n in range(10, 40)]
    shown = run("diff", old, write(tmp_path / "new", spec)).stdout
    assert "MINOR things: 30 rows are added: t-10, t-11, " in shown
    assert "t-29 and 10 more (rows are added)" in shown


def test_markdown_names_every_row_that_is_gone_and_some_that_are_new(tmp_path: Path) -> None:
    spec = small()
    spec["tables"]["things"]["rows"] = [[f"t-{n}", "", "", ""] for n in range(10, 40)]
    fewer, more = write(tmp_path / "fewer", SMALL), write(tmp_path / "more", spec)
    gone = "\n".join(markdown.lines(compare(read(more), read(fewer))))
    assert all(f"t-{n}" in gone for n in range(10, 40))
    new = "\n".join(markdown.lines(compare(read(fewer), read(more))))
    assert "t-29 and 10 more" in new


def test_long_values_are_shown_where_they_differ(run: Run, tmp_path: Path) -> None:
    spec = small()
    del field(spec, "name")["constraints"]["maxLength"]
    spec["tables"]["things"]["rows"][0][1] = "the same words " * 20 + "then one, and more" * 9
    old = write(tmp_path / "old", spec)
    row = spec["tables"]["things"]["rows"][0]
    row[1] = row[1].replace("then one", "then two", 1)
    shown = run("diff", old, write(tmp_path / "new", spec)).stdout
    (line,) = [line for line in shown.splitlines() if " -> " in line]
    before, after = line.removeprefix("        name: ").split(" -> ")
    assert "then one" in before
    assert "then two" in after
    assert before.startswith("…")
    assert after.endswith("…")
    assert len(line) < 200


def test_markdown_makes_marks_harmless(run: Run, tmp_path: Path) -> None:
    spec = small()
    spec["tables"]["things"]["rows"][0][1] = "a `tick` *x*"
    new = write(tmp_path / "new", spec)
    shown = run("diff", write(tmp_path / "old", SMALL), new, "--format", "markdown").stdout
    assert '`` "a `tick` *x*" ``' in shown


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_nothing_of_a_package_steers_a_terminal(form: str, run: Run, tmp_path: Path) -> None:
    spec = small()
    spec["descriptor"] |= {"version": "\x9b2J", "title": "\x9b31m"}
    new = write(tmp_path / "new", spec)
    shown = run("diff", write(tmp_path / "old", SMALL), new, "--format", form)
    assert "\x9b" not in shown.stdout + shown.stderr
    assert "\\x9b31m" in shown.stdout
    assert "\\x9b2J" in shown.stderr


def test_a_key_with_blanks_is_in_quotes(tmp_path: Path) -> None:
    old, new = small(), small()
    old["tables"]["things"]["rows"].append(["t-9 ", "", "", ""])
    found = compare(read(write(tmp_path / "old", old)), read(write(tmp_path / "new", new)))
    shown = [*text.lines(found), *markdown.lines(found)]
    assert sum('"t-9 " is removed' in line for line in shown) == 2
