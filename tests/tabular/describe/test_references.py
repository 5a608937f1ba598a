"""Foreign keys: inclusion in a key, and a reason for it."""

from __future__ import annotations

from typing import Any

import pytest

from shieldtalks.tabular.describe import Description
from tests.support.bare import Describe, faults, field, said, table, text


def links(found: Description, name: str) -> dict[str, str]:
    """What each field of a table refers to."""
    keys = table(found, name)["schema"].get("foreignKeys", [])
    return {
        key["fields"][0]: f"{key['reference']['resource']}.{key['reference']['fields'][0]}"
        for key in keys
    }


def numbered(name: str, count: int, *more: str) -> str:
    return text(
        [[name, *more], *[[i, *(f"{i * 31 % 97} m" for _ in more)] for i in range(1, count + 1)]]
    )


def test_small_numbers_need_a_name(described: Describe) -> None:
    rows = [[i, i % 9 + 1, i % 4 + 1, i % 5 + 1] for i in range(1, 40)]
    orders = text([["id", "customer_id", "quantity", "other_id"], *rows])
    found = described(
        customers=numbered("id", 20, "size"), orders=orders, tracks=numbered("id", 30)
    )
    assert links(found, "orders") == {"customer_id": "customers.id"}
    assert "other_id" in said(found, "foreignKeys")


@pytest.mark.parametrize(
    ("column", "is_link"),
    [
        ("harbour_id", True),
        ("harbour", True),
        ("home_harbour_id", True),
        ("HarbourID", True),
        ("harbour_no", True),
        ("size", False),
        ("id_of_something", False),
    ],
)
def test_names_hint_at_a_reference(column: str, is_link: bool, described: Describe) -> None:
    ships = text([["ship", column], *[[f"s{i}", i % 9 + 1] for i in range(40)]])
    found = described(harbours=numbered("id", 20, "size"), ships=ships)
    assert links(found, "ships") == ({column: "harbours.id"} if is_link else {})


def test_a_form_of_its_own_needs_no_name(described: Describe) -> None:
    people = text([["person_id", "n"], *[[f"per-{i:02d}", i % 3] for i in range(20)]])
    boats = text(
        [["boat_id", "steered_by"], *[[f"bot-{i:02d}", f"per-{i % 3:02d}"] for i in range(20)]]
    )
    assert links(described(people=people, boats=boats), "boats") == {
        "steered_by": "people.person_id"
    }


def test_a_table_of_mixed_identifiers_is_no_goal(described: Describe) -> None:
    people = text([["person_id", "n"], *[[f"per-{i:02d}", i % 3] for i in range(20)]])
    boats = text([["boat_id", "n"], *[[f"bot-{i:02d}", i % 3] for i in range(20)]])
    ids = [*[f"per-{i:02d}" for i in range(20)], *[f"bot-{i:02d}" for i in range(20)]]
    checked = text([["record_id", "by"], *[[one, "x"] for one in ids]])
    found = described(people=people, boats=boats, checked=checked)
    assert [links(found, name) for name in ("people", "boats", "checked")] == [{}, {}, {}]


@pytest.mark.parametrize("column", ["parent_id", "manager", "previous_id"])
def test_a_table_that_refers_to_itself(column: str, described: Describe) -> None:
    rows = [[i, "" if i == 1 else i // 2, "x"] for i in range(1, 40)]
    found = described(people=text([["id", column, "n"], *rows]))
    assert links(found, "people") == {column: ".id"}


def test_texts_that_nobody_counts_up(described: Describe) -> None:
    names = [
        "Elbe",
        "Oder",
        "Weser",
        "Rhein",
        "Main",
        "Neckar",
        "Spree",
        "Havel",
        "Isar",
        "Lech",
        "Inn",
        "Ilz",
    ]
    rivers = text([["name", "n"], *[[name, i % 3] for i, name in enumerate(names)]])
    ports = text([["port_id", "lies_on"], *[[f"prt-{i:02d}", names[i % 10]] for i in range(40)]])
    assert links(described(rivers=rivers, ports=ports), "ports") == {"lies_on": "rivers.name"}


def test_values_that_are_not_in_the_key_are_said(described: Describe) -> None:
    rows = [[i, i % 9 + 1 if i else 77] for i in range(40)]
    found = described(customers=numbered("id", 20), orders=text([["nr", "customer_id"], *rows]))
    assert links(found, "orders") == {}
    assert '1 of 10 different values are not in "id" of customers' in said(found)


def test_a_mark_that_is_in_no_key_means_missing(described: Describe) -> None:
    people = text([["person_id", "n"], *[[f"per-{i:02d}", i % 3] for i in range(20)]])
    rows = [[f"bot-{i:02d}", f"per-{i % 3:02d}" if i % 4 else "n/a"] for i in range(20)]
    found = described(people=people, boats=text([["boat_id", "person_id"], *rows]))
    assert links(found, "boats") == {"person_id": "people.person_id"}
    assert field(found, "person_id", "boats")["missingValues"] == ["", "n/a"]
    assert field(found, "person_id", "boats")["constraints"] == {"pattern": "per-[0-9]{2}"}


def test_two_tables_with_the_same_key(described: Describe) -> None:
    """Which of the two lists the things is shown by its name, or it is left open."""
    ids = [[f"per-{i:02d}", i % 3] for i in range(20)]
    found = described(
        people=text([["person_id", "n"], *ids]), sizes=text([["person_id", "m"], *ids])
    )
    assert links(found, "people") == {}
    one = described(persons=text([["person_id", "n"], *ids]))
    assert links(one, "persons") == {}
    assert links(one, "sizes") == {"person_id": "persons.person_id"} or said(one, "foreignKeys")


def test_no_reference_between_tables_that_count_from_one(described: Describe) -> None:
    files: dict[str, Any] = {
        name: numbered("id", n, "size", "age") for n, name in enumerate("abcdef", 30)
    }
    found = described(**files)
    assert all(links(found, name) == {} for name in files)


def test_a_reference_of_several_columns(described: Describe) -> None:
    lines = [[o, n, f"thing {o * n % 7}"] for o in range(1, 20) for n in range(1, 5)]
    back = [[f"ret-{i:02d}", i % 19 + 1, i % 4 + 1, "x"] for i in range(30)]
    files = {
        "order_lines": text([["order", "line", "thing"], *lines]),
        "returns": text([["return_id", "order", "line", "why"], *back]),
    }
    found = described(**files)
    assert table(found, "returns")["schema"]["foreignKeys"] == [
        {
            "fields": ["order", "line"],
            "reference": {"resource": "order_lines", "fields": ["order", "line"]},
        }
    ]
    assert faults(found) == []
    files["returns"] += "ret-99,77,1,x\n"
    assert "foreignKeys" not in table(described(**files), "returns")["schema"]


def test_years_of_two_statistics_are_no_reference(described: Describe) -> None:
    rows = [[f"P{p}", 2000 + y, p * y % 7] for p in range(8) for y in range(8)]
    more = [[code, year, part, value] for code, year, value in rows for part in "ab"]
    found = described(
        total=text([["code", "year", "n"], *rows]),
        parts=text([["code", "year", "part", "n"], *more]),
    )
    assert all("foreignKeys" not in table(found, name)["schema"] for name in ("total", "parts"))


def test_a_key_that_lacks_most_values_is_not_named(described: Describe) -> None:
    for missing, said_so in ((30, "30 of 300 different values"), (3000, "")):
        rows = [[i, f"c-{i % 270 if i < 270 else i * 50:06d}"] for i in range(270 + missing)]
        customers = text([["id", "n"], *[[f"c-{i:06d}", i * 7 % 5] for i in range(270)]])
        orders = text([["nr", "customer_id"], *rows])
        found = said(described(customers=customers, orders=orders), "foreignKeys")
        assert said_so in found if said_so else "different values are not in" not in found


def test_days_refer_to_each_other_only_if_they_are_keys(described: Describe) -> None:
    days = [f"202001{day:02d}" for day in range(1, 29)]
    sales = [[f"sal-{n}", days[n % 28], days[n % 9]] for n in range(60)]
    found = described(
        days=text([["date_key", "holiday"], *[[day, "no"] for day in days]]),
        sales=text([["sale", "date_key", "date"], *sales]),
    )
    assert links(found, "sales") == {"date_key": "days.date_key"}
    assert faults(found) == []


def test_sparse_numbers_without_a_name_are_said(described: Describe) -> None:
    clients = text([["nr", "town"], *[[10_000 + n * n * 7, f"T{n % 5}"] for n in range(40)]])
    orders = [[f"ord-{n}", 10_000 + (n % 20) ** 2 * 7, n % 20] for n in range(80)]
    found = described(clients=clients, orders=text([["order", "buyer", "n"], *orders]))
    assert links(found, "orders") == {}
    assert 'buyer: all 20 different values are in "nr" of clients' in said(found, "foreignKeys")


def test_a_number_in_the_key_of_its_own_table_is_not_said(described: Describe) -> None:
    rows = [[n, (n * 7) % 40 + 1] for n in range(1, 41)]
    assert said(described(things=text([["id", "other_id"], *rows])), "foreignKeys") == ""


def test_a_key_that_others_have_in_part_is_not_said(described: Describe) -> None:
    areas = text([["area_id", "area"], *[[f"{n:05d}", f"A {n}"] for n in range(500, 553)]])
    staff = text([["area_id", "person"], *[[f"{n:05d}", f"P {n % 9}"] for n in range(500, 549)]])
    found = described(areas=areas, area_staff=staff)
    assert links(found, "area_staff") == {"area_id": "areas.area_id"}
    assert said(found, "foreignKeys") == ""


def test_a_table_of_days_with_a_key_of_digits(described: Describe) -> None:
    days = text([["DATE_SK", "DAY"], *[[20210100 + n, f"2021-01-{n:02d}"] for n in range(1, 29)]])
    sales = text([["SALE_ID", "DATE_SK"], *[[n, 20210101 + n % 28] for n in range(90)]])
    found = described(D_DATE=days, F_SALES=sales)
    assert links(found, "f_sales") == {"DATE_SK": "d_date.DATE_SK"}
    assert faults(found) == []


def test_of_many_tables_to_which_a_column_may_refer_a_few_are_named(described: Describe) -> None:
    rows = [[f"{n * 7919 % 99991:05d}", n % 3] for n in range(1, 30)]
    files = {f"t{number}": text([["customer_code", "n"], *rows]) for number in range(6)}
    found = described(**files)
    assert '"customer_code" of t3 and 2 more; nothing shows' in said(found, "foreignKeys")
