"""The words that people read: retired ones do not come back (CONTRIBUTING, "How we write")."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from shieldtalks.cli import main
from tests.support import ROOT, Run

#: Each retired word or phrase as a pattern, with words to use instead.
RETIRED = {
    r"stands already": "is already used",
    r"stands twice": "appears twice",
    r"all told": "overall",
    r"mend(s|ed|ing)?": "fix",
    r"of its kind": "name the kind",
    r"on no index": "not on PyPI",
    # At the end of a clause. "Another row" and "is another proposal" are fine.
    r"is another(?=\s*([.;,:|)\"'`]|$))": "does not match, is different",
    r"whatever an?": "any, even if",
}
PATTERN = re.compile(rf"(?<![\w-])({'|'.join(RETIRED)})(?![\w-])", re.IGNORECASE)

#: Pages for people. The changelog keeps the words of its old entries.
PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", *sorted(ROOT.glob("docs/*.md"))]


def retired(text: str) -> list[str]:
    """The retired words in a text, each with the words around it."""
    joined = " ".join(text.split())
    return [
        joined[max(0, match.start() - 40) : match.end() + 40] for match in PATTERN.finditer(joined)
    ]


def constants(source: str) -> Iterator[str]:
    """Each string of a Python file: messages, help, docstrings and SQL."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def comment(sql: str) -> str:
    """The comment at the start of an SQL file."""
    lines = sql.splitlines()
    first = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return " ".join(line.removeprefix("--") for line in lines[:first])


@pytest.mark.parametrize("command", ["", *main.list_commands(click.Context(main))])
def test_help(command: str, run: Run) -> None:
    assert retired(run(*command.split(), "--help", code=0).output) == []


@pytest.mark.parametrize(
    "file", sorted(ROOT.glob("src/**/*.py")), ids=lambda file: str(file.relative_to(ROOT / "src"))
)
def test_strings_of_the_source(file: Path) -> None:
    found = [words for text in constants(file.read_text("utf-8")) for words in retired(text)]
    assert found == []


@pytest.mark.parametrize("file", sorted(ROOT.glob("validators/*.sql")), ids=lambda file: file.stem)
def test_sentences_of_the_rules(file: Path) -> None:
    assert retired(comment(file.read_text("utf-8"))) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: Path(page).name)
def test_pages(page: str | Path) -> None:
    assert retired((ROOT / page).read_text("utf-8")) == []


def prose(notebook: str) -> str:
    """The text of a notebook between its code."""
    cells = json.loads(notebook)["cells"]
    return "\n\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "markdown")


@pytest.mark.parametrize(
    "file", sorted(ROOT.glob("docs/notebooks/*.ipynb")), ids=lambda file: file.stem
)
def test_notebooks(file: Path) -> None:
    text = prose(file.read_text("utf-8"))
    assert text.startswith("# ")
    assert retired(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '"Elbe" stands already on line 3',
        "the column stands\ntwice",
        "What became of each proposal, all told.",
        "Mend the JSON.",
        "it is mended by hand",
        "the only one of its kind",
        "it is on no index",
        "its SHA-256 is another",
        "its hash is another; seal it",
        "whatever a terminal may show",
    ],
)
def test_a_retired_word_is_found(text: str) -> None:
    assert retired(text)


@pytest.mark.parametrize(
    "text",
    [
        "We recommend it.",
        "an amended record",
        "Amend the commit.",
        "each measure in it is another proposal",
        "It is already used on line 2.",
        "whatever happens",
    ],
)
def test_other_words_pass(text: str) -> None:
    assert retired(text) == []
