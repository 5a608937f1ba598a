"""The schema of a table whose values are not written as in its own file, but as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import methodcaller

from ..jsontext import JsonObject
from ..package import Package
from ..package.profile import without_profile
from ..types import FieldType, is_supported, type_of


def plain_schema(
    schema: JsonObject, change: Callable[[FieldType], JsonObject] = methodcaller("plain_field")
) -> JsonObject:
    """The schema with each field as its values are: in their default form, unless `change` is given."""
    fields = schema.get("fields")
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        return schema
    changed = [change(type_of(field)) if is_supported(field) else field for field in fields]
    return schema if changed == fields else schema | {"fields": changed}


def descriptor_with(package: Package, schemas: Mapping[str, JsonObject]) -> JsonObject:
    """The descriptor of a package with these tables, and with all their schemas."""
    stated = {resource.name: resource.descriptor for resource in package.resources}
    resources = [
        {"name": name} | stated.get(name, {}) | {"schema": plain_schema(schema)}
        for name, schema in schemas.items()
    ]
    descriptor = package.descriptor | {"resources": resources}
    return descriptor if stated.keys() <= schemas.keys() else without_profile(descriptor)
