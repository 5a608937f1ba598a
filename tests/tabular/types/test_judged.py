"""Types and formats of which SQL cannot tell everything: Python judges each distinct text."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.types import TYPES, FieldType, type_of
from shieldtalks.tabular.types.duration import Duration
from shieldtalks.tabular.types.object import Object
from shieldtalks.tabular.types.strptime import compiled
from tests.support import MakePackage

ENGINES = ("sqlite", "duckdb")


class Case(NamedTuple):
    """A field without its name, groups of texts that are one value each, and texts that are none."""

    field: dict[str, Any]
    same: list[list[str]]
    bad: list[str]


POINT = '{"type": "Point", "coordinates": [1, 2]}'
TOPOLOGY = '{"type": "Topology", "objects": {}, "arcs": [], "note": %s}'
CASES: dict[str, Case] = {
    "duration": Case(
        {"type": "duration"},
        [
            ["P1Y", "P12M", "P0Y12M", "P1YT0S"],
            ["P1D", "PT24H", "PT1440M", "PT86400S", "PT86400.000S"],
            ["P1M"],
            ["P30D"],
            ["P0D", "-P0D", "PT0S", "P0Y"],
            ["-P1D", "-PT24H"],
            ["PT0.1S", "PT0.10S"],
            ["PT0." + "0" * 999 + "1S"],
            ["P999999999999999Y"],
        ],
        [
            "P",
            "PT",
            "P1DT",
            "1D",
            "P1S",
            "PT1D",
            "P-1D",
            "+P1D",
            "p1d",
            "P1W",
            "P1.5D",
            "P1D ",
            "P1M1Y",
        ],
    ),
    "object": Case(
        {"type": "object"},
        [
            [
                '{"a": 1, "b": [true, null]}',
                '{"b":[true,null],"a":1.0}',
                '{ "a" : 10e-1, "b":[true,null]}',
            ],
            ['{"a": "1"}', '{"\\u0061": "1"}'],
            ["{}", " {} "],
            ['{"a": 9007199254740993}'],
            ['{"a": 9007199254740992}'],
            ['{"a": true}'],
            ['{"a": [1]}'],
            ['{"a": {"0": 1}}'],
            ['{"a": "%s"}' % ("x" * 500)],
        ],
        [
            "[]",
            "1",
            "null",
            '"a"',
            "{",
            '{"a": NaN}',
            '{"a": 1, "a": 2}',
            "{'a': 1}",
            '{"a": "\\ud800"}',
            '{"a": ' * 101 + "1" + "}" * 101,
        ],
    ),
    "array": Case(
        {"type": "array"},
        [
            ["[1, 2]", "[1.0,2]"],
            ["[2, 1]"],
            ["[]"],
            ['["1", 2]'],
            ['[{"a": 1, "b": 2}]', '[{"b":2,"a":1}]'],
        ],
        ["{}", "1", "1,2", "[1", "[1,]", "[NaN]"],
    ),
    "list": Case(
        {"type": "list", "itemType": "number", "delimiter": "; "},
        [["1; 2", "+1; 2.0"], ["2; 1"], ["1"], ["INF; nan", "inf; NaN"]],
        ["1;2", "1; ", "; 1", "a", "1, 2"],
    ),
    "list of texts": Case({"type": "list"}, [["a,b"], ["b,a"], ["a"], ["a,"], [","], ["a, b"]], []),
    "geopoint": Case(
        {"type": "geopoint"},
        [["1, 2", "1,2", "1.0,2e0"], ["2,1"], ["-180, -90"], ["0,0", "-0,0"]],
        [
            "1;2",
            "1",
            "1,2,3",
            "181,0",
            "0,-90.01",
            "1,  2",
            " 1,2",
            "1 ,2",
            "a,b",
            "[1, 2]",
            "NaN,1",
            "1,",
        ],
    ),
    "geopoint array": Case(
        {"type": "geopoint", "format": "array"},
        [["[1, 2]", "[1.0,2]"], ["[2, 1]"]],
        ["1, 2", "[1]", "[1, 2, 3]", '["1", 2]', "[true, 1]", "[181, 0]", "{}", "[1, null]"],
    ),
    "geopoint object": Case(
        {"type": "geopoint", "format": "object"},
        [['{"lon": 1, "lat": 2}', '{"lat":2.0,"lon":1}'], ['{"lon": 2, "lat": 1}']],
        [
            "{}",
            '{"lon": 1}',
            '{"lon": 1, "lat": 2, "a": 3}',
            '{"lon": "1", "lat": 2}',
            '{"lon": 0, "lat": 91}',
        ],
    ),
    "geojson": Case(
        {"type": "geojson"},
        [
            [POINT, '{"coordinates":[1.0,2],"type":"Point"}'],
            ['{"type": "MultiPoint", "coordinates": [[1, 2]]}'],
            ['{"type": "LineString", "coordinates": [[1, 2], [3, 4, 5]]}'],
            ['{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}'],
            ['{"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]}'],
            [f'{{"type": "GeometryCollection", "geometries": [{POINT}]}}'],
            [
                f'{{"type": "Feature", "geometry": {POINT}, "properties": {{"a": 1}}, "bbox": [1, 2, 1, 2]}}'
            ],
            ['{"type": "FeatureCollection", "features": []}'],
            ['{"type": "Polygon", "coordinates": []}'],
        ],
        [
            *("[]", "{}", '{"type": "Dot"}', '{"type": ["Point"], "coordinates": [1, 2]}'),
            *(
                '{"type": "Point", "coordinates": [1]}',
                '{"type": "Point", "coordinates": ["1", 2]}',
            ),
            *('{"type": "Point"}', '{"type": "LineString", "coordinates": [[1, 2]]}'),
            '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}',
            '{"type": "Feature", "geometry": null}',
            f'{{"type": "FeatureCollection", "features": [{POINT}]}}',
            '{"type": "Point", "coordinates": [1, 2], "bbox": [1, 2, 3]}',
        ],
    ),
    "topojson": Case(
        {"type": "geojson", "format": "topojson"},
        [[TOPOLOGY % 1, TOPOLOGY % "1.0"], [TOPOLOGY % 2]],
        [
            POINT,
            "{}",
            '{"type": "Topology", "arcs": []}',
            '{"type": "Topology", "objects": {}, "arcs": [[1]]}',
        ],
    ),
    "date of a pattern": Case(
        {"type": "date", "format": "%d/%m/%Y"},
        [["05/11/2008", "5/11/2008", " 5/11/2008"], ["06/11/2008"], ["29/02/2008"]],
        [
            "2008-11-05",
            "31/11/2008",
            "29/02/2007",
            "05/11/08",
            "05/11/0000",
            "05/13/2008",
            "٥/11/2008",
            "x",
        ],
    ),
    "date of an old pattern": Case(
        {"type": "date", "format": "fmt:%y%m%d"},
        [["081105"], ["691105"], ["681105"]],
        ["20081105", "x"],
    ),
    "any date": Case(
        {"type": "date", "format": "any"},
        [
            ["2008-11-05", "5 November 2008", "Nov 5, 2008", "11/5/2008", "05.11.2008"],
            ["13/11/2008", "2008/11/13"],
        ],
        ["November", "31/31/2008", "2008", "2008-11", "x", "1" * 200],
    ),
    "time of a pattern": Case(
        {"type": "time", "format": "%I:%M %p"},
        [["12:30 AM", "12:30 am"], ["12:30 pm"]],
        ["0:30 am", "13:00 pm", "12:30"],
    ),
    "datetime of a pattern": Case(
        {"type": "datetime", "format": "%d.%m.%Y %H:%M:%S.%f %z"},
        [
            [
                "05.11.2008 10:30:00.5 +0100",
                "5.11.2008 9:30:0.500 Z",
                "05.11.2008  09:30:00.5 +00:00",
            ]
        ],
        ["05.11.2008 10:30:00.5", "05.11.2008 24:00:00.0 Z", "05.11.2008 10:30:00.5 +1500"],
    ),
    "number that is not bare": Case(
        {"type": "number", "bareNumber": False},
        [
            ["95", "95%", "€ 95", "EUR 95.0", "+95", "9.5e1 %"],
            ["-5 €", "-€5", "-5"],
            [".5%", "0.5"],
            ["NaN"],
        ],
        ["€", "%", "95 of 100", "m2 5", "1.2.3", "x"],
    ),
    "integer that is not bare": Case(
        {"type": "integer", "bareNumber": False, "groupChar": ","},
        [["1,000 men", "1000", "about 01,000"], ["-7°"]],
        ["1.5 %", "1,,000", "men"],
    ),
}


def package_of(
    make_package: MakePackage, fields: list[dict[str, Any]], rows: list[list[str]]
) -> Path:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[field["name"] for field in fields], *rows])
    return make_package(out.getvalue(), fields)


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


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
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


def test_a_json_schema_that_takes_too_long_is_no_valid_field(make_package: MakePackage) -> None:
    """What was not checked is never called valid."""
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
