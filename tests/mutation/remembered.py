"""Checks that are not made again on what is the same in each mutant."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

from shieldtalks.record.evidence import anchors
from shieldtalks.tabular.checks import cells, descriptor, scope
from shieldtalks.tabular.findings import Finding
from shieldtalks.tabular.package import Package, Resource
from shieldtalks.tabular.sources.loaded import LoadedTable

#: Findings that say only that a file is not the one that was sealed.
SEALS = {"hash", "bytes"}

Check = Callable[..., Iterable[Finding]]


def clean_once(check: Check, key: Callable[..., Any]) -> Check:
    """The check, not made again on what had no finding: what the key has decides alone."""
    clean: set[Any] = set()

    def once(*given: Any) -> list[Finding]:
        seen = key(*given)
        found = [] if seen in clean else list(check(*given))
        if not found:
            clean.add(seen)
        return found

    return once


class Shape:
    """The descriptor and the schemas of a package, without the seals: rows play no part in it."""

    package: Package | None = None
    text = ""

    def __call__(self, package: Package, *_: object) -> str:
        """The text of a package, made once while it is the same one."""
        if package is not self.package:
            self.package, self.text = package, shape(package)
        return self.text


def shape(package: Package) -> str:
    """The text of a package without its seals."""
    entries = package.descriptor["resources"]
    plain = [{k: v for k, v in e.items() if k not in SEALS} for e in entries]
    schemas = [resource.schema for resource in package.resources]
    return json.dumps([package.descriptor | {"resources": plain}, schemas])


def schema_and_bytes(table: LoadedTable, *_: object) -> tuple[str, str, bytes]:
    """What decides about the cells of a table."""
    resource = table.resource
    content = b"".join(part.file.read_bytes() for part in resource.parts)
    return resource.name, json.dumps(resource.schema), content


@contextmanager
def remembered() -> Iterator[None]:
    """In this block, what was clean is not checked again, and a copy of an article is read once."""
    shape_of = Shape()

    def of_table(package: Package, resource: Resource, *_: object) -> tuple[str, str]:
        return shape_of(package), resource.name

    keys: list[tuple[Any, str, Callable[..., Any]]] = [
        (descriptor, "check", shape_of),
        (scope, "check_resource", of_table),
        (cells, "check_cells", schema_and_bytes),
    ]
    with ExitStack() as stack:
        for module, name, key in keys:
            check = clean_once(getattr(module, name), key)
            stack.enter_context(patch.object(module, name, check))
        stack.enter_context(patch.object(anchors, "read_copy", cache(anchors.read_copy)))
        yield
