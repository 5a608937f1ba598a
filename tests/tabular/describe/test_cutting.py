"""Large files are cut into columns at once, with the same cells as Python's reader gives."""

from __future__ import annotations

import csv
import io
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.tabular.describe import batches, cutting, describe
from shieldtalks.tabular.describe.batches import Batch, in_columns
from shieldtalks.tabular.describe.cutting import Cutter
from tests.support.bare import faults, text
from tests.support.draws import examples

#: Cells and pieces of cells in which a wrong cut would show.
CELLS = [
    "",
    "a",
    "é",
    "Řím",
    "1,5",
    'say "yes"',
    "two\nlines",
    "a\r\nb",
    " ",
    '"',
    "x" * 40,
    "\0",
    ",",
]


def columns(parts: list[Batch]) -> list[list[str]]:
    """The columns of some batches, joined."""
    return [list(chain(*cells)) for cells in zip(*(part.columns for part in parts), strict=True)]


def read(data: bytes, encoding: str, width: int, skip: int = 1) -> tuple[list[list[str]], int]:
    """The columns as Python's reader gives them, and how many rows are uneven."""
    lines = io.StringIO(data.decode(encoding), newline="")
    rows = list(csv.reader(lines))[skip:]
    batch = in_columns(list(filter(None, rows)), width)
    return [list(cells) for cells in batch.columns], len(batch.uneven)


def check(data: bytes, encoding: str = "utf-8", width: int = 3) -> None:
    """Whether a file is cut as Python's reader cuts it."""
    cutter = Cutter(",", '"', encoding, width)
    parts = list(cutter.batches(io.BytesIO(data), 1))
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    assert (columns(parts), sum(len(part.uneven) for part in parts)) == read(data, codec, width)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "PART", 50)


ROWS = st.lists(st.lists(st.sampled_from(CELLS), min_size=3, max_size=3), min_size=1, max_size=30)


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(ROWS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([0, 1]))
def test_cells_of_any_kind(rows: list[list[str]], end: str, quoting: int) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=end, quoting=quoting).writerows([["a", "b", "c"], *rows])  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "PART", 50)
        check(out.getvalue().encode())


@pytest.mark.slow
@settings(max_examples=examples(100))
@given(st.text(st.sampled_from('ab,,\n\n""é\r\0\x01 '), max_size=200))
def test_any_text(drawn: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "PART", 50)
        check(f"a,b,c\n{drawn}".encode())


PLAIN = "".join(f"row {i},ä{i},{i * 7}\n" for i in range(40))


@pytest.mark.parametrize(
    "inserted",
    [
        "",
        "\n\n",
        "one cell\n",
        "1,2,3,4\n",
        'a,5" pipe,c\n',
        'a,"b"c,d\n',
        'a, "b",c\n',
        'a,"two\nlines, and ""quotes""",c\n',
        f'a,"{"long " * 40}",c\n',
        "a,b,c\r\n",
        "a,b\rc,d,e\n",
        'a,"never closed,c\n',
        "a\0,b\x01,c\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_an_odd_row_between_others(inserted: str, encoding: str) -> None:
    check(f"a,b,c\n{PLAIN}{inserted}{PLAIN}".encode(encoding), encoding)
    check(f"a,b,c\n{PLAIN}{inserted}".removesuffix("\n").encode(encoding), encoding)


def test_a_mark_at_the_start_and_a_long_header() -> None:
    check(b"\xef\xbb\xbfa,b,c\n" + PLAIN.encode())
    check(f"{'a' * 200},b,c\n{PLAIN}".encode())
    lines = "a,\n" * 30
    check(f'"{lines}",b,c\n{PLAIN}'.encode())


def test_python_reads_no_row_of_a_proper_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("it is cut")

    monkeypatch.setattr(Cutter, "_by_row", refuse)
    monkeypatch.setattr(Cutter, "_read", lambda *_: iter(()))
    data = f'a,b,c\n{PLAIN}é,"two\nlines, ""here""",c\n{PLAIN}'.encode()
    parts = list(Cutter(",", '"', "utf-8", 3).batches(io.BytesIO(data), 1))
    assert sum(part.count for part in parts) == 81


def test_batches_are_small_at_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_ROWS", 300)
    found = list(batches._sized(Batch(90, [["x"] * 90], [3, 80]) for _ in range(20)))
    assert [part.count for part in found[:2]] == [64, 256]
    assert sum(part.count for part in found) == 1800
    assert sum(len(part.uneven) for part in found) == 40
    assert found[0].uneven == [3]
    assert found[1].uneven[:2] == [80 - 64, 90 - 64 + 3]


def test_a_table_that_is_cut_is_described(tmp_path: Path) -> None:
    rows = [[f"id-{i:04d}", i % 7, f'Café, "{i}"', f"0{i % 9},5"] for i in range(3000)]
    (tmp_path / "t.csv").write_text(text([["id", "n", "name", "size"], *rows], ";"), "utf-8")
    found = describe(tmp_path)
    schema = found.descriptor["resources"][0]["schema"]
    assert schema["primaryKey"] == ["id"]
    assert [field["type"] for field in schema["fields"]] == [
        "string",
        "integer",
        "string",
        "number",
    ]
    assert found.rows == {"t": 3000}
    assert faults(found) == []
