"""Lookahead and lookbehind at the ends of a pattern mean what they mean in Python."""

from __future__ import annotations

import re

import pytest

from shieldtalks.tabular.engine.lookaround import conditions, fits
from shieldtalks.tabular.engine.patterns import PatternError

TEXTS = (
    *("", "a", "b", "ab", "ba", "abc", "aab", "a.b", "a..b", "..", "tmp", "tmp1", "x", "x1", "xx"),
    *("(", "a)", "]a", "a|b", "A", "TMP", "a\nb", "a\n.."),
)
PATTERNS = (
    *("(?=a)[a-z]+", "(?!a)[a-z]+", "^(?!tmp)(?=.*[0-9])[a-z0-9]+$", "(?!tmp|x$)[a-z0-9]*"),
    *("^(?!^x$).*", r"(?![)\]])[\s\S]+", r"(?!\()[\s\S]*", "(?i)(?!tmp)[a-z]+[0-9]?"),
    *("[a-z]*(?<!b)", "[a-z]*(?<=b)$", "(?!a)[a-z]*(?<!x)(?<!p)", "(?=(a|x))(?:a|x)[a-z1]*"),
    *(r"((?!\.\.).)*", r"^(?:(?!\.\.).)+$", r"^(?=^[^./~])(^((?!\.{2}).)*$).*$", "(?!)a", "(?=a)"),
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_as_in_python(pattern: str) -> None:
    own = fits(pattern)
    for text in TEXTS:
        if "\n" in text and pattern.endswith(".*$"):
            continue
        assert own(text) is (re.fullmatch(pattern, text) is not None), text


@pytest.mark.parametrize(
    "pattern",
    [
        *("b(?=a)a", "(?!a)b|c", "(?<!a)b", "(?!a)*b", "a(?<=a)b", "((?!a?).)*", "(?!(?=a)b)a"),
        *("((?!a).)*b", "(?=a", "(?!a(b)a", r"(?=(a)\1)a"),
        *("(?!a)" * 17 + "b", "b" + "(?<!a)" * 17),
    ],
)
def test_refused_in_other_places(pattern: str) -> None:
    with pytest.raises(PatternError):
        conditions(pattern)


def test_an_ordinary_pattern_is_one_condition() -> None:
    assert [one.pattern for one in conditions("[a-z]+")] == ["[a-z]+"]
