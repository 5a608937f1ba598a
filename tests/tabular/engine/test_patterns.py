"""Patterns end, whatever they are, and mean the same everywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.engine.patterns import PatternError, is_plain, matcher

PLAIN = [
    "clm-[0-9]{4}",
    "[0-9a-f]{64}",
    "(src|act)-[0-9]{4}",
    "[+-]?[0-9]+",
    "https?://[^ ]+",
    "a{2,5}b",
    "([0-9]{2}){3}",
]
NOT_PLAIN = [
    "(a+)+",
    "(a|aa)+",
    "a*a*b",
    "(a?){30}a{30}",
    r"\d+",
    "(?i)a",
    "(?:(?i:a))",
    "a{0,900}",
    "a{2000}",
    "(a{1,2}){5}",
    "[[:alpha:]]+x+",
]


@pytest.mark.parametrize("pattern", PLAIN)
def test_plain(pattern: str) -> None:
    assert is_plain(pattern)


@pytest.mark.parametrize("pattern", NOT_PLAIN)
def test_not_plain(pattern: str) -> None:
    assert not is_plain(pattern)


@pytest.mark.parametrize("pattern", ["(", "a{2", "(?=a)b", r"(a)\1", "a++", "(?<!a)b", "[z-a]"])
def test_refused(pattern: str) -> None:
    if pattern == "a{2":  # both take it for the characters themselves
        assert matcher(pattern)("a{2")
        return
    with pytest.raises(PatternError):
        matcher(pattern)


def test_classes_are_those_of_ascii() -> None:
    assert not matcher(r"\d")("٣")
    assert matcher(r"\d")("3")


HOSTILE = [
    "(a+)+",
    "(a|a)*",
    "(a|aa)+",
    "a*a*a*a*b",
    "(.*)*x",
    "(a?){40}a{40}",
    "(([a-z])+.)+[A-Z]",
]


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("pattern", HOSTILE)
def test_a_hostile_pattern_ends(pattern: str, engine: str, tmp_path: Path) -> None:
    """On a cell of 200,000 characters: `re` would take years."""
    (tmp_path / "t.csv").write_text("id,a\n1," + "a" * 200_000 + "!\n", "utf-8")
    fields = [{"name": "id"}, {"name": "a", "constraints": {"pattern": pattern}}]
    resource = {"name": "t", "path": "t.csv", "schema": {"fields": fields}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    (finding,) = validate(tmp_path, Options(engine=engine)).findings
    assert finding.rule == "pattern"


@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")
@given(st.text(st.sampled_from("ab01-|()[]{}?*+,^"), max_size=8), st.text("ab01-", max_size=8))
def test_what_is_plain_means_the_same_to_both(pattern: str, text: str) -> None:
    import re2

    if not is_plain(pattern):
        return
    options = re2.Options()
    options.log_errors = False
    theirs = re2.compile(pattern, options).fullmatch(text) is not None
    assert (re.fullmatch(pattern, text) is not None) == theirs
