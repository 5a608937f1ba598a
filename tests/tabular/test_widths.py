"""Texts with wide characters and combining accents in a terminal: width, padding, wrapping, tables."""

from __future__ import annotations

import pytest

from shieldtalks.tabular.columns import table_lines
from shieldtalks.tabular.widths import padded, shown_width, wrapped

#: "é" as a letter and an accent.
ACCENT = "e\N{COMBINING ACUTE ACCENT}"


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("é", 1), (ACCENT, 1), ("日本", 4), ("a日b", 4), ("דבר", 3), ("ｱ", 1)],
)
def test_the_width_of_a_text(text: str, width: int) -> None:
    assert shown_width(text) == width
    assert shown_width(padded(text, 7)) == 7


def test_a_text_without_wide_characters_is_wrapped_as_always() -> None:
    assert wrapped("basing-czech-republic is long", 12) == [
        "basing-",
        "czech-",
        "republic is",
        "long",
    ]
    assert wrapped("basing-czech is long", 8, hyphens=False, break_words=False) == [
        "basing-czech",
        "is long",
    ]


@pytest.mark.parametrize("width", [1, 2, 3, 5, 8, 13, 40])
@pytest.mark.parametrize("break_words", [True, False])
def test_wide_characters_fit_and_none_is_lost(width: int, break_words: bool) -> None:
    text = f"日本語の長い文章で、 ASCII-words too, and caf{ACCENT}s 한국어 x"
    lines = wrapped(text, width, break_words=break_words)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    longest = 2 if break_words else len("ASCII-")
    assert max(map(shown_width, lines)) <= max(width, longest)
    assert not any(line.startswith("\N{COMBINING ACUTE ACCENT}") for line in lines)


def test_an_indent_is_before_each_line() -> None:
    assert wrapped("日本 日本", 6, "  ") == ["  日本", "  日本"]


@pytest.mark.parametrize("width", [24, 40, 80])
def test_the_columns_of_a_table_are_below_each_other(width: int) -> None:
    rows = [
        ["r-1", "日本の川 とても長い名前", "ja"],
        ["r-2", f"Caf{ACCENT} river", "fr"],
        ["r-3", "Elbe", "de"],
    ]
    lines = list(table_lines([1, 2, 1], ["id", "name", "lang"], rows, width))
    assert max(map(shown_width, lines)) <= width
    begins = {
        shown_width(line[: line.rindex(word)])
        for line in lines
        for word in ("lang", "ja", "fr", "de")
        if line.endswith(f" {word}")
    }
    assert len(begins) == 1
