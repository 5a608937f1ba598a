"""Rows that both files have byte for byte are not read, and the difference is the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.tabular.diff import compare, keyed, unlike, waiting
from shieldtalks.tabular.diff.readable import sound
from shieldtalks.tabular.package import Package, read
from shieldtalks.tabular.validation import validate_package
from tests.support import EXAMPLES, Run
from tests.support.edits import CASES, Edit
from tests.support.packages import SMALL, small, write

Rows = list[list[str]]

#: The module; the package has a function of the same name.
row_changes = import_module("shieldtalks.tabular.diff.row_changes")


def text_of(rows: Rows, **how: Any) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", **how).writerows(rows)
    return out.getvalue().encode()


def unlike_in(old: bytes, new: bytes) -> tuple[list[bytes], list[bytes]] | None:
    return unlike.unlike(io.BytesIO(old), io.BytesIO(new))


CELLS = st.text('a",\né', max_size=3)
TABLES = st.dictionaries(st.integers(0, 30), CELLS, max_size=20)


@pytest.fixture(name="narrow", params=[True, False])
def _narrow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are compared a few bytes at a time, and few records are looked at."""
    if request.param:
        monkeypatch.setattr(unlike, "_LEAST", 2)
        monkeypatch.setattr(unlike, "_MOST", 8)
        monkeypatch.setattr(unlike, "_WINDOWS", (1, 2))


@pytest.mark.usefixtures("narrow")
@given(TABLES, TABLES, st.randoms(), st.booleans())
def test_the_records_are_those_that_one_file_has(
    one: dict[int, str], other: dict[int, str], random: Any, is_shuffled: bool
) -> None:
    old = [[str(key), cell] for key, cell in one.items()]
    new = [[str(key), cell] for key, cell in other.items()]
    if is_shuffled:
        new += [row for row in old if row[0] not in {own[0] for own in new}]
        random.shuffle(new)
    found = unlike_in(text_of(old), text_of(new))
    assert found is not None
    records = [[text_of([row]) for row in rows] for rows in (old, new)]
    assert found[0] == [record for record in records[0] if record not in records[1]]
    assert found[1] == [record for record in records[1] if record not in records[0]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"1\n\n\n", b"1\n\n"),
        (b"1\n2\n2\n", b"1\n"),
        (b'1\n"' + b"x" * 40, b'1\n"' + b"y" * 40),
    ],
)
def test_files_that_do_not_differ_record_by_record_are_left_to_the_other_way(
    old: bytes, new: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unlike, "MOST_LOOSE", 60)
    assert unlike_in(old, new) is None


@pytest.mark.parametrize("old", [b"", b"1\n", b"1", b"1\n2", b"1\r\n2\r\n", b'"1\n'])
@pytest.mark.parametrize("new", [b"", b"1\n", b"1", b"1\n3", b"1\r\n2\r\n", b'"1\n'])
def test_odd_ends_are_seen(old: bytes, new: bytes) -> None:
    gone, added = unlike_in(old, new) or ([], [])
    assert b"".join(gone) in old
    assert b"".join(added) in new
    assert (gone == added == []) is (old == new)


class Counted(io.BytesIO):
    """A file that knows how many bytes were read."""

    count = 0

    def read(self, size: int | None = -1) -> bytes:
        got = super().read(size)
        self.count += len(got)
        return got


def test_long_records_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unlike, "MOST_LOOSE", 10_000)
    monkeypatch.setattr(unlike, "_MOST", 1000)
    old = Counted(b"".join(b"%d,%s\n" % (number, b"x" * 1000) for number in range(1000)))
    new = Counted(old.getvalue().replace(b"x", b"y"))
    assert unlike.unlike(old, new) is None
    assert old.count < 30_000
    assert new.count < 30_000


def test_each_byte_is_read_once_and_few_records_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A row more at the start, a changed one in the middle and one less at the end."""
    rows = [[str(number), "x" * 50] for number in range(40_000)]
    changed = [["new", "y"], *rows[:20_000], ["20000", "z"], *rows[20_001:-1]]
    looked: list[int] = []
    inner = unlike._Side.records

    def records(side: unlike._Side, most: int) -> list[bytes]:
        found = inner(side, most)
        looked.append(len(found))
        return found

    monkeypatch.setattr(unlike._Side, "records", records)
    old, new = Counted(text_of(rows)), Counted(text_of(changed))
    found = unlike.unlike(old, new)
    assert found is not None
    assert [len(side) for side in found] == [2, 2]
    assert (old.count, new.count) == (len(old.getvalue()), len(new.getvalue()))
    assert sum(looked) < 100


def both_ways(old: Package, new: Package, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any, bool]:
    """The difference without and with what validation knows, and whether rows were left out."""
    known = sound(validate_package(old), old) & sound(validate_package(new), new)
    used: list[bool] = []
    inner = row_changes.unlike_texts

    def noted(*given: Any) -> Any:
        found = inner(*given)
        used.append(found is not None)
        return found

    monkeypatch.setattr(row_changes, "unlike_texts", noted)
    return compare(old, new), compare(old, new, sound=known), any(used)


@pytest.mark.parametrize("edit", [pytest.param(case[2], id=case[2].__name__) for case in CASES])
def test_an_edit_gives_the_same_difference(
    edit: Edit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = small()
    edit(spec)
    old, new = write(tmp_path / "old", SMALL), write(tmp_path / "new", spec)
    slow, fast, _ = both_ways(read(old), read(new), monkeypatch)
    assert slow == fast


#: Each third example is enough: most faults are in cells.
FAULTS = sorted(folder for folder in (EXAMPLES / "faults").iterdir() if folder.is_dir())[::3]


@pytest.mark.sample(6)
@pytest.mark.parametrize("folder", FAULTS, ids=lambda folder: folder.name)
def test_tables_with_faults_give_the_same_difference(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against the same package with a few lines of each file in another order, changed or gone."""
    from shutil import copytree

    try:
        old = read(folder)
    except Exception:  # the descriptor is the fault
        return
    copytree(folder, tmp_path / "new", symlinks=True)
    for table in old.resources:
        for part in table.parts:
            file = tmp_path / "new" / part.path
            if not file.is_file() or file.suffix != ".csv" or file.is_symlink():
                continue
            head, *lines = file.read_bytes().splitlines(keepends=True) or [b""]
            lines = [*lines[1:], *lines[:1]][: max(len(lines) - 1, 1)]
            file.write_bytes(head + b"".join(lines))
    slow, fast, _ = both_ways(old, read(tmp_path / "new"), monkeypatch)
    assert slow == fast


FIELDS = [{"name": "id", "type": "integer"}, {"name": "a"}, {"name": "n", "type": "number"}]


def _package(folder: Path, rows: Rows, **how: Any) -> Package:
    folder.mkdir(exist_ok=True)
    schema = {"fields": FIELDS, "primaryKey": "id"}
    table = {"name": "t", "path": "t.csv", "schema": schema}
    (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [table]}))
    (folder / "t.csv").write_bytes(text_of([["id", "a", "n"], *rows], **how))
    return read(folder)


@pytest.fixture(scope="module", name="made")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Package]:
    """A package of one table with these rows; the second one is in another folder."""
    folders = [tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")]
    return lambda number, rows, **how: _package(folders[number], rows, **how)


NUMBERS = st.sampled_from(["1", "1.0", "", "2", "x"])
KEYS = st.sampled_from(["1", "01", "2", "3", "4", "5", "", "x"])
LISTED = st.lists(st.tuples(KEYS, CELLS, NUMBERS).map(list), max_size=6)


@settings(max_examples=40)
@given(LISTED, LISTED, st.booleans())
def test_any_rows_give_the_same_difference(
    made: Callable[..., Package], old: Rows, new: Rows, is_quoted: bool
) -> None:
    """Also with keys that appear twice, are empty or are written in two ways."""
    how = {"quoting": csv.QUOTE_ALL} if is_quoted else {}
    one, two = made(0, old), made(1, new + old, **how)
    with pytest.MonkeyPatch.context() as patch:
        slow, fast, _ = both_ways(one, two, patch)
    assert slow == fast


@settings(max_examples=40)
@given(LISTED, LISTED)
def test_a_large_table_gives_the_same_difference(
    made: Callable[..., Package], old: Rows, new: Rows
) -> None:
    """One with more rows than may be in memory; also with keys that appear twice."""
    one, two = made(0, old), made(1, new + old)
    whole = compare(one, two)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyed, "MOST_ROWS", 1)
        patch.setattr(keyed, "COUNT", 4)
        patch.setattr(waiting, "COUNT", 4)
        assert compare(one, two) == whole


def test_no_more_than_a_part_of_a_large_table_is_in_memory(
    made: Callable[..., Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [[str(number), "x", ""] for number in range(2000)]
    one, two = made(0, rows), made(1, rows[::-1][1:])
    monkeypatch.setattr(keyed, "MOST_ROWS", 100)
    sizes: list[int] = []
    inner = keyed._matched

    def matched(tables: Any, was: Any, now: Any) -> Any:
        was = list(was)
        sizes.append(len(was))
        return inner(tables, was, now)

    monkeypatch.setattr(keyed, "_matched", matched)
    (change,) = compare(one, two).changes
    assert (change.kind, change.row) == ("row-removed", "1999")
    assert sum(sizes) == 2000
    assert max(sizes) < 200


def test_sound_tables_are_compared_by_their_bytes(
    made: Callable[..., Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong value outside the key does not matter."""
    rows = [[str(number), "x", "wrong" if number == 3 else ""] for number in range(9)]
    new = [*rows[:4], ["4", "y", ""], *rows[5:8], ["10", "z", "1"]]
    slow, fast, used = both_ways(made(0, rows), made(1, new), monkeypatch)
    assert used
    assert slow == fast
    assert [change.kind for change in fast.changes] == ["row-changed", "row-added", "row-removed"]


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "a", ""], ["1", "b", ""]],
        [["1", "a", ""], ["", "b", ""]],
        [["1", "a", ""], ["x", "b", ""]],
        [["1", "a", ""], ["2", "b"]],
    ],
)
def test_a_table_with_doubtful_rows_is_not_sound(made: Callable[..., Package], rows: Rows) -> None:
    package = made(0, rows)
    assert sound(validate_package(package), package) == set()


def test_the_command_says_the_same(
    pair: tuple[Path, Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = pair
    fast = run("diff", old, new, "--format", "json", code=0).stdout
    monkeypatch.setattr(row_changes, "unlike_texts", lambda *_: None)
    assert run("diff", old, new, "--format", "json", code=0).stdout == fast
