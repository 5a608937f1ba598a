"""Validate a package: descriptor, bytes, structure and rules. All faults are reported at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from .checks import cells, descriptor, file, keys, profiles, rules, scope
from .checks.reduction import Unchecked, reduced
from .checks.rules import TIMEOUT
from .engine import choose
from .engine.base import Engine
from .engine.compile import CONSTRAINTS
from .findings import CannotRun, Finding, PackageError, Report, Severity, Skipped
from .package import Package, Resource, read
from .package.package import locate
from .package.profile import Profile, declared, other_versions
from .settings import EXTRA, Settings
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
    #: The most seconds that each rule of that folder may take.
    rule_timeout: float = TIMEOUT
    #: The known profiles. A package is checked with the profile that it declares.
    profiles: Sequence[Profile] = ()
    #: The levels of rules that the caller chose, and whether warnings count as errors.
    settings: Settings = field(default_factory=Settings)
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
    report.findings += other_versions(package, chosen.profiles)
    report.findings += descriptor.check(package, profile)
    report.findings += profiles.check(package)
    levels = _levels(profile, chosen.settings)
    lenient = frozenset(rule for rule in EXTRA if levels[rule] != "error")
    extra_rules = rules.read(chosen.rules) if chosen.rules is not None else []
    # If no rule and no other check reads the tables, the engine stores less of them.
    lean = profile is None and not extra_rules and not chosen.also
    readable = _readable(package, report)
    database = choose(chosen.engine, readable, lean=lean)
    try:
        tables = _load(readable, database, report, chosen.tell)
        for table in tables.values():
            table.lenient = lenient
        _check_structure(tables, database, report, lenient, chosen.tell)
        chosen.tell("checking the rules")
        database.read_only()
        own = rules.read(profile.rules) if profile is not None else []
        report.rules = frozenset(rule.id for rule in own + extra_rules)
        _check_rules(own, tables, database, report, lenient)
        _check_rules(extra_rules, tables, database, report, lenient, chosen.rule_timeout)
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
    return _levelled(report, levels, chosen.settings)


def _levels(profile: Profile | None, settings: Settings) -> dict[str, str]:
    """The level of each rule for which something is decided: by default, by the profile, by the caller."""
    levels = dict.fromkeys(EXTRA, "warning")
    if profile is not None:
        levels |= dict.fromkeys(profile.errors, "error")
    chosen = {rule: level for rule, level in settings.levels.items() if rule not in FIXED}
    return levels | chosen


def _levelled(report: Report, levels: dict[str, str], settings: Settings) -> Report:
    """The report with each finding at the level of its rule. A fatal finding stays fatal."""
    kept = []
    for found in report.findings:
        level = levels.get(found.rule)
        if level is None or found.severity is Severity.FATAL:
            kept.append(found)
        elif level != "off":
            kept.append(found.at(Severity(level)))
    off = [rule for rule in settings.levels if levels.get(rule) == "off"]
    skipped = [Skipped(rule, f"switched off ({settings.sources[rule]})") for rule in off]
    return replace(
        report,
        findings=kept,
        skipped=report.skipped + skipped,
        strict=settings.strict,
    )


def only(report: Report, chosen: Collection[str], options: Options | None = None) -> Report:
    """The report with only the findings of the chosen rules, and with all fatal findings.

    Raises CannotRun if a chosen rule does not exist, or is not a rule of this package.
    """
    known = known_rules(options or Options())
    for name in chosen:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.75)
            hint = f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(sorted(known))}."
            raise CannotRun(f'there is no rule "{name}"', hint)
    foreign = [name for name in chosen if name not in STRUCTURAL | report.rules]
    if foreign and not any(found.severity is Severity.FATAL for found in report.findings):
        raise CannotRun(
            f'the rule "{foreign[0]}" belongs to a profile that {report.package["path"]} does not '
            "declare (conformsTo), so it was not checked",
            "Leave out this --only for such a package.",
        )
    kept = [f for f in report.findings if f.rule in chosen or f.severity is Severity.FATAL]
    skipped = [skip for skip in report.skipped if skip.rule in chosen]
    return replace(report, findings=kept, skipped=skipped)


def known_rules(options: Options) -> dict[str, str]:
    """Each rule by its identifier, with its sentence if it is an SQL rule."""
    folders = [profile.rules for profile in options.profiles]
    folders += [options.rules] if options.rules is not None else []
    sentences = {rule.id: rule.sentence for folder in folders for rule in rules.read(folder)}
    return dict.fromkeys(STRUCTURAL, "") | sentences


def check_settings(options: Options) -> None:
    """Raise CannotRun if the settings name an unknown rule, or lower a rule of the standard."""
    options.settings.check(known_rules(options), FIXED)


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

#: The rules of the standard. They are always errors.
FIXED = STRUCTURAL - EXTRA - {"reference", "evidence"}


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
    lenient: frozenset[str],
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
            table_findings += keys.check_keys(table, engine, _cells(table_findings, lenient))
        except ValueError as error:
            table_findings.append(_refused(table.resource, error))
        found += table_findings
    bad = _cells(found, lenient)
    for name, table in tables.items():
        tell(f"checking the foreign keys of {name}")
        try:
            found += keys.check_references(table, tables, engine, bad)
        except ValueError as error:
            found.append(_refused(table.resource, error))
    report.findings += found


def _check_rules(
    chosen: Sequence[rules.Rule],
    tables: dict[str, reader.LoadedTable],
    engine: Engine,
    report: Report,
    lenient: frozenset[str],
    seconds: float | None = None,
) -> None:
    """Check rules. With `seconds`, they are rules that were asked for, and each must run in that time."""
    bad = _cells(report.findings, lenient)
    for rule in chosen:
        for outcome in rules.check(rule, tables, engine, bad, seconds):
            if isinstance(outcome, Skipped):
                report.skipped.append(outcome)
            else:
                report.findings.append(outcome)


def _cells(findings: Iterable[Finding], lenient: frozenset[str]) -> set[tuple[str, int, str]]:
    """The cells that have a finding: table, row, field. A finding of a lenient rule hides no other."""
    return {
        (finding.table, finding.row, field)
        for finding in findings
        if finding.table and finding.row and finding.field and finding.rule not in lenient
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
