"""What looks wrong in a table, and is said."""

from __future__ import annotations

import pytest

from tests.support.bare import Describe, faults, field, said, table

ROWS = "".join(f"h-{n:02d};{n};2021-01-{n:02d}\n" for n in range(1, 25))
HEADER = "id;n;seen\n"


@pytest.mark.parametrize(
    ("content", "about", "words"),
    [
        (
            HEADER + ROWS + "Summe;300;\n",
            "rows",
            'the last row begins with "Summe": if it is the sum',
        ),
        (HEADER + ROWS + "Summe;300;\nStand: 2021;;\n", "rows", 'row 25 begins with "Summe"'),
        (
            HEADER + ROWS + "Stand: 2021;;\n",
            "rows",
            'the last row has only one value, "Stand: 2021": if it is a note',
        ),
        (HEADER + ";;\n" + ROWS, "rows", "row 1 has no value: leave it out of the file"),
        (
            HEADER + ROWS.replace("h-07", ";;\nh-07").replace("h-09", ";;\nh-09"),
            "rows",
            "rows 7, 10 have no value: leave them out of the file",
        ),
        (HEADER + ROWS + HEADER, "type", '"n" in row 25 is not: the row repeats the header'),
        (
            "\u200bid;n;seen\n" + ROWS,
            "note",
            "the header has characters that cannot be seen, in '\\u200bid': remove them",
        ),
        (
            '"id,n"\n"h-1,1"\n"h-2,2"\n',
            "note",
            "each line is in quotes as a whole, and a comma would cut what is in them into 2 cells",
        ),
        (
            'id;name\n1;"Zum Elch" KG\n2;"Ostra" AG\n',
            "quoteChar",
            '2 cells of the first rows, such as "Zum Elch" KG, go on after quotes',
        ),
        (
            HEADER + ROWS + "\nport;depth\nOld Quay;5\nNew Quay;7\n",
            "note",
            "row 27, after a blank row, seems to be the header of another table",
        ),
        (
            HEADER + ROWS + ";;\nport;depth;width\nOld Quay;5;9\n",
            "note",
            "row 27, after a blank row, seems to be the header of another table",
        ),
        (
            "id;name\n1;MÃ¼ller\n2;Smith\n",
            "note",
            '"MÃ¼ller" seems to be "Müller", written as UTF-8 twice',
        ),
        ("id;n\nh-1;7\u00a0\nh-2;8\u00a0\n", "type", "blanks at the beginning or the end"),
    ],
)
def test_what_is_said(content: str, about: str, words: str, described: Describe) -> None:
    assert words in said(described(things=content), about)


def test_a_value_that_repeats_in_the_first_row_is_no_second_header(described: Describe) -> None:
    content = "id;n\n" + "".join(f"h-{n};{'low' if n % 5 == 0 else n}\n" for n in range(25))
    assert said(described(things=content), "rows") == ""


def test_a_quote_at_the_start_of_a_cell_beside_one_that_hides_a_delimiter(
    described: Describe,
) -> None:
    found = described(things='id;name\n1;"Zum Elch" KG\n2;"a;b"\n')
    assert said(found, "quoteChar") == ""
    assert len(faults(found)) == 1


def test_rows_without_values_are_counted_in_all_parts(described: Describe) -> None:
    rows = "".join(f"h-{n};{n}\n" for n in range(20_000)) + ";\n"
    found = described(things="id;n\n" + rows * 2)
    assert "rows 20,001, 40,002 have no value" in said(found, "rows")
    assert field(found, "n")["type"] == "integer"
    assert table(found)["dialect"] == {"delimiter": ";"}


@pytest.mark.parametrize("row", ["h-99;n/a;-", "h-99;;", "h-99;7;2021-02-01", "Notes;;"])
def test_a_row_after_a_blank_one_is_no_header(row: str, described: Describe) -> None:
    content = HEADER + ROWS + f"\n{row}\n" + ROWS.replace("h-", "k-")
    assert said(described(things=content), "note") == ""


@pytest.mark.parametrize("name", ["São Paulo", "Ångström", "ÄÖÜ", "5 Â", "CHÂTEAU", "Ã"])
def test_letters_that_are_meant(name: str, described: Describe) -> None:
    assert said(described(things=f"id;name\n1;{name}\n2;x\n"), "note") == ""
