"""Reports as JUnit XML: one suite per package, one case per finding and per table without findings."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..findings import Finding, Report, Severity, counted
from ..terminal import one_line
from .location import shown_path, with_place, words
from .text import left_out, of_other_rules


def text(reports: list[Report], limit: int | None = None) -> str:
    """The XML document, with at most `limit` findings per package. The counts include all findings."""
    root = Element("testsuites", name="shieldtalks validate")
    for report in reports:
        _suite(root, report, limit)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, report: Report, limit: int | None) -> None:
    name = one_line(str(report.package["name"] or report.package["path"]))
    faulty = {finding.table for finding in report.findings}
    warnings = 0 if report.strict else report.by_severity()[Severity.WARNING]
    failures = report.count() - warnings
    clean = [table for table in report.rows if table not in faulty]
    suite = SubElement(
        root,
        "testsuite",
        name=name,
        tests=str(len(clean) + report.count() + len(report.skipped)),
        failures=str(failures),
        errors="0",
        skipped=str(len(report.skipped)),
    )
    for table in clean:
        SubElement(suite, "testcase", classname=name, name=one_line(table))
    for finding in report.findings if limit is None else report.findings[:limit]:
        _failure(suite, report, finding)
    more = [*left_out(report), *of_other_rules(report)]
    hidden = 0 if limit is None else max(0, len(report.findings) - limit)
    if hidden:
        more.insert(0, f"... and {counted(hidden, 'more finding')}, not shown because of --limit")
    for skip in report.skipped:
        case = SubElement(suite, "testcase", classname=name, name=one_line(skip.rule))
        SubElement(case, "skipped", message=one_line(skip.reason))
    if more:
        SubElement(suite, "system-out").text = "\n".join(map(one_line, more))


def _failure(suite: Element, report: Report, finding: Finding) -> None:
    path, rule = one_line(shown_path(report, finding)), one_line(finding.rule)
    place = with_place(path, finding)
    case = SubElement(suite, "testcase", classname=path, name=f"{place}: {rule}")
    text = f"{place}: {words(finding)}\n{one_line(finding.hint or '')}".rstrip()
    if finding.severity is Severity.WARNING and not report.strict:
        SubElement(case, "system-out").text = f"warning: {text}"
        return
    failure = SubElement(case, "failure", type=rule, message=words(finding))
    failure.text = text
