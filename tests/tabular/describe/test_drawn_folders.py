"""The description of any folder validates the files that it was made from."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.tabular.describe import describe
from tests.support.bare import faults, text
from tests.support.draws import examples

#: Kinds of columns, each as the values from which its cells are drawn.
KINDS: dict[str, st.SearchStrategy[str]] = {
    "integer": st.integers(-20, 10**6).map(str),
    "small": st.integers(0, 5).map(str),
    "number": st.floats(-1e6, 1e6).map(lambda number: f"{number:.3f}"),
    "comma": st.floats(-1e3, 1e3).map(lambda number: f"{number:.2f}".replace(".", ",")),
    "thousands": st.integers(0, 10**7).map(lambda number: f"{number:,}"),
    "day": st.dates().map(str),
    "german day": st.dates().map(lambda day: day.strftime("%d.%m.") + f"{day.year:04d}"),
    "american day": st.dates().map(lambda day: day.strftime("%m/%d/") + f"{day.year:04d}"),
    "time": st.times().map(str),
    "instant": st.datetimes().map(lambda instant: instant.isoformat()),
    "year": st.integers(1, 2100).map(lambda year: f"{year:04d}"),
    "month": st.integers(1, 12).map(lambda month: f"2020-{month:02d}"),
    "boolean": st.sampled_from(["true", "false", "yes", "no", "1", "0", "t", "f"]),
    "code": st.sampled_from(["open", "closed", "NA", "planned"]),
    "identifier": st.integers(0, 40).map(lambda number: f"prt-{number:03d}"),
    "hash": st.integers(0, 2**32 - 1).map(lambda number: f"{number:08x}"),
    "zeros": st.integers(0, 999).map(lambda number: f"{number:05d}"),
    "edtf": st.sampled_from(["2020", "2020-12", "../2013", "2020-12-31~", "2020-12-31"]),
    "json": st.sampled_from(["{}", "[1, 2]", '{"a": [1]}', "{", "[1.5, 2]"]),
    "place": st.sampled_from(["1.5,2.5", "170.5, 20", "1,2"]),
    "mark": st.sampled_from(["", "NA", "-", "n/a", "null", "-99", "?", "NaN", "-9999"]),
    "text": st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"]),
        max_size=12,
    ).filter(lambda value: value == value.strip()),
}

NAMES = [
    "id",
    "name",
    "river_id",
    "year",
    "date",
    "status",
    "percent",
    "phone",
    "lat",
    "count",
    "x",
]


@st.composite
def columns(draw: st.DrawFn, rows: int) -> list[str]:
    """The cells of a column: of one kind, or of two of which one is rare."""
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    other = KINDS[draw(st.sampled_from(["mark", "mark", *sorted(KINDS)]))]
    few = draw(st.integers(0, 10)) < 3
    cells = st.one_of(kind, kind, kind, other) if few else kind
    return draw(st.lists(cells, min_size=rows, max_size=rows))


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str]:
    """A table as text, and its encoding."""
    rows = draw(st.integers(2, 40))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    cells = [draw(columns(rows)) for _ in names]
    delimiter = draw(st.sampled_from(",,;\t"))
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-16"]))
    return text([names, *zip(*cells, strict=True)], delimiter), encoding


@pytest.mark.slow
@settings(max_examples=examples(50))
@given(st.lists(tables(), min_size=1, max_size=3))
def test_the_description_validates_the_files(drawn: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, (content, encoding) in zip("abc", drawn, strict=False):
            (folder / f"{name}.csv").write_bytes(content.encode(encoding))
        assert faults(describe(folder)) == []
