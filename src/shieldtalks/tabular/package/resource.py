"""A table of a data package: its descriptor, its schema and its files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..jsontext import JsonObject
from . import schema as table_schema
from .controls import standard_form
from .dialect import CsvDialect, csv_dialect
from .kinds import compression_of, form_of
from .schema import ForeignKey


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
    #: Whether it is a file without a descriptor, so that its header is all that names its columns.
    is_lone: bool = False
    #: The names of the fields, if two are the same. Then the schema is not used: there are no fields.
    ambiguous: tuple[str, ...] = ()

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
