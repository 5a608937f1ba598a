"""Patterns of XML Schema mean what the standard says, on Python's `re`, on RE2 and on DuckDB."""

from __future__ import annotations

import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.tabular.engine import characters
from shieldtalks.tabular.engine.patterns import PatternError, check, matcher
from shieldtalks.tabular.engine.xml_patterns import NotAPattern, translated
from tests.support.draws import examples

MATCH = [
    (r"\w+", "Łódź"),
    (r"\w", "$"),  # a symbol is a word character of XML Schema
    (r"\d+", "١٢"),
    (r"\s", "\t"),
    (r"\i\c*", "_a-1·"),
    (r"\I\C", "1 "),
    (r"[a-z-[aeiou]]+", "xyz"),
    (r"[^a-z-[\d]]", "A"),
    (r"[a-z-[c-x-[f]]]+", "abfyz"),
    (r"\p{Lu}\p{L}\P{L}", "Äß1"),
    (r"[\p{Lu}\d]+", "Ä1"),
    (r"^a|b$", "b"),
    (r"^(a|b)$", "a"),
    (r"(^a$)", "a"),
    (r"\Aa\Z", "a"),
    (r"a{2}?b+?", "aab"),
    (r"(?:a)(?P<x>b)(?<y>c)", "abc"),
    (r"\x41\u0042\x{43}\U00000044", "ABCD"),
    (r"(?#a word)a", "a"),
    (r"(?i)straße", "STRAßE"),
    (r"[]a]+", "]a"),
    (r"[a-]+[-a]+", "a--a"),
    (r"a{2", "a{2"),
    (r"\-\/\$\^\.", "-/$^."),
    ("", ""),
]
NO_MATCH = [
    (r"\w", "_"),  # punctuation
    (r"\w", "\u0378"),  # not assigned
    (r"\d", "²"),
    (r"\s", "\u00a0"),
    (r"\s", "\f"),
    (r".", "\r"),
    (r".", "\n"),
    (r"\i", "1"),
    (r"[a-z-[aeiou]]", "e"),
    (r"[a-z-[aeiou]]", "-"),
    (r"[^a-z-[\d]]", "1"),
    (r"a", "a\n"),
]


@pytest.mark.parametrize(("pattern", "text"), MATCH)
def test_match(pattern: str, text: str) -> None:
    assert matcher(translated(pattern))(text)


@pytest.mark.parametrize(("pattern", "text"), NO_MATCH)
def test_no_match(pattern: str, text: str) -> None:
    assert not matcher(translated(pattern))(text)


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "a)",
        "[a",
        "[",
        "a\\",
        "[z-a]",
        "a**",
        "*a",
        "{2}",
        "a{2}{3}",
        "a{3,2}",
        "(?#a",
        r"[a-\d]",
    ],
)
def test_no_regular_expression(pattern: str) -> None:
    with pytest.raises(NotAPattern):
        translated(pattern)


UNSUPPORTED = [
    *("(?=a)b", "(?!a)b", "(?<!a)b", r"(a)\1", "a++", "a?+", "(?>a)", "(?i:a)", "(?s)a", "(?x)a"),
    *("[[:alpha:]]", "[[.a.]]", "a{,3}", r"\b", r"[\b]", r"\B", r"\h", r"\Qa\E", r"\012", r"\0"),
    *(
        r"\pL",
        r"\p{Greek}",
        r"\p{IsGreek}",
        r"\p{Xx}",
        r"[\w-.]",
        "a^",
        "$a",
        "(^a)*",
        "(a$)+",
        "^*",
    ),
    *(r"\x00", r"\uD800", "a{1001}", "(a{100}){11}", "[a-[b]c]", "(" * 300 + ")" * 300),
]


@pytest.mark.parametrize("pattern", UNSUPPORTED)
def test_not_supported(pattern: str) -> None:
    with pytest.raises(PatternError) as refused:
        translated(pattern)
    assert not isinstance(refused.value, NotAPattern)


def test_too_large_for_re2() -> None:
    check(translated(r"\w{1,100}"))
    with pytest.raises(PatternError):
        check(translated(r"\w{1,900}"))


def test_plain_patterns_stay_as_they_are() -> None:
    """So that engines recognise the forms that they test faster."""
    for pattern in ("clm-[0-9]{4}", "(src|act)-[0-9]{4}", "https?://[^ ]+", "[+-]?[0-9]+"):
        assert translated(pattern) == pattern


def test_sets_of_characters() -> None:
    some = characters.merged([(5, 9), (1, 3), (4, 6), (20, 20)])
    assert some == ((1, 9), (20, 20))
    assert characters.complement(characters.complement(some)) == some
    assert characters.without(some, ((2, 8),)) == ((1, 1), (9, 9), (20, 20))
    assert characters.written(()) == "[^\\x00-\U0010ffff]"


PIECES = st.sampled_from(
    [
        *("a", "b", "-", "^", "$", "|", "(", ")", "[", "]", "?", "*", "+", "{", "}", ",", "1", "2"),
        *(".", "\\", "\\d", "\\w", "\\s", "\\i", "\\c", "\\p{Lu}", "-[a]]", "[a-z", "{1,2}", "(?:"),
        *("\\u0041", "[[:alpha:]]", "(?#", "\\b", "&&", "~~", "||", "--", ":", "P<x>", "\\D", "é"),
    ]
)
TEXTS = st.text(st.sampled_from("abAZ-^$|[]?1٢ \n\r\té_{,"), max_size=6)


@pytest.fixture(scope="module")
def full_match() -> object:
    """DuckDB's own match of a whole value."""
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()

    def match(pattern: str, text: str) -> bool:
        (found,) = connection.execute("SELECT regexp_full_match(?, ?)", [text, pattern]).fetchone()
        return bool(found)

    return match


@pytest.mark.slow
@settings(max_examples=examples(250), deadline=None)
@given(pattern=st.lists(PIECES, max_size=8).map("".join), text=TEXTS)
def test_every_engine_reads_a_pattern_alike(full_match, pattern: str, text: str) -> None:  # type: ignore[no-untyped-def]
    try:
        own = translated(pattern)
        check(own)
    except PatternError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        own_match = re.fullmatch(own, text) is not None if "(?i)" not in own else None
    theirs = matcher(own)(text) is not None
    assert own_match in (None, theirs)
    assert full_match(own, text) == theirs
