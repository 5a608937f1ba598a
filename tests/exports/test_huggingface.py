"""`shieldtalks export huggingface`: what the card says, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from shieldtalks.exports.huggingface import yaml as written
from shieldtalks.exports.huggingface.licences import licences
from shieldtalks.exports.huggingface.markdown import block, cell, code, code_cell, link, prose, text
from shieldtalks.tabular.package import read
from tests.support import Run

TABLES = {"none": "a\n", "a table": "a\n1\n2\n", "default": "a\n3\n", "x[1]*": "a\n4\n"}


def _package(folder: Path, tables: dict[str, str] = TABLES, **stated: Any) -> Path:
    folder.mkdir()
    resources = []
    for number, (name, content) in enumerate(tables.items()):
        (folder / f"{number}.csv").write_text(content, "utf-8")
        schema = {"fields": [{"name": "a", "type": "integer"}]}
        resources.append({"name": name, "path": f"{number}.csv", "schema": schema})
    version = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
    descriptor = version | {"name": "p"} | stated | {"resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def _card(package: Path, out: Path, run: Run) -> tuple[dict[str, Any], str, str]:
    """The properties of the card, its page, and what the command says."""
    said = run("export", "huggingface", package, "-o", out, code=0).stderr
    _, properties, page = (out / "README.md").read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(properties), page, said


def test_what_is_not_known_is_left_out(tmp_path: Path, run: Run) -> None:
    properties, page, said = _card(_package(tmp_path / "package"), tmp_path / "out", run)
    assert set(properties) == {"size_categories", "configs"}
    assert properties["size_categories"] == ["n<1K"]
    assert 'the card names no licence: state "licenses" in the descriptor' in said
    headings = [line for line in page.splitlines() if line.startswith("## ")]
    assert headings == ["## Tables", "## Fields"]


def test_each_table_is_a_configuration_and_one_is_the_default(tmp_path: Path, run: Run) -> None:
    properties, page, said = _card(_package(tmp_path / "package"), tmp_path / "out", run)
    assert "because the Hub cannot load a table without rows: none\n" in said
    assert "\n| `none` | 0 |" in page
    assert 'load_dataset("...", "a table", split="train")' in page
    names = {one["config_name"]: one["data_files"] for one in properties["configs"]}
    assert names == {
        "a table": [{"split": "train", "path": "data/a table.parquet"}],
        "default": [{"split": "train", "path": "data/default.parquet"}],
        "x[1]_": [{"split": "train", "path": "data/x[[]1]_.parquet"}],
    }
    assert [one["config_name"] for one in properties["configs"] if "default" in one] == ["default"]
    assert {path.name for path in (tmp_path / "out" / "data").iterdir()} == {
        f"{name}.parquet" for name in [*names, "none"]
    }


def test_the_descriptor_can_state_what_the_hub_asks_for(tmp_path: Path, run: Run) -> None:
    package = _package(
        tmp_path / "package",
        {"t": "a\n1\n"},
        **{
            "title": "Towns: no. 1",
            "languages": ["no", "en-GB", "a language"],
            "huggingface:task_categories": ["tabular-classification"],
            "huggingface:source_datasets": "original",
            "huggingface:unknown": "x",
            "rai:dataBiases": "English | only",
            "sources": [{"title": "A [book]"}],
        },
    )
    properties, page, _ = _card(package, tmp_path / "out", run)
    assert properties["pretty_name"] == "Towns: no. 1"
    assert properties["language"] == ["en", "no"]
    assert properties["task_categories"] == ["tabular-classification"]
    assert properties["source_datasets"] == ["original"]
    assert "unknown" not in properties
    assert "\n## Limits of the data\n\n- English \\| only\n" in page
    assert "\n- A \\[book\\]\n" in page


def test_the_record_says_how_it_was_made(root: Path, tmp_path: Path, run: Run) -> None:
    properties, page, said = _card(root, tmp_path / "out", run)
    assert properties["license"] == "cc-by-4.0"
    assert properties["language"] == ["en"]
    assert "licence" not in said
    for heading in ("Sources", "How the data was made", "Limits of the data", "Citation"):
        assert f"\n## {heading}\n" in page
    assert "\n| claims | topic | 46 | 93% | 0.92 |\n" in page
    assert "\n- Two codings were compared. Of 110 rows" in page
    assert "\n- The data comes from three news reports in English" in page
    assert "docs/" not in page


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        (None, {}),
        ([{"name": "CC0-1.0"}], {"license": "cc0-1.0"}),
        ([{"name": "ODbL-1.0"}], {"license": "odbl"}),
        ([{"name": "GPL-3.0-or-later"}], {"license": "gpl-3.0"}),
        ([{"name": "MIT"}, {"name": "CC-BY-4.0"}], {"license": ["mit", "cc-by-4.0"]}),
        (
            [{"name": "my-own", "path": "https://licences.example/a"}],
            {
                "license": "other",
                "license_name": "my-own",
                "license_link": "https://licences.example/a",
            },
        ),
        ([{"name": "ODC-PDDL-1.0"}], {"license": "pddl"}),
        ([{"path": "http://creativecommons.org/licenses/by/4.0/"}], {"license": "cc-by-4.0"}),
        (
            [{"path": "https://creativecommons.org/publicdomain/zero/1.0/deed.en"}],
            {"license": "cc0-1.0"},
        ),
        ([{"path": "https://spdx.org/licenses/MIT.html"}], {"license": "mit"}),
        (
            [{"path": "https://creativecommons.org/licenses/by-sa/3.0/es/"}],
            {
                "license": "other",
                "license_name": "https://creativecommons.org/licenses/by-sa/3.0/es/",
                "license_link": "https://creativecommons.org/licenses/by-sa/3.0/es/",
            },
        ),
        (
            [{"title": "Ask us", "path": "LICENCE.txt"}, {"name": "MIT"}],
            {"license": ["other", "mit"], "license_name": "Ask us"},
        ),
    ],
)
def test_licences_have_the_names_of_the_hub(stated: Any, found: Any, tmp_path: Path) -> None:
    extra = {} if stated is None else {"licenses": stated}
    assert licences(read(_package(tmp_path / "package", {"t": "a\n1\n"}, **extra))) == found


def test_a_title_that_is_no_text_is_left_out(tmp_path: Path, run: Run) -> None:
    names = {"": "Towns", "es": "Pueblos"}
    package = _package(
        tmp_path / "package",
        {"t": "a\n1\n"},
        title=names,
        description=names,
        licenses=[{"title": names, "path": names}],
        sources=[{"title": names}],
        keywords=names,
    )
    run("export", "huggingface", package, "-o", tmp_path / "out", "--no-validate", code=0)
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "Towns" not in card
    assert "license: other\n" in card


def test_a_licence_without_a_name_there_is_said(tmp_path: Path, run: Run) -> None:
    package = _package(
        tmp_path / "package", {"t": "a\n1\n"}, licenses=[{"name": "own", "title": "A"}]
    )
    assert "the Hub has no name for this licence: own" in _card(package, tmp_path / "o", run)[2]


AWKWARD = (
    *("no", "Null", "n", "a: b", "1K<n<10K", "- a", "#a", "", " a ", "1.0", "2026-01-02", "a\nb"),
    *('"', "\\", "\t\x00\x7f\x85\xa0\u2028\ufeff", "é🛰", "---", "a", "cc-by-4.0", "{", "%", "~"),
)


@pytest.mark.parametrize("value", AWKWARD)
def test_yaml_is_read_back(value: str) -> None:
    whole = {"a": value, "b": [value, {"c": value, "d": [value], "e": True}]}
    assert yaml.safe_load("\n".join(written.lines(whole))) == whole


def test_texts_stay_what_they_are_in_markdown() -> None:
    assert text("a_b *c* [d](e)\n# f_") == "a_b \\*c\\* \\[d\\](e) \\# f\\_"
    assert prose("<b>a</b> <https://a.example/b>") == "\\<b>a\\</b> <https://a.example/b>"
    assert cell("a | b\nc") == "a \\| b c"
    assert code("a`b") == "`` a`b ``"
    assert code_cell("a|b") == "`a\\|b`"
    assert block("```\na", "x") == "````x\n```\na\n````"
    assert link("a]", "https://a.example/(b)") == "[a\\]](<https://a.example/(b)>)"
    assert link("a", "javascript:b") == link("a", "https://a.example/ b") == "a"
