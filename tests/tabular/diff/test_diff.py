"""What changed between two packages, and the smallest version bump that the policy allows for it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shieldtalks.tabular.diff import Difference, compare, markdown
from shieldtalks.tabular.diff.change import POLICY, Level, Version
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import archive as archives
from shieldtalks.tabular.package import read
from tests.support import Run
from tests.support.packages import SMALL, Spec, field, pack, small, write

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


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """The small package, and one with changes of several kinds."""
    spec = small()
    spec["descriptor"]["version"] = "1.3.0"
    another_value(spec)
    one_more_row(spec)
    row_without_key_removed(spec)
    field(spec, "size")["constraints"]["maximum"] = 10
    another_title(spec)
    return write(tmp_path / "old", SMALL), write(tmp_path / "new", spec)


def test_text_says_each_change_with_its_bump_and_why(run: Run, pair: tuple[Path, Path]) -> None:
    assert run("diff", *pair, code=0).stdout.splitlines() == [
        "PATCH package: title is changed (metadata is fixed)",
        '        title: "Small things" -> "Little things"',
        "MINOR things.size: maximum is now 10, was 9 (a constraint is loosened)",
        "PATCH things: t-1 is changed in name (a wrong value is fixed)",
        '        name: "Anvil" -> "Small anvil"',
        "MINOR things: t-4 is added (rows are added)",
        "PATCH log: 2031-05-01/seen is removed (a row without its own identifier is removed)",
        "5 changes; smallest bump allowed: MINOR; 1.3.0 after 1.2.3 is enough",
    ]


def test_markdown_is_for_a_changelog(run: Run, pair: tuple[Path, Path]) -> None:
    assert run("diff", *pair, "--format", "markdown", code=0).stdout.splitlines() == [
        "### Contract and metadata",
        "",
        "- PATCH: `package` title is changed",
        '  - `title`: from `"Small things"` to `"Little things"`',
        "- MINOR: `things.size` maximum is now 10, was 9",
        "",
        "### Rows",
        "",
        "- PATCH: `things`: t-1 is changed in name",
        '  - `name`: from `"Anvil"` to `"Small anvil"`',
        "- MINOR: `things`: t-4 is added",
        "- PATCH: `log`: 2031-05-01/seen is removed",
        "",
        "5 changes; smallest bump allowed: MINOR; 1.3.0 after 1.2.3 is enough.",
    ]


def test_json_follows_its_schema(run: Run, pair: tuple[Path, Path], root: Path) -> None:
    document = json.loads(run("diff", *pair, "--format", "json", code=0).stdout)
    schema = json.loads((root / "schemas" / "diff.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    assert document["bump"] == "minor"
    assert (document["smallest"], document["meets"]) == ("1.3.0", True)
    changed = next(c for c in document["changes"] if c["kind"] == "row-changed")
    assert changed["cells"] == [{"field": "name", "old": "Anvil", "new": "Small anvil"}]
    looser = next(c for c in document["changes"] if c["kind"] == "constraint-looser")
    assert looser["cells"] == [{"field": "maximum", "old": 9, "new": 10}]
    removed = next(c for c in document["changes"] if c["kind"] == "detail-removed")
    assert removed["cells"][0] == {"field": "day", "old": "2031-05-01", "new": None}
    added = next(c for c in document["changes"] if c["kind"] == "row-added")
    assert {cell["field"]: cell["new"] for cell in added["cells"]}["size"] == 1


def test_many_rows_are_told_in_one_line(run: Run, tmp_path: Path) -> None:
    spec = small()
    field(spec, "id")["constraints"]["pattern"] = "t-[0-9]+"
    old = write(tmp_path / "old", spec)
    spec["tables"]["things"]["rows"] += [[f"t-{n}", "", "", ""] for n in range(10, 40)]
    shown = run("diff", old, write(tmp_path / "new", spec)).stdout
    assert "MINOR things: 30 rows are added: t-10, t-11, " in shown
    assert "t-29 and 10 more (rows are added)" in shown


def test_markdown_names_every_row_that_is_gone_and_some_that_are_new(tmp_path: Path) -> None:
    spec = small()
    spec["tables"]["things"]["rows"] = [[f"t-{n}", "", "", ""] for n in range(10, 40)]
    fewer, more = write(tmp_path / "fewer", SMALL), write(tmp_path / "more", spec)
    gone = "\n".join(markdown.lines(compare(read(more), read(fewer))))
    assert all(f"t-{n}" in gone for n in range(10, 40))
    new = "\n".join(markdown.lines(compare(read(fewer), read(more))))
    assert "t-29 and 10 more" in new


def test_another_field_at_the_place_of_one_is_no_new_name(tmp_path: Path) -> None:
    def edit(spec: Spec) -> None:
        field(spec, "size").update(name="weight", constraints={"minimum": 1})

    kinds = {change.kind for change in compared(tmp_path, edit).changes}
    assert kinds == {"field-added", "field-removed"}


def test_long_values_are_shown_where_they_differ(run: Run, tmp_path: Path) -> None:
    spec = small()
    del field(spec, "name")["constraints"]["maxLength"]
    spec["tables"]["things"]["rows"][0][1] = "the same words " * 20 + "then one, and more" * 9
    old = write(tmp_path / "old", spec)
    row = spec["tables"]["things"]["rows"][0]
    row[1] = row[1].replace("then one", "then two", 1)
    shown = run("diff", old, write(tmp_path / "new", spec)).stdout
    (line,) = [line for line in shown.splitlines() if " -> " in line]
    before, after = line.removeprefix("        name: ").split(" -> ")
    assert "then one" in before
    assert "then two" in after
    assert before.startswith("…")
    assert after.endswith("…")
    assert len(line) < 200


def test_markdown_makes_marks_harmless(run: Run, tmp_path: Path) -> None:
    spec = small()
    spec["tables"]["things"]["rows"][0][1] = "a `tick` *x*"
    new = write(tmp_path / "new", spec)
    shown = run("diff", write(tmp_path / "old", SMALL), new, "--format", "markdown").stdout
    assert '`` "a `tick` *x*" ``' in shown


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_nothing_of_a_package_steers_a_terminal(form: str, run: Run, tmp_path: Path) -> None:
    spec = small()
    spec["descriptor"] |= {"version": "\x9b2J", "title": "\x9b31m"}
    new = write(tmp_path / "new", spec)
    shown = run("diff", write(tmp_path / "old", SMALL), new, "--format", form)
    assert "\x9b" not in shown.stdout + shown.stderr
    assert "\\x9b31m" in shown.stdout
    assert "\\x9b2J" in shown.stderr


def test_exit_code_is_asked_for(run: Run, pair: tuple[Path, Path]) -> None:
    run("diff", *pair, code=0)
    run("diff", *pair, "--exit-code", code=1)
    run("diff", pair[0], pair[0], "--exit-code", code=0)


def test_left_out_the_new_one_is_the_package_here(
    run: Run, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pair[1])
    assert "5 changes" in run("diff", pair[0], code=0).stdout


@pytest.mark.parametrize(
    ("name", "top"), [("old.zip", ""), ("old.zip", "small-1.2.3/"), ("old.whl", "small/")]
)
def test_reads_zips_and_wheels(
    name: str, top: str, run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    archive = pack(pair[0], tmp_path / name, top)
    shown = run("diff", pair[0], pair[1]).stdout
    assert run("diff", archive, pair[1], code=0).stdout == shown


def test_an_exported_zip_is_the_package(run: Run, root: Path, tmp_path: Path) -> None:
    run("export", "csv", root, "-o", tmp_path / "data.zip", code=0)
    assert run("diff", tmp_path / "data.zip", root, code=0).stdout.startswith("no changes")


def one_line(result: Result) -> str:
    """The refusal, below what is being compared."""
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert result.stderr.splitlines()[-1] == line
    assert result.stdout == ""
    return line


def test_a_wheel_without_data_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "code.whl", "w") as wheel:
        wheel.writestr("code/__init__.py", "")
    result = run("diff", tmp_path / "code.whl", code=2)
    assert "contains no datapackage.json" in one_line(result)


def test_packages_without_a_name_are_compared(run: Run, tmp_path: Path) -> None:
    spec = small()
    del spec["descriptor"]["name"]
    old, new = write(tmp_path / "old", spec), write(tmp_path / "new", spec)
    archive = pack(new, tmp_path / "new.zip")
    assert run("diff", old, archive, code=0).stdout.startswith("no changes")


def test_unrelated_packages_are_refused_in_one_line(run: Run, root: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", SMALL)
    assert "are unrelated packages" in one_line(run("diff", other, root, code=2))


def test_another_package_of_the_same_tables_is_unrelated_too(
    run: Run, root: Path, package: Path
) -> None:
    file = package / "datapackage.json"
    text = file.read_text("utf-8").replace('"name": "shieldtalks"', '"name": "other"')
    file.write_text(text.replace('"id": "urn:shieldtalks:data"', '"id": "urn:other:data"'))
    assert "are unrelated packages" in one_line(run("diff", package, root, code=2))


@pytest.mark.parametrize("side", [0, 1])
def test_a_package_that_does_not_validate_is_refused_in_one_line(
    side: int, run: Run, pair: tuple[Path, Path]
) -> None:
    (pair[side] / "things.csv").write_text("id,name,size,kind\nt-1,Anvil,big,a\n", "utf-8")
    line = one_line(run("diff", *pair, code=2))
    assert f"{pair[side]} is not valid, so it cannot be compared" in line
    assert "things.csv:2: type" in line


def test_an_old_package_is_not_held_to_rules_newer_than_it(
    run: Run, package: Path, root: Path
) -> None:
    references = package / "data" / "references.csv"
    with references.open("a", encoding="utf-8") as file:
        file.write("ref-9999,Never used.,,low\n")
    run("fmt", package, code=0)
    assert "unused" in run("validate", package, code=1).stdout
    assert "ref-9999 is removed" in run("diff", package, root, code=0).stdout
    assert "is not valid, so it cannot be compared" in one_line(run("diff", root, package, code=2))


def test_an_archive_of_two_packages_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a/datapackage.json", "{}")
        archive.writestr("b/datapackage.json", "{}")
    assert "contains 2 data packages" in one_line(run("diff", tmp_path / "two.zip", code=2))


def test_the_descriptor_of_an_archive_is_read_strictly(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr("datapackage.json", '{"name": "a", "name": "b"}')
    result = run("diff", tmp_path / "odd.zip", code=2)
    assert 'odd.zip/datapackage.json: the file has the key "name" twice' in result.stderr


def test_what_is_no_archive_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "not.zip").write_bytes(b"PK\x03\x04 and then nothing")
    assert "is not a zip archive" in one_line(run("diff", tmp_path / "not.zip", code=2))


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_in_a_rare_way_is_refused_in_one_line(
    packed: int, run: Run, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "rare.zip", "w", packed) as archive:
        archive.writestr("datapackage.json", "{}")
    assert "compression method is not supported" in one_line(
        run("diff", tmp_path / "rare.zip", code=2)
    )


def test_an_archive_that_is_not_there_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    assert "does not exist" in one_line(run("diff", tmp_path / "none.zip", code=2))


def test_a_name_in_an_archive_may_start_with_a_dot(run: Run, pair: tuple[Path, Path]) -> None:
    archive = pack(pair[0], pair[0].parent / "dot.zip", "./")
    assert run("diff", archive, pair[0], code=0).stdout.startswith("no changes")


def test_links_in_an_archive_are_not_followed(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    (pair[0] / "things.csv").unlink()
    archive = pack(pair[0], tmp_path / "link.zip")
    link = zipfile.ZipInfo("things.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(archive, "a") as made:
        made.writestr(link, str(pair[1] / "things.csv"))
    assert "is not valid, so it cannot be compared" in one_line(
        run("diff", archive, pair[1], code=2)
    )


@given(damage=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_archive_is_refused_or_read(
    damage: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    archive = pack(write(folder / "small", SMALL), folder / "small.zip")
    data = bytearray(archive.read_bytes())
    for place, byte in damage:
        data[place % len(data)] = byte
    archive.write_bytes(data)
    with suppress(CannotRun), archives.opened(archive) as package:
        assert package.resources


def test_no_file_of_an_archive_lands_outside(
    run: Run, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    descriptor = json.loads((pair[0] / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["path"] = "../escaped.csv"
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr("datapackage.json", json.dumps(descriptor))
        archive.writestr("../escaped.csv", "id\n")
    assert "is not valid, so it cannot be compared" in one_line(
        run("diff", tmp_path / "odd.zip", pair[1], code=2)
    )
    assert list(tmp_path.rglob("escaped.csv")) == []


def test_only_what_the_descriptor_names_is_unpacked(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    (pair[0] / "large.bin").write_bytes(b"x" * 1000)
    with archives.opened(pack(pair[0], tmp_path / "old.zip")) as package:
        names = sorted(file.name for file in package.root.iterdir())
    assert names == ["datapackage.json", "log.csv", "parts.csv", "things.csv"]
    assert not package.root.exists()


def test_an_archive_that_unpacks_to_too_much_is_refused(
    run: Run, pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST", 2**20)
    (pair[0] / "log.csv").write_bytes(b"day,what\n" + b"2031-05-01,\n" * 400_000)
    archive = pack(pair[0], tmp_path / "old.zip")
    assert "larger than 1 MiB" in one_line(run("diff", archive, pair[1], code=2))
