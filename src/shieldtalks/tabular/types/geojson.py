"""The type `geojson`: an object of GeoJSON (RFC 7946) or of TopoJSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from ..package.schema import kind
from .base import Form
from .geo_shapes import is_geojson
from .json_typed import JsonTyped
from .topology import is_topojson


class Geojson(JsonTyped):
    """Shapes on the earth; a row has them as dictionaries."""

    name = "geojson"
    forms: ClassVar[Mapping[str, Form]] = {
        "default": Form("", "a GeoJSON object"),
        "topojson": Form("", "a TopoJSON object"),
    }
    python = dict
    holds = dict
    json = "object"

    def is_value(self, value: Any) -> bool:
        """Whether a value has the members that its kind of shape needs."""
        return is_topojson(value) if kind(self.field)[1] == "topojson" else is_geojson(value)

    @property
    def size_words(self) -> tuple[str, str]:
        """Keys are counted."""
        return "key", "keys"


TYPE = Geojson
