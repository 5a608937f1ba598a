"""Edits of the small package, each with the kind of change that it is and the smallest version allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.packages import Spec, field

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


@case("file-rewritten", "1.2.4")
def rows_without_key_in_another_order(spec: Spec) -> None:
    spec["tables"]["log"]["rows"].reverse()


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
def columns_in_any_order(spec: Spec) -> None:
    spec["tables"]["log"]["schema"]["fieldsMatch"] = ["equal"]


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
    spec["tables"]["log"]["rows"].append(["2031-05-01", "seen", "v"])


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


@case("row-removed", "2.0.0")
def row_without_key_removed(spec: Spec) -> None:
    spec["tables"]["log"]["rows"].pop(1)


@case("row-removed", "2.0.0")
def table_without_key_emptied(spec: Spec) -> None:
    spec["tables"]["log"]["rows"].clear()


@case("row-changed", "1.2.4")
def another_value_without_key(spec: Spec) -> None:
    spec["tables"]["log"]["rows"][3][1] = "seen"


@case("code-removed", "2.0.0")
def one_category_less(spec: Spec) -> None:
    del field(spec, "kind", "log")["categories"][0]


@case("code-added", "1.3.0")
def one_more_category(spec: Spec) -> None:
    field(spec, "kind", "log")["categories"].append("w")


@case("constraint-looser", "1.3.0")
def categories_taken_out(spec: Spec) -> None:
    del field(spec, "kind", "log")["categories"]


@case("wording-changed", "1.2.4")
def category_gets_a_label(spec: Spec) -> None:
    field(spec, "kind", "log")["categories"] = [{"value": "u"}, {"value": "v", "label": "V"}]


@case("wording-changed", "1.2.4")
def categories_in_another_order(spec: Spec) -> None:
    field(spec, "kind", "log")["categories"].reverse()


@case("code-removed", "2.0.0")
def codes_move_from_enum_to_categories(spec: Spec) -> None:
    del field(spec, "kind")["constraints"]["enum"]
    field(spec, "kind")["categories"].pop()


@case("wording-changed", "1.2.4")
def label_of_a_missing_value(spec: Spec) -> None:
    spec["tables"]["log"]["schema"]["missingValues"][1]["label"] = "Refused"


@case("row-changed", "1.2.4")
def another_reason_for_a_missing_value(spec: Spec) -> None:
    spec["tables"]["log"]["rows"][0][1] = "-2"


@case("type-changed", "2.0.0")
def untyped_field_becomes_text(spec: Spec) -> None:
    field(spec, "kind", "log")["type"] = "string"
