"""The topologies of TopoJSON: objects whose lines are arcs, each given once and named by its number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .geo_shapes import is_position
from .json_value import is_number

#: How deep the numbers of arcs are nested in each shape that has arcs.
_DEPTHS = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def is_topojson(value: Any) -> bool:
    """Whether a value of JSON is a topology. Each arc that an object names must exist."""
    if not isinstance(value, dict) or value.get("type") != "Topology":
        return False
    objects, arcs = value.get("objects"), value.get("arcs")
    if not isinstance(objects, dict) or not isinstance(arcs, list):
        return False
    is_placed = "transform" not in value or _is_transform(value["transform"])
    return (
        is_placed
        and all(map(_is_arc, arcs))
        and all(_is_object(one, len(arcs)) for one in objects.values())
    )


def _is_transform(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    parts = (value.get(name) for name in ("scale", "translate"))
    return all(isinstance(part, list) and len(part) == 2 and is_position(part) for part in parts)


def _is_arc(value: Any) -> bool:
    return isinstance(value, list) and len(value) >= 2 and all(map(is_position, value))


def _is_object(value: Any, arcs: int) -> bool:
    if not isinstance(value, dict):
        return False
    shape = value.get("type", ...)
    if shape is None:
        return True
    if shape == "GeometryCollection":
        geometries = value.get("geometries")
        return isinstance(geometries, list) and all(_is_object(one, arcs) for one in geometries)
    if shape == "Point":
        return is_position(value.get("coordinates"))
    if shape == "MultiPoint":
        points = value.get("coordinates")
        return isinstance(points, list) and all(map(is_position, points))
    depth = _DEPTHS.get(shape) if isinstance(shape, str) else None
    return depth is not None and _nested(value.get("arcs"), depth, _is_index(arcs))


def _is_index(arcs: int) -> Callable[[Any], bool]:
    """Whether a value is the number of an arc; ~n is the arc n backwards."""
    return lambda value: is_number(value) and isinstance(value, int) and -arcs <= value < arcs


def _nested(value: Any, depth: int, check: Callable[[Any], bool]) -> bool:
    if depth == 0:
        return check(value)
    return isinstance(value, list) and all(_nested(one, depth - 1, check) for one in value)
