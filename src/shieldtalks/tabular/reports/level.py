"""How serious a finding is, in the words that GitHub annotations and SARIF share."""

from __future__ import annotations

from ..findings import Finding

_LEVELS = {"fatal": "error", "error": "error", "warning": "warning"}

#: The levels, the most serious first.
LEVELS = ("error", "warning", "note")


def level(finding: Finding) -> str:
    """The level of a finding: `error` or `warning`."""
    return _LEVELS[finding.severity.value]


def most_serious(findings: list[Finding], count: int) -> list[Finding]:
    """The most serious findings, at most `count` of them, in their own order."""
    if len(findings) <= count:
        return findings
    order = sorted(range(len(findings)), key=lambda place: LEVELS.index(level(findings[place])))
    return [findings[place] for place in sorted(order[:count])]
