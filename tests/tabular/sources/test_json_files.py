"""JSON and JSON Lines: where the rows are, which line a row is on, and texts that are no JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from shieldtalks.tabular.findings import Finding
from shieldtalks.tabular.sources.json import steps_of
from shieldtalks.tabular.tables.rows import rows
from shieldtalks.tabular.validation import validate_package
from tests.support.sources import package_of
from tests.tabular.test_growth import steps as counted_steps

ROWS = '[{"id": 1, "name": "Elbe"},\n {"id": "x", "name": "Main"}]'


def found(folder: Path, text: str, **dialect: object) -> list[Finding]:
    entry = {"path": "a.json", "dialect": dialect} if dialect else {"path": "a.json"}
    return validate_package(package_of(folder, entry, files={"a.json": text})).findings


@pytest.mark.parametrize(
    ("stated", "steps"),
    [
        (None, ()),
        ("", ()),
        ("rows", ("rows",)),
        ("data.rows", ("data", "rows")),
        ("/data/0/a~1b~0c", ("data", "0", "a/b~c")),
    ],
)
def test_property(stated: str | None, steps: tuple[str, ...]) -> None:
    assert steps_of(stated) == steps


@pytest.mark.parametrize(
    ("text", "at", "line"),
    [
        (f'{{"a": {{"rows": {ROWS}}}}}', "a.rows", 2),
        (f'{{"rows": 1, "a": [\n[], {{"rows": {ROWS}, "b": {{}}}}, 2], "z": []}}', "/a/1/rows", 3),
        (f'\n\n{{"é": {ROWS}}}', "é", 4),
    ],
)
def test_rows_inside(tmp_path: Path, text: str, at: str, line: int) -> None:
    (finding,) = found(tmp_path, text, property=at)
    assert (finding.rule, finding.line, finding.value) == ("type", line, "x")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f'{{"rows": {ROWS}', 2),
        (f'{{"rows": {ROWS}, "more"}}', 2),
        (f'{{"rows": {ROWS}, "more": }}', 2),
        (f'{{"rows": {ROWS}}} []', 2),
        (f'{{"rows": {ROWS},\n}}', 3),
    ],
)
def test_text_after_the_rows_is_json_too(tmp_path: Path, text: str, line: int) -> None:
    findings = found(tmp_path, text, property="rows")
    assert ("source", line) in [(finding.rule, finding.line) for finding in findings]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_deep_json(tmp_path: Path, name: str) -> None:
    for depth in (90, 400, 100_000):
        deep = "[" * depth + "]" * depth
        text = f'{{"id": 1, "name": {deep}}}'
        content = f"[{text}]" if name == "a.json" else text
        package = package_of(tmp_path, {"path": name}, files={name: content})
        (finding,) = validate_package(package).findings
        assert finding.rule == ("type" if depth == 90 else finding.rule)
        assert finding.rule in ("type", "source")


def test_a_mark_of_utf_8_is_no_part_of_the_text(tmp_path: Path) -> None:
    package = package_of(
        tmp_path, {"path": "a.json"}, files={"a.json": '\ufeff[{"id": 1, "name": "é"}]'}
    )
    assert list(rows(package.resources[0])) == [{"id": 1, "name": "é"}]


def test_half_a_character(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, '[{"id": 1, "name": "a\\ud800b"}]')
    assert (finding.rule, finding.place) == ("encoding", "$[0].name")
    assert finding.message == "the cell contains half of a character (U+D800) at character 2"


@pytest.mark.parametrize(
    ("second", "rules"),
    [
        ('{"id": 1, "name": "Elbe"}', [("source", 1, 1)]),
        ('["id", "name"]\n[1, "Elbe"]', [("source", 1, None)]),
        ("nonsense", [("source", 1, 1), ("source", 2, 2)]),
    ],
)
def test_a_first_line_that_is_broken(
    tmp_path: Path, second: str, rules: list[tuple[str, int, int | None]]
) -> None:
    """The first row that can be read shows whether rows are objects or lists."""
    text = f'{{"id": 1,\n{second}\n'
    package = package_of(tmp_path, {"path": "a.jsonl"}, files={"a.jsonl": text})
    report = validate_package(package)
    assert [(one.rule, one.line, one.row) for one in report.findings] == rules


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("faulty", [False, True])
def test_work_is_linear(tmp_path: Path, form: str, faulty: bool) -> None:
    def work(size: int) -> int:
        value = "null" if faulty else '"x"'
        lines = [f'{{"id": {n}, "name": {value}, "k{n}": 1}}' for n in range(size)]
        if not faulty:
            lines = [f'{{"id": {n}, "name": "x"}}' for n in range(size)]
        text = f"[{','.join(lines)}]" if form == "json" else "\n".join(lines)
        folder = tmp_path / str(size)
        folder.mkdir()
        package = package_of(folder, {"path": f"a.{form}"}, files={f"a.{form}": text})
        return counted_steps(lambda: list(validate_package(package).findings))

    small, middle, large = (work(size) for size in (150, 300, 600))
    assert large - middle <= 2.2 * (middle - small)


def test_an_encoding_that_does_not_say_where_it_fails(tmp_path: Path) -> None:
    entry, text = {"path": "a.json", "encoding": "idna"}, '[{"id": 1, "name": "1.xn--99zz.2"}]'
    package = package_of(tmp_path, entry, files={"a.json": text})
    (finding,) = validate_package(package).findings
    assert (finding.rule, finding.line) == ("source", 1)
