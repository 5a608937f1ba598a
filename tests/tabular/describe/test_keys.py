"""Primary keys: one column, or several that are unique for a reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.bare import Describe, field, said, table, text

KEYS: dict[str, tuple[list[list[Any]], list[str] | None]] = {
    "the first column": ([["id", "n"], *[[i, i % 3] for i in range(1, 30)]], ["id"]),
    "a code that is not first": (
        [["name", "code"], *[[f"Port {i} of {i % 3}", f"P-{i:03d}"] for i in range(30)]],
        ["code"],
    ),
    "no key": ([["day", "n"], *[["2020-01-01", i % 3] for i in range(30)]], None),
    "a measure that happens to be unique": (
        [["place", "depth"], *[["x", 1000 + 7 * i] for i in range(30)]],
        None,
    ),
    "a place and a year": (
        [["place", "code", "year", "n"]]
        + [[f"P {p}", f"P{p}", 2000 + y, p * y % 7] for p in range(8) for y in range(8)],
        ["code", "year"],
    ),
    "a number within a group": (
        [["order", "line", "n"]] + [[o, n, o * n % 5] for o in range(1, 20) for n in range(1, 5)],
        ["order", "line"],
    ),
    "a gap": ([["id", "n"], *[[i or "", i % 3] for i in range(30)]], None),
    "a repeated value": ([["id", "n"], *[[i or 7, i % 2] for i in range(30)]], None),
    "hashes": (
        [["size", "sha256"], *[[i % 5, f"{i * 7919:064x}"] for i in range(1, 40)]],
        None,
    ),
}


@pytest.mark.parametrize("name", KEYS)
def test_primary_key(name: str, described: Describe) -> None:
    rows, key = KEYS[name]
    found = described(things=text(rows))
    assert table(found)["schema"].get("primaryKey") == key
    if key is None:
        assert said(found, "primaryKey")


def test_the_key_of_a_table_of_links(described: Describe) -> None:
    people = text([["person_id", "n"], *[[f"per-{i:02d}", i % 3] for i in range(20)]])
    clubs = text([["club_id", "n"], *[[f"clb-{i:02d}", i % 3] for i in range(10)]])
    pairs = [[f"per-{i:02d}", f"clb-{i % 7:02d}", "x"] for i in range(20)]
    pairs += [[f"per-{i:02d}", f"clb-{(i + 4) % 10:02d}", "y"] for i in range(9)]
    members = text([["person_id", "club_id", "note"], *pairs])
    found = described(people=people, clubs=clubs, members=members)
    assert table(found, "members")["schema"]["primaryKey"] == ["person_id", "club_id"]


def test_a_key_is_required_and_unique_and_has_a_pattern(described: Describe) -> None:
    rows = [["id", "n"], *[[f"evt-{i:04d}", i % 3] for i in range(30)]]
    constraints = field(described(things=text(rows)), "id")["constraints"]
    assert constraints == {"pattern": "evt-[0-9]{4}", "required": True, "unique": True}


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        ([f"evt-{i:04d}" for i in range(30)], "evt-[0-9]{4}"),
        ([f"Q{i * i + 1}" for i in range(30)], "Q[0-9]+"),
        ([f"{i * 7919 + 2**30:08x}" for i in range(30)], "[0-9a-f]{8}"),
        ([f"{'ABC'[i % 3]}{'XYZ'[i // 3 % 3]}-{i:02d}" for i in range(30)], "[A-Z]{2}-[0-9]{2}"),
        ([f"1.{i}" for i in range(30)], None),
        (["Elbe", "Oder", "Rhein", "Main"], None),
    ],
)
def test_patterns(values: list[str], pattern: str | None, described: Describe) -> None:
    rows = [["id", "n"], *[[value, "x"] for value in values]]
    assert (
        field(described(things=text(rows)), "id").get("constraints", {}).get("pattern") == pattern
    )


def test_few_rows_do_not_show_what_is_required(described: Describe) -> None:
    found = described(things=text([["id", "n"], *[[i, "x"] for i in range(1, 6)]]))
    assert "required" not in field(found, "n").get("constraints", {})
    assert "filled in all 5 rows: too few" in said(found)


def test_a_column_that_is_unique_by_chance_is_no_part_of_a_key(described: Describe) -> None:
    authors = text([["author_no", "name"], *[[i, f"Author {i}"] for i in range(1, 31)]])
    books = text([["isbn13", "title"], *[[f"978{i:010d}", f"Book {i}"] for i in range(1, 41)]])
    rows = [[n % 30 + 1, f"978{(n * 7) % 40 + 1:010d}", n] for n in range(60)]
    written = text([["author_no", "isbn13", "share"], *rows])
    found = described(authors=authors, books=books, written=written)
    assert table(found, "written")["schema"]["primaryKey"] == ["author_no", "isbn13"]
