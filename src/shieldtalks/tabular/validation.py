"""Validate a package: descriptor, bytes, structure and rules. All faults are reported at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .checks import cells, descriptor, file, keys, package_rules, profiles, rules, scope
from .checks.reduction import Unchecked, reduced
from .checks.refused import refused
from .checks.rules import TIMEOUT
from .engine import choose
from .engine.base import Engine
from .engine.limits import Limits
from .findings import Finding, Further, PackageError, Report, Severity
from .levels import levelled, levels_of
from .package import Package, Resource, read
from .package.package import locate
from .package.profile import Profile, declared, other_versions
from .settings import EXTRA, Settings
from .sources import csv as reader
from .sources.source import Lacking
from .tally import Tally

if TYPE_CHECKING:
    from .sources.ahead import Ahead

#: A check of the caller. It takes the loaded tables and the engine that contains them.
ExtraCheck = Callable[[dict[str, reader.LoadedTable], Engine], Iterable[Finding]]


class Watch(Protocol):
    """What sees more of a validation than its report."""

    def found(self, one: Finding | Further) -> None:
        """Take an error."""

    def loaded(self, tables: dict[str, reader.LoadedTable]) -> None:
        """Take the tables that were read, after all checks."""


class Options(NamedTuple):
    """How a package is validated."""

    #: `sqlite`, `duckdb`, `spark` or `auto` (see `engine.choose`).
    engine: str = "auto"
    #: The address of the server for `spark`; None: the environment names it.
    spark_remote: str | None = None
    #: How many threads and how much memory the engine may use.
    limits: Limits = Limits()
    #: Also run frictionless, and report each error that Shieldtalks does not report.
    reference: bool = False
    #: A folder with rules for this package. They run after the rules of the profile.
    rules: Path | None = None
    #: Whether the rules that the package brings (`x-rules`) run as well.
    package_rules: bool = False
    #: The most seconds that each rule of that folder may take.
    rule_timeout: float = TIMEOUT
    #: The known profiles. A package is checked with the profile that it declares.
    profiles: Sequence[Profile] = ()
    #: The levels of rules that the caller chose, and whether warnings count as errors.
    settings: Settings = Settings()
    #: Checks of the caller, which run after the rules.
    also: Sequence[ExtraCheck] = ()
    #: What sees every error and the tables, also errors that the report only counts.
    watch: Watch | None = None
    #: Whether the report has the rows in which findings are.
    with_rows: bool = False
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
    levels = levels_of(profile, chosen.settings)
    lenient = frozenset(rule for rule in EXTRA if levels[rule] != "error")
    tally = Tally(report, lenient, _errors_for(chosen.watch, levels))
    tally.add(package.faults)
    tally.add(other_versions(package, chosen.profiles))
    unchecked: dict[str, Unchecked] = {}
    tally.add(descriptor.check(package, profile, unchecked))
    tally.add(profiles.check(package))
    extra_rules = _extra_rules(package, chosen)
    # If no rule and no other check reads the tables, the engine stores less of them.
    lean = profile is None and not extra_rules and not chosen.also
    readable = _readable(package, tally, unchecked)
    database = choose(
        chosen.engine, readable, lean=lean, limits=chosen.limits, remote=chosen.spark_remote
    )
    try:
        with _ahead(readable, database, chosen.limits) as ahead:
            tables = _load(readable, database, ahead, tally, chosen.tell)
        _check_structure(tables, database, tally, chosen.tell)
        chosen.tell("checking the rules")
        database.read_only(strangers=bool(extra_rules))
        own = rules.read(profile.rules) if profile is not None else []
        report.rules = {rule.id: rule.sentence for rule in own + extra_rules}
        _check_rules(own, tables, database, tally)
        _check_rules(extra_rules, tables, database, tally, chosen.rule_timeout)
        for check in chosen.also:
            tally.add(check(tables, database))
    finally:
        database.close()
    if chosen.watch is not None:
        chosen.watch.loaded(tables)
    for table in tables.values():
        tally.add(file.check_hash(table))
    for other in package.files:
        tally.add(file.check_file(other))
    if chosen.reference:
        from .checks.frictionless import disagreements

        chosen.tell("running frictionless")
        tally.add(disagreements(package, tally))
    if not chosen.package_rules:
        report.skipped += package_rules.not_run(package)
    report.shape_only = package.is_lone and not package.resources
    report.findings = _in_order(package, report.findings)
    if chosen.with_rows:
        from .excerpts import excerpts  # few reports show rows

        chosen.tell("reading the rows with faults")
        report.excerpts = excerpts(tables, report.findings)
    return levelled(report, levels, chosen.settings)


def _errors_for(
    watch: Watch | None, levels: Mapping[str, str]
) -> Callable[[Finding | Further], None] | None:
    """What gives each finding that is an error, at the level of its rule, to `watch`."""
    if watch is None:
        return None

    def see(found: Finding | Further) -> None:
        if levels.get(found.rule, found.severity) == Severity.ERROR:
            watch.found(found)

    return see


def _extra_rules(package: Package, options: Options) -> list[rules.Rule]:
    """The rules of strangers that were asked for: of a folder, and of the package."""
    found = rules.read(options.rules) if options.rules is not None else []
    return found + (package_rules.read(package) if options.package_rules else [])


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


def _ahead(
    resources: Sequence[Resource], engine: Engine, limits: Limits
) -> AbstractContextManager[Ahead | None]:
    """What looks at the files of the next tables, if the engine reads files and may use several threads."""
    if not engine.reads_files or limits.threads_for(resources) < 2:
        return nullcontext()
    from .sources.ahead import Ahead  # most packages are small

    return Ahead(resources)


def _load(
    resources: Sequence[Resource],
    engine: Engine,
    ahead: Ahead | None,
    tally: Tally,
    tell: Callable[[str], None],
) -> dict[str, reader.LoadedTable]:
    """The tables in the engine. The faults that were found while they were read are in the tally."""
    tables: dict[str, reader.LoadedTable] = {}
    for resource in resources:
        tell(f"reading {resource.name}")
        try:
            table = reader.load(resource, engine, ahead)
        except (OSError, ValueError, Lacking) as error:
            tally.add([refused(resource, error)])
            continue
        table.lenient, table.quota = tally.lenient, tally.quota
        tally.add(refused(part, error) for part, error in table.unread)
        tally.add(file.check(table))
        table.notes.faults.clear()
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
