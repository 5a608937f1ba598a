"""A data package on disk: its descriptor, its tables and the paths of their files.

Reading a package opens only the descriptor and the schema files. It opens nothing outside the
package's folder, and it does not use the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from .. import jsontext
from ..findings import Finding, PackageError, Severity
from ..jsontext import JsonObject
from ..reading import next_step
from .entries import read_entry
from .kinds import DataFile
from .named import load_json
from .paths import without_descriptor, yaml_descriptor
from .resource import Resource

DESCRIPTOR = "datapackage.json"

#: The most resources of a package that is read.
_MOST_RESOURCES = 100_000


@dataclass(frozen=True, slots=True)
class Package:
    """A data package as read. `faults` has a finding for each resource that cannot be used."""

    root: Path
    file: Path
    descriptor: JsonObject
    resources: tuple[Resource, ...]
    faults: tuple[Finding, ...] = ()
    #: Tables without a schema. Only their shape is known; they have no fields.
    bare: tuple[Resource, ...] = ()
    #: Files that are no tables.
    files: tuple[DataFile, ...] = ()
    #: The zip or wheel from which the package was unpacked; None if it was not.
    archive: Path | None = None
    #: Whether it is a single file without a descriptor (see `lone`). `file` is then that file.
    is_lone: bool = False
    _by_name: dict[str, Resource] = field(init=False, repr=False, compare=False)
    #: The names in the descriptor, also of resources that cannot be used.
    _listed: frozenset[str] = field(init=False, repr=False, compare=False)
    #: The place of each resource in the descriptor, by the identity of its entry.
    _places: dict[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {resource.name: resource for resource in reversed(self.resources)}
        entries = self.descriptor.get("resources", [])
        places = {id(entry): n for n, entry in enumerate(entries)}
        names = [entry.get("name") for entry in entries if isinstance(entry, dict)]
        object.__setattr__(self, "_by_name", by_name)
        object.__setattr__(self, "_listed", frozenset(n for n in names if isinstance(n, str)))
        object.__setattr__(self, "_places", places)

    @property
    def name(self) -> str:
        """The package's name, or the name of its folder (of a lone file) if the descriptor has none."""
        return str(self.descriptor.get("name") or (self.file if self.is_lone else self.root).name)

    @property
    def version(self) -> str | None:
        """The package's version; None if the descriptor has none."""
        version = self.descriptor.get("version")
        return version if isinstance(version, str) else None

    @property
    def shown(self) -> Path:
        """The path of the descriptor for people: in the archive, not in the folder of its unpacked files."""
        return self.archive / self.file.name if self.archive else self.file

    def shown_file(self, path: str) -> Path:
        """The path of a file of the package for people; see `shown`."""
        return self.shown.parent / path

    def resource(self, name: str) -> Resource | None:
        """The table with this name; None if there is none."""
        return self._by_name.get(name)

    def lists(self, name: str) -> bool:
        """Whether the descriptor has a resource with this name, even one that cannot be used."""
        return name in self._listed

    def place_of(self, resource: Resource | DataFile) -> tuple[str | int, ...]:
        """The place of a resource in the descriptor."""
        return "resources", self._places[id(resource.descriptor)]


def locate(given: Path) -> Path:
    """The path of the descriptor: the given file, or `datapackage.json` in the given folder."""
    return given / DESCRIPTOR if given.is_dir() else given


def is_archive(given: Path) -> bool:
    """Whether a path is a zip or a wheel, judged by its name (see `archive.opened`)."""
    return given.suffix.lower() in (".zip", ".whl") and not given.is_dir()


def read(given: Path) -> Package:
    """The package at `given`, a folder or a descriptor.

    Raises PackageError if the descriptor cannot be read or lists no tables. A table that cannot be
    used is a finding in `faults`, so that the other tables are still checked.
    """
    file = locate(given)
    descriptor = _descriptor(file)
    root = file.parent
    resources: list[Resource] = []
    faults: list[Finding] = []
    files: list[DataFile] = []
    for index, entry in enumerate(descriptor["resources"]):
        result = read_entry(root, file.name, index, entry, descriptor)
        if isinstance(result, Finding):
            faults.append(result)
        elif isinstance(result, Resource):
            resources.append(result)
        else:
            files += result
    tables = tuple(resource for resource in resources if resource.fields)
    bare = tuple(resource for resource in resources if not resource.fields)
    return Package(root, file, descriptor, tables, tuple(faults), bare, tuple(files))


def _descriptor(file: Path) -> JsonObject:
    def refuse(message: str, hint: str, line: int | None = None) -> PackageError:
        finding = Finding(
            rule="descriptor",
            severity=Severity.FATAL,
            file=file.name,
            line=line,
            message=message,
            hint=hint,
        )
        return PackageError(finding, f"{file}:{line}" if line else str(file))

    try:
        value = load_json(file)
    except FileNotFoundError as error:
        yaml = yaml_descriptor(file.parent)
        if yaml is not None:
            message = f"the file does not exist, and descriptors in YAML ({yaml}) are not read"
            raise refuse(message, f"Convert {yaml} to {DESCRIPTOR}.") from error
        raise refuse("the file does not exist", without_descriptor(file)) from error
    except OSError as error:
        raise refuse(f"the file cannot be read ({error.strerror})", next_step(error)) from error
    except jsontext.JsonError as error:
        from .not_json import why_no_descriptor  # only a file that is no JSON needs it

        raise refuse(*why_no_descriptor(file, error, DESCRIPTOR)) from error
    if not isinstance(value, dict) or not isinstance(value.get("resources"), list):
        raise refuse(
            'the file is not a data package: it has no list "resources"',
            f"Give a {DESCRIPTOR} that follows the Data Package standard. If the file contains rows, "
            "write its descriptor with: shieldtalks describe",
        )
    if not value["resources"]:
        raise refuse(
            'the package has no tables: "resources" is empty', "Add at least one resource."
        )
    if len(value["resources"]) > _MOST_RESOURCES:
        raise refuse(
            f"the package lists more than {_MOST_RESOURCES:,} resources",
            "Split it into several packages.",
        )
    return value
