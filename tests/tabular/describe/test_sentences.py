"""Lines with one comma each: sentences and names are one column; cells with blanks before them are two."""

from __future__ import annotations

import pytest

from tests.support.bare import Describe, faults, said, table

SENTENCES = [
    "Hello there, my old friend",
    "The river rose, and the boats left",
    "Nobody knew, not even he",
    "It rained, so we stayed",
]
NAMES = ["Doe, John", "Roe, Jane", "Smith, Al"]

ONE_COLUMN = {
    "sentences": (["text", *SENTENCES], ["text"]),
    "sentences below two words": (["the text", *SENTENCES], ["the text"]),
    "sentences without a name": (SENTENCES, ["field1"]),
    "names of people": (["name", *NAMES], ["name"]),
}

TWO_COLUMNS = {
    "a title": ["Rivers of Europe", "name, country", "Elbe, Germany", "Oder, Poland"],
    "a title with a blank line": ["Rivers", "", "name, country", "Elbe, Germany", "Oder, Poland"],
    "names": ["name, first name", *NAMES],
    "sentences below names": ["first, second", *SENTENCES],
    "a number": ["text", *SENTENCES, "No, 5"],
    "no blank": ["text", *SENTENCES, "It rained,so we stayed"],
    "quotes": ["text, more", '"It rained, really", so we stayed', '"No, no", said he'],
}


@pytest.mark.parametrize("name", ONE_COLUMN)
def test_sentences_are_one_column(name: str, described: Describe) -> None:
    lines, fields = ONE_COLUMN[name]
    found = described(t="\n".join(lines) + "\n")
    assert [field["name"] for field in table(found, "t")["schema"]["fields"]] == fields
    assert found.rows == {"t": len(lines) - (fields != ["field1"])}
    assert "one column of texts; if it is two columns, write two names" in said(found, "delimiter")
    assert faults(found) == []


@pytest.mark.parametrize("name", TWO_COLUMNS)
def test_other_lines_are_two_columns(name: str, described: Describe) -> None:
    found = described(t="\n".join(TWO_COLUMNS[name]) + "\n")
    assert len(table(found, "t")["schema"]["fields"]) == 2
