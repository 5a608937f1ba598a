"""The bench for coders: the folder, its programs, and that they give the figures of `agree`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.exports.bench import perturb, score
from shieldtalks.record.agreement.comparison import compare
from shieldtalks.record.agreement.reading import read_coding
from tests.support import Run
from tests.support.tables import read_table, write_table


@pytest.fixture(scope="module")
def bench(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bench of the record."""
    from click.testing import CliRunner

    from shieldtalks.cli import main

    folder = tmp_path_factory.mktemp("bench") / "bench"
    arguments = ["export", "bench", str(root), "-o", str(folder), "--no-validate"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    return folder


def scored(bench: Path, *arguments: object, code: int = 0) -> str:
    """What score.py prints, in an interpreter without any installed package."""
    program = [sys.executable, "-I", "-S", bench / "score.py", *arguments]
    done = subprocess.run(
        [str(part) for part in program], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def test_the_record_scores_fully_against_itself(bench: Path) -> None:
    for one in json.loads(scored(bench, bench / "gold.jsonl", "--json")):
        assert one["recall"] == one["precision"] == 1
        assert {field["same"] for field in one["fields"]} == {one["record"]}
        assert {field["alpha"] for field in one["fields"]} <= {1.0, None}


@pytest.mark.parametrize("letter", ["a", "b"])
def test_the_scores_are_those_of_agree(letter: str, bench: Path, root: Path) -> None:
    _check_figures(bench, root, root / "curation" / f"coding-{letter}")


def test_the_order_of_the_rows_makes_no_difference(bench: Path, root: Path, tmp_path: Path) -> None:
    """Many rows of the record share a passage. Which of them is paired depends on the identifiers."""
    for file in (root / "data").glob("*.csv"):
        if rows := read_table(file):
            write_table(tmp_path / file.name, rows[::-1])
    _check_figures(bench, root, tmp_path)


def _check_figures(bench: Path, root: Path, folder: Path) -> None:
    found = json.loads(scored(bench, folder, "--json"))
    wanted = compare(read_coding(root), read_coding(folder))
    assert {one["table"]: one["pairs"] for one in found} == {
        table: len(pairs) for table, pairs in wanted.pairs.items()
    }
    fields = {(one["table"], field["field"]): field for one in found for field in one["fields"]}
    for row in wanted.agreement:
        field = fields[row.table, row.field]
        assert field["same"] == row.same
        assert field["alpha"] == (None if row.alpha is None else pytest.approx(row.alpha))


@pytest.mark.parametrize("change", perturb.CHANGES)
def test_a_changed_codebook_is_translated_back(change: str, bench: Path, tmp_path: Path) -> None:
    """A coder who follows the codebook scores fully; one who knows the codes from elsewhere does not."""
    file = bench / "codebooks" / f"{change}.json"
    codebook = json.loads(file.read_text(encoding="utf-8"))
    shown = {
        scheme: {meant: code for code, meant in codes.items()}
        for scheme, codes in codebook["meant"].items()
    }
    scheme_of = {(row["table"], row["field"]): row["scheme"] for row in codebook["fields"]}
    gold = score.read(bench / "gold.jsonl")
    follows = [
        row
        | {
            "values": {
                name: shown.get(scheme_of[row["table"], name], {}).get(value, value)
                for name, value in row["values"].items()
            }
        }
        for row in gold
    ]
    assert score.translated(follows, codebook) == gold
    (tmp_path / "coding.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in gold), "utf-8")
    by_heart = score.score(gold, score.translated(gold, codebook))
    same = {
        field["same"] for one in by_heart for field in one["fields"] if field["field"] == "form"
    }
    assert (same == {0}) == (change == "swapped")


@pytest.mark.parametrize("change", perturb.CHANGES)
def test_a_changed_codebook_depends_only_on_its_seed(change: str, bench: Path) -> None:
    original = json.loads((bench / "codebooks" / "original.json").read_text(encoding="utf-8"))
    kept = json.loads((bench / "codebooks" / f"{change}.json").read_text(encoding="utf-8"))
    assert perturb.perturbed(original, change, 1) == kept
    assert perturb.perturbed(original, change, 2)["schemes"] != kept["schemes"]
    definitions = {
        scheme: sorted(term["definition"] for term in terms)
        for scheme, terms in original["schemes"].items()
    }
    assert definitions == {
        scheme: sorted(term["definition"] for term in terms)
        for scheme, terms in kept["schemes"].items()
    }


def test_every_code_of_the_record_is_in_the_codebook(bench: Path) -> None:
    codebook = json.loads((bench / "codebooks" / "original.json").read_text(encoding="utf-8"))
    for field in filter(lambda one: one["scheme"], codebook["fields"]):
        known = {term["code"] for term in codebook["schemes"][field["scheme"]]}
        for row in score.read(bench / "gold.jsonl"):
            if row["table"] == field["table"]:
                assert row["values"][field["field"]] in known | {""}, field


def test_no_words_of_an_article(bench: Path) -> None:
    """The rows have places and hashes: no title, no text, no label."""
    for row in score.read(bench / "gold.jsonl"):
        assert set(row) == {"table", "id", "agreed", "spans", "values"}
        for span in row["spans"]:
            assert set(span) == {"source_id", "start", "length", "sha256"}
            assert re.fullmatch("[0-9a-f]{64}", span["sha256"])


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        "{",
        "1",
        "null",
        '{"table": "claims", "spans": [], "values": {"topic": 1}}',
        '{"table": "claims", "spans": [{"source_id": "s", "start": true, "length": 2}], "values": {}}',
        '{"table": "claims", "spans": [{"source_id": "s", "start": -1, "length": 2}], "values": {}}',
        '{"table": "claims", "spans": {}, "values": {}}',
    ],
)
def test_what_is_no_row(line: str, tmp_path: Path) -> None:
    (tmp_path / "coding.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(score.Unusable, match=r"coding\.jsonl:1: "):
        score.read(tmp_path / "coding.jsonl")


def test_a_coding_that_cannot_be_scored(bench: Path, tmp_path: Path) -> None:
    assert scored(bench, tmp_path / "none.jsonl", code=2).startswith("Error: ")
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    assert "recall 0%" in scored(bench, tmp_path / "empty.jsonl")
    (tmp_path / "codebook.json").write_text('{"fields": [1], "meant": 2}', encoding="utf-8")
    wrong = scored(bench, bench / "gold.jsonl", "--codebook", tmp_path / "codebook.json", code=2)
    assert 'codebook.json is not a complete codebook: it has no part "meant"' in wrong


def test_names_that_the_record_does_not_have_are_told(bench: Path, tmp_path: Path) -> None:
    """A slip in the name of a table or a field must not look like a bad score."""
    coding = tmp_path / "coding.jsonl"
    row = json.loads((bench / "gold.jsonl").read_text("utf-8").splitlines()[0])
    coding.write_text(json.dumps(row | {"table": "evnts"}), "utf-8")
    assert 'there is no table "evnts". Use one of events,' in scored(bench, coding, code=2)
    coding.write_text("table: events\n", "utf-8")
    assert "coding.jsonl:1: this line is not a JSON object" in scored(bench, coding, code=2)
    rows = [row | {"values": {"statsu": "planned", "country": "RUS"}}]
    known = bench_names(bench)
    assert score.check_names(rows, known) == ["events.statsu"]
    assert score.check_names([row], known) == []


def test_a_folder_without_tables_is_no_coding(bench: Path, tmp_path: Path) -> None:
    assert "has none of the tables events, " in scored(bench, tmp_path, code=2)
    (tmp_path / "events.csv").write_text("event_id\n", "utf-8")
    assert "has none of the tables evidence" in scored(bench, tmp_path, code=2)
    assert [*score.notes(tmp_path, [], [])] == [
        f"{tmp_path} has no table actors, so its values count as empty",
        f"{tmp_path} has no table codings, so its values count as empty",
        f"{tmp_path} has no rows",
    ]


def bench_names(bench: Path) -> list[Any]:
    """The fields that the codebook lists."""
    codebook = json.loads((bench / "codebooks" / "original.json").read_text("utf-8"))
    fields: list[Any] = codebook["fields"]
    return fields


def test_only_a_package_of_the_profile(run: Run, make_package: Any, tmp_path: Path) -> None:
    package = make_package("n\n1\n", [{"name": "n", "type": "integer"}])
    result = run("export", "bench", package, "-o", tmp_path / "out", code=2)
    assert "only for packages that follow the Shieldtalks profile" in result.stderr


def test_rows_on_which_both_codings_agreed(bench: Path, root: Path) -> None:
    """Coding A has all of them with the values of the record. One row of B fits another row better."""
    missed = []
    for letter in "ab":
        folder = root / "curation" / f"coding-{letter}"
        found = json.loads(scored(bench, folder, "--agreed", "--json"))
        missed.append(sum(one["record"] - one["pairs"] for one in found))
        assert [one["precision"] for one in found] == [None] * 4
    assert missed == [0, 1]


def test_the_example_of_the_page(bench: Path, root: Path) -> None:
    """The figures of docs/bench.md are what the commands there print."""
    page = (root / "docs" / "bench.md").read_text(encoding="utf-8")
    shown = re.findall(r"```text\n\$ python bench/score.py (.*)\n((?:.*\n)*?)```", page)
    assert len(shown) == 2
    for arguments, output in shown:
        assert scored(bench, *(root / part for part in arguments.split())) == output


def test_a_reader_that_stops_early_is_no_error(bench: Path, root: Path) -> None:
    """As with `| head`."""
    command = [sys.executable, str(bench / "score.py"), str(root / "curation" / "coding-a")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        assert done.stderr.read() == b""
