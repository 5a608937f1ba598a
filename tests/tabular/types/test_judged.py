"""Types and formats of which SQL cannot tell everything: Python judges each distinct text."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.engine import json_schema
from shieldtalks.tabular.types import TYPES, FieldType, type_of
from shieldtalks.tabular.types.duration import Duration
from shieldtalks.tabular.types.object import Object
from shieldtalks.tabular.types.strptime import compiled
from tests.support import MakePackage
from tests.support.cases import CASES
from tests.support.draws import examples

ENGINES = ("sqlite", "duckdb")

#: Version 1 of the standard has no jsonSchema.
V2 = {"$schema": "https://datapackage.org/profiles/2.0/dataresource.json"}


def package_of(
    make_package: MakePackage, fields: list[dict[str, Any]], rows: list[list[str]]
) -> Path:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[field["name"] for field in fields], *rows])
    return make_package(out.getvalue(), fields, **V2)


def found(package: Path, engine: str) -> list[tuple[int, str, str]]:
    findings = validate(package, Options(engine=engine)).findings
    return sorted((one.row or 0, str(one.field), one.rule) for one in findings)


@pytest.mark.parametrize("name", CASES)
def test_values_and_other_texts(name: str, make_package: MakePackage) -> None:
    """Each value once is unique, each further spelling is not; an enum knows every spelling."""
    field, same, bad = CASES[name]
    fields = [
        {"name": "n"},
        {"name": "x", **field, "constraints": {"unique": True}},
        {"name": "y", **field, "constraints": {"enum": [group[-1] for group in same[:1]]}},
    ]
    texts = [(text, place) for place, group in enumerate(same) for text in group]
    rows = [[f"{n}", text, text] for n, (text, _) in enumerate(texts)]
    rows += [[f"b{n}", text, ""] for n, text in enumerate(bad)]
    wanted = [(len(texts) + n, "x", "type") for n in range(1, len(bad) + 1)]
    seen: set[int] = set()
    for row, (_, place) in enumerate(texts, start=1):
        wanted += [(row, "x", "unique")] if place in seen else []
        wanted += [(row, "y", "enum")] if place else []
        seen.add(place)
    package = package_of(make_package, fields, rows)
    for engine in ENGINES:
        said = [one for one in found(package, engine) if one[2] != "blanks"]
        assert said == sorted(wanted), engine


def test_every_type_and_format_that_python_judges_has_a_case() -> None:
    shown = {(case.field["type"], case.field.get("format", "default")) for case in CASES.values()}
    for name, type_ in TYPES.items():
        for form in type_.forms:
            if type_of({"name": "x", "type": name, "format": form}).judge is not None:
                assert (name, form) in shown | {("time", "any"), ("datetime", "any")}


@pytest.mark.parametrize("name", CASES)
def test_a_value_is_written_so_that_it_is_read_again(name: str) -> None:
    type_ = type_of({"name": "x", **CASES[name].field})
    for group in CASES[name].same:
        for text in group:
            assert type_.accepts(text)
            assert type_.equal_value(text) == type_.equal_value(group[0])
            value = text if type_.reader is None else type_.reader(text)
            plain = type_of({"name": "x", "type": type_.name} | _kept(type_))
            again = type_.write(value)
            assert plain.accepts(again), again
            assert len(type_.column_values([value, None])) == 2
    for text in CASES[name].bad:
        assert type_.judge is not None
        assert type_.judge(text) is None
        if type_.reader is not None:
            with pytest.raises(ValueError, match=r"(?s).*"):
                type_.reader(text)


def _kept(type_: FieldType) -> dict[str, Any]:
    """The properties without which the default form of a value is not the same."""
    kept = {"itemType"} | ({"format"} if type_.name in ("geopoint", "geojson") else set())
    return {name: type_.field[name] for name in kept & type_.field.keys()}


@pytest.mark.parametrize("engine", ENGINES)
def test_each_distinct_text_is_judged_once(
    engine: str, make_package: MakePackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Counter[str] = Counter()
    judge = Object.judge.fget  # type: ignore[attr-defined]

    def counting(self: Object) -> Callable[[str], str | None]:
        inner = judge(self)
        return lambda text: (calls.update([text]), inner(text))[1]

    monkeypatch.setattr(Object, "judge", property(counting))
    listed = [{"a": n} for n in range(50)]
    stated = {"enum": listed, "minLength": 1}
    fields = [{"name": "n"}, {"name": "x", "type": "object", "constraints": stated}]
    package = package_of(make_package, fields, [[f"{n}", f'{{"a":{n % 50}}}'] for n in range(2000)])
    assert found(package, engine) == []
    del calls[""]
    assert calls
    assert max(calls.values()) <= 1


ORDERED = [
    "-P1Y",
    "-P1D",
    "PT0S",
    "PT0.1S",
    "P1D",
    "P27D",
    "P1M",
    "P32D",
    "P59D",
    "P2M",
    "P365D",
    "P13M",
]


def test_durations_are_in_the_order_of_xml_schema() -> None:
    exceeds = Duration({"name": "x", "type": "duration"}).exceeds
    for place, text in enumerate(ORDERED):
        for other, limit in enumerate(ORDERED):
            if {text, limit} in ({"P59D", "P2M"}, {"P365D", "P13M"}):
                continue
            assert exceeds(text, "<", limit) is (place < other), (text, limit)
            assert exceeds(text, "<=", limit) is (place <= other), (text, limit)
            assert exceeds(text, ">", limit) is (place > other), (text, limit)
            assert exceeds(text, ">=", limit) is (place >= other), (text, limit)
    for text, limit in (("P1M", "P30D"), ("P1Y", "P365D"), ("P2M", "P59D"), ("P5M", "P150D")):
        assert all(exceeds(text, operator, limit) for operator in ("<", "<=", ">", ">="))


def test_a_limit_without_order_is_a_finding_of_its_own(make_package: MakePackage) -> None:
    field = {"name": "x", "type": "duration", "constraints": {"minimum": "P30D"}}
    package = package_of(make_package, [field], [["P1M"], ["P28D"], ["P30D"], ["P2M"]])
    messages = [one.message for one in validate(package, Options()).findings]
    assert messages == ['"P1M" has no order with P30D', '"P28D" is less than the minimum P30D']


PATTERNS = [
    *(
        "%Y-%m-%d",
        "%d/%m/%y",
        "%d %B %Y",
        "%b %d, %Y",
        "%Y-%j",
        "%A, %d %b %Y",
        "%Y %U %w",
        "%Y %W %a",
    ),
    *(
        "%G-W%V-%u",
        "%H:%M",
        "%I:%M:%S %p",
        "%Y%m%dT%H%M%S.%f",
        "%Y-%m-%d %H:%M:%S%z",
        "%c",
        "%x %X",
        "%%%Y",
    ),
]


@settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)),
    st.sampled_from(PATTERNS),
    st.sampled_from(["", "x", " ", "0"]),
    st.integers(0, 20),
)
def test_patterns_mean_what_python_says(
    moment: datetime, pattern: str, more: str, place: int
) -> None:
    text = moment.strftime(pattern.replace("%z", "+0200"))
    text = text[:place] + more + text[place:]
    read = compiled(pattern).read(text)
    try:
        wanted = datetime.strptime(text, pattern)
    except ValueError:
        assert read is None
        return
    assert read is not None
    assert read.day == wanted.date().isoformat()
    clock = datetime.fromisoformat(f"2000-01-01T{read.clock}").time()
    assert clock == wanted.time()


def test_patterns_of_c_are_short_for_others() -> None:
    for short, long in (
        ("%D", "%m/%d/%y"),
        ("%F", "%Y-%m-%d"),
        ("%Y %h %e", "%Y %b %d"),
        ("%T", "%H:%M:%S"),
    ):
        text = datetime(2008, 11, 5, 10, 30).strftime(long)
        assert compiled(short).read(text) == compiled(long).read(text) is not None
    for wrong in ("YYYY", "%Q", "%Y-%Y", "", "%", "%%"):
        with pytest.raises(ValueError, match=r"(?s).*"):
            compiled(wrong)


@pytest.mark.slow
def test_a_json_schema_that_takes_too_long_is_no_valid_field(
    make_package: MakePackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not checked is never called valid."""
    assert json_schema.MOST_STEPS == 500_000, "a few seconds at most"
    monkeypatch.setattr(json_schema, "MOST_STEPS", 10_000)
    parts: dict[str, Any] = {
        f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(40)
    }
    schema = {"$ref": "#/$defs/a0", "$defs": parts | {"a40": {}}}
    field = {"name": "x", "type": "object", "constraints": {"jsonSchema": schema}}
    package = package_of(make_package, [field], [["{}"]])
    for engine in ENGINES:
        (finding,) = validate(package, Options(engine=engine)).findings
        assert finding.severity.value == "fatal"
        assert "it takes too many steps" in finding.message


def test_a_finding_of_a_json_schema_says_what_is_wrong(make_package: MakePackage) -> None:
    schema = {"properties": {"a": {"items": {"type": "integer"}}}}
    field = {"name": "x", "type": "object", "constraints": {"jsonSchema": schema}}
    package = package_of(make_package, [field], [['{"a": [1, "b"]}'], [json.dumps({"a": [1]})]])
    (finding,) = validate(package, Options()).findings
    assert finding.message.endswith(
        "does not follow the jsonSchema: a[1]: 'b' is not of type 'integer'"
    )


#: JSON Schemas with references that need care, each with a word of the finding for `{"x": "a"}`.
REFERENCES: dict[str, tuple[dict[str, Any], str]] = {
    "in a part with a name of its own": (
        {
            "$id": "https://data.example/whole",
            "$ref": "#/$defs/b",
            "$defs": {
                "b": {
                    "$id": "part",
                    "properties": {"x": {"$ref": "#/$defs/c"}},
                    "$defs": {"c": {"type": "integer"}},
                }
            },
        },
        "x: 'a' is not of type 'integer'",
    ),
    "to a place with too many digits": (
        {"allOf": [{}], "properties": {"x": {"$ref": f"#/allOf/{'9' * 5000}"}}},
        "it refers to #/allOf/999",
    ),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_references_in_a_json_schema(name: str, make_package: MakePackage) -> None:
    schema, said = REFERENCES[name]
    field = {"name": "x", "type": "object", "constraints": {"jsonSchema": schema}}
    package = package_of(make_package, [field], [['{"x": "a"}']])
    (finding,) = validate(package, Options()).findings
    assert said in finding.message
    assert len(finding.message) < 300
