"""The good rows and the bad rows of a package apart: `validate --split`.

`good/` is a package again: its rows have no errors. A row is bad if it has an error of its own, or if it
has one as soon as the bad rows are gone: a reference to a bad row, a rule that counts rows. So the good
rows are validated again until nothing is found in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from .. import temporary
from ..files import whole_folder
from ..findings import CannotRun, Finding, Further, Report, Severity, SplitRows, SplitTable
from ..formatting import as_json
from ..jsontext import JsonObject
from ..package import DESCRIPTOR, Package, read
from ..package.own_files import files_beside
from ..reading import copy_file
from ..reports.location import words
from ..reports.text import left_out
from ..sources.loaded import LoadedTable
from .chains import follow
from .store import AFTER, Store
from .tables import TableFiles

if TYPE_CHECKING:
    from ..validation import Options

#: How often the good rows are validated again. Each time, rows that refer to rows found the time before
#: are found.
_MOST_ROUNDS = 25

#: The file with the findings that belong to no row.
OTHERS = "other-findings.txt"

#: Properties of a resource that describe its old file.
_OF_THE_FILE = frozenset(
    {
        *("path", "data", "format", "mediatype", "encoding", "dialect", "compression"),
        *("innerpath", "extrapaths", "hash", "bytes", "schema"),
    }
)

_SIMPLE = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))\w[\w.-]{0,99}", re.IGNORECASE)


class Split(ExitStack):
    """Watches a validation, and then writes the rows apart. Close it to delete its temporary file."""

    def __init__(self) -> None:
        super().__init__()
        self._store = Store(self.enter_context(temporary.folder()))
        self.callback(self._store.close)
        self._tables: dict[str, LoadedTable] = {}

    def found(self, one: Finding | Further) -> None:
        """Take an error of the package."""
        self._store.add(one)

    def loaded(self, tables: dict[str, LoadedTable]) -> None:
        """Take the tables that were read."""
        self._tables = tables

    def write(
        self, target: Path, package: Package, report: Report, options: Options, *, force: bool
    ) -> SplitRows | None:
        """Write the folder. None, and nothing is written, if not everything could be checked."""
        if report.exit_code == 2:
            return None
        if not self._tables:
            message = f"{package.shown} has no tables, so there are no rows to write apart"
            raise CannotRun(message, "Leave out --split.")
        files = {
            name: TableFiles(table, self._store, report.rules)
            for name, table in self._tables.items()
        }
        stems = _stems(files)
        with whole_folder(target, force=force) as folder:
            for side in ("good", "bad"):
                (folder / side).mkdir()
            self._write_tables(folder, files, stems, files, options)
            _write_descriptor(folder / "good", package, files, stems)
            remaining = self._repeat(
                folder, package, files, stems, options, _depends(package, report)
            )
            others = list(_others(report))
            (folder / OTHERS).write_text("".join(f"{line}\n" for line in others), "utf-8")
        tables = [
            SplitTable(name, f"{stems[name]}.csv", one.good, one.bad) for name, one in files.items()
        ]
        return SplitRows(str(target), tables, len(others), remaining)

    def _write_tables(
        self,
        folder: Path,
        files: dict[str, TableFiles],
        stems: dict[str, str],
        names: Sequence[str] | dict[str, TableFiles],
        options: Options,
    ) -> None:
        for name in names:
            options.tell(f"writing the rows of {name}")
            follow(self._tables[name], self._store)
            path = f"{stems[name]}.csv"
            files[name].write(folder / "good" / path, folder / "bad" / path)

    def _repeat(
        self,
        folder: Path,
        package: Package,
        files: dict[str, TableFiles],
        stems: dict[str, str],
        options: Options,
        depends: bool,
    ) -> int:
        """Validate the good rows until nothing is found in them. The number of errors that are left."""
        from ..validation import validate_package

        if not depends or not any(one.bad for one in files.values()):
            return 0
        plain = options._replace(
            reference=False, also=(), with_rows=False, watch=_Again(self._store)
        )
        errors = 0
        for number in range(1, _MOST_ROUNDS + 1):
            self._store.begin_again()
            tell = options.tell
            tell(f"validating the good rows ({number})")
            report = validate_package(read(folder / "good"), plain._replace(tell=lambda _: None))
            counts = report.by_severity()
            errors = counts[Severity.ERROR] + counts[Severity.FATAL]
            changed = self._store.merge_again()
            if not changed:
                return errors
            ordered = [name for name in files if name in changed]
            self._write_tables(folder, files, stems, ordered, options)
            _write_descriptor(folder / "good", package, files, stems)
        return errors


class _Again:
    """Watches the validation of the good rows."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def found(self, one: Finding | Further) -> None:
        """Take an error that is there only because the bad rows are gone."""
        if isinstance(one, Finding):
            one = replace(one, message=f"{one.message} {AFTER}")
        self._store.add(one)

    def loaded(self, tables: dict[str, LoadedTable]) -> None:
        """The tables are known."""


def _depends(package: Package, report: Report) -> bool:
    """Whether a row can become bad because another row is gone."""
    return bool(report.rules) or any(table.foreign_keys for table in package.resources)


def _stems(names: dict[str, TableFiles]) -> dict[str, str]:
    """The name of a file for each table: its own name if every system allows it, else a number."""
    plain = {name: name for name in names if name.isascii() and _SIMPLE.fullmatch(name)}
    taken = {name.casefold() for name in plain.values()}
    for number, name in enumerate(names, start=1):
        if name not in plain:
            stem = f"table-{number}"
            while stem in taken:
                stem += "-"
            taken.add(stem)
            plain[name] = stem
    return {name: plain[name] for name in names}


def _write_descriptor(
    folder: Path, package: Package, files: dict[str, TableFiles], stems: dict[str, str]
) -> None:
    """Write the descriptor of the good rows, and copy the files beside the data that it names."""
    entries = [_entry(folder, package, name, one, stems[name]) for name, one in files.items()]
    descriptor = package.descriptor | {"resources": entries}
    if package.is_lone:
        descriptor = {"$schema": _VERSION_2, **descriptor}
    (folder / DESCRIPTOR).write_bytes(as_json(descriptor))
    for path in [] if package.is_lone else files_beside(package.root, descriptor):
        copy = folder / path
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy_file(package.root / path, copy)


_VERSION_2 = "https://datapackage.org/profiles/2.0/datapackage.json"


def _entry(folder: Path, package: Package, name: str, files: TableFiles, stem: str) -> JsonObject:
    """The entry of a table in the descriptor of the good rows."""
    (old,) = (one for one in (*package.resources, *package.bare) if one.name == name)
    kept = {key: value for key, value in old.descriptor.items() if key not in _OF_THE_FILE}
    entry = kept | {
        "path": f"{stem}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
    }
    file = folder / entry["path"]
    if "bytes" in old.descriptor:
        entry["bytes"] = file.stat().st_size
    if "hash" in old.descriptor:
        with file.open("rb") as content:
            entry["hash"] = f"sha256:{file_digest(content, 'sha256').hexdigest()}"
    if not old.fields:
        return entry | {"type": "table"}
    schema = dict(files.resource.schema)
    if files.has_all_columns:
        schema.pop("fieldsMatch", None)
    if package.is_lone:  # a field without a type was read as text
        schema["fields"] = [{"type": "string"} | field for field in files.resource.fields]
    return entry | {"schema": schema}


def _others(report: Report) -> Iterator[str]:
    """The findings that belong to no row, one per line."""
    for finding in report.findings:
        if finding.row is None:
            line = "" if finding.line is None else f":{finding.line}"
            level = "warning: " if finding.severity is Severity.WARNING else ""
            yield f"{finding.file}{line}: {level}{finding.rule}: {words(finding)}"
    yield from left_out(report)
