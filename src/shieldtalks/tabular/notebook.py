"""What Python shows of a result: a few lines in a terminal, and a short table in a notebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from .findings import Report, counted
from .terminal import one_line

if TYPE_CHECKING:
    from .describe import Description
    from .diff import Difference

#: How many findings, changes or tables a terminal shows, and how many findings a notebook shows.
_MOST, _MOST_ROWS = 5, 20


def report_text(report: Report) -> str:
    """A report for a terminal: its result, and the first findings as `shieldtalks validate` shows them."""
    from .reports.text import lines, summary

    first = f"<Report {one_line(_of(report))}: {summary(report)}>"
    shown = list(lines(replace(report, findings=report.findings[:_MOST], left_out=Counter())))
    if report.count() > _MOST:
        shown.append(
            f"... and {counted(report.count() - _MOST, 'more finding')}: see report.findings"
        )
    return "\n".join([first, *shown])


def report_html(report: Report) -> str:
    """A report for a notebook: its result, and a table of the first findings."""
    from .reports.location import shown_path, with_place, words
    from .reports.text import summary

    rows = [
        (
            finding.severity.value,
            with_place(shown_path(report, finding), finding),
            finding.rule,
            words(finding),
            finding.hint or "",
        )
        for finding in report.findings[:_MOST_ROWS]
    ]
    left = report.count() - len(rows)
    more = f" ({counted(len(rows), 'finding')} shown: see report.findings)" if left else ""
    caption = f"{_of(report)}: {summary(report)}{more}"
    if not rows:
        return f"<p>{escape(one_line(caption))}</p>"
    return html_table(
        ("severity", "place", "rule", "what is wrong", "how to fix it"), rows, caption
    )


def _of(report: Report) -> str:
    """The package of a report: its name and version, or its path if it has no name."""
    name, version = report.package.get("name"), report.package.get("version")
    return f"{name or report.package.get('path')} {version or ''}".strip()


def difference_text(difference: Difference) -> str:
    """A difference for a terminal: its result, and the first changes as `shieldtalks diff` shows them."""
    from .diff.text import lines, verdict

    names = " and ".join(
        one_line(f"{side.name or 'a package'} {side.version or ''}".strip())
        for side in (difference.old, difference.new)
    )
    *shown, last = islice(lines(difference), _MOST + 1)
    if last != verdict(difference):
        shown.append("...: see difference.changes")
    return "\n".join([f"<Difference of {names}: {verdict(difference)}>", *shown])


def description_text(found: Description) -> str:
    """A description for a terminal: the tables, with their numbers of rows and fields."""
    resources = found.descriptor["resources"]
    open_ones = counted(len(found.uncertain), "uncertain guess", "uncertain guesses")
    left_out = f", {counted(len(found.left_out), 'file')} left out" if found.left_out else ""
    lines = [f"<Description: {counted(len(resources), 'table')}, {open_ones}{left_out}>"]
    for one in resources[:_MOST]:
        fields = counted(len(one.get("schema", {}).get("fields", ())), "field")
        rows = counted(found.rows.get(one["name"], 0), "row")
        lines.append(one_line(f"{one['name']}: {fields}, {rows}"))
    if len(resources) > _MOST:
        lines.append(f"... and {counted(len(resources) - _MOST, 'more table')}: see .descriptor")
    return "\n".join(lines)


def html_table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """A table in HTML, with every text escaped."""
    head = "".join(f'<th scope="col">{escape(one_line(name))}</th>' for name in heads)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(one_line(cell))}</td>' for cell in row)}</tr>" for row in rows
    )
    return (
        f"<table><caption>{escape(one_line(caption))}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
