"""What is known of a column is not looked at again."""

from __future__ import annotations

from shieldtalks.tabular.describe.seen import Seen


def test_a_value_is_looked_at_once_even_if_it_is_not_counted() -> None:
    seen = Seen("code", 0, most_known=5000)
    cells = [f"v-{i % 1500:04d}" for i in range(3000)]
    seen.add(cells, 0)
    assert not seen.is_counted
    looked_at = seen.template.count
    seen.add([*cells, "NA", ""], 3000)
    assert seen.template.count == looked_at
    assert seen.distinct == 1500
    assert not seen.is_unique
    assert dict(seen.marks) == {"NA": 1, "": 1}


def test_with_too_many_values_none_is_kept() -> None:
    seen = Seen("code", 0, most_known=1200)
    cells = [f"v-{i % 1500:04d}" for i in range(3000)]
    for before in (0, 3000):
        seen.add(cells, before)
    assert not seen.known
    assert seen.distinct == 1500


def test_of_prose_only_lengths_and_marks_are_noted() -> None:
    seen = Seen("text", 0)
    prose = [f"{i} was a long day, and nobody knew what to do. " * 4 for i in range(3000)]
    seen.add(prose, 0)
    seen.add(prose, 3000)
    assert seen.settled
    longest = "x" * 1000
    seen.add([*prose[:50], "NA", "", "short", "-99", longest], 6000)
    assert dict(seen.marks) == {"NA": 1, "": 1}
    assert dict(seen.sentinels) == {"-99": 1}
    assert (seen.shortest, seen.longest) == (3, 1000)
    assert seen.filled == 6000 + 53
    assert not seen.is_unique


def test_a_unique_column_with_a_late_repeat_is_not_unique() -> None:
    seen = Seen("id", 0)
    values = [f"id-{i:06d}" for i in range(5000)]
    seen.add(values[:2500], 0)
    seen.add(values[2500:], 2500)
    assert seen.is_unique
    seen.add([values[7], "id-009999"], 5000)
    assert not seen.is_unique


def test_a_column_in_order_is_unique_until_a_value_is_not_in_order() -> None:
    seen = Seen("id", 0)
    values = [f"id-{i:06d}" for i in range(5000)]
    seen.add(values[:10], 0)
    seen.add(values[10:2500], 10)
    seen.add(["", *values[2500:2600]], 2500)
    assert not seen.rises
    assert seen.is_unique
    assert seen.distinct == 2600
    seen.add(values[2600:], 2601)
    assert seen.is_unique
    seen.add(values[70:71], 5001)
    assert not seen.is_unique
    assert seen.distinct == 5000


def test_a_repeat_at_the_border_of_two_batches_is_found() -> None:
    seen = Seen("id", 0)
    values = [f"id-{i:06d}" for i in range(3000)]
    seen.add(values, 0)
    assert seen.rises
    seen.add(values[-1:], 3000)
    assert not seen.is_unique
    few = Seen("id", 0)
    few.add(values[:5], 0)
    few.add(values[4:6], 5)
    assert not few.may_be_unique
    assert few.counts[values[4]] == 2


def test_marks_and_numbers_among_values_that_are_counted() -> None:
    seen = Seen("size", 0)
    for before in (0, 4):
        seen.add(["5", "NA", "-99", "6"], before)
    assert dict(seen.marks) == {"NA": 2}
    assert dict(seen.sentinels) == {"-99": 2}
    assert list(seen.counts.items()) == [("5", 2), ("-99", 2), ("6", 2)]
