"""A report as one page for a browser: what is wrong, where, how often, and the rows with the faults.

The page loads nothing and runs no program. Its filter is CSS alone. Every text of a package is escaped.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from ..findings import MOST_WITH_ROWS, Finding, Report, Severity, counted
from ..terminal import one_line
from .rules import sentence

_STYLE = Path(__file__).with_name("html.css")

#: The most tables and rules that the filter offers.
_MOST_CHOICES = 60

#: A table with more columns than this is shown in part: its first column, and those around the fault.
_MOST_COLUMNS, _AROUND = 8, 2


@dataclass(slots=True)
class _Group:
    """The findings of one rule in one place: a table, or a file that belongs to none."""

    place: str
    rule: str
    findings: list[Finding] = field(default_factory=list)
    #: How many more there are, which are not listed.
    more: int = 0

    @property
    def times(self) -> int:
        """How many findings there are."""
        return len(self.findings) + self.more


def parts(reports: list[Report], limit: int | None = None) -> Iterator[str]:
    """The page, piece by piece, with at most `limit` findings of each package."""
    grouped = [_groups(report, limit) for report in reports]
    everything = [group for groups in grouped for group in groups]
    places = _numbered(group.place for group in everything)
    rules = _numbered(group.rule for group in everything)
    style = _STYLE.read_text(encoding="utf-8") + _filter_style(places, rules)
    title = _title(reports)
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}"/>\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{title}</h1>\n</header>\n<main>\n"
    )
    filters = _filters(places, rules)
    if len(reports) > 1:
        yield filters
    for report, groups in zip(reports, grouped, strict=True):
        yield _summary(report, groups)
        if len(reports) == 1:
            yield filters
        yield from _details(report, groups, places, rules)
    yield (
        "</main>\n<footer>\n<p>Written by shieldtalks validate. The first line of a file is line 1, "
        "which is usually the header. The files were not changed.</p>\n</footer>\n</body>\n</html>\n"
    )


def _text(value: object) -> str:
    """A text of a package, harmless in HTML and on one line."""
    return escape(one_line(str(value)))


def _title(reports: list[Report]) -> str:
    names = ", ".join(
        str(report.package["name"] or report.package["path"]) for report in reports[:3]
    )
    more = f" and {len(reports) - 3} more" if len(reports) > 3 else ""
    return f"Check of {_text(names)}{more}"


def _policy(style: str) -> str:
    """What the page may load: nothing but its own style."""
    digest = b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _groups(report: Report, limit: int | None) -> list[_Group]:
    """The findings by place and rule, in the order of the report."""
    found: dict[tuple[str, str], _Group] = {}
    for number, finding in enumerate(report.findings):
        key = finding.table or finding.file, finding.rule
        group = found.setdefault(key, _Group(*key))
        if limit is not None and number >= limit:
            group.more += 1
        else:
            group.findings.append(finding)
    for (table, rule, _), times in report.left_out.items():
        key = table or "", rule
        found.setdefault(key, _Group(*key)).more += times
    order = {
        place: number for number, place in enumerate(dict.fromkeys(place for place, _ in found))
    }
    return sorted(found.values(), key=lambda group: order[group.place])


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names), start=1)}


def _filter_style(places: dict[str, int], rules: dict[str, int]) -> str:
    """The rules of CSS that hide what was not chosen."""
    lines = []
    for letter, names in (("p", places), ("r", rules)):
        for number in list(names.values())[:_MOST_CHOICES]:
            chosen = f"body:has(#{letter}{number}:checked)"
            lines.append(f"{chosen} .group:not(.{letter}{number}) {{ display: none; }}")
            if letter == "p":
                lines.append(f"{chosen} .place:not(.p{number}) {{ display: none; }}")
    return "\n".join([*lines, ""])


def _filters(places: dict[str, int], rules: dict[str, int]) -> str:
    choices = _choices("Show one table or file", "p", places) + _choices(
        "Show one rule", "r", rules
    )
    return f"<form>\n{choices}</form>\n" if choices else ""


def _choices(legend: str, letter: str, names: dict[str, int]) -> str:
    if not 1 < len(names) <= _MOST_CHOICES:
        return ""
    options = [f'<label><input type="radio" name="{letter}" checked="checked"/> all</label>\n']
    options += [
        f'<label><input type="radio" name="{letter}" id="{letter}{number}"/> {_text(name)}</label>\n'
        for name, number in names.items()
    ]
    return f"<fieldset>\n<legend>{legend}</legend>\n{''.join(options)}</fieldset>\n"


def _summary(report: Report, groups: list[_Group]) -> str:
    """The result of one package, and how often each rule is broken in each table."""
    name = _text(report.package["name"] or "The package")
    start = f"<section>\n<h2>{name}</h2>\n<p>{_text(report.package['path'])}</p>\n"
    return start + _verdict(report) + (_overview(report, groups) if groups else "")


def _details(
    report: Report, groups: list[_Group], places: dict[str, int], rules: dict[str, int]
) -> Iterator[str]:
    """The findings of one package, and what was not checked."""
    place = None
    for group in groups:
        number = places[group.place]
        if group.place != place:
            yield "" if place is None else "</section>\n"
            yield f'<section class="place p{number}">\n<h3>{_heading(report, group)}</h3>\n'
            place = group.place
        yield f'<section class="group p{number} r{rules[group.rule]}">\n'
        yield from _findings(report, group)
        yield "</section>\n"
    yield "" if place is None else "</section>\n"
    if report.skipped:
        items = "".join(
            f"<li>{_text(skip.rule)}: {_text(skip.reason)}</li>\n" for skip in report.skipped
        )
        yield f"<h3>What was not checked</h3>\n<ul>\n{items}</ul>\n"
    yield "</section>\n"


def _verdict(report: Report) -> str:
    """The result in one sentence that needs no knowledge of the tool."""
    totals = report.totals()
    read = f"{counted(totals['tables'], 'table')} with {counted(totals['rows'], 'row')} were read."
    errors, warnings = totals["findings"] - totals["warnings"], totals["warnings"]
    noted = f" {counted(warnings, 'warning')}." if warnings else ""
    if report.exit_code == 0 and (report.unchecked or report.others):
        kind, what = "warn", f"No errors in what was checked.{noted}"
        if report.others:
            what = (
                f"No errors of the chosen rules.{noted} {counted(report.others, 'other finding')}."
            )
        if report.unchecked:
            what += f" {counted(report.unchecked, 'part')} could not be checked."
    elif report.exit_code == 0:
        what = "The shape of the file is right" if report.shape_only else "Everything is right"
        kind, what = ("warn", f"No errors.{noted}") if warnings else ("good", f"{what}.")
    elif report.exit_code == 2:
        kind, what = "bad", f"Not everything could be checked. {counted(errors, 'error')}.{noted}"
    else:
        kind, what = "bad", f"{counted(errors, 'error')}.{noted}" if errors else noted.strip()
    return f'<p class="verdict {kind}">{what} {read}</p>\n'


def _heading(report: Report, group: _Group) -> str:
    """The name of a table with its file, or the name of a file."""
    file = next((finding.file for finding in group.findings if finding.table), "")
    if group.place in report.rows or file:
        shown = f" ({_text(file)})" if file and file != group.place else ""
        return f"Table {_text(group.place)}{shown}"
    return f"File {_text(group.place)}" if group.place else "The package"


def _overview(report: Report, groups: list[_Group]) -> str:
    rows = "".join(
        f"<tr><td>{_text(group.place)}</td><td>{_text(sentence(group.rule, report.rules))}</td>"
        f'<td class="number">{group.times}</td></tr>\n'
        for group in groups
    )
    return (
        '<div class="scroll" tabindex="0" role="group" aria-label="What was found">\n<table>\n'
        "<caption>What was found</caption>\n<thead>\n<tr>"
        '<th scope="col">Where</th><th scope="col">What is wrong</th><th scope="col">How often</th>'
        f"</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _findings(report: Report, group: _Group) -> Iterator[str]:
    """The findings of one rule in one place, the first with their rows."""
    about = _text(sentence(group.rule, report.rules))
    yield (
        f'<h4>{about} <span class="rule">{_text(group.rule)}, {counted(group.times, "time")}</span>'
        f"{_level(group.findings)}</h4>\n"
    )
    shown = group.findings[:MOST_WITH_ROWS]
    hints = list(dict.fromkeys(finding.hint for finding in shown if finding.hint))
    if len(hints) == 1:
        yield f'<p class="hint">What to do: {_text(hints[0])}</p>\n'
    if shown:
        yield "<ol>\n"
        for finding in shown:
            hint = f" {_text(finding.hint)}" if finding.hint and len(hints) > 1 else ""
            yield f"<li><p>{_text(_words(group, finding))}{hint}</p>\n"
            yield _row(report, finding)
            yield "</li>\n"
        yield "</ol>\n"
    hidden = group.times - len(shown)
    if hidden:
        yield f'<p class="more">... and {counted(hidden, "more finding")} of this rule, not shown here.</p>\n'


def _words(group: _Group, finding: Finding) -> str:
    """The place of a finding and its message, as a sentence."""
    is_elsewhere = finding.file not in (group.findings[0].file, group.place)
    place = [finding.file] if is_elsewhere else []
    place += [f"line {finding.line}"] if finding.line is not None else []
    place += [finding.place] if finding.place else []
    message = finding.message
    if finding.field:
        place.append(f"column {finding.field}" if finding.row else finding.field)
        if finding.value and finding.value not in message:
            message = f'"{finding.value}": {message}'
    where = ", ".join(place)
    where = f"{where[:1].upper() if not is_elsewhere and finding.line else where[:1]}{where[1:]}"
    stop = "" if message.endswith((".", "?", "!")) else "."
    return f"{where}: {message}{stop}" if where else f"{message}{stop}"


def _level(findings: Sequence[Finding]) -> str:
    severities = {finding.severity for finding in findings}
    if Severity.FATAL in severities:
        return ' <span class="level bad">could not be checked</span>'
    return ' <span class="level warn">warning</span>' if severities == {Severity.WARNING} else ""


def _row(report: Report, finding: Finding) -> str:
    """The row of a finding as a small table, with the faulty cells marked; "" if it is not known."""
    excerpt = report.excerpts.get(finding.table or "")
    if excerpt is None or finding.row not in excerpt.rows:
        return ""
    cells = excerpt.rows[finding.row]
    bad = {n for n, name in enumerate(excerpt.fields) if name in _named(finding, excerpt.fields)}
    kind, place = ("row", finding.row) if finding.line is None else ("line", finding.line)
    head, body = [f'<th scope="col">{kind}</th>'], [f'<th scope="row">{place}</th>']
    last = -1
    for number in _columns(len(cells), bad):
        if number != last + 1:
            head.append('<th scope="col">…</th>')
            body.append("<td>…</td>")
        last = number
        far = ' class="far"' if _is_far(number, bad) else ""
        head.append(f'<th scope="col"{far}>{_text(excerpt.fields[number])}</th>')
        body.append(_cell(cells[number], far, is_bad=number in bad))
    if last + 1 < len(cells):
        head.append('<th scope="col">…</th>')
        body.append("<td>…</td>")
    label = f"Row {finding.row} of {_text(finding.table)}"
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">\n<table>\n<thead>\n'
        f"<tr>{''.join(head)}</tr>\n</thead>\n<tbody>\n<tr>{''.join(body)}</tr>\n</tbody>\n"
        "</table>\n</div>\n"
    )


def _named(finding: Finding, fields: Sequence[str]) -> set[str]:
    """The fields that a finding names: one, or several of a key."""
    if finding.field is None or finding.field in fields:
        return {finding.field or ""}
    return set(finding.field.split(", "))


def _columns(width: int, bad: set[int]) -> list[int]:
    """The columns to show: all of a narrow table; else the first, and those around the faulty ones."""
    if width <= _MOST_COLUMNS:
        return list(range(width))
    centres = sorted(bad)[:_MOST_COLUMNS] or [_AROUND]
    near = {n for one in centres for n in range(one - _AROUND, one + _AROUND + 1)}
    return sorted({0} | {n for n in near if 0 <= n < width})


def _is_far(number: int, bad: set[int]) -> bool:
    """Whether a column is no neighbour of a faulty one: a small screen shows only that it is there."""
    return bool(bad) and number > 0 and all(abs(number - one) > 1 for one in bad)


def _cell(cell: str, far: str, *, is_bad: bool) -> str:
    shown = _text(cell) if cell else '<span class="empty">(empty)</span>'
    return f'<td class="bad"><strong>{shown}</strong></td>' if is_bad else f"<td{far}>{shown}</td>"
