"""The quoted cells of a part of a CSV file."""

from __future__ import annotations

import pytest

from shieldtalks.tabular.sources import quotes


@pytest.mark.parametrize("large", [0, 1 << 20])
@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (b'a,"b,c"\n', b'"b,c"'),
        (b'"a","",x\n"l\nm"', b'"a""""l\nm"'),
        (b'"say ""so"""\n', b'"say ""so"""'),
        (b'a"b\n"c"\n', None),
        (b'"a" ,b\n', None),
        (b' "a",b\n', None),
        (b'"a"b",c\n', None),
        (b'"a\n', None),
    ],
)
def test_each_quote_belongs_to_a_quoted_cell(
    part: bytes, expected: bytes | None, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotes, "_LARGE", large)
    assert quotes.inside(part, part.count(b'"'), b",") == expected


def test_a_delimiter_of_several_bytes() -> None:
    assert quotes.inside('a¦"b"¦c\n'.encode(), 2, "¦".encode()) == b'"b"'
    assert quotes.inside('a,"b"¦c\n'.encode(), 2, "¦".encode()) is None


def test_the_lines_that_begin_inside_a_cell() -> None:
    assert list(quotes.inner_lines(b'\n"\n\n"\n""\n"\n""\n"\n')) == [2, 3, 6, 7]
