"""The level of each rule in a report, and the choice of some rules (`--only`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from .checks import package_rules, rules
from .findings import CannotRun, Report, Severity, Skipped
from .nearest import nearest
from .package import Package
from .package.profile import Profile
from .rule_names import FIXED, STRUCTURAL
from .settings import EXTRA, Settings

if TYPE_CHECKING:
    from .validation import Options


def levels_of(profile: Profile | None, settings: Settings) -> dict[str, str]:
    """The level of each rule for which something is decided: by default, by the profile, by the caller."""
    levels = dict.fromkeys(EXTRA, "warning")
    if profile is not None:
        levels |= dict.fromkeys(profile.errors, "error")
    chosen = {rule: level for rule, level in settings.levels.items() if rule not in FIXED}
    return levels | chosen


def levelled(report: Report, levels: dict[str, str], settings: Settings) -> Report:
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


def without_unsupported(report: Report) -> Report:
    """The report in which what is not supported is named as skipped and gives no exit code.

    The rest counts as it is, and the package is still not called valid.
    """
    left = [found for found in report.findings if found.rule == "unsupported"]
    kept = [found for found in report.findings if found.rule != "unsupported"]
    skipped = [
        Skipped(
            "unsupported", f"{found.file}{f':{found.line}' if found.line else ''}: {found.message}"
        )
        for found in left
    ]
    return replace(report, findings=kept, skipped=report.skipped + skipped)


def only(report: Report, chosen: Collection[str], options: Options) -> Report:
    """The report with only the findings of the chosen rules, and with all fatal findings.

    Raises CannotRun if a chosen rule does not exist, or is not a rule of this package.
    """
    known = known_rules(options) | report.rules
    for name in chosen:
        if name not in known:
            near = nearest(name, known, alike=0.75)
            hint = f'Did you mean "{near}"?' if near else f"Known: {', '.join(sorted(known))}."
            raise CannotRun(f'there is no rule "{name}"', hint)
    foreign = [name for name in chosen if name not in STRUCTURAL | report.rules.keys()]
    if foreign and not any(found.severity is Severity.FATAL for found in report.findings):
        raise CannotRun(
            f'the rule "{foreign[0]}" belongs to a profile that {report.package["path"]} does not '
            "declare (conformsTo), so it was not checked",
            "Leave out this --only for such a package.",
        )
    kept = [f for f in report.findings if f.rule in chosen or f.severity is Severity.FATAL]
    shown = {*chosen, "unsupported"}
    skipped = [skip for skip in report.skipped if skip.rule in shown]
    left_out = Counter(
        {place: times for place, times in report.left_out.items() if place[1] in chosen}
    )
    fewer = replace(report, findings=kept, left_out=left_out, skipped=skipped)
    fewer.others = report.count() - fewer.count()
    return fewer


def known_rules(options: Options, package: Package | None = None) -> dict[str, str]:
    """Each rule by its identifier, with its sentence if it is an SQL rule.

    The rules that `package` brings are among them if they were asked for.
    """
    folders = [profile.rules for profile in options.profiles]
    folders += [options.rules] if options.rules is not None else []
    sentences = {rule.id: rule.sentence for folder in folders for rule in rules.read(folder)}
    if package is not None and options.package_rules:
        sentences |= {rule.id: rule.sentence for rule in package_rules.read(package)}
    return dict.fromkeys(STRUCTURAL, "") | sentences


def check_settings(options: Options, package: Package | None = None) -> list[str]:
    """Raise CannotRun if the settings name an unknown rule, or lower a rule of the standard.

    Returns one sentence about each rule that may be one of a folder that was not given.
    """
    if not options.settings.levels:
        return []
    known, complete = known_rules(options, package), options.rules is not None
    return options.settings.check(known, FIXED, complete=complete)
