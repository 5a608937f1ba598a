"""The page of `validate --format html`: well-formed, harmless, and with the rows that are wrong."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from shieldtalks.tabular.findings import MOST_WITH_ROWS, Excerpt, Finding, Report
from shieldtalks.tabular.reports import html
from tests.support import EXAMPLES, MakePackage, Run

HOSTILE = "</style></td><script>alert(1)</script>&\"'<!--]]>\x00\x1b[31m\u202e\ud800"

FIELDS = [{"name": "name", "type": "string"}, {"name": "size", "type": "integer"}]


def parsed(text: str) -> Element:
    """A page as XML."""
    return ElementTree.fromstring(text)  # noqa: S314 - our own page


def texts(element: Element, path: str) -> list[str]:
    return ["".join(one.itertext()) for one in element.iterfind(path)]


def of(run: Run, *arguments: object) -> Element:
    return parsed(run("validate", *arguments, "--format", "html").stdout)


def finding(**values: object) -> Finding:
    usual: dict[str, object] = {"rule": "type", "message": "it is wrong", "file": "t.csv"}
    return Finding(**{**usual, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_the_row_is_shown_with_its_faulty_cell(
    engine: str, make_package: MakePackage, run: Run
) -> None:
    folder = make_package("name,size\na,1\nb,big\n,\n", FIELDS)
    found = of(run, folder, "--engine", engine)
    assert texts(found, ".//li/p")[0] == 'Line 3, column size: "big" is not an integer.'
    (row, *_) = found.iterfind(".//li//table")
    assert texts(row, "thead//th") == ["line", "name", "size"]
    assert texts(row, "tbody//th") + texts(row, "tbody//td") == ["3", "b", "big"]
    assert texts(row, ".//td[@class='bad']") == ["big"]


def test_columns_that_are_no_neighbours_of_the_fault_are_narrow_on_a_small_screen(
    make_package: MakePackage, run: Run
) -> None:
    fields = [{"name": name, "type": "integer"} for name in "abcdefg"]
    folder = make_package("a,b,c,d,e,f,g\n1,2,3,4,x,6,7\n", fields)
    found = of(run, folder)
    (row, *_) = found.iterfind(".//li//table")
    assert texts(row, "thead//th[@class='far']") == ["b", "c", "g"]
    assert texts(row, "tbody//td[@class='far']") == ["2", "3", "7"]
    assert ".far { font-size: 0;" in "".join(texts(found, ".//style"))


def test_it_shows_how_often_and_groups_by_table_and_rule(run: Run) -> None:
    found = of(run, EXAMPLES / "faults" / "foreign-key-composite", EXAMPLES / "faults" / "enum")
    counts = [int(text) for text in texts(found, ".//td[@class='number']")]
    assert len(counts) == len(texts(found, ".//h4"))
    assert len(texts(found, ".//h2")) == 2


def test_only_so_many_findings_are_shown(run: Run, make_package: MakePackage) -> None:
    rows = "".join(f"n{n},x\n" for n in range(MOST_WITH_ROWS + 5))
    folder = make_package(f"name,size\n{rows}", FIELDS)
    found = of(run, folder)
    assert len(texts(found, ".//li")) == MOST_WITH_ROWS == len(texts(found, ".//li//table"))
    assert texts(found, ".//p[@class='more']") == [
        "... and 5 more findings of this rule, not shown here."
    ]
    found = of(run, folder, "--limit", "2")
    assert len(texts(found, ".//li")) == 2
    assert "... and 23 more findings" in texts(found, ".//p[@class='more']")[0]


def test_a_wide_table_is_shown_around_the_fault(make_package: MakePackage, run: Run) -> None:
    names = [f"c{n}" for n in range(30)]
    fields = [{"name": name, "type": "integer" if name == "c20" else "string"} for name in names]
    cells = [f"v{n}" for n in range(30)]
    found = of(run, make_package(",".join(names) + "\n" + ",".join(cells) + "\n", fields))
    shown = texts(found, ".//li//thead//th")
    assert shown == ["line", "c0", "…", "c18", "c19", "c20", "c21", "c22", "…"]


def test_a_row_of_json_is_shown_with_its_place(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.json").write_text('[{"name": "b", "size": "x"}]', "utf-8")
    (tmp_path / "s.json").write_text(json.dumps({"fields": FIELDS}), "utf-8")
    found = of(run, tmp_path / "a.json", "--schema", tmp_path / "s.json")
    assert texts(found, ".//li/p") == ['Line 1, $[0].size, column size: "x" is not an integer.']
    assert texts(found, ".//td[@class='bad']") == ["x"]
    none = finding(table="t", row=2, place="Sheet!B2")
    report = Report({"name": "t", "version": None, "path": "t"}, [none])
    report.excerpts = {"t": Excerpt(["a"], {2: ["b"]})}
    root = parsed("".join(html.parts([report])))
    assert texts(root, ".//li//th") == ["row", "a", "2"]
    assert texts(root, ".//li/p") == ["Sheet!B2: it is wrong."]


def test_hostile_text_stays_text() -> None:
    named = {"name": HOSTILE, "version": None, "path": HOSTILE}
    report = Report(
        named,
        [
            finding(
                table=HOSTILE,
                row=1,
                line=2,
                field=HOSTILE,
                value=HOSTILE,
                message=HOSTILE,
                hint=HOSTILE,
                file=HOSTILE,
                rule=HOSTILE,
            ),
            finding(table="other"),
        ],
    )
    report.rows = {HOSTILE: 1}
    report.excerpts = {HOSTILE: Excerpt([HOSTILE, "b"], {1: [HOSTILE, ""]})}
    text = "".join(html.parts([report]))
    assert text.encode("utf-8")
    assert "<script" not in text
    assert not re.search("[\x00\x1b\u202e]", text)
    root = parsed(text)
    assert len(root.findall(".//style")) == 1
    assert len(root.findall(".//td[@class='bad']")) == 1


def test_nothing_is_loaded_and_nothing_runs(make_package: MakePackage, run: Run) -> None:
    text = run("validate", make_package("name,size\na,x\n,,\n", FIELDS), "--format", "html").stdout
    assert not re.search(
        r"""<(script|link|img|iframe)|src=|url\(|@import|https?://| on[a-z]+=""", text
    )
    assert "default-src 'none'" in text


def test_it_has_what_a_reader_of_the_screen_needs(run: Run, make_package: MakePackage) -> None:
    root = of(run, make_package("name,size\na,x\nb\n", FIELDS))
    assert root.get("lang") == "en"
    assert root.find("head/title") is not None
    levels = [int(one.tag[1]) for one in root.iter() if re.fullmatch("h[1-6]", one.tag)]
    assert levels[:2] == [1, 2]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert all(head.get("scope") for head in root.iter("th"))
    assert all(label.find("input") is not None for label in root.iter("label"))
    names = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(names) == len(set(names))


def test_the_filter_names_each_table_and_rule(run: Run, make_package: MakePackage) -> None:
    root = of(run, make_package("name,size\na,x\nb\n", FIELDS))
    assert [text.strip() for text in texts(root, ".//label")] == ["all", "type", "missing-cell"]
    style = "".join(texts(root, ".//style"))
    for control in root.iterfind(".//input[@id]"):
        assert f"#{control.get('id')}:checked" in style


def test_a_package_without_findings_and_one_that_cannot_be_read(
    make_package: MakePackage, run: Run, tmp_path: Path
) -> None:
    good = of(run, make_package("name,size\na,1\n", FIELDS))
    (verdict,) = texts(good, ".//p[@class='verdict good']")
    assert verdict == "Everything is right. 1 table with 1 row were read."
    assert texts(good, ".//form") == []
    bad = of(run, tmp_path / "none")
    assert "Not everything could be checked." in texts(bad, ".//p[@class='verdict bad']")[0]
    (tmp_path / "a.csv").write_text("a,b\n1,2\n3\n", "utf-8")
    lone = of(run, tmp_path / "a.csv")
    assert texts(lone, ".//li//tbody//td") == ["3", "(empty)"]


def test_one_file_for_several_packages_and_never_over_another(
    make_package: MakePackage, run: Run, tmp_path: Path
) -> None:
    folder = make_package("name,size\na,x\n", FIELDS)
    target = tmp_path / "page.html"
    options = ("--format", "html", "-o", target)
    run("validate", folder, folder, *options, code=1)
    assert len(texts(parsed(target.read_text("utf-8")), ".//h2")) == 2
    assert "already exists" in run("validate", folder, *options, code=2).stderr


@pytest.mark.slow
def test_every_faulty_example_gives_a_page(run: Run) -> None:
    for folder in sorted((EXAMPLES / "faults").iterdir()):
        root = of(run, folder)
        report = json.loads(run("validate", folder, "--format", "json").stdout)
        counts = [int(text) for text in texts(root, ".//td[@class='number']")]
        assert sum(counts) == report["totals"]["findings"], folder.name
