"""The type and the format of a column, by the way its values are written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.bare import Describe, column, faults, field, said, text

#: Values, the name of their column, and what the field says besides its name and constraints.
TYPES: dict[str, tuple[list[str], str, dict[str, Any]]] = {
    "integers": (["1", "-20", "+3", "1000"], "n", {"type": "integer"}),
    "long integers": (["1", "9" * 40], "n", {"type": "integer"}),
    "numbers": (["1.5", "-20", ".3", "1e5"], "n", {"type": "number"}),
    "scientific": (["1e-24", "1E+3"], "n", {"type": "number"}),
    "codes with zeros": (["010", "999", "007"], "n", {"type": "string"}),
    "postcodes": (["10115", "80331"], "plz", {"type": "string"}),
    "telephone": (["30123456", "40987654"], "phone", {"type": "string"}),
    "telephone with plus signs": (["+4930123456", "+4940987654"], "mobil", {"type": "string"}),
    "numbers with plus signs": (["+1", "+20"], "n", {"type": "integer"}),
    "no GeoJSON": (['{"type": "Point"}', '{"type": "Feature"}'], "n", {"type": "object"}),
    "a key twice": (['{"a": 1, "a": 2}'], "n", {"type": "string"}),
    "JSON with NaN": (["[NaN]", "[1]"], "n", {"type": "string"}),
    "a zone beyond all zones": (["10:30:00+14:01"], "n", {"type": "string"}),
    "the end of a day": (["2020-01-01T24:00:00"], "n", {"type": "datetime"}),
    "the end of a day after a blank": (["2020-01-01 24:00:00"], "n", {"type": "string"}),
    "fractions of many digits": (["2020-01-01 10:30:00.1234567"], "n", {"type": "string"}),
    "places in two forms": (['{"lon": 9, "lat": 5}', "90.5,45.5"], "n", {"type": "string"}),
    "a duration of many digits": (["P1234567890123456D"], "n", {"type": "string"}),
    "emails with a mark": (
        ["a@example.org", "n/a", "b@example.org"],
        "n",
        {"type": "string", "format": "email", "missingValues": ["", "n/a"]},
    ),
    "versions": (["1.9", "1.10"], "version", {"type": "string"}),
    "whole versions": (["1", "2"], "version", {"type": "integer"}),
    "decimal commas": (["1,5", "20", "-0,25"], "n", {"type": "number", "decimalChar": ","}),
    "points between thousands": (
        ["1.234,50", "12", "1.000.000,01"],
        "n",
        {"type": "number", "decimalChar": ",", "groupChar": "."},
    ),
    "commas between thousands": (
        ["1,234.50", "12", "1,000,000.01"],
        "n",
        {"type": "number", "groupChar": ","},
    ),
    "whole thousands": (["1,234", "12", "1,000,000"], "n", {"type": "integer", "groupChar": ","}),
    "blanks between thousands": (["1 234", "12"], "n", {"type": "integer", "groupChar": " "}),
    "thin blanks between thousands": (
        ["1\u2009234,5", "12,0"],
        "n",
        {"type": "number", "decimalChar": ",", "groupChar": "\u2009"},
    ),
    "thousands of India": (["1,23,456.50", "12.25"], "n", {"type": "number", "groupChar": ","}),
    "a currency of three letters": (
        ["1.250,75 TL", "90,00 TL"],
        "n",
        {"type": "number", "decimalChar": ",", "groupChar": ".", "bareNumber": False},
    ),
    "kilometres": (["12 km", "7km"], "n", {"type": "integer", "bareNumber": False}),
    "metres": (["12 m", "7 m"], "n", {"type": "integer", "bareNumber": False}),
    "names of classes": (["5m", "7m"], "n", {"type": "string"}),
    "two units": (["12 km", "7 m"], "n", {"type": "string"}),
    "a minus at the end": (["12,00-", "7,25"], "n", {"type": "string"}),
    "percent signs": (["12%", "7 %"], "n", {"type": "integer", "bareNumber": False}),
    "currency": (["$1.50", "$20.00"], "n", {"type": "number", "bareNumber": False}),
    "currencies": (["$1.50", "€20.00"], "n", {"type": "string"}),
    "numbers in two styles": (["1.5", "1,5", "2.75"], "n", {"type": "string"}),
    "standard booleans": (["true", "false"], "n", {"type": "boolean"}),
    "booleans in words and digits": (["TRUE", "false", "1", "0"], "n", {"type": "boolean"}),
    "one boolean": (["false", "false"], "n", {"type": "boolean"}),
    "ones and zeros": (["1", "0", "1"], "n", {"type": "integer"}),
    "a question": (["1", "0", "1"], "is_open", {"type": "boolean"}),
    "yes and no": (
        ["yes", "no", "Yes"],
        "n",
        {"type": "boolean", "trueValues": ["Yes", "yes"], "falseValues": ["no"]},
    ),
    "evet and hayır": (
        ["Evet", "Hayır"],
        "n",
        {"type": "boolean", "trueValues": ["Evet"], "falseValues": ["Hayır"]},
    ),
    "yes and no in Chinese": (
        ["是", "否"],
        "n",
        {"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]},
    ),
    "ja und nein": (
        ["ja", "nein"],
        "n",
        {"type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"]},
    ),
    "days": (["2020-12-31", "1850-02-28"], "n", {"type": "date"}),
    "no day": (["2020-12-31", "2021-02-29"], "n", {"type": "string"}),
    "day first": (["31/12/2020", "01/02/2020"], "n", {"type": "date", "format": "%d/%m/%Y"}),
    "month first": (["1/2/2004", "12/31/2004"], "n", {"type": "date", "format": "%m/%d/%Y"}),
    "neither first": (["1/2/2004", "3/4/2004"], "n", {"type": "string"}),
    "dots": (["01.02.2020", "03.04.2020"], "n", {"type": "date", "format": "%d.%m.%Y"}),
    "the year or the day first": (["21-05-03", "20-12-31"], "n", {"type": "string"}),
    "the year first": (["99-05-03", "20-12-31"], "n", {"type": "date", "format": "%y-%m-%d"}),
    "days of East Asia": (
        ["2019年4月1日", "2020年10月01日"],
        "n",
        {"type": "date", "format": "%Y年%m月%d日"},
    ),
    "dots and blanks": (
        ["3. 5. 2021", "14. 12. 2020"],
        "n",
        {"type": "date", "format": "%d. %m. %Y"},
    ),
    "dots at the end": (
        ["2021. 5. 3.", "2020. 12. 14."],
        "n",
        {"type": "date", "format": "%Y. %m. %d."},
    ),
    "days without blanks": (["03MAY2021", "14Jun2020"], "n", {"type": "date", "format": "%d%b%Y"}),
    "no day without blanks": (["31FEB2021", "14Jun2020"], "n", {"type": "string"}),
    "days of the week": (
        ["Monday, May 3, 2021", "Sunday, June 14, 2020"],
        "n",
        {"type": "date", "format": "%A, %B %d, %Y"},
    ),
    "points in time of a log": (
        ["03/May/2021:10:00:00 +0000", "14/Jun/2020:11:12:13 +0200"],
        "n",
        {"type": "datetime", "format": "%d/%b/%Y:%H:%M:%S %z"},
    ),
    "points in time with a zone in words": (
        ["2021-05-03 10:00:00 UTC", "2021-05-04 10:00:00 UTC"],
        "n",
        {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S UTC"},
    ),
    "short years": (["31.12.20", "01.02.21"], "n", {"type": "date", "format": "%d.%m.%y"}),
    "month names": (["3 May 2020", "14 Jun 2020"], "n", {"type": "date", "format": "%d %b %Y"}),
    "long month names": (
        ["May 3, 2020", "June 14, 2020"],
        "n",
        {"type": "date", "format": "%B %d, %Y"},
    ),
    "days together": (["20201231", "20210101"], "date", {"type": "date", "format": "%Y%m%d"}),
    "digits together": (["20201231", "20210101"], "n", {"type": "integer"}),
    "two styles of days": (["2020-12-31", "31.12.2020"], "n", {"type": "string"}),
    "years": (["1999", "2020"], "year", {"type": "year"}),
    "perhaps years": (["1999", "2020"], "n", {"type": "integer"}),
    "months": (["1999-12", "2020-01"], "n", {"type": "yearmonth"}),
    "times": (["12:30:00", "23:59:59"], "n", {"type": "time"}),
    "short times": (["12:30", "9:05"], "n", {"type": "time", "format": "%H:%M"}),
    "half days": (["12:30 PM", "9:05 am"], "n", {"type": "time", "format": "%I:%M %p"}),
    "points in time": (
        ["2020-12-31T12:30:00Z", "2020-12-31T12:30:00+02:00"],
        "n",
        {"type": "datetime"},
    ),
    "points in time with blanks": (
        ["2020-12-31 12:30", "2021-01-01 00:00"],
        "n",
        {"type": "datetime", "format": "%Y-%m-%d %H:%M"},
    ),
    "EDTF": (["2020", "2020-12", "2020-12-31~", "../2013"], "n", {"type": "string"}),
    "EDTF by name": (["2020-12-31", "2020-12-30"], "made_edtf", {"type": "string"}),
    "durations": (["P1D", "PT30M"], "n", {"type": "duration"}),
    "places, longitude first": (["151.2,-27.1", "13.4,52.5"], "n", {"type": "geopoint"}),
    "places, order unknown": (["11.2,48.1", "13.4,52.5"], "n", {"type": "string"}),
    "places, latitude first": (["48.1,11.2", "52.5,13.4"], "lat, lon", {"type": "string"}),
    "objects": (['{"a": 1}', "{}"], "n", {"type": "object"}),
    "arrays": (["[1, 2]", "[]"], "n", {"type": "array"}),
    "GeoJSON": (['{"type": "Point", "coordinates": [1, 2]}'], "n", {"type": "geojson"}),
    "objects and text": (['{"a": 1}', "{"], "n", {"type": "string"}),
    "emails": (["a@b.example", "c.d@e.example"], "n", {"type": "string", "format": "email"}),
    "addresses": (["https://a.example/1"], "n", {"type": "string", "format": "uri"}),
    "UUIDs": (
        ["8d8f3c1e-0b4e-4f5a-9a39-0d5ff8f2a001"],
        "n",
        {"type": "string", "format": "uuid"},
    ),
    "words": (["Elbe", "Oder"], "n", {"type": "string"}),
    "numbers and a word": (["1", "2", "3", "about 4"], "n", {"type": "string"}),
}


@pytest.mark.parametrize("name", TYPES)
def test_type(name: str, described: Describe) -> None:
    values, column_name, wanted = TYPES[name]
    description = described(things=column(values, column_name, ";"))
    found = field(description, column_name)
    found.pop("constraints", None)
    assert found == {"name": column_name, **wanted}
    assert faults(description) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            ["1/2/2004", "3/4/2004"],
            'no value shows whether the day or the month comes first, as in "1/2/2004"',
        ),
        (
            ["2020-12-31", "31.12.2020"],
            'written in several ways, such as "2020-12-31" (1), "31.12.2020" (1)',
        ),
        (["1", "2", "3", "about 4"], 'most values are numbers, but "about 4" in row 4 is not'),
        (["1,234", "5,678"], "a comma before three digits may begin decimals or thousands"),
        (["$1.50", "€20.00"], 'numbers with different units: "$", "€"'),
        (["21-05-03", "20-12-31"], 'whether the day or the year comes first, as in "21-05-03"'),
        (["01-02-03"], "whether the day, the month or the year comes first"),
        (["12,00-", "7,25"], 'such as "12,00-" seem to be numbers with the minus sign at the end'),
        (["(12.00)", "7.25"], "of which the negative ones are in parentheses"),
        (["\u22125", "7"], "numbers with a dash as the minus sign"),
        (["<5", "17", "<3", "12"], 'numbers, some with a sign such as "<" before them'),
        (["3. Mai 2021", "14. Dez. 2020"], "days with names of months that are not English"),
        (["36:15", "5:30"], "seem to be lengths of time"),
        (["2021-05-03 10:00:00+02"], "their time zone has no minutes"),
        (["", ""], "the column is empty in all 2 rows"),
        (["11.2,48.1", "13.4,52.5"], "a geopoint needs the longitude first"),
    ],
)
def test_what_is_uncertain_is_said(values: list[str], words: str, described: Describe) -> None:
    assert words in said(described(things=column(values, "n", ";")), "type")


def test_long_numbers_that_excel_has_cut_are_said(described: Describe) -> None:
    values = ["1.23457E+12", "4.00639E+12"]
    assert "its last digits are lost" in said(described(things=column(values, "ean")), "type")
    assert said(described(things=column(values, "n")), "type") == ""


def test_another_column_shows_the_order_of_day_and_month(described: Describe) -> None:
    rows = [["row", "begun", "ended"], [1, "1/2/2004", "31/12/2004"], [2, "3/4/2004", "30/11/2004"]]
    found = described(things=text(rows))
    assert field(found, "begun")["format"] == field(found, "ended")["format"] == "%d/%m/%Y"


def test_a_column_of_days_shows_nothing_of_times(described: Describe) -> None:
    rows = [["begun", "at"], ["12/31/2004", "10:00:00"], ["1/2/2004", "11:00:00"]]
    assert field(described(things=text(rows)), "at")["type"] == "time"


def test_another_column_shows_the_decimal_comma(described: Describe) -> None:
    rows = [["row", "a", "b"], [1, "1,234", "1,5"], [2, "5,678", "22,75"]]
    found = described(things=text(rows, ";"))
    assert field(found, "a") == {"name": "a", "type": "number", "decimalChar": ","}


def test_a_column_of_the_same_name_shows_the_type_of_an_empty_one(described: Describe) -> None:
    full = text([["deed", "begun"], ["a", "2004-01-02"], ["b", "2004-01-03"]])
    found = described(full=full, empty=text([["deed", "begun"], ["c", ""], ["d", ""]]))
    assert field(found, "begun", "empty")["type"] == "date"
    assert "in full has this type" in "".join(guess.evidence for guess in found.guesses)
