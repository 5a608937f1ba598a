"""The forms in which a package is handed on: one module a format, found by its name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ..findings import CannotRun
from ..package import Package, Resource

#: Known formats, with the endings that their files may have; "" is a folder or no ending.
FORMATS = {"csv": ("", ".zip"), "json": (".json", ""), "jsonl": (".jsonl", ".ndjson", "")}

#: Endings that promise another form than they would hold.
_PROMISES = {ending for endings in FORMATS.values() for ending in endings if ending} | {".csv"}

#: Writes a package's chosen tables to a path.
Writer = Callable[[Package, list[Resource], Path, bool], None]


def writer(name: str) -> Writer:
    """The writer of a format, imported when it is asked for."""
    if name not in FORMATS:
        raise CannotRun(f'there is no format "{name}"', f"Known: {', '.join(FORMATS)}.")
    write: Writer = import_module(f".{name}", __name__).write
    return write


def check_name(form: str, target: Path) -> None:
    """Raise CannotRun where the ending of a target promises another form."""
    ending = target.suffix.lower()
    if ending in _PROMISES and ending not in FORMATS[form]:
        fitting = "a folder or a .zip" if form == "csv" else f"a file that ends in .{form}"
        raise CannotRun(f"{target} does not look like {form}", f"Name {fitting}.")


def chosen(package: Package, names: tuple[str, ...]) -> list[Resource]:
    """The tables with these names in the package's order; all where none is named."""
    known = [resource.name for resource in package.resources]
    for name in names:
        if name not in known:
            raise CannotRun(f'there is no table "{name}"', f"Known: {', '.join(known)}.")
    return [res for res in package.resources if not names or res.name in names]
