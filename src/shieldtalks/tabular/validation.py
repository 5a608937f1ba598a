"""Validate a package: descriptor, bytes, structure and rules. All faults are reported at once."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from .checks import cells, descriptor, file, keys, profiles, rules, scope
from .checks.reduction import Unchecked, reduced
from .checks.refused import refused
from .checks.rules import TIMEOUT
from .engine import choose
from .engine.base import Engine
from .findings import CannotRun, Finding, PackageError, Report, Severity, Skipped
from .nearest import nearest
from .package import Package, Resource, read
from .package.package import locate
from .package.profile import Profile, declared, other_versions
from .rule_names import FIXED, STRUCTURAL
from .settings import EXTRA, Settings
from .sources import csv as reader
from .sources.source import Lacking
from .tally import Tally

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
    report = Report({"name": package.name, "version": package.version, "path": str(package.shown)})
    profile = declared(package, chosen.profiles)
    levels = _levels(profile, chosen.settings)
    tally = Tally(report, frozenset(rule for rule in EXTRA if levels[rule] != "error"))
    tally.add(package.faults)
    tally.add(other_versions(package, chosen.profiles))
    unchecked: dict[str, Unchecked] = {}
    tally.add(descriptor.check(package, profile, unchecked))
    tally.add(profiles.check(package))
    extra_rules = rules.read(chosen.rules) if chosen.rules is not None else []
    # If no rule and no other check reads the tables, the engine stores less of them.
    lean = profile is None and not extra_rules and not chosen.also
    readable = _readable(package, tally, unchecked)
    database = choose(chosen.engine, readable, lean=lean)
    try:
        tables = _load(readable, database, tally, chosen.tell)
        _check_structure(tables, database, tally, chosen.tell)
        chosen.tell("checking the rules")
        database.read_only(strangers=bool(extra_rules))
        own = rules.read(profile.rules) if profile is not None else []
        report.rules = frozenset(rule.id for rule in own + extra_rules)
        _check_rules(own, tables, database, tally)
        _check_rules(extra_rules, tables, database, tally, chosen.rule_timeout)
        for check in chosen.also:
            tally.add(check(tables, database))
    finally:
        database.close()
    for table in tables.values():
        tally.add(file.check_hash(table))
    for other in package.files:
        tally.add(file.check_file(other))
    if chosen.reference:
        from .checks.frictionless import disagreements

        chosen.tell("running frictionless")
        tally.add(disagreements(package, tally))
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
    left_out: Counter[tuple[str | None, str, Severity]] = Counter()
    for (table, rule, severity), times in report.left_out.items():
        level = levels.get(rule) if severity is not Severity.FATAL else None
        if level != "off":
            left_out[table, rule, Severity(level) if level else severity] += times
    off = [rule for rule in settings.levels if levels.get(rule) == "off"]
    skipped = [Skipped(rule, f"switched off ({settings.sources[rule]})") for rule in off]
    return replace(
        report,
        findings=kept,
        left_out=left_out,
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
            near = nearest(name, known, alike=0.75)
            hint = f'Did you mean "{near}"?' if near else f"Known: {', '.join(sorted(known))}."
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
    left_out = Counter(
        {place: times for place, times in report.left_out.items() if place[1] in chosen}
    )
    return replace(report, findings=kept, left_out=left_out, skipped=skipped)


def known_rules(options: Options) -> dict[str, str]:
    """Each rule by its identifier, with its sentence if it is an SQL rule."""
    folders = [profile.rules for profile in options.profiles]
    folders += [options.rules] if options.rules is not None else []
    sentences = {rule.id: rule.sentence for folder in folders for rule in rules.read(folder)}
    return dict.fromkeys(STRUCTURAL, "") | sentences


def check_settings(options: Options) -> list[str]:
    """Raise CannotRun if the settings name an unknown rule, or lower a rule of the standard.

    Returns one sentence about each rule that may be one of a folder that was not given.
    """
    if not options.settings.levels:
        return []
    known, complete = known_rules(options), options.rules is not None
    return options.settings.check(known, FIXED, complete=complete)


def _readable(package: Package, tally: Tally, unchecked: dict[str, Unchecked]) -> list[Resource]:
    """The tables that can be read, without the fields and keys that cannot be checked.

    `unchecked` has the parts that break the standard; here are added those that are not supported.
    """
    found: list[Resource] = []
    seen: set[str] = set()
    for resource in (*package.resources, *package.bare):
        parts = unchecked.setdefault(resource.name, Unchecked())
        if parts.whole or resource.name.casefold() in seen:
            continue
        seen.add(resource.name.casefold())
        tally.add(scope.check_resource(package, resource, parts))
        if not parts.whole:
            found.append(resource)
    return [reduced(resource, unchecked) for resource in found]


def _load(
    resources: Sequence[Resource], engine: Engine, tally: Tally, tell: Callable[[str], None]
) -> dict[str, reader.LoadedTable]:
    """The tables in the engine. The faults that were found while they were read are in the tally."""
    tables: dict[str, reader.LoadedTable] = {}
    for resource in resources:
        tell(f"reading {resource.name}")
        try:
            table = reader.load(resource, engine)
        except (OSError, ValueError, Lacking) as error:
            tally.add([refused(resource, error)])
            continue
        table.lenient, table.quota = tally.lenient, tally.quota
        tally.add(refused(part, error) for part, error in table.unread)
        tally.add(file.check(table))
        table.faults.clear()
        tables[resource.name] = table
        tally.report.rows[resource.name] = table.rows
    return tables


def _check_structure(
    tables: dict[str, reader.LoadedTable],
    engine: Engine,
    tally: Tally,
    tell: Callable[[str], None],
) -> None:
    for name, table in tables.items():
        tell(f"checking {name}")
        try:
            tally.add(cells.check_cells(table, engine))
            is_reported = partial(tally.is_reported, name)
            tally.add(cells.check_empty_rows(table, engine, is_reported))
            tally.settle()
            tally.add(keys.check_keys(table, engine, tally.is_bad))
            tally.report.skipped += keys.not_checked(table)
        except ValueError as error:
            tally.add([refused(table.resource, error)])
    tally.settle()
    for name, table in tables.items():
        tell(f"checking the foreign keys of {name}")
        try:
            tally.add(keys.check_references(table, tables, engine, tally.is_bad))
        except ValueError as error:
            tally.add([refused(table.resource, error)])


def _check_rules(
    chosen: Sequence[rules.Rule],
    tables: dict[str, reader.LoadedTable],
    engine: Engine,
    tally: Tally,
    seconds: float | None = None,
) -> None:
    """Check rules. With `seconds`, they are rules of a stranger, and each must run in that time."""
    tally.settle()
    for rule in chosen:
        tally.add(rules.check(rule, tables, engine, tally.is_bad, seconds))


def _in_order(package: Package, findings: list[Finding]) -> list[Finding]:
    """Findings by file (the descriptor first, then in its order), line, and place in the row."""
    files = [package.file.name]
    for resource in (*package.resources, *package.bare):
        files += [resource.schema_path or "", *(part.path for part in resource.parts)]
    files += [other.path for other in package.files]
    place = {file: number for number, file in reversed(list(enumerate(files)))}

    fields = {
        (resource.name, name): number
        for resource in package.resources
        for number, name in enumerate(resource.field_names)
    }

    def key(finding: Finding) -> tuple[int, int, int, int]:
        field = fields.get((finding.table or "", finding.field or ""), -1)
        whole_file_last = sys.maxsize
        line = finding.line if finding.line is not None else whole_file_last
        row = finding.row if finding.row is not None else -1
        return place.get(finding.file, len(files)), line, row, field

    return sorted(findings, key=key)
