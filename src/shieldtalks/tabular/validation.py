"""Validate a package: descriptor, bytes, structure and rules. All faults are reported at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from .checks import cells, descriptor, file, keys, rules, scope
from .checks.reduction import Unchecked, reduced
from .engine import choose
from .engine.base import Engine
from .engine.compile import CONSTRAINTS
from .findings import CannotRun, Finding, PackageError, Report, Severity, Skipped
from .package import Package, Resource, read
from .package.package import locate
from .package.profile import Profile, declared
from .sources import csv as reader
from .sources.octets import TooLarge

#: A check of the caller. It takes the loaded tables and the engine that contains them.
ExtraCheck = Callable[[dict[str, reader.LoadedTable], Engine], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Options:
    """How a package is validated."""

    #: `sqlite`, `duckdb` or `auto` (see `engine.choose`).
    engine: str = "auto"
    #: Also run frictionless, and report each error that Shieldtalks does not report.
    reference: bool = False
    #: A folder with rules for this package. They run after the rules of the profile.
    rules: Path | None = None
    #: The known profiles. A package is checked with the profile that it declares.
    profiles: Sequence[Profile] = ()
    #: Checks of the caller, which run after the rules.
    also: Sequence[ExtraCheck] = ()
    #: Called with a progress message before each step.
    tell: Callable[[str], None] = lambda _: None


def validate(given: Path, options: Options | None = None) -> Report:
    """Validate the package at `given`, a folder or a descriptor."""
    try:
        package = read(given)
    except PackageError as error:
        return unread(given, error)
    return validate_package(package, options)


def unread(given: Path, error: PackageError) -> Report:
    """The report for a package that could not be read at all."""
    package = {"name": None, "version": None, "path": str(locate(given))}
    return Report(package, [error.finding])


def validate_package(package: Package, options: Options | None = None) -> Report:
    """Validate a package that was read."""
    chosen = options or Options()
    report = Report({"name": package.name, "version": package.version, "path": str(package.file)})
    profile = declared(package, chosen.profiles)
    report.findings += package.faults
    report.findings += descriptor.check(package, profile)
    extra_rules = rules.read(chosen.rules) if chosen.rules is not None else []
    # If no rule and no other check reads the tables, the engine stores less of them.
    lean = profile is None and not extra_rules and not chosen.also
    readable = _readable(package, report)
    database = choose(chosen.engine, readable, lean=lean)
    try:
        tables = _load(readable, database, report, chosen.tell)
        _check_structure(tables, database, report, chosen.tell)
        chosen.tell("checking the rules")
        _check_rules(_rules_for(profile, chosen, report) + extra_rules, tables, database, report)
        for check in chosen.also:
            report.findings += check(tables, database)
    finally:
        database.close()
    for table in tables.values():
        report.findings += file.check_hash(table)
    for other in package.files:
        report.findings += file.check_file(other)
    if chosen.reference:
        from .checks.frictionless import disagreements

        chosen.tell("running frictionless")
        report.findings += disagreements(package, report.findings)
    report.findings = _in_order(package, report.findings)
    return report


def only(report: Report, chosen: Collection[str], options: Options | None = None) -> Report:
    """The report with only the findings of the chosen rules, and with all fatal findings.

    Raises CannotRun if a chosen rule does not exist.
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
    """Each rule by its identifier, with its sentence if it is an SQL rule."""
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
        "categories",
        "misplaced",
        "unique-key",
        "primary-key",
        "foreign-key",
        "reference",
        "evidence",
    }
)


def _readable(package: Package, report: Report) -> list[Resource]:
    """The tables that can be read, without the fields and keys that cannot be checked."""
    found: list[Resource] = []
    unchecked: dict[str, Unchecked] = {}
    seen: set[str] = set()
    # A table is not read if its descriptor or schema breaks the standard: its meaning is not certain.
    refused = {found.table for found in report.findings if found.severity is Severity.FATAL}
    for resource in (*package.resources, *package.bare):
        if resource.name in refused or resource.name.casefold() in seen:
            continue
        seen.add(resource.name.casefold())
        parts = unchecked[resource.name] = Unchecked()
        report.findings += scope.check_resource(package, resource, parts)
        if not parts.whole:
            found.append(resource)
    return [reduced(resource, unchecked) for resource in found]


def _load(
    resources: Sequence[Resource], engine: Engine, report: Report, tell: Callable[[str], None]
) -> dict[str, reader.LoadedTable]:
    tables: dict[str, reader.LoadedTable] = {}
    for resource in resources:
        tell(f"reading {resource.name}")
        try:
            table = reader.load(resource, engine)
        except (OSError, ValueError) as error:
            report.findings.append(_refused(resource, error))
            continue
        tables[resource.name] = table
        report.rows[resource.name] = table.rows
    return tables


def _fatal(resource: Resource, rule: str, message: str, hint: str) -> Finding:
    """A finding for a table that could not be checked."""
    return Finding(
        rule=rule,
        severity=Severity.FATAL,
        table=resource.name,
        file=resource.path,
        message=message,
        hint=hint,
    )


def _refused(resource: Resource, error: OSError | ValueError) -> Finding:
    """The finding for a table that was not read, or not completely."""
    if isinstance(error, OSError):
        message = f"the file cannot be read ({error.strerror or error})"
        hint = "Restore the file, or remove its resource from the descriptor."
        return _fatal(resource, "file", message, hint)
    if isinstance(error, TooLarge):
        hint = "Fix the file with another tool, or split it."
        return _fatal(resource, "unsupported", f"the table cannot be checked: {error}", hint)
    hint = "Use fewer or different fields, keys or missing values."
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
        table_findings = list(file.check(table))
        try:
            table_findings += cells.check_cells(table, engine)
            faulty = {finding.row for finding in table_findings if finding.row}
            table_findings += cells.check_empty_rows(table, engine, faulty)
            table_findings += keys.check_keys(table, engine, _cells(table_findings))
        except ValueError as error:
            table_findings.append(_refused(table.resource, error))
        found += table_findings
    bad = _cells(found)
    for name, table in tables.items():
        tell(f"checking the foreign keys of {name}")
        try:
            found += keys.check_references(table, tables, engine, bad)
        except ValueError as error:
            found.append(_refused(table.resource, error))
    report.findings += found


def _rules_for(profile: Profile | None, options: Options, report: Report) -> list[rules.Rule]:
    """The rules of the declared profile. The rules of other profiles are reported as skipped."""
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
        (finding.table, finding.row, field)
        for finding in findings
        if finding.table and finding.row and finding.field
        for field in finding.field.split(", ")
    }


def _in_order(package: Package, findings: list[Finding]) -> list[Finding]:
    """Findings by file (the descriptor first, then in its order), line, and place in the row."""
    files = [package.file.name]
    for resource in (*package.resources, *package.bare):
        files += [resource.schema_path or "", resource.path]
    files += [other.path for other in package.files]
    place = {file: number for number, file in reversed(list(enumerate(files)))}

    fields = {
        (resource.name, name): number
        for resource in package.resources
        for number, name in enumerate(resource.field_names)
    }

    def key(finding: Finding) -> tuple[int, int, int]:
        field = fields.get((finding.table or "", finding.field or ""), -1)
        whole_file_last = sys.maxsize
        line = finding.line if finding.line is not None else whole_file_last
        return place.get(finding.file, len(files)), line, field

    return sorted(findings, key=key)
