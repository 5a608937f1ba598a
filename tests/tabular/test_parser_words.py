"""What parsers say, in plain words: every message that Python has."""

from __future__ import annotations

import json
import tomllib

import pytest

from shieldtalks.tabular.parser_words import json_words, toml_words

#: A text that is no TOML, with a part of the message, the line and the column.
TOML = [
    ("a", 'there is no "="', 1, None),
    ("a b = 1", 'there is no "="', 1, 3),
    ("= 1", "neither a key nor a table", 1, 1),
    ("a. = 1", "a key is missing", 1, 4),
    ("a = defer", "the value is missing", 1, 5),
    ("a =", "the value is missing", 1, None),
    ("a = “x”", "curly quotes", 1, 5),
    ("a = 2031-02-30", "is not a date", 1, 5),
    ("a = 6 May 2031", "more text after the value", 1, 7),
    ('a = "x\nb = 1', "no closing quote on its line", 1, 7),
    ('a = """x', "no closing quote", 1, None),
    ("a = 'x", "no closing quote", 1, None),
    ("a = [1 2]", "a list is not closed", 1, 8),
    ("a = { b = 1", "in braces is not closed", 1, None),
    ("[a\nb = 1", "the name of a table is not closed", 1, 3),
    ("[[a]\nb = 1", "the name of a table is not closed", 1, 4),
    ("a = 1\na = 2", "this key appears twice", 2, None),
    ("a = { b = 1, b = 2 }", "this key appears twice", 1, None),
    ("[a]\n[a]", "this table appears twice", 2, None),
    ("a = {}\n[a.b]", "appears twice", 2, None),
    ('a = "\\p"', "a backslash", 1, None),
    ('a = "\\u12"', "a backslash", 1, None),
    ("a = 1 # \x01", "not allowed here", 1, None),
]


@pytest.mark.parametrize(("text", "words", "line", "column"), TOML)
def test_a_fault_of_toml(text: str, words: str, line: int, column: int | None) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    told = toml_words(caught.value, text)
    assert words in told.message
    assert told.hint
    assert told.line == line
    assert column is None or told.column == column


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{a: 1}", "a name in quotes"),
        ("[1, x]", "a value is missing"),
        ('{"a" 1}', "a colon is missing"),
        ("[1 2]", "a comma or a closing bracket"),
        ("[1] 2", "more text after the end"),
        ('["a\n"]', "a line break or a control character"),
        ('["a', "no closing quote"),
        ('["\\p"]', "a backslash"),
        ('["\\u12"]', "a backslash"),
    ],
)
def test_a_fault_of_json(text: str, words: str) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    assert words in json_words(caught.value.msg)
