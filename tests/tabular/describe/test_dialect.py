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
    "carets": ("a^b\nx^1\ny^2\n", {"delimiter": "^"}, ["a", "b"]),
    "carets around commas": (
        'a^b^c\n"x, y"^1^z\n"p, q"^2^z\nr^3^z\ns^4^z\nt^5^z\n',
        {"delimiter": "^"},
        ["a", "b", "c"],
    ),
    "tildes": ("a~b\nx~1\ny~2\n", {"delimiter": "~"}, ["a", "b"]),
    "colons": ("a:b:c\nx:1:z\ny:2:z\n", {"delimiter": ":"}, ["a", "b", "c"]),
    "single blanks": ("a b c\nx 1 z\ny 2 z\n", {"delimiter": " "}, ["a", "b", "c"]),
    "one column of days": (
        "Date of birth\n" + "".join(f"{n} May 19{n}\n" for n in range(10, 15)),
        {"delimiter": ","},
        ["Date of birth"],
    ),
    "one column of addresses": (
        "Full street address\n12 Elm Lane\n14 Oak Lane\n",
        {"delimiter": ","},
        ["Full street address"],
    ),
    "a control character": ("a\x1fb\nx\x1f1\ny\x1f2\n", {"delimiter": "\x1f"}, ["a", "b"]),
    "one column of times": (
        "time of day\n10:30:00\n11:30:00\n",
        {"delimiter": ","},
        ["time of day"],
    ),
    "one column of names": (
        "full name now\nAnna Maria Sand\nOtto von Stein\n",
        {"delimiter": ","},
        ["full name now"],
    ),
    "a backslash before quotes": (
        'a,b,c\nx,"5\\" and, more",1\ny,"\\"",2\n',
        {"delimiter": ",", "escapeChar": "\\"},
        ["a", "b", "c"],
    ),
    "a backslash before two quotes": (
        'a,b,c\nx,"C:\\""new"", or",1\ny,"C:\\",2\n',
        {"delimiter": ","},
        ["a", "b", "c"],
    ),
    "the line of Excel with the delimiter": (
        "sep=;\na;b\nx;1,5\ny;2,5\n",
        {"delimiter": ";", "headerRows": [2]},
        ["a", "b"],
    ),
    "days in the header": (
        "river,2020-01-01,2020-02-01\nTella,1,2\nOstra,3,4\n",
        {"delimiter": ","},
        ["river", "2020-01-01", "2020-02-01"],
    ),
    "only years in the header": ("2019,2020\n1,2\n3,4\n", {"delimiter": ","}, ["2019", "2020"]),
    "years in all rows": (
        "Tella,1850,1901\nOstra,1870,1902\n",
        {"delimiter": ",", "header": False},
        ["field1", "field2", "field3"],
    ),
    "a first row like the others": (
        "+4230,Tella sea\n-2518,Ostra sea\n+1234,Ulm sea\n+3456,Weser sea\n",
        {"delimiter": ",", "header": False},
        ["field1", "field2"],
    ),
    "a first row in the order of the others": (
        "".join(f"A{chr(68 + n)},place {chr(97 + n)}\n" for n in range(22)),
        {"delimiter": ",", "header": False},
        ["field1", "field2"],
    ),
    "a name like the codes below it": (
        "CC,name\n" + "".join(f"A{chr(68 + n)},place {chr(97 + n)}\n" for n in range(22)),
        {"delimiter": ","},
        ["CC", "name"],
    ),
    "a name with the form of the codes below it": (
        "T1,q\nN0,x\nN1,y\nN2,z\n",
        {"delimiter": ","},
        ["T1", "q"],
    ),
    "a name like codes, beside one of numbers": (
        "id,A0\n1,A1\n2,A2\n3,A3\n",
        {"delimiter": ","},
        ["id", "A0"],
    ),
    "names with digits": ("q1,q2\nx,y\nz,w\nu,v\n", {"delimiter": ","}, ["q1", "q2"]),
    "names of rows, as R writes them": (
        '"name","n"\n"1","Tella",5\n"2","Ostra",7\n',
        {"delimiter": ",", "header": False, "commentRows": [1]},
        ["column_1", "name", "n"],
    ),
    "a delimiter at the end of the rows": (
        "a;b\nx;1;\ny;2;\n",
        {"delimiter": ";", "header": False, "commentRows": [1]},
        ["a", "b", "column_3"],
    ),
    "line breaks in the header": (
        'a,"depth\r\n[m]"\r\nx,1\r\n',
        {"delimiter": ","},
        ["a", "depth\r\n[m]"],
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


@pytest.mark.parametrize(
    ("content", "encoding", "why"),
    [
        (
            "a,b\nİzmir,1\n".encode("cp1254"),
            "iso-8859-1",
            'as iso-8859-1, it has words such as "Ýzmir", and as windows-1254, "İzmir"',
        ),
        (b"a,b\nK\xf6ln \x80,1\nB\x81r,2\n", "iso-8859-1", "some bytes are no characters in"),
        (
            ("a,b\n" + "Köln,1\n" * 9).encode() + "Köln,1\n".encode("latin-1"),
            "utf-8",
            "18 of 19 bytes beyond ASCII are UTF-8, and the others are not",
        ),
    ],
)
def test_an_uncertain_encoding_is_said(
    content: bytes, encoding: str, why: str, described: Describe
) -> None:
    found = described(things=content)
    (guess,) = [guess for guess in found.guesses if guess.about == "encoding"]
    assert (guess.value, str(guess.certainty)) == (encoding, "uncertain")
    assert why in guess.evidence


def test_words_below_the_header_are_said(described: Describe) -> None:
    units = (
        "station,depth,seen\n,m,UTC\nTella,1.5,2020-01-01\nOstra,2.5,2020-01-02\nUlm,3,2020-01-03\n"
    )
    assert 'row 1 has words such as "m", "UTC" where all others have numbers' in said(
        described(things=units), "rows"
    )
    odd = "station,depth,seen\nTella,1.5,2020-01-01\nOstra,?,2020-01-02\nUlm,3,2020-01-03\n"
    assert said(described(things=odd), "rows") == ""


def test_quotes_in_plain_cells_are_said(described: Describe) -> None:
    found = described(things='a,size\n1,2" wide\n2,3" wide\n3,4"\n')
    assert "3 cells of the first rows contain a quote and are not in quotes" in said(found)


def test_files_with_the_same_columns_are_said(described: Describe) -> None:
    found = described(y2019="river,n\nTella,1\n", y2020="river,n\nTella,2\n", other="a,b\nx,1\n")
    assert '2 files have the same columns: "y2019.csv", "y2020.csv"' in said(found, "path")


def test_rows_of_other_lengths_are_said(described: Describe) -> None:
    found = described(things="a,b\nx,1\ny\nz,2,3\nq,4\n")
    assert "rows 2, 3 have another number of cells" in said(found)
    assert [field["type"] for field in table(found)["schema"]["fields"]] == ["string", "integer"]


@pytest.mark.parametrize("last", ["Total;60", "Grand total:;60", ";", "Summe;60", ";60", ";north"])
def test_a_last_row_of_sums_is_said(last: str, described: Describe) -> None:
    found = described(things=f"river;length\nTella;10\nOstra;20\nUlm;30\n{last}\n")
    is_sum = last not in (";", ";north")
    assert ("if it is the sum of the others" in said(found, "rows")) == is_sum


@pytest.mark.parametrize("names", [["Total", "Total"], ["Tella", "total length of all rivers"]])
def test_a_last_row_like_others_is_not_said(names: list[str], described: Describe) -> None:
    rows = "".join(f"{name};7\n" for name in ("Ostra", *names))
    assert said(described(things=f"river;length\n{rows}"), "rows") == ""


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


def test_a_backslash_before_a_delimiter(described: Describe) -> None:
    found = described(things="id,note,n\n" + "".join(f"h-{n},one\\, two,{n}\n" for n in range(9)))
    assert table(found)["dialect"] == {"delimiter": ",", "escapeChar": "\\"}
    assert [entry["name"] for entry in table(found)["schema"]["fields"]] == ["id", "note", "n"]
    assert faults(found) == []


def test_a_backslash_that_is_lost_is_said(described: Describe) -> None:
    rows = "".join(f'{n},"C:\\new","a \\"{n}\\", b"\n' for n in range(9))
    found = described(things="id,path,note\n" + rows)
    assert '"C:\\new" is read as "C:new": with escapeChar' in said(found, "note")


def test_decimal_commas_without_quotes_are_no_names_of_rows(described: Describe) -> None:
    found = described(things="id,price\n" + "".join(f"h-{n},{n},50\n" for n in range(9)))
    names = [entry["name"] for entry in table(found)["schema"]["fields"]]
    assert names == ["id", "price", "column_3"]
    assert "most rows have 3 cells, but the header has only 2" in said(found, "note")
