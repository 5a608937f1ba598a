"""The shapes of GeoJSON (RFC 7946): what members each has, and how its coordinates are nested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .json_value import is_number


def is_geojson(value: Any) -> bool:
    """Whether a value of JSON is a geometry, a feature or a collection of features."""
    if not isinstance(value, dict) or not _has_box(value):
        return False
    if value.get("type") == "FeatureCollection":
        features = value.get("features")
        return isinstance(features, list) and all(map(_is_feature, features))
    return _is_feature(value) if value.get("type") == "Feature" else _is_geometry(value)


def is_position(value: Any) -> bool:
    """Whether a value is a list of at least two numbers."""
    return isinstance(value, list) and len(value) >= 2 and all(map(is_number, value))


def _has_box(value: dict[str, Any]) -> bool:
    """Whether the bounding box, if there is one, has two numbers for each of two or more axes."""
    if "bbox" not in value:
        return True
    box = value["bbox"]
    is_even = isinstance(box, list) and len(box) >= 4 and len(box) % 2 == 0
    return is_even and all(map(is_number, box))


def _is_feature(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("type") != "Feature" or not _has_box(value):
        return False
    if not {"geometry", "properties"} <= value.keys():
        return False
    geometry, properties, name = value["geometry"], value["properties"], value.get("id", "")
    return (
        (geometry is None or _is_geometry(geometry))
        and (properties is None or isinstance(properties, dict))
        and (isinstance(name, str) or is_number(name))
    )


def _is_geometry(value: Any) -> bool:
    if not isinstance(value, dict) or not _has_box(value):
        return False
    if value.get("type") == "GeometryCollection":
        # It can contain collections again; the depth of JSON is limited.
        geometries = value.get("geometries")
        return isinstance(geometries, list) and all(map(_is_geometry, geometries))
    shape = value.get("type")
    check = _SHAPES.get(shape) if isinstance(shape, str) else None
    return check is not None and check(value.get("coordinates"))


def _is_list_of(check: Callable[[Any], bool], least: int = 0) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(check, value))


def _is_ring(value: Any) -> bool:
    """Whether a value is a closed line of at least four positions."""
    return _is_list_of(is_position, 4)(value) and value[0] == value[-1]


def _is_point(value: Any) -> bool:
    return is_position(value) or value == []


_is_line, _is_polygon = _is_list_of(is_position, 2), _is_list_of(_is_ring)
#: The coordinates of each shape. Empty coordinates are a shape without a place.
_SHAPES: dict[str, Callable[[Any], bool]] = {
    "Point": _is_point,
    "MultiPoint": _is_list_of(is_position),
    "LineString": lambda value: value == [] or _is_line(value),
    "MultiLineString": _is_list_of(_is_line),
    "Polygon": _is_polygon,
    "MultiPolygon": _is_list_of(_is_polygon),
}
