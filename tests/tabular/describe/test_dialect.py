"""The dialect and the encoding of a file, by its first lines and its bytes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.bare import Describe, faults, said, table

#: A file, the words of its dialect, and the names of its fields.
DIALECTS: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "comma": ("a,b\nx,1\n", {"delimiter": ","}, ["a", "b"]),
    "semicolon": ("a;b\nx;1,5\ny;2,5\n", {"delimiter": ";"}, ["a", "b"]),
    "tab": ("a\tb\nx, y\t1\n", {"delimiter": "\t"}, ["a", "b"]),
    "bar": ("a|b|c\nx|1|2\n", {"delimiter": "|"}, ["a", "b", "c"]),
    "one column": ("value\nx\ny\n", {"delimiter": ","}, ["value"]),
    "one column of decimal commas": ("value\n1,5\n2,5\n", {"delimiter": ";"}, ["value"]),
    "prose with semicolons": (
        'id,text\n1,"one; two; three"\n2,"four; five, six"\n3,seven; eight\n',
        {"delimiter": ","},
        ["id", "text"],
    ),
    "two numbers with a comma in each cell": (
        "id;name\n" + "1.5,2.5;1.5,2.5\n" * 9,
        {"delimiter": ";"},
        ["id", "name"],
    ),
    "places": (
        "id;place\n" + "7;1.5,2.5\n" * 20,
        {"delimiter": ";"},
        ["id", "place"],
    ),
    "bars around decimal commas": (
        "a|b\n" + "1,5|2,5;3,5\n" * 9,
        {"delimiter": "|"},
        ["a", "b"],
    ),
    "a title with another delimiter": (
        "Rivers; 2020\n\na,b,c\n" + "x,1,2\n" * 5,
        {"delimiter": ",", "headerRows": [3]},
        ["a", "b", "c"],
    ),
    "decimal commas only": ("a;b;c\nx;1,5;2,5\ny;1,7;2,9\n", {"delimiter": ";"}, ["a", "b", "c"]),
    "line breaks in cells": ('a,b\n"x\ny;z",1\n"p\nq",2\n', {"delimiter": ","}, ["a", "b"]),
    "blanks": ("a, b\nx, 1\ny, 2\n", {"delimiter": ",", "skipInitialSpace": True}, ["a", "b"]),
    "single quotes": (
        "a,b\n'x, y',1\n'p, q',2\n'r, s',3\n",
        {"delimiter": ",", "quoteChar": "'"},
        ["a", "b"],
    ),
    "comments": (
        "# made by hand\n# on a Monday\na,b\nx,1\n",
        {"delimiter": ",", "commentChar": "#"},
        ["a", "b"],
    ),
    "a header with a hash": ("#a,b\n1,2\n", {"delimiter": ","}, ["#a", "b"]),
    "a title": (
        "Rivers 2020\n\na,b,c\nx,1,2\ny,3,4\n",
        {"delimiter": ",", "headerRows": [3]},
        ["a", "b", "c"],
    ),
    "a padded title": (
        "Rivers 2020;;\na;b;c\nx;1;2\ny;3;4\n",
        {"delimiter": ";", "headerRows": [2]},
        ["a", "b", "c"],
    ),
    "no header": (
        "1,2020-01-01,x\n2,2020-01-02,y\n",
        {"delimiter": ",", "header": False},
        ["field1", "field2", "field3"],
    ),
    "years in the header": (
        "country,2019,2020\nX,1,2\nY,3,4\n",
        {"delimiter": ","},
        ["country", "2019", "2020"],
    ),
    "a repeated name": (
        "a,b,a\nx,1,y\n",
        {"delimiter": ",", "header": False, "commentRows": [1]},
        ["a", "b", "a_2"],
    ),
    "names that differ by case": (
        "a,A\nx,1\n",
        {"delimiter": ",", "header": False, "commentRows": [1]},
        ["a", "A_2"],
    ),
    "a column without a name": (
        "a,b,\nx,1,\n",
        {"delimiter": ",", "header": False, "commentRows": [1]},
        ["a", "b", "column_3"],
    ),
    "only a header": ("a,b\n", {"delimiter": ","}, ["a", "b"]),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_dialect(name: str, described: Describe) -> None:
    content, dialect, names = DIALECTS[name]
    description = described(things=content)
    found = table(description)
    assert found["dialect"] == dialect
    assert [field["name"] for field in found["schema"]["fields"]] == names
    assert faults(description) == []


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a,b\nx,1\n", "utf-8"),
        ("a,b\nKöln,1\n".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "a,b\nKöln,1\n".encode(), "utf-8"),
        ("a,b\nKöln,1\n".encode("utf-16"), "utf-16"),
        ("a,b\nKöln,1\n".encode("utf-16-le"), "utf-16-le"),
        ("a,b\nKöln,1\n".encode("latin-1"), "iso-8859-1"),
        ("a,b\nKöln – 5 €,1\n".encode("cp1252"), "windows-1252"),
        ("a,b\nх,1\nрека,2\nгород,3\n".encode("cp1251"), "windows-1251"),
        (
            ("a,b\n" + ("x" * 1000 + ",1\n") * 1200).encode() + "Köln,1\n".encode("latin-1"),
            "iso-8859-1",
        ),
    ],
)
def test_encoding(content: bytes, encoding: str, described: Describe) -> None:
    found = described(things=content)
    assert table(found)["encoding"] == encoding
    assert [field["name"] for field in table(found)["schema"]["fields"]] == ["a", "b"]
    assert faults(found) == []


def test_rows_of_other_lengths_are_said(described: Describe) -> None:
    found = described(things="a,b\nx,1\ny\nz,2,3\nq,4\n")
    assert "rows 2, 3 have another number of cells" in said(found)
    assert [field["type"] for field in table(found)["schema"]["fields"]] == ["string", "integer"]


def test_a_repeated_name_is_said(described: Describe) -> None:
    found = described(things="a,b,a\nx,1,y\n")
    assert any('the header has "a" more than once' in guess.evidence for guess in found.guesses)


def test_a_quote_that_is_never_closed_is_said(described: Describe) -> None:
    assert "perhaps a quote is never closed" in said(
        described(things='a,b\n1,"x\n' + "2,y\n" * 600)
    )


def test_blanks_around_values(described: Describe) -> None:
    found = described(things="id , name , price\n1 , Ann , 3.5\n2 , Bob , 4.5\n")
    assert table(found)["dialect"] == {"delimiter": ",", "skipInitialSpace": True}
    assert [field["type"] for field in table(found)["schema"]["fields"]] == [
        "string",
        "string",
        "number",
    ]
    assert "some values have blanks at the beginning or the end" in said(found)
