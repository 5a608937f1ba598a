"""Forms of texts that name a type or a format: addresses, years, JSON, places, uncertain dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..types.geojson import Geojson
from ..types.instants import YEAR
from ..types.json_value import read_json
from ..types.string import String
from .names import word_set
from .tracking import Fit, Place

_EDTF_DAY = r"[0-9]{4}(-(0[1-9]|1[0-2]|2[1-4])(-(0[1-9]|[12][0-9]|3[01]))?)?[?~%]?"
_EDTF_OPEN = (
    r"[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-XX|[0-9]{4}-(0[1-9]|1[0-2])-XX"
    r"|[0-9]{4}-XX-XX"
)
EDTF = rf"({_EDTF_DAY}|{_EDTF_OPEN}|({_EDTF_DAY}|\.\.)?/({_EDTF_DAY}|\.\.)?)"

_DURATION = (
    r"-?P(?=[0-9T])([0-9]{1,15}Y)?([0-9]{1,15}M)?([0-9]{1,15}D)?"
    r"(T(?=[0-9])([0-9]{1,15}H)?([0-9]{1,15}M)?([0-9]{1,15}(\.[0-9]{1,1000})?S)?)?"
)
_DEGREES = r"-?[0-9]{1,3}(\.[0-9]+)?"
_POINT = re.compile(rf"({_DEGREES}), ?({_DEGREES})")
_URI = re.compile(r"(https?|ftp|mailto|urn|doi|file):[^ ]+")

_GEOJSON = Geojson({"name": "", "type": "geojson"})
_GEOMETRIES = word_set(
    "Point LineString Polygon MultiPoint MultiLineString MultiPolygon GeometryCollection "
    "Feature FeatureCollection"
)


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


def _is_uri(text: str) -> bool:
    return (
        _URI.fullmatch(text) is not None
        and re.fullmatch(String.forms["uri"].pattern, text) is not None
    )


def _json(text: str) -> object:
    if text[:1] not in "[{" or len(text) > 1 << 16:
        return None
    try:
        return read_json(text)  # as `validate` reads it: no key twice, no NaN, not too deep
    except ValueError:
        return None


def _is_object(text: str) -> bool:
    return isinstance(_json(text), dict)


def _is_array(text: str) -> bool:
    return isinstance(_json(text), list)


def _is_geojson(text: str) -> bool:
    value = _json(text)
    if not isinstance(value, dict) or value.get("type") not in _GEOMETRIES:
        return False
    return _GEOJSON.judge(text) is not None


def degrees(text: str) -> tuple[float, float] | None:
    """The two numbers of a place on the map, as they are written; None for any other text."""
    found = _POINT.fullmatch(text)
    if found is not None:
        return float(found[1]), float(found[3])
    value = _json(text)
    if isinstance(value, list) and len(value) == 2 and all(map(_is_number, value)):
        return value[0], value[1]
    pair = value if isinstance(value, dict) and value.keys() == {"lon", "lat"} else {}
    if pair and all(map(_is_number, pair.values())):
        return pair["lon"], pair["lat"]
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


#: The forms, each with the test whether a text has it.
FORMS: dict[str, Callable[[str], bool]] = {
    "year": _matches(YEAR),
    "yearmonth": _matches("[12][0-9]{3}-(0[1-9]|1[0-2])"),
    "edtf": _matches(EDTF),
    "duration": _matches(_DURATION),
    "uuid": _matches(String.forms["uuid"].pattern),
    "email": _matches(String.forms["email"].pattern),
    "uri": _is_uri,
    "geojson": _is_geojson,
    "object": _is_object,
    "array": _is_array,
    "place": lambda text: degrees(text) is not None,
}


@dataclass(slots=True)
class Texts:
    """How many values of a column have each form."""

    fits: dict[str, Fit] = field(default_factory=lambda: {name: Fit() for name in FORMS})
    #: The greatest first and second number of the places, whatever their signs.
    first: float = 0
    second: float = 0
    #: How the places are written: "{", "[", or "" for two numbers alone.
    written: set[str] = field(default_factory=set)

    @property
    def is_alive(self) -> bool:
        """Whether the column may still have one of the forms."""
        return bool(self.fits)

    def add(self, value: str, place: Place) -> None:
        """Count a value. A form that too many values do not have is given up."""
        given_up = []
        for name, fit in self.fits.items():
            fits = FORMS[name](value)
            fit.add(fits, value, place)
            if fit.is_given_up:
                given_up.append(name)
            elif fits and name == "place":
                self._place(value)
        for name in given_up:
            del self.fits[name]

    def add_alike(self, values: list[str]) -> bool:
        """Count values that have all the forms that are left; False if one lacks a form."""
        if "place" in self.fits or not all(fit.is_perfect for fit in self.fits.values()):
            return False
        if not all(all(map(FORMS[name], values)) for name in self.fits):
            return False
        for fit in self.fits.values():
            fit.add_fitting(len(values))
        return True

    def _place(self, value: str) -> None:
        self.written.add(value[0] if value[0] in "[{" else "")
        first, second = degrees(value) or (0, 0)
        self.first, self.second = max(self.first, abs(first)), max(self.second, abs(second))

    def all_are(self, name: str) -> bool:
        """Whether all values have a form."""
        fit = self.fits.get(name)
        return fit is not None and fit.is_perfect
