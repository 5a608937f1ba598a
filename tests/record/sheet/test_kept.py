"""A sheet that says something else of a row that is there: the row stays, and a note names the key."""

from __future__ import annotations

import pytest

from shieldtalks.record.starter import general_codes
from tests.record.sheet.test_recognising import FIRST, SHEET, Tables, coded, merged

#: The sheet, with a value of every kind that a note can be about.
RICH = SHEET.replace(
    '{ name = "Okoro", kind = "person" }',
    '{ name = "Okoro", kind = "person", aliases = [{ alias = "O.", kind = "short" }] }',
)
for _old, _new in (
    ('speaker = "Okoro"', 'speaker = { actor = "Okoro", capacity = "minister" }'),
    ('sentence = "PLACE 2"\n  [[', 'hops = ["Okoro", "The Wire"]\nsentence = "PLACE 2"\n  [['),
    ('code = [\n', 'code = [\n  { scheme = "cameo", code = "010", label = "S", definition = "S." },\n'),
    ('label = "Offer"', 'label = "Offer"\ncodes = [{ code = "cameo:010", reason = "A letter." }]'),
    ('[source]\n', 'reference = [{ title = "Minutes", publisher = "Sundra" }]\n[source]\n'),
):  # fmt: skip
    assert _old in RICH
    RICH = RICH.replace(_old, _new, 1)
RICH += """
[[proposition]]
text = "The bank is full."
topic = "fish"
[[relation]]
proposition = "The bank is full."
other = "The bank holds enough herring."
kind = "implies"
"""

CHANGES = [
    ('label = "Ferries", def', 'label = "Ships", def', 'the code "measure:ferries"', "label"),
    ('definition = "Herring."', 'definition = "Cod."', 'the code "topic:fish"', "definition"),
    ('publisher = "Sundra" }', 'publisher = "Velmark" }', "ref-0001", "publisher"),
    ('alias = "O.", kind = "short"', 'alias = "O.", kind = "former"', 'the alias "O."', "kind"),
    ('title = "Ferries"', 'title = "Ships"', "src-0001", "title"),
    ("published = 2031-03-04", "published = 2031-03-05", "src-0001", "published"),
    ('capacity = "minister"', 'capacity = "envoy"', "evt-0002 with the speaker Okoro", "capacity"),
    ('["Okoro", "The Wire"]', '["Okoro", "Sundra", "The Wire"]', "evd-0003", "hops"),
    ('sentence = "PLACE 3"', 'stance = "qualifies"\nsentence = "PLACE 3"', "evd-0005", "stance"),
    ('reason = "A letter."', 'reason = "A note."', "cod-0001", "reason"),
    ('topic = "fish"\n[[rel', 'topic = "fish"\nabout_actor = "Sundra"\n[[rel', "pos-0001", "about_actor"),
    ('kind = "implies"', 'kind = "supports"', "this relation", "kind"),
]  # fmt: skip


@pytest.fixture(scope="module")
def rich() -> Tables:
    """The tables after the sheet."""
    empty: Tables = {"codes": general_codes()}
    return merged(empty, coded(RICH, empty, FIRST))


def test_the_same_values_are_no_news(rich: Tables) -> None:
    again = coded(RICH, rich, FIRST)
    assert (again.new, again.notes) == ([], [])


@pytest.mark.parametrize(("old", "new", "what", "key"), CHANGES)
def test_another_value_is_told(old: str, new: str, what: str, key: str, rich: Tables) -> None:
    assert old in RICH
    again = coded(RICH.replace(old, new, 1), rich, FIRST)
    assert not again.faults.found
    assert again.new == []
    (note,) = again.notes
    assert f": {what} is already there with another {key}; it was not changed. To change" in note


def test_an_entry_that_is_twice_in_a_sheet_counts_once() -> None:
    twice = RICH + '[[proposition]]\ntext = "The bank is full."\nabout_actor = "Sundra"\n'
    (note,) = coded(twice, {"codes": general_codes()}, FIRST).notes
    assert "is twice in the sheet, here with another about_actor: the first one counts" in note


def test_a_hop_of_the_collection_may_be_no_number(rich: Tables) -> None:
    """Validation reports it. Here, it must not stop the command."""
    broken = {**rich, "attributions": [{**row, "hop": ""} for row in rich["attributions"]]}
    assert not coded(RICH, broken, FIRST).faults.found
