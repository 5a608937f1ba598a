"""The line of each value of a JSON text is found in one reading, however many lines are asked for."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from shieldtalks.record.checking import validate
from shieldtalks.tabular import jsontext
from shieldtalks.tabular.jsontext import Lines, line_in

TEXT = """{
  "a": [
    1, {"b": null,
     "c": "x\\"y,]"}
  ],
  "d": {}, "": [[]]
}
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("a",), 2),
        (("a", 0), 3),
        (("a", 1), 3),
        (("a", 1, "b"), 3),
        (("a", 1, "c"), 4),
        (("a", 1, "e"), 3),  # no such key: the nearest value around it
        (("a", 7), 2),
        (("a", "b"), 2),
        (("a", 0, "b"), 3),
        (("d", "e", 0), 6),
        (("", 0, 0), 6),
        (("x",), 1),
    ],
)
def test_line(place: jsontext.Place, line: int) -> None:
    assert Lines(TEXT).of(place) == line


def test_text_without_a_container() -> None:
    assert Lines("\n 1").of(()) == 2
    assert Lines("").of(("a",)) is None


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "t.json"
    file.write_text('{"a": 1}', "utf-8")
    assert line_in(file, ("a",)) == 1
    file.write_text('\n\n{"a": 1}', "utf-8")
    os.utime(file, ns=(1, 1))
    assert line_in(file, ("a",)) == 3


FAULTS = {
    "bad path": {"path": "../t.csv", "schema": {"fields": [{"name": "id"}]}},
    "unknown constraint": {
        "path": "t.csv",
        "schema": {"fields": [{"name": "id", "constraints": {"lenght": 1}}]},
    },
    "wrong title": {"path": "t.csv", "title": 1, "schema": {"fields": [{"name": "id"}]}},
    "constraint of another type": {
        "path": "t.csv",
        "schema": {"fields": [{"name": "id", "constraints": {"minimum": "1"}}]},
    },
    "unsupported dialect": {
        "path": "t.csv",
        "dialect": {"escapeChar": ","},
        "schema": {"fields": [{"name": "id"}]},
    },
    "wrong foreign key": {
        "path": "t.csv",
        "schema": {
            "fields": [{"name": "id"}],
            "foreignKeys": [{"fields": "id", "reference": {"resource": "x", "fields": "id"}}],
        },
    },
}


@pytest.mark.sample(3)
@pytest.mark.parametrize("fault", FAULTS)
def test_many_faults_read_the_descriptor_once(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three sizes: the tokens read grow with the text, not with the text times the faults."""
    read, values = [0], jsontext._values

    def counted(text: str):  # type: ignore[no-untyped-def]
        read[0] += len(text)
        return values(text)

    monkeypatch.setattr(jsontext, "_values", counted)
    (tmp_path / "t.csv").write_text("id\n1\n", "utf-8")
    for size in (20, 40, 80):
        entries = [{"name": f"t{n}", **FAULTS[fault]} for n in range(size)]
        text = json.dumps({"resources": entries})
        (tmp_path / "datapackage.json").write_text(text, "utf-8")
        read[0] = 0
        assert len(validate(tmp_path).findings) >= size
        assert read[0] == len(text)
