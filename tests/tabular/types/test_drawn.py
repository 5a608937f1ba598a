"""Drawn texts of the types that Python judges: both engines agree, and frictionless refuses no more."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from frictionless import Field
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.types import type_of
from tests.support.cases import CASES, Case
from tests.support.draws import examples
from tests.support.one_duckdb import one_duckdb

pytestmark = pytest.mark.slow

FEW = settings(
    max_examples=examples(5),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)

#: Pieces at the edges of the forms of all types.
PIECES = st.sampled_from(
    [
        *(
            "0",
            "00",
            "1",
            "9",
            "-",
            "+",
            ".",
            ",",
            ";",
            ":",
            " ",
            "/",
            "T",
            "Z",
            "P",
            "M",
            "D",
            "S",
            "H",
            "Y",
        ),
        *(
            "[",
            "]",
            "{",
            "}",
            '"',
            "e",
            "E5",
            "%",
            "€",
            "180",
            "90",
            "-180.0",
            "null",
            "true",
            "NaN",
            "INF",
        ),
        *('"a": 1', '"lon"', "24:00", "2008", "29/02/", "12", "31", "٣", "\u00a0", "am", "+02:00"),
    ]
)


def texts_of(case: Case) -> st.SearchStrategy[str]:
    """The texts of a case, and these with a small change."""
    known = st.sampled_from([text for group in case.same for text in group] + case.bad)
    changed = st.builds(
        _changed, known, st.integers(0, 40), st.integers(0, 2), PIECES | st.just("")
    )
    return (known | changed).filter(lambda text: text != "" and text == text.strip())


def _changed(text: str, place: int, removed: int, added: str) -> str:
    return text[:place] + added + text[place + removed :]


@pytest.mark.parametrize("name", CASES)
def test_both_engines_find_the_same_and_what_the_type_says(name: str) -> None:
    case = CASES[name]
    type_ = type_of({"name": "x", **case.field})
    assert type_.judge is not None
    judge: Callable[[str], str | None] = type_.judge

    @FEW
    @given(st.lists(texts_of(case), min_size=2, max_size=10), st.data())
    def holds(texts: list[str], data: st.DataObject) -> None:
        values = [text for text in texts if judge(text) is not None]
        listed = data.draw(
            st.lists(st.sampled_from(values or [case.same[0][0]]), min_size=1), "enum"
        )
        limits = {"minimum": case.same[0][0], "exclusiveMaximum": case.same[-1][0]}
        lengths = {"minLength": 1, "maxLength": data.draw(st.integers(1, 3), "length")}
        columns: dict[str, dict[str, Any]] = {
            "single": {"unique": True},
            "listed": {"enum": list(dict.fromkeys(listed))},
            "bounded": limits if type_.is_ordered else lengths if type_.size else {},
            "parent": {},
            "other": {},
        }
        fields = [{"name": "n"}]
        fields += [
            {"name": n, **case.field, "constraints": stated} for n, stated in columns.items()
        ]
        shuffled = data.draw(st.permutations(texts), "order")
        rows = [
            [f"{n}", *[one] * 4, two]
            for n, (one, two) in enumerate(zip(texts, shuffled, strict=True))
        ]
        found = _found(fields, [*rows, ["last", "", "", "", "", ""]])
        wrong = {row for row, text in enumerate(texts, start=1) if judge(text) is None}
        for column in columns:
            cells = shuffled if column == "other" else texts
            wrong = {row for row, text in enumerate(cells, start=1) if judge(text) is None}
            assert {row for row, field, rule in found if (field, rule) == (column, "type")} == wrong
        keys = [judge(text) for text in texts]
        repeats = {
            row
            for row, key in enumerate(keys, start=1)
            if key is not None and key in keys[: row - 1]
        }
        assert {row for row, _, rule in found if rule == "unique"} == repeats
        codes = {judge(text) for text in listed}
        outside = {
            row for row, key in enumerate(keys, start=1) if key is not None and key not in codes
        }
        assert {row for row, _, rule in found if rule == "enum"} == outside
        assert not [rule for _, _, rule in found if rule == "foreign-key"]

    holds()


@one_duckdb()
def _found(fields: list[dict[str, Any]], rows: list[list[str]]) -> list[tuple[int, str, str]]:
    """The findings of a table whose field `other` refers to its field `parent`, by both engines."""
    link = {"fields": ["other"], "reference": {"resource": "", "fields": ["parent"]}}
    schema = {"fields": fields, "foreignKeys": [link]}
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[field["name"] for field in fields], *rows])
    with tempfile.TemporaryDirectory() as folder:
        resource = {"name": "t", "path": "t.csv", "schema": schema}
        (Path(folder) / "t.csv").write_text(out.getvalue(), "utf-8", newline="")
        descriptor = json.dumps({"name": "drawn", "resources": [resource]})
        (Path(folder) / "datapackage.json").write_text(descriptor, "utf-8")
        one, two = (
            sorted(
                (f.row or 0, str(f.field), f.rule) for f in report.findings if f.rule != "schema"
            )
            for report in (validate(Path(folder), Options(engine=e)) for e in ("sqlite", "duckdb"))
        )
    assert one == two
    return one


#: Texts that frictionless refuses and we do not, and why.
THEIRS: dict[str, Callable[[str], bool]] = {
    # RFC 7946: a position may have an altitude; coordinates may be empty.
    "geojson": lambda text: re.search(r"\[[^][]+,[^][]+,[^][]+\]|\[ *\]", text) is not None,
    # It takes a sign only beside the digits, no plus, and no word for a number.
    "number that is not bare": lambda text: re.search("(?i)[+-]|nan|inf", text) is not None,
    # In the standard, integers have a groupChar too.
    "integer that is not bare": lambda text: "," in text or re.search("[+-]", text) is not None,
}


@pytest.mark.parametrize("name", CASES)
def test_what_frictionless_refuses_is_refused(name: str) -> None:
    case = CASES[name]
    type_ = type_of({"name": "x", **case.field})
    assert type_.judge is not None
    judge: Callable[[str], str | None] = type_.judge
    field = case.field | {"format": case.field.get("format", "default").removeprefix("fmt:")}
    theirs = Field.from_descriptor({"name": "x", **field})

    @settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
    @given(texts_of(case))
    def holds(text: str) -> None:
        _, notes = theirs.read_cell(text)
        if notes and not THEIRS.get(name, lambda _: False)(text):
            assert judge(text) is None, text

    holds()
