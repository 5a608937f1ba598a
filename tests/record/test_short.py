"""Rows and data sets that print as short tables, in a terminal and in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import shieldtalks
from shieldtalks.record.models import RECORDS
from shieldtalks.record.short import SHORT, ShortTable
from shieldtalks.record.view_tables import view_table
from shieldtalks.record.views import selects

DATASET = shieldtalks.load()


@dataclass(frozen=True)
class Line:
    """A row for the tests."""

    name: str
    about: str | None


class Lines(ShortTable[Line]):
    """Rows for the tests."""

    columns = ("name", "about")


class Seen(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_short_table_is_a_tuple_that_prints_in_columns() -> None:
    rows = Lines([Line("a", None), Line("b", "x" * 70)])
    assert rows == (Line("a", None), Line("b", "x" * 70))
    head, first, second, last = repr(rows).splitlines()
    assert head.split() == ["name", "about"]
    assert first == "a"
    assert second == f"b     {'x' * 57}..."
    assert last == "2 rows"
    assert isinstance(rows[:1], Lines)
    assert rows[1] == Line("b", "x" * 70)
    assert repr(Lines()) == "0 rows"


def test_only_the_first_rows_are_printed() -> None:
    rows = Lines(Line(str(number), None) for number in range(30))
    assert len(repr(rows).splitlines()) == 12
    assert repr(rows).endswith("30 rows (10 shown)")
    assert rows._repr_html_().count("<tr>") == 11


def test_a_cell_steers_neither_a_terminal_nor_a_notebook() -> None:
    rows = Lines([Line("<script>alert(1)</script>", "a\x1b[2J\u202eb")])
    assert "\x1b" not in repr(rows)
    seen = Seen(rows._repr_html_())
    assert "script" not in seen.tags
    assert "<script>alert(1)</script>" in seen.text
    assert "\x1b" not in seen.text
    assert "\u202e" not in seen.text


def test_every_table_of_the_record_prints() -> None:
    for record in RECORDS:
        rows = getattr(DATASET, record.table.name)
        lines = repr(rows).splitlines()
        assert lines[0].split()[0] == record.table.key[0]
        assert lines[-1].startswith(f"{len(rows)} row")
        assert max(map(len, lines)) <= 100


def test_the_columns_that_are_printed_exist() -> None:
    known = {record.table.name: set(record.model_fields) for record in RECORDS}
    for name in selects():
        table = view_table(DATASET.package, name)
        known.setdefault(name, {field["name"] for field in table.fields})
    known["ledger"] = set(DATASET.frame("ledger", backend="polars").columns)
    for table_name, columns in SHORT.items():
        assert set(columns) <= known[table_name], table_name


def test_the_answers_of_a_data_set_print_as_short_tables() -> None:
    ledger = DATASET.ledger(actor="Prague")
    assert repr(ledger).splitlines()[0].split() == [
        "proposal_id", "date_edtf", "label", "proposer", "addressee", "brief",
    ]  # fmt: skip
    assert repr(ledger).endswith("1 row")
    assert repr(DATASET.ledger()).endswith("22 rows (10 shown)")
    assert "Russia: certainly true (unchanged);" in repr(DATASET.positions()[:1])
    assert repr(DATASET.contradictions[:1]).splitlines()[1].split()[2] in ("denies", "excludes")


def test_the_tables_that_can_be_frames_are_listed_with_their_rows() -> None:
    listed = {one.name: one.rows for one in DATASET.tables}
    assert listed["claims"] == listed["positions"] == len(DATASET.claims)
    assert listed["ledger"] > listed["proposals"]
    assert repr(DATASET.tables).endswith(f"{len(listed)} rows")


def test_a_package_lists_only_the_tables_that_it_has(root: Path) -> None:
    other = shieldtalks.load(root / "tests" / "examples" / "good" / "foreign-key")
    assert {one.name for one in other.tables} == {one.name for one in other.package.resources}


def test_a_row_shows_the_fields_that_are_filled_in_a_notebook() -> None:
    seen = Seen(DATASET["prp-0016"]._repr_html_())
    assert "Sites on Russian soil" in seen.text
    assert "restates_id" not in seen.text


def test_a_data_set_shows_its_tables_and_counts_in_a_notebook() -> None:
    seen = Seen(DATASET._repr_html_())
    assert seen.tags.count("tr") == len(RECORDS) + 1
    assert f"shieldtalks {shieldtalks.__version__}" in seen.text
    assert f"{len(DATASET.claims)}" in seen.text


def test_a_data_set_of_another_kind_shows_its_tables_too(root: Path) -> None:
    good = root / "tests" / "examples" / "good" / "foreign-key"
    assert Seen(shieldtalks.load(good)._repr_html_()).tags.count("tr") > 1


def test_a_table_that_cannot_be_read_is_counted_with_a_question_mark(package: Path) -> None:
    (package / "data" / "claims.csv").unlink()
    seen = Seen(shieldtalks.load(package)._repr_html_())
    assert "?" in seen.text
