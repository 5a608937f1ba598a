"""The functions for texts with U+0000 do what SQLite's own do for every other text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shieldtalks.tabular.engine.sqlite_texts import read_whole_texts

TEXTS = st.text("abx]^-\\.[\n&é", max_size=6)
PIECES = [
    "*",
    "?",
    "a",
    "b",
    "é",
    "[a-b]",
    "[^a]",
    "[]x]",
    "[^]a]",
    "[-a]",
    "[a-]",
    "[b-a]",
    "[&&]",
]
PATTERNS = st.lists(st.sampled_from([*PIECES, "\\", "^", "-", "[", "]", "."]), max_size=5)
PLACES = st.integers(-8, 8)


@pytest.fixture(scope="module")
def connections() -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    """SQLite as it is, and with the other functions."""
    with closing(sqlite3.connect("")) as own, closing(sqlite3.connect("")) as ours:
        read_whole_texts(ours)
        yield own, ours


@given(TEXTS, PATTERNS, PLACES, PLACES)
@example("a", ["[]"], 0, 0)
@example("", ["*", "*"], 1, -1)
def test_as_sqlite_itself(
    connections: tuple[sqlite3.Connection, sqlite3.Connection],
    text: str,
    pieces: list[str],
    start: int,
    count: int,
) -> None:
    sql = "SELECT ? GLOB ?, length(?), substr(?, ?), substr(?, ?, ?)"
    given = (text, "".join(pieces), text, text, start, text, start, count)
    own, ours = (connection.execute(sql, given).fetchone() for connection in connections)
    assert ours == own


def test_values_of_other_kinds(
    connections: tuple[sqlite3.Connection, sqlite3.Connection],
) -> None:
    sql = (
        "SELECT length(NULL), length(1.5), length(x'0001'), substr(NULL, 1), substr('abc', NULL), "
        "substr('abc', 2, NULL), substr(1234, 2, 2), substr(x'010203', 2), NULL GLOB '*', "
        "'a' GLOB NULL, 12 GLOB '1*'"
    )
    own, ours = (connection.execute(sql).fetchone() for connection in connections)
    assert ours == own


def test_beyond_u_0000(connections: tuple[sqlite3.Connection, sqlite3.Connection]) -> None:
    _, ours = connections
    sql = "SELECT length(?1), substr(?1, 2), substr(?1, -1), ?1 GLOB '12', ?1 GLOB '*[^0-9]*'"
    assert ours.execute(sql, ("12\x003",)).fetchone() == (4, "2\x003", "3", 0, 1)
