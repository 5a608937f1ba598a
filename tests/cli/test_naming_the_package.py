"""How a package is named: as an argument or with `--package`, and what is said to those who mix them up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import Run


@pytest.mark.parametrize("command", ["ledger", "positions", "info", "verify", "export csv", "fmt"])
def test_an_option_where_an_argument_is_wanted(command: str, root: Path, run: Run) -> None:
    result = run(*command.split(), "--package", root, code=2)
    assert "Error: write the path of the package without --package" in result.stderr
    assert "[PACKAGE]" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("search", "radars"), ("show", "prp-0003"), ("list",), ("list", "proposals")]
)
def test_an_argument_where_an_option_is_wanted(
    arguments: tuple[str, ...], root: Path, run: Run
) -> None:
    result = run(*arguments, root, code=2)
    assert f'Error: "{root}" is a path; write --package in front of it' in result.stderr


def test_words_with_a_slash_are_words(root: Path, run: Run) -> None:
    result = run("search", "2008-10-23/2008", "--package", root, code=0)
    assert "Nothing was found" in result.stderr


def test_words_are_sent_to_search(root: Path, run: Run) -> None:
    result = run("show", "threat", "--package", root, code=2)
    assert "To find rows by words, use `shieldtalks search`." in result.stderr


def test_the_option_is_in_no_help(run: Run) -> None:
    assert "--package" not in run("ledger", "--help", code=0).stdout
    assert "--package" in run("show", "--help", code=0).stdout
