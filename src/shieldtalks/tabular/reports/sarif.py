"""Reports as SARIF 2.1.0, for code scanning, within the limits of GitHub.

GitHub refuses a file with more than 20 runs, with more than 25,000 results, or with two runs of the
same category. It shows 5,000 results per run. The file says what was left out.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from ..findings import Finding, Report, counted
from ..jsontext import JsonObject, visible
from ..terminal import one_line
from .level import level, most_serious
from .location import folder, in_repository, repository_path, words, words_and_hint
from .rules import sentence
from .text import unchecked

#: The limits of GitHub: runs in a file, results in a file, results in a run.
MOST_RUNS, MOST_RESULTS, MOST_RESULTS_IN_A_RUN = 20, 25_000, 5_000

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_DESCRIPTOR = "datapackage.json"


def text(reports: list[Report], version: str, limit: int | None = None) -> str:
    """The document: one run per package, with at most `limit` results in each."""
    kept = _kept(reports)
    most = _most_results([len(report.findings) for report in kept])
    if limit is not None:
        most = min(most, limit)
    runs = [
        _run(report, name, version, most) for report, name in zip(kept, _names(kept), strict=True)
    ]
    if len(reports) > len(kept):
        faulty = _faulty(reports) - _faulty(kept)
        _notify(
            runs[-1],
            f"not in this file, because GitHub takes at most {MOST_RUNS} packages: "
            f"{counted(len(reports) - len(kept), 'more package')}, {faulty} of them with findings. "
            "Validate fewer packages at once.",
        )
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}
    return visible(log) + "\n"


def _kept(reports: list[Report]) -> list[Report]:
    """The reports that fit into a file, those with findings first, in their own order."""
    order = sorted(range(len(reports)), key=lambda place: not reports[place].findings)
    return [reports[place] for place in sorted(order[:MOST_RUNS])]


def _faulty(reports: list[Report]) -> int:
    return sum(bool(report.findings) for report in reports)


def _most_results(counts: list[int]) -> int:
    """The most results of a run, so that a file with these numbers of results is accepted."""
    most = MOST_RESULTS_IN_A_RUN
    while sum(min(count, most) for count in counts) > MOST_RESULTS:
        most -= 50
    return most


def _names(reports: list[Report]) -> list[str]:
    """A name for each run: the path of its package, with a number if a package was given twice."""
    names: list[str] = []
    for report in reports:
        file = Path(str(report.package["path"]))
        path = repository_path(folder(report) if file.name == _DESCRIPTOR else file)
        name = quote(os.fsencode("" if path == "." else path.strip("/")))
        number = 1
        unique = name
        while unique in names:
            number += 1
            unique = f"{name}-{number}"
        names.append(unique)
    return names


def _run(report: Report, name: str, version: str, most: int) -> JsonObject:
    shown = most_serious(report.findings, most)
    rules = sorted({finding.rule for finding in shown})
    index = {rule: number for number, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    run: JsonObject = {
        "tool": {
            "driver": {
                "name": "shieldtalks",
                "version": version,
                "rules": [_rule(rule, sentence(rule, report.rules)) for rule in rules],
            }
        },
        "invocations": [{"executionSuccessful": report.exit_code != 2}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, finding, index, seen) for finding in shown],
        "properties": {"totals": report.totals()},
    }
    run["automationDetails"] = {"id": f"shieldtalks/{name}/" if name else "shieldtalks/"}
    hidden = report.count() - len(shown)
    if hidden:
        _notify(run, f"not in this file, because it has a limit: {counted(hidden, 'more finding')}")
    for note in unchecked(report):
        _notify(run, note)
    return run


def _notify(run: JsonObject, message: str) -> None:
    """Add a warning to a run: something was left out."""
    (invocation,) = run["invocations"]
    notes = invocation.setdefault("toolExecutionNotifications", [])
    notes.append({"level": "warning", "message": {"text": message}})


def _rule(rule: str, about: str) -> JsonObject:
    about, rule = one_line(about), one_line(rule)
    more = f"To see only these findings, run: shieldtalks validate --only {rule} PACKAGE"
    return {
        "id": rule,
        "name": rule,
        "shortDescription": {"text": about},
        "fullDescription": {"text": about},
        "help": {"text": f"{about} {more}"},
        "properties": {"tags": ["data"]},
    }


def _result(
    report: Report, finding: Finding, rules: Mapping[str, int], seen: Counter[str]
) -> JsonObject:
    place = in_repository(report, finding)
    physical: JsonObject = {
        "artifactLocation": {"uri": _uri(place.path)},
        # A region is required, also for a finding about a whole file.
        "region": {"startLine": place.line or 1},
    }
    location: JsonObject = {"physicalLocation": physical}
    logical = ".".join(part for part in (finding.table, finding.field) if part)
    names = [one_line(name) for name in (logical, finding.place) if name]
    if names:
        location["logicalLocations"] = [{"fullyQualifiedName": name} for name in names]
    return {
        "ruleId": one_line(finding.rule),
        "ruleIndex": rules[finding.rule],
        "level": level(finding),
        # "](" would begin a link.
        "message": {"text": (place.inside + words_and_hint(finding)).replace("](", "\\](")},
        "locations": [location],
        "partialFingerprints": {"shieldtalks/v1": _fingerprint(finding, seen)},
        "properties": {"row": finding.row, "value": finding.value},
    }


def _uri(path: str) -> str:
    if path.startswith("/") or Path(path).is_absolute():
        return Path(path).as_uri()
    return quote(os.fsencode(path))


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """A hash by which GitHub knows a finding again after other rows were added or removed.

    It does not depend on lines or rows. Equal findings are numbered. A message may name another line,
    so the message counts only where there is no value.
    """
    parts = [finding.rule, finding.file, finding.table, finding.field, finding.value]
    if finding.value is None:
        parts.append("".join("0" if char.isdigit() else char for char in words(finding)))
    name = "\0".join(part or "" for part in parts)
    seen[name] += 1
    whole = f"{name}\0{seen[name]}".encode("utf-8", "surrogatepass")
    return f"{sha256(whole).hexdigest()}:{seen[name]}"
