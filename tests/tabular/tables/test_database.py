"""A package as a SQLite database: types, keys, checks, indexes, views."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.views import open_record, selects
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import Package, read
from shieldtalks.tabular.package.schema import as_list
from shieldtalks.tabular.tables.database import Views, has_view, open_database
from tests.support import MakePackage

JsonObject = dict[str, Any]


def made_up(folder: Path, tables: dict[str, tuple[JsonObject, str]]) -> Package:
    """A package with these tables: the schema and the text of each."""
    resources = []
    for name, (schema, text) in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8", newline="")
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    descriptor = {"name": "made-up", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return read(folder)


def fields(**types: str | JsonObject) -> JsonObject:
    """A schema with a field for each name: its type, or its type and more."""
    named = {name: {"type": t} if isinstance(t, str) else t for name, t in types.items()}
    return {"fields": [{"name": name} | facts for name, facts in named.items()]}


def test_every_table_has_every_row(root: Path) -> None:
    package = read(root)
    with closing(open_record(package)) as connection:
        for resource in package.resources:
            (many,) = connection.execute(f'SELECT count(*) FROM "{resource.name}"').fetchone()
            assert many > 0 or resource.name == "retired"
            columns = connection.execute(f'PRAGMA table_info("{resource.name}")').fetchall()
            assert [column[1] for column in columns] == resource.field_names


def test_keys_are_real(root: Path) -> None:
    package = read(root)
    with closing(open_record(package)) as connection:
        for resource in package.resources:
            name = resource.name
            info = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
            key = [c[1] for c in sorted(info, key=lambda c: c[5]) if c[5]]
            assert key == resource.primary_key
            found = connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
            wanted = resource.schema.get("foreignKeys") or []
            assert {(entry[3], entry[2]) for entry in found} == {
                (as_list(key["fields"])[0], key["reference"]["resource"] or name) for key in wanted
            }
        ours = "SELECT name FROM pragma_table_list WHERE type='table' AND NOT strict"
        assert {name for (name,) in connection.execute(ours)} <= {
            "sqlite_schema",
            "sqlite_temp_schema",
        }


def test_every_foreign_key_is_indexed(root: Path) -> None:
    with closing(open_record(read(root))) as connection:
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            firsts = {
                connection.execute(f'PRAGMA index_info("{index[1]}")').fetchone()[2]
                for index in connection.execute(f'PRAGMA index_list("{table}")').fetchall()
            }
            for key in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
                assert key[3] in firsts, f"{table}.{key[3]}"


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE responses SET move = 'refuse'", "CHECK"),
        ("UPDATE responses SET proposal_id = 'prp-9999'", "FOREIGN KEY"),
        ("UPDATE responses SET proposal_id = NULL", "NOT NULL"),
        ("UPDATE responses SET response_id = 'rsp-0001'", "UNIQUE"),
        ("UPDATE evidence SET length = 'long'", "cannot store TEXT"),
        ("UPDATE evidence SET start = -1", "CHECK"),
        ("UPDATE proposals SET label = printf('%.*c', 200, 'x')", "CHECK"),
        ("UPDATE actors SET country = 'usa'", "CHECK"),
    ],
)
def test_the_database_guards_itself(statement: str, why: str, root: Path) -> None:
    with closing(open_record(read(root))) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match=why):
            connection.execute(statement)


def test_values_have_their_types(tmp_path: Path) -> None:
    schema = fields(i="integer", y="year", n="number", b="boolean", s="string", d="date")
    schema["missingValues"] = ["", "-"]
    text = "i,y,n,b,s,d\n007,2008,1.50,true,010,2008-11-05\n-,-,-,-,-,-\n+5,-0044,INF,0,true,\n"
    with closing(open_record(made_up(tmp_path, {"t": (schema, text)}))) as connection:
        rows = connection.execute("SELECT * FROM t ORDER BY rowid").fetchall()
    assert rows == [
        (7, 2008, 1.5, 1, "010", "2008-11-05"),
        (None,) * 6,
        (5, -44, float("inf"), 0, "true", None),
    ]


def test_rows_keep_their_order(tmp_path: Path) -> None:
    schema = fields(i="integer") | {"primaryKey": "i"}
    with closing(open_record(made_up(tmp_path, {"t": (schema, "i\n3\n1\n2\n")}))) as connection:
        assert connection.execute("SELECT i FROM t").fetchall() == [(3,), (1,), (2,)]
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            connection.execute("INSERT INTO t VALUES (3)")


@pytest.mark.parametrize(
    "schema",
    [
        fields(i={"type": "integer", "constraints": {"minimum": "few"}}),
        fields(i={"type": "integer", "constraints": {"enum": 1}}),
        fields(i={"type": "string", "constraints": {"minLength": None}}),
    ],
)
def test_a_schema_that_makes_no_sense(schema: JsonObject, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="has faults"):
        open_record(made_up(tmp_path, {"t": (schema, "i\n1\n")}))


def test_checks_by_type(tmp_path: Path) -> None:
    schema = fields(
        i={"type": "integer", "constraints": {"enum": ["1", "2"], "minimum": 0.5}},
        n={"type": "number", "constraints": {"exclusiveMaximum": 2.5}},
        d={"type": "date", "constraints": {"minimum": "2008-01-01"}},
        b={"type": "boolean", "constraints": {"enum": [True]}},
    )
    package = made_up(tmp_path, {"t": (schema, "i,n,d,b\n1,2.4,2008-01-01,true\n")})
    with closing(open_record(package)) as connection:
        for bad in ("i = 3", "n = 2.5", "d = '2007-12-31'", "b = 0"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(f"UPDATE t SET {bad}")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("i\nx\n", "cannot store TEXT"),
        ("i\n99999999999999999999\n", "cannot store"),
        ("i\n1,2\n", "more or fewer cells"),
    ],
)
def test_what_does_not_fit_is_refused(text: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match=why):
        open_record(made_up(tmp_path, {"t": (fields(i="integer"), text)}))


def test_a_name_that_sqlite_keeps_for_itself(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="cannot hold the table"):
        open_record(made_up(tmp_path, {"sqlite_t": (fields(i="integer"), "i\n1\n")}))


def test_an_index_takes_no_name_of_a_table(tmp_path: Path) -> None:
    child = fields(a="string")
    child["foreignKeys"] = [{"fields": "a", "reference": {"resource": "parent", "fields": "b"}}]
    tables = {
        "parent": (fields(b="string") | {"primaryKey": "b"}, "b\nx\n"),
        "child": (child, "a\nx\n"),
        "Child_by_a": (fields(c="string"), "c\ny\n"),
    }
    with closing(open_record(made_up(tmp_path, tables))) as connection:
        assert connection.execute("SELECT c FROM child_by_a").fetchall() == [("y",)]


def test_a_key_to_what_is_no_key_is_left_out(tmp_path: Path) -> None:
    child = fields(a="string")
    child["foreignKeys"] = [{"fields": "a", "reference": {"resource": "parent", "fields": "b"}}]
    tables = {"parent": (fields(b="string"), "b\nx\nx\n"), "child": (child, "a\nx\n")}
    with closing(open_record(made_up(tmp_path, tables))) as connection:
        assert connection.execute("PRAGMA foreign_key_list(child)").fetchall() == []


def test_every_view_of_a_record_reads(root: Path) -> None:
    with closing(open_record(read(root))) as connection:
        for name in selects():
            assert connection.execute(f"SELECT * FROM {name}").fetchone(), name


BROKEN = {
    "column": "SELECT id FROM t WHERE unknown = 1",
    "table": "SELECT id FROM t WHERE id IN (SELECT id FROM nowhere)",
    "function": "SELECT unknown(id) FROM t",
    "order": "SELECT id FROM t ORDER BY unknown",
    "inner": "SELECT id FROM (SELECT id FROM t WHERE EXISTS (SELECT 1 FROM t AS u WHERE u.unknown))",
}


@pytest.mark.parametrize("select", BROKEN.values(), ids=BROKEN)
def test_a_view_that_does_not_work_is_left_out_with_those_that_read_it(
    select: str, make_package: MakePackage
) -> None:
    package = read(make_package("id\n1\n", [{"name": "id"}], name="t"))
    views = {"good": "SELECT id FROM t", "bad": select, "worse": "SELECT id FROM bad"}
    with closing(
        open_database(package, views=Views({**views, "last": "SELECT * FROM good"}))
    ) as found:
        assert [name for name in (*views, "last") if has_view(found, name)] == ["good", "last"]


def test_views_are_told_apart_by_their_comments() -> None:
    for name, select in selects().items():
        assert select.startswith("-- "), name


def test_other_packages_get_no_view_and_no_clock(tmp_path: Path) -> None:
    tables = {"claims": (fields(a="string"), "a\nx\n"), "events": (fields(b="string"), "b\nx\n")}
    with closing(open_record(made_up(tmp_path, tables))) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert names == {"claims", "events", "_package"}


def test_a_table_named_like_a_view_is_left_alone(tmp_path: Path) -> None:
    tables = {"Ledger": (fields(a="string"), "a\nx\n")}
    with closing(open_record(made_up(tmp_path, tables))) as connection:
        assert connection.execute("SELECT a FROM ledger").fetchall() == [("x",)]


def test_the_descriptor_is_inside_with_its_schemas(root: Path) -> None:
    package = read(root)
    with closing(open_record(package)) as connection:
        name, version, text = connection.execute("SELECT * FROM _package").fetchone()
    assert (name, version) == (package.name, package.version)
    descriptor = json.loads(text)
    assert [entry["schema"] for entry in descriptor["resources"]] == [
        resource.schema for resource in package.resources
    ]
