"""The lines of a sheet: each key is found where it is written."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.record.sheet.lines import lines_of
from shieldtalks.record.sheet.model import Event as SheetEvent
from shieldtalks.record.sheet.model import Sheet, Source
from shieldtalks.record.sheet.writing import toml

TEXT = '''# a comment with [[event]] and a = 1
[source]
title = """
two = 2
lines"""   # not a key
"quoted.key" = 'x # y'

[[event]]
label = "One"
participants = { actor = "A", speaker = { actor = "B",
  capacity = "envoy" } }
evidence = [
  { from = "a", to = "b ] }" },

  { from = "c" },
]
  [[event.claim]]
  text = "first"
  [[event.claim]]
  text = "second"
[[event]]
[event.participants]
host = ["A",
  "B"]
[[event.claim]]
text = "third"
'''.replace('"B",\n  capacity', '"B", capacity')


def test_each_key_is_on_its_line() -> None:
    tomllib.loads(TEXT)
    lines = lines_of(TEXT, "sheet.toml").by_path
    rows = TEXT.splitlines()
    places = {
        ("source", "title"): "title",
        ("source", "quoted.key"): '"quoted.key"',
        ("event", 0): "[[event]]",
        ("event", 0, "participants", "speaker", "capacity"): "participants",
        ("event", 0, "evidence", 0, "to"): '  { from = "a"',
        ("event", 0, "evidence", 1): '  { from = "c"',
        ("event", 0, "claim", 1, "text"): '  text = "second"',
        ("event", 1, "participants", "host", 1): '  "B"]',
        ("event", 1, "claim", 0, "text"): 'text = "third"',
    }
    for path, start in places.items():
        assert rows[lines[path] - 1].startswith(start), path


def test_what_is_not_in_the_file_is_at_the_table_around_it() -> None:
    lines = lines_of(TEXT, "sheet.toml")
    assert lines.at(("event", 1, "label")) == lines.by_path["event", 1]
    assert lines.at(("nothing",)) == 1


def test_windows_line_ends_count_once() -> None:
    lines = lines_of(TEXT.replace("\n", "\r\n"), "sheet.toml")
    assert lines.by_path == lines_of(TEXT, "sheet.toml").by_path


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_every_text_is_written_so_that_it_is_read_again(texts: list[str]) -> None:
    whole = Sheet(
        source=Source(title=texts[0]),
        event=[SheetEvent(label=text, participants={text or "x": text}) for text in texts],
    )
    written = toml(whole, ["a comment"])
    assert Sheet.model_validate(tomllib.loads(written)) == whole
    lines = lines_of(written, "sheet.toml")
    for number in range(len(texts)):
        shown = written.split("\n")[lines.by_path["event", number, "label"] - 1]
        assert shown.startswith("label = ")
