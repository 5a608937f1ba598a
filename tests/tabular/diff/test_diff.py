"""What changed between two packages, and the smallest version bump that the policy allows for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.tabular.diff import Difference, compare
from shieldtalks.tabular.diff.change import POLICY, Level, Version
from shieldtalks.tabular.package import read
from tests.support.packages import SMALL, Spec, field, small, write

Edit = Callable[[Spec], None]

#: The table of cases: by kind of change the smallest version allowed after 1.2.3, and edits that are one.
CASES: list[tuple[str, str, Edit]] = []


def case(kind: str, smallest: str) -> Callable[[Edit], Edit]:
    """Put an edit of the small package into the table of cases."""

    def keep(edit: Edit) -> Edit:
        CASES.append((kind, smallest, edit))
        return edit

    return keep


@case("package-renamed", "2.0.0")
def another_name(spec: Spec) -> None:
    spec["descriptor"]["name"] = "little"


@case("profile-changed", "2.0.0")
def another_profile(spec: Spec) -> None:
    spec["descriptor"]["conformsTo"] = "urn:of:another:profile"


@case("metadata-changed", "1.2.4")
def another_title(spec: Spec) -> None:
    spec["descriptor"]["title"] = "Little things"


@case("metadata-changed", "1.2.4")
def metadata_stated(spec: Spec) -> None:
    spec["descriptor"]["keywords"] = ["things"]


@case("metadata-changed", "1.2.4")
def metadata_taken_out(spec: Spec) -> None:
    del spec["descriptor"]["title"]


@case("metadata-changed", "1.2.4")
def another_title_of_a_table(spec: Spec) -> None:
    spec["tables"]["things"]["resource"]["title"] = "The things"


@case("table-added", "1.3.0")
def one_more_table(spec: Spec) -> None:
    spec["tables"]["places"] = {"resource": {}, "schema": {"fields": [{"name": "p"}]}, "rows": []}


@case("table-removed", "2.0.0")
def one_table_less(spec: Spec) -> None:
    del spec["tables"]["log"]


@case("table-renamed", "2.0.0")
def table_of_another_name(spec: Spec) -> None:
    spec["tables"]["diary"] = spec["tables"].pop("log")
    spec["tables"]["diary"]["resource"]["path"] = "log.csv"


@case("table-moved", "2.0.0")
def file_of_another_name(spec: Spec) -> None:
    spec["tables"]["log"]["resource"]["path"] = "diary.csv"


@case("reading-changed", "2.0.0")
def another_encoding(spec: Spec) -> None:
    spec["tables"]["log"]["resource"]["encoding"] = "iso-8859-1"


@case("file-rewritten", "1.2.4")
def rows_in_another_order(spec: Spec) -> None:
    spec["tables"]["things"]["rows"].reverse()


@case("file-rewritten", "1.2.4")
def number_with_a_zero_before_it(spec: Spec) -> None:
    spec["tables"]["things"]["rows"][0][2] = "03"


def add_field(spec: Spec, constraints: dict[str, Any], place: int) -> None:
    table = spec["tables"]["things"]
    table["schema"]["fields"].insert(place, {"name": "more", "constraints": constraints})
    for row in table["rows"]:
        row.insert(place, "x")


@case("field-added", "1.3.0")
def optional_field(spec: Spec) -> None:
    add_field(spec, {}, 4)


@case("field-added", "1.3.0")
def optional_field_among_the_others(spec: Spec) -> None:
    add_field(spec, {"required": False}, 1)


@case("required-field-added", "2.0.0")
def required_field(spec: Spec) -> None:
    add_field(spec, {"required": True}, 4)


@case("field-removed", "2.0.0")
def one_field_less(spec: Spec) -> None:
    spec["tables"]["things"]["schema"]["fields"].pop(1)
    for row in spec["tables"]["things"]["rows"]:
        row.pop(1)


@case("field-renamed", "2.0.0")
def field_of_another_name(spec: Spec) -> None:
    field(spec, "size")["name"] = "girth"


@case("field-renamed", "2.0.0")
def key_of_another_name(spec: Spec) -> None:
    field(spec, "number", "parts")["name"] = "place"
    spec["tables"]["parts"]["schema"]["primaryKey"] = ["thing_id", "place"]


@case("fields-reordered", "2.0.0")
def columns_in_another_order(spec: Spec) -> None:
    table = spec["tables"]["things"]
    for cells in (table["schema"]["fields"], *table["rows"]):
        cells[1], cells[2] = cells[2], cells[1]


@case("type-changed", "2.0.0")
def another_type(spec: Spec) -> None:
    field(spec, "size")["type"] = "number"


@case("type-changed", "2.0.0")
def numbers_as_text(spec: Spec) -> None:
    field(spec, "size")["type"] = "string"


@case("missing-values-changed", "2.0.0")
def another_word_for_nothing(spec: Spec) -> None:
    spec["tables"]["things"]["schema"]["missingValues"] = ["", "none"]


@case("missing-values-changed", "2.0.0")
def another_word_for_nothing_in_one_field(spec: Spec) -> None:
    field(spec, "name")["missingValues"] = ["", "-"]


def constraint(kind: str, smallest: str, where: str, name: str, value: Any) -> None:
    def edit(spec: Spec) -> None:
        constraints = field(spec, where)["constraints"]
        if value is None:
            del constraints[name]
        else:
            constraints[name] = value

    edit.__name__ = f"{name}_of_{where}_is_{value}"
    case(kind, smallest)(edit)


constraint("constraint-stricter", "2.0.0", "size", "minimum", 1)
constraint("constraint-stricter", "2.0.0", "size", "maximum", 8)
constraint("constraint-stricter", "2.0.0", "name", "maxLength", 10)
constraint("constraint-stricter", "2.0.0", "name", "minLength", 2)
constraint("constraint-stricter", "2.0.0", "name", "unique", True)
constraint("constraint-stricter", "2.0.0", "name", "pattern", "[A-Z].*")
constraint("constraint-looser", "1.3.0", "id", "required", False)
constraint("constraint-looser", "1.3.0", "id", "required", None)
constraint("constraint-looser", "1.3.0", "size", "minimum", -1)
constraint("constraint-looser", "1.3.0", "size", "minimum", None)
constraint("constraint-looser", "1.3.0", "size", "maximum", 10)
constraint("constraint-looser", "1.3.0", "name", "maxLength", 21)
constraint("constraint-changed", "2.0.0", "id", "pattern", "t-[0-9]{1,2}")
constraint("code-added", "1.3.0", "kind", "enum", ["a", "b", "c", "d"])


@case("constraint-stricter", "2.0.0")
def codes_only(spec: Spec) -> None:
    field(spec, "name")["constraints"]["enum"] = ["Anvil", "Bell"]


@case("constraint-stricter", "2.0.0")
def addresses_only(spec: Spec) -> None:
    field(spec, "name")["format"] = "uri"


@case("constraint-stricter", "2.0.0")
def one_more_foreign_key(spec: Spec) -> None:
    key = {"fields": ["words"], "reference": {"resource": "things", "fields": ["id"]}}
    spec["tables"]["parts"]["schema"]["foreignKeys"].append(key)


@case("constraint-stricter", "2.0.0")
def one_more_unique_key(spec: Spec) -> None:
    spec["tables"]["parts"]["schema"]["uniqueKeys"] = [["words"]]


@case("constraint-looser", "1.3.0")
def one_foreign_key_less(spec: Spec) -> None:
    del spec["tables"]["parts"]["schema"]["foreignKeys"]


@case("code-removed", "2.0.0")
def one_code_less(spec: Spec) -> None:
    field(spec, "kind")["constraints"]["enum"].remove("c")
    field(spec, "kind")["categories"].pop()


@case("primary-key-changed", "2.0.0")
def longer_key(spec: Spec) -> None:
    spec["tables"]["parts"]["schema"]["primaryKey"].append("words")


@case("wording-changed", "1.2.4")
def field_described_otherwise(spec: Spec) -> None:
    field(spec, "name")["description"] = "The name it goes by."


@case("wording-changed", "1.2.4")
def code_labelled_otherwise(spec: Spec) -> None:
    field(spec, "kind")["categories"][0]["label"] = "The first"


@case("schema-changed", "1.2.4")
def meaning_given_by_an_address(spec: Spec) -> None:
    field(spec, "name")["rdfType"] = "https://things.example/name"


@case("row-added", "1.3.0")
def one_more_row(spec: Spec) -> None:
    spec["tables"]["things"]["rows"].append(["t-4", "Dial", "1", "c"])


@case("row-added", "1.3.0")
def one_more_row_without_key(spec: Spec) -> None:
    spec["tables"]["log"]["rows"].append(["2031-05-01", "seen"])


@case("row-changed", "1.2.4")
def another_value(spec: Spec) -> None:
    spec["tables"]["things"]["rows"][0][1] = "Small anvil"


@case("row-changed", "1.2.4")
def value_filled_in(spec: Spec) -> None:
    spec["tables"]["things"]["rows"][1][2] = "5"


@case("row-removed", "2.0.0")
def identifier_removed(spec: Spec) -> None:
    spec["tables"]["things"]["rows"].pop(2)


@case("row-removed", "2.0.0")
def row_of_a_longer_key_removed(spec: Spec) -> None:
    spec["tables"]["parts"]["rows"].pop()


@case("detail-removed", "1.2.4")
def row_without_key_removed(spec: Spec) -> None:
    spec["tables"]["log"]["rows"].pop(0)


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


def test_the_table_of_cases_covers_the_policy() -> None:
    assert {kind for kind, *_ in CASES} | {"row-retired", "row-merged"} == set(POLICY)


def test_the_same_package_has_no_changes(tmp_path: Path) -> None:
    found = compared(tmp_path, lambda spec: None)
    assert found.changes == ()
    assert found.meets is True


IDS = [f"t-{number}" for number in range(6)]
ROWS = st.dictionaries(
    st.sampled_from(IDS),
    st.tuples(st.sampled_from(["", "Anvil", "Bell, large"]), st.sampled_from(["", "1", "2"])),
)


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
    values = {
        key: {"name": n or None, "size": int(s) if s else None} for key, (n, s) in old.items()
    }
    for change in compare(*packages).changes:
        row = str(change.row)
        if change.kind == "row-added":
            values[row] = {"name": None, "size": None}
        if change.kind == "row-removed":
            del values[row]
        elif change.kind != "file-rewritten":
            values[row] |= {cell.field: cell.new for cell in change.cells if cell.field != "id"}
    assert values == {
        key: {"name": n or None, "size": int(s) if s else None} for key, (n, s) in new.items()
    }


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
