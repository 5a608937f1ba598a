"""What changed between two packages, and the smallest version bump that the policy allows for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.tabular.diff import Difference, compare
from shieldtalks.tabular.diff.change import POLICY, Change, Level, Version
from shieldtalks.tabular.diff.schema_changes import contract_changes
from shieldtalks.tabular.package import Resource, read
from tests.support import Run
from tests.support.edits import (
    CASES,
    Edit,
    another_title,
    identifier_removed,
    metadata_stated,
    metadata_taken_out,
    one_more_row,
    row_of_a_longer_key_removed,
    untyped_field_becomes_text,
)
from tests.support.packages import SMALL, Spec, field, small, write
from tests.tabular.diff import test_files


def compared(folder: Path, edit: Edit, **facts: Any) -> Difference:
    """What an edit of the small package comes to."""
    spec = small()
    edit(spec)
    old, new = write(folder / "old", SMALL), write(folder / "new", spec)
    return compare(read(old), read(new), **facts)


@pytest.mark.parametrize(
    ("kind", "smallest", "edit"), [pytest.param(*c, id=c[2].__name__) for c in CASES]
)
def test_the_smallest_version_that_a_change_allows(
    kind: str, smallest: str, edit: Edit, tmp_path: Path
) -> None:
    found = compared(tmp_path, edit)
    assert {change.kind for change in found.changes} == {kind}
    assert str(found.smallest) == smallest
    assert found.meets is False
    assert found.not_compared == ()


@pytest.mark.parametrize(
    ("fate", "kind", "words"),
    [("", "row-retired", "is retired"), ("t-1", "row-merged", "is merged into t-1")],
)
def test_an_identifier_that_was_withdrawn_counts_as_removed_and_says_so(
    fate: str, kind: str, words: str, tmp_path: Path
) -> None:
    found = compared(tmp_path, identifier_removed, fates={"t-3": fate})
    (change,) = found.changes
    assert (change.kind, change.words, change.replaced_by) == (kind, words, fate or None)
    assert str(found.smallest) == "2.0.0"


def test_a_collection_says_which_of_its_keys_are_identifiers(tmp_path: Path) -> None:
    found = compared(
        tmp_path, row_of_a_longer_key_removed, identified=lambda table: len(table.primary_key) == 1
    )
    assert [change.kind for change in found.changes] == ["detail-removed"]
    assert str(found.smallest) == "1.2.4"


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (metadata_stated, "keywords is added"),
        (metadata_taken_out, "title is removed"),
        (another_title, "title is changed"),
    ],
)
def test_metadata_is_told_by_its_name(edit: Edit, words: str, tmp_path: Path) -> None:
    assert [change.words for change in compared(tmp_path, edit).changes] == [words]


def test_the_table_of_cases_covers_the_policy(tmp_path: Path) -> None:
    of_records = {"row-retired", "row-merged", "detail-removed"}
    of_files = {change.kind for change in test_files.every_change(tmp_path)}
    assert {kind for kind, *_ in CASES} | of_records | of_files == set(POLICY)


def test_the_same_package_has_no_changes(tmp_path: Path) -> None:
    found = compared(tmp_path, lambda spec: None)
    assert found.changes == ()
    assert found.meets is True


IDS = [f"t-{number}" for number in range(6)]
ROWS = st.dictionaries(
    st.sampled_from(IDS),
    st.tuples(st.sampled_from(["", "Anvil", "Bell, large"]), st.sampled_from(["", "1", "2"])),
)


@pytest.mark.slow
@given(old=ROWS, new=ROWS)
def test_the_changes_lead_from_the_old_rows_to_the_new(
    old: dict[str, tuple[str, str]],
    new: dict[str, tuple[str, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    packages = []
    for name, rows in (("old", old), ("new", new)):
        spec = small()
        spec["tables"]["things"]["rows"] = [[key, *cells, ""] for key, cells in rows.items()]
        packages.append(read(write(folder / name, spec)))
    values = {key: {"name": n or None, "size": s or None} for key, (n, s) in old.items()}
    for change in compare(*packages).changes:
        row = str(change.row)
        if change.kind == "row-added":
            values[row] = {"name": None, "size": None}
        if change.kind == "row-removed":
            del values[row]
        elif change.kind != "file-rewritten":
            values[row] |= {cell.field: cell.new for cell in change.cells if cell.field != "id"}
    assert values == {key: {"name": n or None, "size": s or None} for key, (n, s) in new.items()}


def test_what_is_not_a_number_equals_itself(tmp_path: Path) -> None:
    spec = small()
    field(spec, "size")["type"] = "number"
    spec["tables"]["things"]["rows"][0][2] = "NaN"
    old = write(tmp_path / "old", spec)
    spec["tables"]["things"]["rows"].reverse()
    found = compare(read(old), read(write(tmp_path / "new", spec)))
    assert [change.kind for change in found.changes] == ["file-rewritten"]


@pytest.mark.parametrize(
    ("version", "level", "after"),
    [
        ("1.2.3", Level.NONE, "1.2.3"),
        ("1.2.3", Level.PATCH, "1.2.4"),
        ("1.2.3", Level.MINOR, "1.3.0"),
        ("1.2.3", Level.MAJOR, "2.0.0"),
        ("0.2.3", Level.PATCH, "0.2.4"),
        ("0.2.3", Level.MINOR, "0.3.0"),
        ("0.2.3", Level.MAJOR, "0.3.0"),
    ],
)
def test_the_version_after_a_version(version: str, level: Level, after: str) -> None:
    stated = Version.parse(version)
    assert stated is not None
    assert str(stated.after(level)) == after


@pytest.mark.parametrize("text", [None, "", "1.2", "1.2.3-rc1", "v1.2.3", "1.2.³"])
def test_other_forms_of_a_version_are_not_compared(text: str | None) -> None:
    assert Version.parse(text) is None


@pytest.mark.parametrize(
    ("version", "meets"),
    [("1.2.3", False), ("1.2.4", False), ("1.3.0", True), ("2.0.0", True), ("1.1.9", False)],
)
def test_whether_a_version_is_large_enough(version: str, meets: bool, tmp_path: Path) -> None:
    def edit(spec: Spec) -> None:
        one_more_row(spec)
        spec["descriptor"]["version"] = version

    assert compared(tmp_path, edit).meets is meets


def test_another_field_at_the_place_of_one_is_no_new_name(tmp_path: Path) -> None:
    def edit(spec: Spec) -> None:
        field(spec, "size").update(name="weight", constraints={"minimum": 1})

    kinds = {change.kind for change in compared(tmp_path, edit).changes}
    assert kinds == {"field-added", "field-removed"}


def another_column(spec: Spec) -> None:
    field(spec, "size")["name"] = "weight"
    for number, row in enumerate(spec["tables"]["things"]["rows"]):
        row[2] = str(number + 4)


def another_table(spec: Spec) -> None:
    spec["tables"]["diary"] = spec["tables"].pop("log")
    spec["tables"]["diary"]["rows"] = [["2032-01-01", "-1", "v"]]


def another_column_without_values(spec: Spec) -> None:
    field(spec, "size")["name"] = "weight"
    for row in spec["tables"]["things"]["rows"]:
        row[2] = ""


@pytest.mark.parametrize(
    ("edit", "kinds"),
    [
        (another_column, {"field-added", "field-removed"}),
        (another_column_without_values, {"field-added", "field-removed"}),
        (another_table, {"table-added", "table-removed"}),
    ],
)
def test_a_new_name_is_claimed_only_if_the_values_agree(
    edit: Edit, kinds: set[str], tmp_path: Path
) -> None:
    assert {change.kind for change in compared(tmp_path, edit).changes} == kinds


def test_a_new_name_is_seen_although_rows_come_and_go(tmp_path: Path) -> None:
    def edit(spec: Spec) -> None:
        field(spec, "size")["name"] = "girth"
        spec["tables"]["things"]["rows"].pop(1)
        spec["tables"]["things"]["rows"].append(["t-7", "Fan", "2", "a"])

    kinds = {change.kind for change in compared(tmp_path, edit).changes}
    assert kinds == {"field-renamed", "row-added", "row-removed"}


def test_cells_are_shown_as_they_are_written(tmp_path: Path) -> None:
    old, new = small(), small()
    for spec, text in ((old, "5"), (new, "90000.00")):
        field(spec, "size").update(type="number", constraints={})
        spec["tables"]["things"]["rows"][0][2] = text
    found = compare(read(write(tmp_path / "old", old)), read(write(tmp_path / "new", new)))
    assert [(c.old, c.new) for c in found.changes[0].cells] == [("5", "90000.00")]


@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("https://datapackage.org/profiles/2.0/datapackage.json", {"type-changed"}),
        ("https://datapackage.org/profiles/1.0/datapackage.json", set()),
        (None, set()),
    ],
)
def test_a_field_without_a_type_is_text_in_the_first_version_of_the_standard(
    address: str | None, kinds: set[str], tmp_path: Path
) -> None:
    old, new = small(), small()
    for spec in (old, new):
        spec["descriptor"]["$schema"] = address
    untyped_field_becomes_text(new)
    found = compare(read(write(tmp_path / "old", old)), read(write(tmp_path / "new", new)))
    assert {change.kind for change in found.changes} == kinds


def test_a_table_that_cannot_be_read_is_neither_added_nor_removed(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old", SMALL), write(tmp_path / "new", SMALL)
    file = new / "datapackage.json"
    file.write_text(file.read_text("utf-8").replace('"path": "log.csv"', '"path": "../log.csv"'))
    (new / "parts.csv").unlink()
    found = compare(read(old), read(new))
    assert found.changes == ()
    assert set(found.not_compared) == {"log", "parts"}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("0.1234567890123456789", "0.1234567890123456788", "constraint-stricter"),
        ("0.1234567890123456788", "0.1234567890123456789", "constraint-looser"),
        ("9007199254740992", "9007199254740993", "constraint-looser"),
        ("1e400", "1e401", "constraint-looser"),
        ("-1", "-2", "constraint-stricter"),
        ("1.0", "1", None),
    ],
)
def test_limits_are_compared_and_shown_with_all_their_digits(
    old: str, new: str, kind: str | None, tmp_path: Path, run: Run
) -> None:
    for name, limit in (("old", old), ("new", new)):
        spec = small()
        field(spec, "size")["constraints"] = {"maximum": "LIMIT"}
        file = write(tmp_path / name, spec) / "datapackage.json"
        file.write_text(file.read_text("utf-8").replace('"LIMIT"', limit), "utf-8")
    changes = compare(read(tmp_path / "old"), read(tmp_path / "new")).changes
    assert [change.kind for change in changes] == ([kind] if kind else [])
    for form in ("text", "json", "markdown"):
        shown = run("diff", tmp_path / "old", tmp_path / "new", "--format", form, code=0).stdout
        assert kind is None or (old in shown and new in shown)


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """What differs between two tables with one field each."""
    sides = (
        Resource("t", "t.csv", Path("t.csv"), {}, {"fields": [side]}, None) for side in (old, new)
    )
    return list(contract_changes(*sides, {}))


@pytest.mark.parametrize(
    ("field", "was", "now", "kinds"),
    [
        (
            {"type": "date", "format": "%d/%m/%Y"},
            "31/01/2008",
            "01/02/2008",
            {"constraint-stricter"},
        ),
        ({"type": "duration"}, "P30D", "P2M", {"constraint-stricter"}),
        ({"type": "duration"}, "P30D", "P1W", {"constraint-changed"}),
        ({"type": "duration"}, "P2M", "P1D", {"constraint-looser"}),
        ({"type": "duration"}, "P1M", "P30D", {"constraint-changed"}),
        (
            {"type": "number", "decimalChar": ",", "groupChar": "."},
            "1.000,5",
            "999,5",
            {"constraint-looser"},
        ),
    ],
)
def test_limits_are_compared_as_values(
    field: dict[str, Any], was: str, now: str, kinds: set[str]
) -> None:
    sides = [{"name": "x", **field, "constraints": {"minimum": limit}} for limit in (was, now)]
    assert {change.kind for change in changes(*sides)} == kinds


def test_a_property_that_changes_the_meaning_is_a_change_of_the_type() -> None:
    old, new = {"name": "x", "type": "number"}, {"name": "x", "type": "number", "decimalChar": ","}
    (change,) = changes(old, new)
    assert (change.kind, change.words) == ("type-changed", 'decimalChar is now ",", was "."')
    spelt = {"name": "x", "type": "number", "decimalChar": "."}
    assert changes(old, spelt) == []


def test_codes_are_compared_as_values() -> None:
    old, new = (
        {"name": "x", "type": "object", "constraints": {"enum": [code]}}
        for code in ({"a": 1, "b": 2}, '{"b": 2.0, "a": 1}')
    )
    assert changes(old, new) == []
