"""A data package on disk: its descriptor, its tables and the paths of their files.

Reading a package opens only the descriptor and the schema files. It opens nothing outside the
package's folder, and it does not use the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from .. import jsontext
from ..findings import Finding, PackageError, Severity
from ..jsontext import JsonObject
from ..reading import next_step
from . import schema as table_schema
from .controls import standard_form
from .dialect import CsvDialect, csv_dialect
from .kinds import DataFile, compression_of, form_of, is_inline, is_table, paths_of, place_of_path
from .named import load_json, of_file
from .paths import rule_of, unsafe, without_descriptor, yaml_descriptor
from .schema import ForeignKey

DESCRIPTOR = "datapackage.json"

#: The most resources of a package that is read.
_MOST_RESOURCES = 100_000


@dataclass(frozen=True, slots=True)
class Resource:
    """One table of a package: its descriptor, its schema and its file, or the first of its files."""

    name: str
    #: The path in the descriptor, relative to the package's folder.
    path: str
    file: Path
    descriptor: JsonObject
    schema: JsonObject
    #: The path of the schema file; None if the schema is in the descriptor.
    schema_path: str | None
    #: The path and the file of each other part of a table in several files.
    more: tuple[tuple[str, Path], ...] = ()
    #: Its number in the `resources` of the descriptor, from 0.
    index: int = 0
    #: What must exist as long as this value, such as the folder of its temporary file.
    held: object = field(default=None, repr=False, compare=False)
    #: The path of the dialect file, and what is in it; None if the dialect is in the descriptor.
    dialect_path: str | None = None
    dialect_read: Any = None

    @property
    def form(self) -> str:
        """The form of its rows (see `kinds.form_of`)."""
        return form_of(self.descriptor, self.path)

    @property
    def compression(self) -> str:
        """How its file is compressed (see `kinds.compression_of`)."""
        return compression_of(self.descriptor, self.path)

    @property
    def parts(self) -> tuple[Resource, ...]:
        """The table in each of its files, in order. Most tables have one."""
        if not self.more:
            return (self,)
        files = ((self.path, self.file), *self.more)
        return tuple(replace(self, path=path, file=file, more=()) for path, file in files)

    @property
    def files(self) -> list[Path]:
        """The files, in order."""
        return [self.file, *(file for _, file in self.more)]

    @property
    def fields(self) -> list[JsonObject]:
        """The fields of the schema, in order."""
        return table_schema.fields_of(self.schema)

    @property
    def field_names(self) -> list[str]:
        """The names of the fields, in order."""
        return [field["name"] for field in self.fields]

    @property
    def primary_key(self) -> list[str]:
        """The names of the fields of the primary key; empty if none is declared."""
        return table_schema.primary_key(self.schema)

    @property
    def encoding(self) -> str:
        """The declared encoding of the file; UTF-8 if none is declared."""
        return str(self.descriptor.get("encoding") or "utf-8")

    @property
    def dialect(self) -> CsvDialect:
        """The CSV dialect of the file."""
        return csv_dialect(self.declared_dialect, is_tsv=self.form == "tsv")

    @property
    def written_dialect(self) -> Any:
        """The dialect as it is written, in the descriptor or in a file."""
        return self.descriptor.get("dialect") if self.dialect_path is None else self.dialect_read

    @property
    def declared_dialect(self) -> Any:
        """The dialect as it is declared, with the keys of the standard."""
        return standard_form(self.written_dialect)

    @property
    def foreign_keys(self) -> list[ForeignKey]:
        """The foreign keys, in order."""
        return table_schema.foreign_keys(self.schema, self.name)

    @property
    def missing(self) -> list[list[str]]:
        """The texts that mean "no value", for each field."""
        return [table_schema.missing_values(self.schema, field) for field in self.fields]


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
        result = _resource(root, file.name, index, entry, descriptor)
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


def _resource(
    root: Path, descriptor: str, index: int, entry: Any, package: JsonObject
) -> Resource | list[DataFile] | Finding:
    place = f"resources[{index}]"
    name = entry.get("name") if isinstance(entry, dict) else None

    def refuse(
        rule: str,
        message: str,
        hint: str,
        field: str = "",
        file: str = descriptor,
        line: int | None = None,
    ) -> Finding:
        if file == descriptor:
            line = jsontext.line_in(root / descriptor, ("resources", index, *field.split(".")[1:]))
        return Finding(
            rule=rule,
            severity=Severity.FATAL,
            table=name if isinstance(name, str) else None,
            file=file,
            line=line,
            field=f"{place}{field}" if file == descriptor else None,
            message=message,
            hint=hint,
        )

    if not isinstance(entry, dict) or not isinstance(name, str) or not name:
        what = "has no name" if isinstance(entry, dict) else "is not an object"
        return refuse("descriptor", f"{place} {what}", "Give every resource a name.", ".name")
    for number, path in enumerate(paths_of(entry)):
        fault = unsafe(root, path) if isinstance(path, str) else None
        if fault:
            hint = "Keep every file inside the package's folder."
            at = place_of_path(entry, number)[0]
            return refuse(rule_of(path), f'path "{path}" {fault}', hint, f".{at}")
    paths = paths_of(entry)
    if is_inline(entry):
        paths = [descriptor]
    if not paths or not all(isinstance(path, str) for path in paths):
        what = "table" if is_table(entry, package) else "resource"
        hint = "Give the path of its file."
        return refuse("descriptor", f'the {what} "{name}" has no path', hint, ".path")
    if not is_table(entry, package):
        alone = len(paths) == 1
        return [DataFile(name, path, root / path, entry, alone) for path in paths]
    # A file that is named twice is read once, and the check of the descriptor reports it.
    path, *others = {str(PurePosixPath(one)): one for one in paths}.values()
    more = tuple((other, root / other) for other in others)
    dialect, dialect_path = entry.get("dialect"), None
    if isinstance(dialect, str):
        dialect_path, dialect = dialect, of_file(root, dialect, "dialect", refuse)
        if not isinstance(dialect, dict):
            what, hint = (
                "the dialect is not an object",
                "Write the keys of a dialect into the file.",
            )
            wrong = refuse("descriptor", what, hint, file=dialect_path)
            return dialect if isinstance(dialect, Finding) else wrong
    schema, schema_path = entry.get("schema"), None
    made = Resource(name, path, root / path, entry, {"fields": []}, None, more, index)
    made = replace(made, dialect_path=dialect_path, dialect_read=dialect)
    if schema is None and "schema" not in entry:
        return made
    if isinstance(schema, str):
        schema_path, schema = schema, of_file(root, schema, "schema", refuse)
        if isinstance(schema, Finding):
            return schema
    fault = table_schema.unusable(schema)
    if fault or not isinstance(schema, dict):
        where = schema_path or descriptor
        return refuse(
            "schema",
            fault or "the schema is missing",
            "Add a Table Schema with a list of fields, each with a unique name.",
            ".schema",
            file=where,
        )
    schema = table_schema.with_types(schema, entry, package)
    if made.form in ("csv", "tsv"):
        schema = table_schema.with_null(schema, made.dialect.null_sequence)
    return replace(made, schema=schema, schema_path=schema_path)
