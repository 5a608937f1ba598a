"""Parquet files in folders that are named after the values of a field: `topic=basing/part-0.parquet`.

Other programs call this Hive partitioning. The field stays in the files, so that its values keep their
type. A table is read once. Its rows wait in one temporary file per value, and then each value becomes
one Parquet file. At most one of these files is open at a time, and one group of rows is in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc

from ...tabular import temporary
from ...tabular.files import whole_folder
from ...tabular.findings import CannotRun
from ...tabular.formatting import as_json
from ...tabular.nearest import nearest
from ...tabular.package import DESCRIPTOR
from ...tabular.package.own_files import files_beside
from ...tabular.package.profile import without_profile
from ...tabular.package.schema import codes, without_foreign_keys
from ...tabular.reading import copy_file
from ..job import Job, Table
from ..names import file_names
from . import ENDING, described, entry_of, groups, read_by_either, write_rows, write_table
from .arrow import schema

#: The most folders of one table.
MOST = 1000
#: The name of each file in a folder.
PART = f"part-0{ENDING}"
#: The value in the name of the folder of rows without a value. Other programs know this word.
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
#: The longest name of a folder that all systems allow, in bytes.
_LONGEST = 255


def write_parts(job: Job, field: str) -> None:
    """Write a folder with a descriptor; a table that has `field` is one file for each of its values."""
    if job.target.suffix.lower() == ENDING:
        raise CannotRun(
            f"{job.target}: an export with --partition-by is a folder, not a file",
            f"Use a name that does not end in {ENDING}.",
        )
    _check_field(job.tables, field)
    names = [table.name for table in job.tables]
    beside = files_beside(job.package.root, job.package.descriptor)
    stems = file_names(
        names, [DESCRIPTOR, *(name + ENDING for name in names), *_taken(beside, field)]
    )
    entries = []
    with whole_folder(job.target, force=job.force) as folder:
        for table in job.tables:
            stem = stems[table.name]
            if stem != table.name:
                job.note(f'the files of the table "{table.name}" are called {stem}')
            if _has(table, field):
                paths: str | list[str] = _write_parts(job, table, field, folder, stem)
            else:
                paths = stem + ENDING
                with (folder / paths).open("xb") as file:
                    write_table(job, table, paths, file)
            entries.append(_entry(table, paths, set(names)))
        descriptor = without_profile(job.package.descriptor) | {"resources": entries}
        descriptor.pop("profile", None)
        (folder / DESCRIPTOR).write_bytes(as_json(descriptor))
        for path in files_beside(job.package.root, descriptor):
            if not (folder / path).exists():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                copy_file(job.package.root / path, folder / path)


def _taken(beside: Iterable[str], field: str) -> Iterator[str]:
    """The names of tables that would take the place of a file beside the data, such as a licence."""
    for path in beside:
        first, slash, rest = path.partition("/")
        if first.lower().endswith(
            ENDING
        ):  # the file of a table would be where a file or a folder is
            yield first[: -len(ENDING)]
        if not slash or rest.startswith(f"{_encoded(field)}="):
            yield first


def _has(table: Table, field: str) -> bool:
    return any(own["name"] == field for own in table.fields)


def _check_field(tables: list[Table], field: str) -> None:
    """Raise CannotRun if no table has the field, or if its values cannot be names of folders."""
    for table in tables:
        form = schema(table, {})
        if _has(table, field) and pa.types.is_nested(form.field(field).type):
            raise CannotRun(
                f"{table.name}.{field}: its values are lists or points, so they cannot be names of folders",
                "Choose another field.",
            )
    if any(_has(table, field) for table in tables):
        return
    known = dict.fromkeys(own["name"] for table in tables for own in table.fields)
    near = nearest(field, known)
    coded = dict.fromkeys(own["name"] for table in tables for own in table.fields if codes(own))
    fitting = f" Fields with a list of codes: {', '.join(coded)}." if coded else ""
    meant = f'Did you mean "{near}"?' if near else f"Choose a field with few values.{fitting}"
    raise CannotRun(f'no table of this export has a field "{field}"', meant)


def _entry(table: Table, paths: str | list[str], kept: set[str]) -> dict[str, object]:
    """The entry of a table, without the keys to tables that are not exported."""
    entry = entry_of(table, paths)
    return entry | {"schema": without_foreign_keys(entry["schema"], table.name, kept)}


def _write_parts(job: Job, table: Table, field: str, folder: Path, stem: str) -> str | list[str]:
    """Write the files of a table. Gives their paths, in the order of the values."""
    with temporary.folder(folder / stem) as aside:
        waiting = _Waiting(table, field, aside)
        read_by_either(job, table, waiting.form, waiting.take, waiting.clear)
        paths, before = [], 0
        for value, name in waiting.folders().items():
            path = f"{stem}/{name}/{PART}"
            (folder / path).parent.mkdir(parents=True)
            with (folder / path).open("xb") as file:
                form = described(job, table, path)
                write_rows(job, table, file, form, waiting.batches(value), before)
            before += waiting.count(value)
            paths.append(path)
    if not paths:  # a table without rows
        path = f"{stem}{ENDING}"
        with (folder / path).open("xb") as file:
            write_rows(job, table, file, described(job, table, path), iter(()))
        return path
    return paths if len(paths) > 1 else paths[0]


class _Waiting:
    """The rows of a table in temporary files, one for each value of a field. None is the missing value."""

    def __init__(self, table: Table, field: str, folder: Path) -> None:
        self.form = schema(table, {})
        self._table, self._field, self._folder = table, field, folder
        self._codes = next(codes(own) for own in table.fields if own["name"] == field)
        self._counts: dict[str | None, int] = {}
        self._files: dict[str | None, Path] = {}

    def clear(self) -> None:
        """Forget all rows."""
        for file in self._files.values():
            file.unlink()
        self._counts.clear()
        self._files.clear()

    def take(self, batches: Iterator[pa.RecordBatch]) -> None:
        """Add rows. Raises CannotRun if there are too many different values."""
        for group in groups(batches, self.form):
            for value, rows in _by_value(group, self._field):
                if value not in self._counts:
                    self._check(value)
                    self._files[value] = self._folder / str(len(self._counts))
                    self._counts[value] = 0
                self._counts[value] += rows.num_rows
                _append(rows, self._files[value])

    def _check(self, value: str | None) -> None:
        table, field = self._table.name, self._field
        if value == NO_VALUE:
            raise CannotRun(
                f"{table}.{field}: the value {NO_VALUE} cannot be the name of a folder",
                "Other programs read it as a missing value. Choose another field.",
            )
        if len(self._counts) == MOST:
            coded = [own["name"] for own in self._table.fields if codes(own)]
            fitting = f", such as {', '.join(coded)}" if coded else ""
            raise CannotRun(
                f"{table}.{field} has more than {MOST:,} different values, and each needs a folder",
                f"Choose a field with fewer values{fitting}.",
            )

    def count(self, value: str | None) -> int:
        """The number of rows with a value."""
        return self._counts[value]

    def batches(self, value: str | None) -> Iterator[pa.RecordBatch]:
        """The rows with a value, in order; their temporary file is removed afterwards."""
        with pa.OSFile(str(self._files[value])) as file:
            while file.tell() < file.size():
                with pa.ipc.open_stream(file) as stream:
                    yield from stream
        self._files[value].unlink()

    def folders(self) -> dict[str | None, str]:
        """The name of the folder of each value: in the order of the codes, otherwise of the values."""
        places = {code: place for place, code in enumerate(self._codes)}
        values = sorted(
            self._counts, key=lambda value: (value is None, places.get(value or "", 0), value or "")
        )
        names = folder_names(self._field, values)
        for value, name in names.items():
            if len(name) > _LONGEST:
                raise CannotRun(
                    f"{self._table.name}.{self._field}: {(value or '')[:40]}... "
                    "is too long to be the name of a folder",
                    "Choose a field with shorter values.",
                )
        return names


def _append(rows: pa.Table, file: Path) -> None:
    """Add rows to a temporary file."""
    with pa.OSFile(str(file), "ab") as out, pa.ipc.new_stream(out, rows.schema) as stream:
        stream.write_table(rows)


def _by_value(group: pa.Table, field: str) -> Iterator[tuple[str | None, pa.Table]]:
    """The rows with each value of a field, in their order. The value is a text."""
    column = group[field].combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # combine_chunks of older versions
        column = column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    texts = column.cast(pa.string()).dictionary_encode("encode")
    order = pc.array_sort_indices(texts.indices)
    rows, numbers = group.take(order), texts.indices.take(order)
    counts = pc.value_counts(numbers).to_pylist()
    start = 0
    for entry in counts:
        value = texts.dictionary[entry["values"]].as_py()
        yield value, rows.slice(start, entry["counts"])
        start += entry["counts"]


def folder_names(field: str, values: Iterable[str | None]) -> dict[str | None, str]:
    """The name of the folder for each value of a field, as `field=value`, percent-encoded.

    No two names are the same, also for systems to which upper and lower case are the same: the letters
    of the second one are percent-encoded.
    """
    names: dict[str | None, str] = {}
    used: set[str] = set()
    for value in values:
        text = NO_VALUE if value is None else _encoded(value)
        if text.casefold() in used:
            text = "".join(
                f"%{ord(one):02X}" if one.isascii() and one.isalpha() else quote(one, safe="")
                for one in value or ""
            )
        used.add(text.casefold())
        names[value] = f"{_encoded(field)}={text}"
    return names


def _encoded(text: str) -> str:
    """A text as part of the name of a file: no separator, not hidden, and no dot at the end."""
    plain = quote(text, safe="")
    if plain.startswith((".", "_", "~")):
        plain = f"%{ord(plain[0]):02X}{plain[1:]}"
    return f"{plain[:-1]}%2E" if plain.endswith(".") else plain
