"""The type `geopoint`: a longitude and a latitude in degrees."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

from ..jsontext import JsonObject, exact_float
from ..package.schema import constraints, kind
from .base import FieldType, Form, Judge
from .json_value import is_number, read_json, write_json
from .numerals import FINITE, number_key

_FINITE = FINITE.replace("(", "(?:")
#: The profiles of the standard say that white space is stripped.
_SPACE = r"[ \t\r\n]*"
_PAIR = re.compile(f"{_SPACE}({_FINITE}){_SPACE},{_SPACE}({_FINITE}){_SPACE}").fullmatch
#: The greatest longitude and the greatest latitude.
_MOST = (180, 90)


class Geopoint(FieldType):
    """Points on the earth; a row has them as they are in JSON: a text, an array or an object."""

    name = "geopoint"
    forms: ClassVar[Mapping[str, Form]] = {
        "default": Form("", 'a geopoint ("longitude, latitude")'),
        "array": Form("", "a geopoint ([longitude, latitude])"),
        "object": Form("", 'a geopoint ({"lon": longitude, "lat": latitude})'),
    }
    has_many_spellings = True
    stores_values = False
    pandas = "object"
    is_nested = True

    @property
    def judge(self) -> Judge:
        """The keys of the two numbers."""
        return self._judged

    def _judged(self, text: str) -> str | None:
        try:
            return _key(self.point(text))
        except ValueError:
            return None

    def point(self, stated: Any) -> tuple[float, float]:
        """Longitude and latitude of a text or a value. Raises ValueError for any other."""
        form = kind(self.field)[1]
        if form == "default":
            match = _PAIR(stated) if isinstance(stated, str) else None
            if match is None:
                raise ValueError(stated)
            found: tuple[Any, ...] = exact_float(match[1]), exact_float(match[2])
        else:
            value = read_json(stated) if isinstance(stated, str) else stated
            found = _parts(value, form)
        if len(found) != len(_MOST) or not all(map(is_number, found)):
            raise ValueError(stated)
        if not all(map(_is_within, found, _MOST)):
            raise ValueError(stated)
        return found[0], found[1]

    @property
    def reader(self) -> Callable[[str], Any]:
        """The text in the default format, the value of the JSON in the others."""
        return self._read

    def _read(self, text: str) -> Any:
        self.point(text)
        return text if kind(self.field)[1] == "default" else read_json(text)

    @property
    def to_column(self) -> Callable[[Any], Any]:
        """Longitude and latitude as doubles."""
        return self._columns

    def _columns(self, value: Any) -> dict[str, float]:
        lon, lat = self.point(value)
        return {"lon": float(lon), "lat": float(lat)}

    @property
    def identity(self) -> Callable[[str], Any]:
        """The keys of the two numbers."""
        return self._by_key

    def plain_field(self) -> JsonObject:
        """The field itself: a point is kept in its format."""
        return self.field

    def arrow_field(self) -> JsonObject:
        """The field with points as objects, as a pair of doubles is read."""
        field, stated = self.field | {"format": "object"}, constraints(self.field)
        if "enum" in stated:
            points = [self._columns(one) for one in stated["enum"]]
            field["constraints"] = stated | {"enum": points}
        return field

    def fits_column(self, value: Any) -> bool:
        """Whether a value is a point."""
        return self.accepts(value)

    def arrow_type(self, arrow: Any) -> Any:
        """A pair of doubles."""
        return arrow.struct([("lon", arrow.float64()), ("lat", arrow.float64())])

    def polars_type(self, polars: Any) -> Any:
        """A pair of doubles."""
        return polars.Struct({"lon": polars.Float64, "lat": polars.Float64})

    def accepts(self, stated: Any) -> bool:
        """Whether a value is a point, in JSON or as text."""
        try:
            return bool(self.point(stated))
        except ValueError:
            return False

    def compared_value(self, stated: Any) -> str:
        """The keys of the two numbers."""
        try:
            return _key(self.point(stated))
        except ValueError:
            return str(stated)

    def shown_value(self, stated: Any) -> str:
        """The point as its field writes it."""
        return self.write(stated)

    def write(self, value: Any) -> str:
        """The text, or the value as JSON."""
        return value if isinstance(value, str) else write_json(value)


def _is_within(part: float, most: int) -> bool:
    """Whether a number has at most so many degrees, with all its digits."""
    low, high = _limits(most)
    return low <= (number_key(str(part)) or "") <= high


@cache
def _limits(most: int) -> tuple[str, str]:
    return number_key(f"-{most}") or "", number_key(str(most)) or ""


def _parts(value: Any, form: str) -> tuple[Any, ...]:
    if form == "array" and isinstance(value, list):
        return tuple(value)
    if form == "object" and isinstance(value, dict) and value.keys() == {"lon", "lat"}:
        return value["lon"], value["lat"]
    raise ValueError(value)


def _key(point: tuple[float, float]) -> str:
    return " ".join(number_key(str(part)) or "" for part in point)


TYPE = Geopoint
