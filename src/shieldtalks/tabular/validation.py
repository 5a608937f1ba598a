"""Validate a package: descriptor, bytes, structure and rules, all faults at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from .checks import cells, descriptor, file, keys, rules, scope
from .engine import choose
from .engine.base import Engine
from .engine.compile import CONSTRAINTS
from .findings import CannotRun, Finding, PackageError, Report, Severity, Skipped
from .package import Package, Resource, read
from .package.package import locate
from .package.profile import Profile, declared
from .sources import csv as reader
from .sources.octets import TooLarge

#: A check of the caller's own: the tables as loaded and the engine that holds them go in.
ExtraCheck = Callable[[dict[str, reader.LoadedTable], Engine], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Options:
    """How a package is validated."""

    #: sqlite, duckdb or auto (see `engine.choose`).
    engine: str = "auto"
    #: Run frictionless beside the engine and report where it finds what we do not.
    reference: bool = False
    #: A folder with rules of the package's own; they run after the installed ones.
    rules: Path | None = None
    #: The profiles that are known; a package is checked with the one that it declares.
    profiles: Sequence[Profile] = ()
    #: Checks of the caller's own, given the tables as loaded.
    also: Sequence[ExtraCheck] = ()
    #: Told what is being done, for a reader who waits.
    tell: Callable[[str], None] = lambda _: None


def validate(given: Path, options: Options | None = None) -> Report:
    """The report on the package at `given`, a folder or a descriptor."""
    try:
        package = read(given)
    except PackageError as error:
        return unread(given, error)
    return validate_package(package, options)


def unread(given: Path, error: PackageError) -> Report:
    """The report on a package that could not be read at all."""
    package = {"name": None, "version": None, "path": str(locate(given))}
    return Report(package, [error.finding])


def validate_package(package: Package, options: Options | None = None) -> Report:
    """The report on a package that was read."""
    wanted = options or Options()
    report = Report({"name": package.name, "version": package.version, "path": str(package.file)})
    profile = declared(package, wanted.profiles)
    report.findings += package.faults
    report.findings += descriptor.check(package, profile)
    own = rules.read(wanted.rules) if wanted.rules is not None else []
    # A package that no rule and no other check will read further is kept lean.
    lean = profile is None and not own and not wanted.also
    database = choose(wanted.engine, package.resources, lean=lean)
    try:
        tables = _load(package, database, report, wanted.tell)
        _check_structure(tables, database, report, wanted.tell)
        wanted.tell("checking the rules")
        _check_rules(_rules_for(profile, wanted, report) + own, tables, database, report)
        for check in wanted.also:
            report.findings += check(tables, database)
    finally:
        database.close()
    for table in tables.values():
        report.findings += file.check_seal(table)
    if wanted.reference:
        from .checks.frictionless import disagreements

        wanted.tell("running frictionless")
        report.findings += disagreements(package, report.findings)
    report.findings = _in_order(package, report.findings)
    return report


def only(report: Report, chosen: Collection[str], options: Options | None = None) -> Report:
    """The report narrowed to the chosen rules; what kept something unchecked always stays.

    Raises CannotRun where a chosen rule does not exist.
    """
    known = known_rules(options or Options())
    for name in chosen:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.75)
            hint = f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(sorted(known))}."
            raise CannotRun(f'there is no rule "{name}"', hint)
    kept = [f for f in report.findings if f.rule in chosen or f.severity is Severity.FATAL]
    skipped = [skip for skip in report.skipped if skip.rule in chosen]
    return Report(report.package, kept, skipped, report.rows)


def known_rules(options: Options) -> dict[str, str]:
    """Every rule by its identifier, with its sentence if it has one: ours, the profiles', the caller's."""
    folders = [profile.rules for profile in options.profiles]
    folders += [options.rules] if options.rules is not None else []
    sentences = {rule.id: rule.sentence for folder in folders for rule in rules.read(folder)}
    return dict.fromkeys(STRUCTURAL, "") | sentences


#: The identifiers of the checks that are not SQL rules.
STRUCTURAL = frozenset(
    CONSTRAINTS
    | {
        "descriptor",
        "profile",
        "schema",
        "path",
        "file",
        "unsupported",
        "hash",
        "bytes",
        "bom",
        "encoding",
        "line-end",
        "control-character",
        "quote",
        "blank-row",
        "missing-cell",
        "extra-cell",
        "header",
        "blanks",
        "type",
        "unique-key",
        "primary-key",
        "foreign-key",
        "reference",
        "evidence",
    }
)


def _load(
    package: Package, engine: Engine, report: Report, tell: Callable[[str], None]
) -> dict[str, reader.LoadedTable]:
    tables: dict[str, reader.LoadedTable] = {}
    seen: set[str] = set()
    # A table whose descriptor or schema breaks the standard is not read: its checks would guess.
    refused = {known.table for known in report.findings if known.severity is Severity.FATAL}
    for resource in package.resources:
        if resource.name in refused or resource.name.casefold() in seen:
            continue
        seen.add(resource.name.casefold())
        tell(f"reading {resource.name}")
        faults = list(scope.check_resource(package, resource))
        report.findings += faults
        if any(fault.severity is Severity.FATAL for fault in faults):
            continue
        try:
            table = reader.load(resource, engine)
        except (OSError, ValueError) as error:
            report.findings.append(_refused(resource, error))
            continue
        tables[resource.name] = table
        report.rows[resource.name] = table.rows
    return tables


def _fatal(resource: Resource, rule: str, message: str, hint: str) -> Finding:
    """A finding that kept a table from being checked."""
    return Finding(
        rule=rule,
        severity=Severity.FATAL,
        table=resource.name,
        file=resource.path,
        message=message,
        hint=hint,
    )


def _refused(resource: Resource, error: OSError | ValueError) -> Finding:
    """Why a table was not read, or not to the end."""
    if isinstance(error, OSError):
        message = f"the file cannot be read ({error.strerror or error})"
        hint = "Put the file back, or take its resource out of the descriptor."
        return _fatal(resource, "file", message, hint)
    if isinstance(error, TooLarge):
        hint = "Mend the file with another tool, or split it."
        return _fatal(resource, "unsupported", f"the table is not read: {error}", hint)
    hint = "Give it fewer or other fields, keys or missing values."
    message = f"the SQL engine cannot check this table ({error})"
    return _fatal(resource, "unsupported", message, hint)


def _check_structure(
    tables: dict[str, reader.LoadedTable],
    engine: Engine,
    report: Report,
    tell: Callable[[str], None],
) -> None:
    found: list[Finding] = []
    for name, table in tables.items():
        tell(f"checking {name}")
        own = list(file.check(table))
        try:
            own += cells.check_cells(table, engine)
            faulty = {known.row for known in own if known.row}
            own += cells.check_empty_rows(table, engine, faulty)
            own += keys.check_keys(table, engine, _cells(own))
        except ValueError as error:
            own.append(_refused(table.resource, error))
        found += own
    bad = _cells(found)
    for name, table in tables.items():
        tell(f"checking the references of {name}")
        try:
            found += keys.check_references(table, tables, engine, bad)
        except ValueError as error:
            found.append(_refused(table.resource, error))
    report.findings += found


def _rules_for(profile: Profile | None, options: Options, report: Report) -> list[rules.Rule]:
    """The rules of the declared profile; those of the others are reported as skipped."""
    reason = "they belong to a profile that the package does not declare (conformsTo)"
    for other in options.profiles:
        if other is not profile:
            files = sorted(other.rules.glob("*.sql"))
            report.skipped += [Skipped(file.stem, reason) for file in files]
    return rules.read(profile.rules) if profile is not None else []


def _check_rules(
    chosen: Sequence[rules.Rule],
    tables: dict[str, reader.LoadedTable],
    engine: Engine,
    report: Report,
) -> None:
    engine.read_only()
    bad = _cells(report.findings)
    for rule in chosen:
        for outcome in rules.check(rule, tables, engine, bad):
            if isinstance(outcome, Skipped):
                report.skipped.append(outcome)
            else:
                report.findings.append(outcome)


def _cells(findings: Iterable[Finding]) -> set[tuple[str, int, str]]:
    """The cells that have a finding: table, row, field."""
    return {
        (known.table, known.row, field)
        for known in findings
        if known.table and known.row and known.field
        for field in known.field.split(", ")
    }


def _in_order(package: Package, findings: list[Finding]) -> list[Finding]:
    """Findings by file (the descriptor first, then as it lists them), line and place in the row."""
    files = [package.file.name]
    for resource in package.resources:
        files += [resource.schema_path or "", resource.path]
    place = {file: number for number, file in reversed(list(enumerate(files)))}

    def key(finding: Finding) -> tuple[int, int, int]:
        resource = package.resource(finding.table) if finding.table else None
        names = resource.field_names if resource else []
        field = names.index(finding.field) if finding.field in names else -1
        whole_file_last = sys.maxsize
        line = finding.line if finding.line is not None else whole_file_last
        return place.get(finding.file, len(files)), line, field

    return sorted(findings, key=key)
