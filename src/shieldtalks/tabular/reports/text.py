"""A report as text: one line per finding, `file:line: rule: message`, with the hint below.

A place that is no line, such as a cell of a workbook, is in brackets: `file.xlsx [Sheet1!C7]: ...`.

If several findings in a row have the same hint, it is shown once, after the last one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Report, Severity, counted
from ..terminal import Style, one_line, plain
from .location import shown_path, with_place, words


def lines(report: Report, limit: int | None = None, style: Style = plain) -> Iterator[str]:
    """The findings of a report, at most `limit` of them."""
    shown = report.findings if limit is None else report.findings[:limit]
    hint: str | None = None
    for finding in shown:
        if hint is not None and finding.hint != hint:
            yield style("hint", f"    {one_line(hint)}")
        hint = finding.hint
        yield _finding(report, finding, style)
    if hint is not None:
        yield style("hint", f"    {one_line(hint)}")
    hidden = len(report.findings) - len(shown)
    if hidden:
        yield f"... and {counted(hidden, 'more finding')}, not shown because of --limit"
    yield from map(one_line, left_out(report))


def _finding(report: Report, finding: Finding, style: Style) -> str:
    place = with_place(shown_path(report, finding), finding)
    level = "warning: " if finding.severity is Severity.WARNING else ""
    return (
        f"{style('place', place)}: {level}{style('rule', one_line(finding.rule))}: {words(finding)}"
    )


def left_out(report: Report) -> Iterator[str]:
    """One sentence per rule and table whose findings are not all listed."""
    for (table, rule, _), times in sorted(report.left_out.items(), key=str):
        place = f" in the table {table}" if table else ""
        more = counted(times, "more finding")
        yield f"... and {more} of the rule {rule}{place}, counted but not listed"


def unchecked(report: Report) -> Iterator[str]:
    """One sentence for each part that is not supported and was left out; see `of_other_rules`, too."""
    for skip in report.skipped:
        if skip.rule == "unsupported":
            yield f"not checked, because it is not supported: {skip.reason}"
    yield from of_other_rules(report)


def of_other_rules(report: Report) -> Iterator[str]:
    """A sentence about the findings of other rules, if only some rules are shown."""
    if report.others:
        yield f"{counted(report.others, 'finding')} of other rules, not shown because of --only"


def summary(report: Report) -> str:
    """The result in one line."""
    totals = report.totals()
    read = f"{counted(totals['tables'], 'table')}, {counted(totals['rows'], 'row')}"
    rules = len(report.skipped) - report.unchecked
    skipped = f", {counted(rules, 'rule')} skipped" if rules else ""
    if report.unchecked:
        skipped += f"; {counted(report.unchecked, 'part')} not supported and left out"
    if report.others:
        skipped += f"; {counted(report.others, 'finding')} of other rules not shown"
    errors, warnings = totals["findings"] - totals["warnings"], totals["warnings"]
    found = [counted(errors, "error")] if errors else []
    found += [counted(warnings, "warning")] if warnings else []
    if report.exit_code == 0 and report.unchecked:
        return f"not checked completely: {' and '.join(found) or 'no findings'} in {read}{skipped}"
    if report.exit_code == 0 and report.others:
        return f"{' and '.join(found) or 'no findings'} of the chosen rules in {read}{skipped}"
    if report.exit_code == 0:
        valid = "the shape is valid" if report.shape_only else "valid"
        return f"{valid}: {read}, {' and '.join(found) or 'no findings'}{skipped}"
    verdict = "not checked completely" if report.exit_code == 2 or report.unchecked else "not valid"
    if not errors:
        verdict = "not accepted, because of --strict"
    return f"{verdict}: {' and '.join(found)} in {read}{skipped}"


def skipped(report: Report) -> Iterator[str]:
    """The rules that did not run: one line per reason, with the rules or their number."""
    by_reason: dict[str, list[str]] = {}
    for skip in report.skipped:
        by_reason.setdefault(skip.reason, []).append(skip.rule)
    for reason, rules in by_reason.items():
        named = ", ".join(rules) if len(rules) < 5 else f"{len(rules)} rules"
        yield one_line(f"skipped {named}: {reason}")
