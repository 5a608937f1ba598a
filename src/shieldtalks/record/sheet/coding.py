"""Write the rows of a coding sheet into a collection: all of them, or none.

The new tables are written into a copy of the package, formatted as `fmt` does and validated there.
Only if nothing is wrong are the files of the package replaced, the descriptor last.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path as File

from ...tabular import temporary
from ...tabular.files import replace_all
from ...tabular.findings import CannotRun, Finding, Report
from ...tabular.formatting import plan
from ...tabular.package import Package, Resource, read
from ...tabular.package.package import is_archive
from ...tabular.package.paths import is_inside
from ...tabular.reading import LARGEST_TEXT, copy_file, read_bytes
from ...tabular.rewriting import NotLossless, cells_of, is_ordinary, written
from ..checking import validate_package
from ..derived import additions
from ..profile import PROFILE, is_ours
from .rows import CodedSheet
from .tables import NewRow
from .verdict import CONTRADICTED, contradicted, told


@dataclass(slots=True)
class Written:
    """What coding a sheet into a package would change."""

    #: The new content of each file, by its path in the package.
    files: dict[str, bytes] = field(default_factory=dict)
    #: What is wrong with the package and the new rows together.
    report: Report = field(default_factory=lambda: Report({}))
    #: Findings that somebody has to look after when the rows are written.
    later: list[Finding] = field(default_factory=list)
    #: The claims of the collection that are contradicted by a new one, but not yet disputed.
    contradicted: list[str] = field(default_factory=list)


def check_package(package: Package) -> None:
    """Raise CannotRun if a sheet cannot be coded into a package."""
    if package.archive is not None or is_archive(package.file):
        message = f"code does not change archives, and {package.archive or package.file} is one"
        raise CannotRun(message, "Unpack it, and name its folder.")
    if not is_ours(package):
        raise CannotRun(
            f"{package.shown} does not follow the profile of a record",
            f'Its descriptor has no "conformsTo": "{PROFILE}". `shieldtalks init` starts a collection.',
        )
    if package.faults:
        message = f"{package.shown}: {package.faults[0].message}"
        raise CannotRun(message, "Run `shieldtalks validate` to see its faults.")


def prepare(package: Package, coded: CodedSheet, *, dispute: bool = False) -> Written:
    """The files of a package with the new rows, and what validation says of them.

    With `dispute`, the claims that are there and that a new claim contradicts become disputed, too.
    Raises CannotRun if a table is not an ordinary CSV file, or is not in the package's folder.
    """
    if not coded.new:
        return Written()
    result = _tried(package, coded)
    old = {*result.contradicted} if dispute else set()
    if _dispute(result.report, coded) or old:
        result = _tried(package, coded, old)
        result.contradicted = sorted(old) or result.contradicted
    return result


def _dispute(report: Report, coded: CodedSheet) -> bool:
    """Make each new claim that is contradicted `disputed`, unless the sheet gives its standing."""
    places = {finding.line for finding in report.findings if finding.rule == CONTRADICTED}
    lines = coded.faults.lines
    claims = [
        row
        for row in coded.new
        if row.table == "claims"
        and "standing" not in row.paths
        and row.cells["standing"] == "as-reported"
        and lines.at(row.path) in places
    ]
    for row in claims:
        row.cells["standing"] = "disputed"
    return bool(claims)


def _tried(package: Package, coded: CodedSheet, disputed: Collection[str] = ()) -> Written:
    """The same, with the rows as they are now, and with these claims disputed."""
    result = Written()
    with temporary.folder() as folder:
        _copy(package, folder)
        for table in {row.table: None for row in coded.new} | (
            {"claims": None} if disputed else {}
        ):
            resource = _resource(package, table)
            rows = [row for row in coded.new if row.table == table]
            changed = disputed if table == "claims" else ()
            (folder / resource.path).write_bytes(_with(resource, rows, changed))
        for change in plan(copied := read(folder / package.file.name), additions(copied)).changes:
            (folder / change.path).write_bytes(change.content)
        copied = read(folder / package.file.name)
        report = validate_package(copied)
        for resource in package.resources:
            _compare(package, folder, resource.path, result)
            if resource.schema_path is not None:
                _compare(package, folder, resource.schema_path, result)
        _compare(package, folder, package.file.name, result)
        result.later = told(report, copied, package, coded)
        result.contradicted = contradicted(report.findings)
        report.package = {**report.package, "path": str(package.shown)}
    result.report = report
    return result


def write(package: Package, result: Written) -> None:
    """Replace the files of a package, all of them or none. The descriptor comes last."""
    paths = sorted(result.files, key=lambda path: path == package.file.name)
    replace_all({(package.root / path).resolve(): result.files[path] for path in paths})


def _copy(package: Package, folder: File) -> None:
    """Copy the descriptor, the tables and the schemas. Nothing else is needed for the check."""
    paths = [package.file.name]
    for resource in package.resources:
        paths += [part.path for part in resource.parts]
        paths += [resource.schema_path] if resource.schema_path else []
        dialect = resource.descriptor.get("dialect")
        paths += [dialect] if isinstance(dialect, str) else []
    paths += [file.path for file in package.files] + [file.path for file in package.bare]
    for path in dict.fromkeys(paths):
        source = package.root / path
        if not path or not is_inside(source, package.root):
            raise CannotRun(
                f"{source} leads out of the package",
                "Put the file itself into the package. Nothing was changed.",
            )
        if source.is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            copy_file(source, folder / path)


def _resource(package: Package, table: str) -> Resource:
    resource = package.resource(table)
    if resource is None:
        raise CannotRun(
            f"{package.shown} has no table {table}, which the sheet needs",
            "Add the table to the descriptor: `shieldtalks init` shows how a collection has it.",
        )
    if not is_ordinary(resource):
        message = f"{package.shown}: the table {table} is not one ordinary CSV file"
        raise CannotRun(message, "Export the package as csv, and code into that.")
    return resource


def _with(resource: Resource, new: list[NewRow], disputed: Collection[str]) -> bytes:
    """The content of a table with the new rows at its end, and with these claims disputed."""
    try:
        cells = cells_of(resource, read_bytes(resource.file, LARGEST_TEXT))
        if disputed:
            key, standing = map(resource.field_names.index, ("claim_id", "standing"))
            for row in cells:
                row[standing] = "disputed" if row[key] in disputed else row[standing]
        empty = ["" if "" in codes or not codes else codes[0] for codes in resource.missing]
        fields = list(zip(resource.field_names, empty, strict=True))
        added = [[row.cells.get(name, "") or code for name, code in fields] for row in new]
        return written(resource, [*cells, *added])
    except NotLossless as error:
        message = f"{resource.path} cannot be rewritten without a loss: {error}"
        raise CannotRun(message, "Run `shieldtalks validate` to see its faults.") from error


def _compare(package: Package, folder: File, path: str, result: Written) -> None:
    """Note a file that is different in the copy."""
    if path not in result.files and (folder / path).is_file():
        content = (folder / path).read_bytes()
        if content != (package.root / path).read_bytes():
            result.files[path] = content
