"""What `describe` finds of packages whose descriptors were taken away, beside `frictionless describe`.

    python benchmarks/describe_reach.py [PACKAGE...]

PACKAGE is a folder with a datapackage.json, and tables in CSV with their schemas in the folder. Without
one, it is the data package of this checkout. For each package, the tables alone are copied to another
folder and described, and the result is held against the descriptor.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from shieldtalks.tabular.describe import describe  # noqa: E402
from shieldtalks.tabular.jsontext import visible  # noqa: E402
from shieldtalks.tabular.package import Package, Resource, read  # noqa: E402
from shieldtalks.tabular.validation import validate  # noqa: E402

#: A thing of a schema, such as the type of a field: where it is, and what it is.
Thing = tuple[str, ...]


class Score(NamedTuple):
    """How many things of a kind a tool found, how many there are, and how many it made up."""

    found: int
    wanted: int
    false: int

    def __str__(self) -> str:
        more = f", {self.false} not in the descriptor" if self.false else ""
        return f"{self.found} of {self.wanted}{more}"


def show(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def types(table: str, schema: dict[str, Any]) -> Iterator[Thing]:
    """The type of each field."""
    for field in schema["fields"]:
        yield table, field["name"], field.get("type", "string")


def primary_keys(table: str, schema: dict[str, Any]) -> Iterator[Thing]:
    """The primary key."""
    key = schema.get("primaryKey")
    if key:
        yield table, *([key] if isinstance(key, str) else key)


def foreign_keys(table: str, schema: dict[str, Any]) -> Iterator[Thing]:
    """The foreign keys, each as text."""
    for key in schema.get("foreignKeys", []):
        reference = key["reference"]
        fields = key["fields"] if isinstance(key["fields"], list) else [key["fields"]]
        goal = (
            reference["fields"] if isinstance(reference["fields"], list) else [reference["fields"]]
        )
        yield table, *fields, reference.get("resource") or table, *goal


def code_lists(table: str, schema: dict[str, Any]) -> Iterator[Thing]:
    """The fields with a list of codes."""
    for field in schema["fields"]:
        if "enum" in field.get("constraints", {}):
            yield table, field["name"]


KINDS: dict[str, Callable[[str, dict[str, Any]], Iterator[Thing]]] = {
    "types": types,
    "primary keys": primary_keys,
    "foreign keys": foreign_keys,
    "code lists": code_lists,
}


def bare(package: Package, folder: Path) -> dict[str, Resource]:
    """Copy the tables of a package alone. Returns each by the path of its copy."""
    copies = {}
    for resource in package.resources:
        name = f"{resource.name}.csv"
        shutil.copyfile(resource.file, folder / name)
        copies[name] = resource
    return copies


def ours(folder: Path) -> dict[str, dict[str, Any]]:
    """The schemas that `describe` finds, by path; the result must validate the files."""
    found = describe(folder).descriptor
    (folder / "datapackage.json").write_text(visible(found), encoding="utf-8")
    report = validate(folder)
    if report.faults:
        show(f"the result does not validate: {report.faults[0]}")
    return {entry["path"]: entry["schema"] for entry in found["resources"]}


def theirs(folder: Path) -> dict[str, dict[str, Any]] | None:
    """The schemas that frictionless finds; None if it is not installed."""
    try:
        from frictionless import Resource as Described
    except ImportError:
        return None
    found = {}
    for file in sorted(folder.glob("*.csv")):
        described = Described.describe(str(file))
        found[file.name] = described.schema.to_descriptor()
    return found


def scores(copies: dict[str, Resource], found: dict[str, dict[str, Any]]) -> Iterator[Score]:
    """The score of each kind of thing."""
    for things in KINDS.values():
        wanted = {one for table in copies.values() for one in things(table.name, table.schema)}
        got = {one for path, table in copies.items() for one in things(table.name, found[path])}
        yield Score(len(wanted & got), len(wanted), len(got - wanted) if things is not types else 0)


def show_differences(copies: dict[str, Resource], found: dict[str, dict[str, Any]]) -> None:
    """Print what was not found, and what was found beside it."""
    for kind, things in KINDS.items():
        wanted = {one for table in copies.values() for one in things(table.name, table.schema)}
        got = {one for path, table in copies.items() for one in things(table.name, found[path])}
        for one in sorted(wanted - got):
            show(f"  {kind}: not found: {' '.join(one)}")
        for one in sorted(got - wanted) if things is not types else ():
            show(f"  {kind}: not in the descriptor: {' '.join(one)}")


def main(packages: list[str]) -> None:
    """Print a row for each package and tool."""
    show("| package | tool | " + " | ".join(KINDS) + " |")
    show("|---|---|" + "---|" * len(KINDS))
    for given in packages or [str(ROOT)]:
        package = read(Path(given))
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            copies = bare(package, folder)
            if not copies:
                continue
            other = theirs(folder)
            found = ours(folder)
            for tool, schemas in (("describe", found), ("frictionless", other)):
                if schemas is not None:
                    row = " | ".join(map(str, scores(copies, schemas)))
                    show(f"| {package.name} | {tool} | {row} |")
            show_differences(copies, found)


if __name__ == "__main__":
    main(sys.argv[1:])
