"""CSV: the tables byte by byte as they are, with a descriptor that makes them a package of its own."""

from __future__ import annotations

import copy
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ..files import whole_file, whole_folder
from ..findings import CannotRun
from ..formatting import as_json
from ..package import DESCRIPTOR, JsonObject, Package, Resource
from .output import STDOUT, write_text

_CHUNK = 1 << 20


def write(package: Package, tables: list[Resource], target: Path, force: bool) -> None:
    """Write a folder, or a zip where the name ends in .zip; one table alone may go to `-`."""
    if target == STDOUT:
        if len(tables) != 1:
            raise CannotRun(
                "several tables do not fit on standard output",
                "Choose one with --table, or a folder.",
            )
        encoding = str(tables[0].descriptor.get("encoding") or "utf-8")
        with tables[0].file.open(encoding=encoding, newline="") as lines:
            write_text(lines, target, force)
        return
    if target.suffix.lower() == ".zip":
        with whole_file(target, force=force) as file, zipfile.ZipFile(file, "w") as archive:
            for name, content in _texts(package, tables):
                archive.writestr(_entry(name), content)
            for table in tables:
                with archive.open(_entry(table.path), "w") as out, table.file.open("rb") as source:
                    shutil.copyfileobj(source, out, _CHUNK)
        return
    with whole_folder(target, force=force) as folder:
        for name, content in _texts(package, tables):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        for table in tables:
            (folder / table.path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(table.file, folder / table.path)


def dropped_keys(tables: list[Resource]) -> list[str]:
    """The foreign keys that lead to tables which are not exported, as `table.field -> table`."""
    kept = {table.name for table in tables}
    return [
        f"{table.name}.{', '.join(_names(key['fields']))} -> {_target(key, table)}"
        for table in tables
        for key in table.schema.get("foreignKeys") or []
        if _target(key, table) not in kept
    ]


def _names(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _target(key: JsonObject, table: Resource) -> str:
    return str(key["reference"].get("resource") or table.name)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _texts(package: Package, tables: list[Resource]) -> Iterator[tuple[str, bytes]]:
    """The descriptor and the schema files, cut down to the chosen tables."""
    descriptor = copy.deepcopy(package.descriptor)
    kept = {table.name for table in tables}
    schemas: dict[str, JsonObject] = {}
    descriptor["resources"] = [e for e in descriptor["resources"] if e.get("name") in kept]
    if len(kept) < len(package.descriptor["resources"]):
        descriptor.pop("conformsTo", None)  # a part of a package does not follow the profile
    for table, entry in zip(tables, descriptor["resources"], strict=True):
        schema = copy.deepcopy(table.schema)
        keys = [key for key in schema.get("foreignKeys") or [] if _target(key, table) in kept]
        schema.pop("foreignKeys", None)
        if keys:
            schema["foreignKeys"] = keys
        if table.schema_path is None:
            entry["schema"] = schema
        else:
            schemas[table.schema_path] = schema
    yield DESCRIPTOR, as_json(descriptor)
    for path, schema in schemas.items():
        yield path, as_json(schema)
