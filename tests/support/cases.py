"""Fields of which SQL cannot tell everything, each with texts that are values and texts that are none."""

from __future__ import annotations

from typing import Any, NamedTuple


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
    "list of whole numbers": Case(
        {"type": "list", "itemType": "integer"},
        [["1,2", "+1,02"], ["2,1"], ["-7"], ["9007199254740993"], ["9007199254740992"]],
        ["1.5,2", "1,2.0", "1e3", "1,", "1, 2", "NaN"],
    ),
    "list of texts": Case({"type": "list"}, [["a,b"], ["b,a"], ["a"], ["a,"], [","], ["a, b"]], []),
    "geopoint": Case(
        {"type": "geopoint"},
        [
            ["1, 2", "1,2", "1.0,2e0", "1,  2", " 1,2", "1 ,2\t"],
            ["2,1"],
            ["-180, -90"],
            ["0,0", "-0,0"],
        ],
        [
            "1;2",
            "1",
            "1,2,3",
            "181,0",
            "0,-90.01",
            "0,90.0000000000000000000001",
            "1, , 2",
            "1 2, 3",
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
        [
            "05.11.2008 10:30:00.5",
            "05.11.2008 24:00:00.0 Z",
            "05.11.2008 10:30:00.5 +1500",
            "05.11.2008 09:30:00.5 z",
        ],
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
