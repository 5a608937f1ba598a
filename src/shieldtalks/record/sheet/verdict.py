"""What validation says about the rows of a sheet, in the words of the sheet and with its lines."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property

from ...tabular.findings import CannotRun, Finding, Report
from ...tabular.package import Package, Resource
from ...tabular.reading import LARGEST_TEXT, read_bytes
from ...tabular.rewriting import cells_of
from ..contradictions import contradictions
from ..models import BY_TABLE
from .keys import key_of
from .lines import Lines
from .rows import CodedSheet
from .tables import NewRow

#: The rule that a claim is disputed exactly if another claim contradicts it.
CONTRADICTED = "disputed-without-contradiction"

#: The name of the finding about a claim of the collection that must become disputed.
TO_DISPUTE = "not-disputed"

#: Rules about what a person does after the coding. They do not stop it.
AFTERWARDS = frozenset({"coders-complete"})

#: What some rules say to the writer of a sheet, and what to do. The rules themselves speak of tables.
_WORDS = {
    "main-code": (
        "The entry needs one main code of CAMEO and one of PLOVER.",
        'Add them: codes = ["cameo:010", "plover:none"]. For a second code of the same scheme, write '
        '{ code = "...", rank = 2 }.',
    ),
    CONTRADICTED: (
        "The sheet calls the claim disputed, but no other claim contradicts it.",
        "Leave standing out: it becomes disputed when another claim contradicts it.",
    ),
    "unused": (
        "Nothing uses this entry.",
        "Name it in another entry, or remove it from the sheet.",
    ),
    "no-evidence": (
        "The entry needs a passage for all of it, not only for one field.",
        'Add a passage without "field".',
    ),
    "claim-caution": (
        "The text of the claim does not fit its certainty (factuality): a probable or possible claim has a "
        "word of caution, and a certain one has none.",
        'If the claimant is not certain, write factuality = "PR+" or "PS+" ("PR-" or "PS-" for a denial), '
        "and a word such as may, perhaps, probably or fears. Otherwise, leave such words out.",
    ),
    "claim-twice": (
        "Another claim has the same party and proposition, and the same event or date.",
        "Write one entry for it, with each further passage below evidence: "
        'evidence = [{ from = "...", to = "..." }].',
    ),
    "evidence-twice": ("The entry has the same passage twice.", "Remove one of the two."),
    "voice-not-first-hop": (
        "The chain of speakers must begin with the voice of the entry.",
        "Correct voiced_by, or begin hops with this actor.",
    ),
    "voice-missing": (
        "The entry names no voice, and no passage of it is in the words of the outlet.",
        "Add voiced_by. If the article itself says it, leave hops out.",
    ),
    "person-with-body": (
        "A person or a state must not be a member of a body.",
        'Leave member_of out. The office of a person is in the event: { actor = "...", capacity = "..." }.',
    ),
    "evidence-field": (
        "The row of the entry has no such field.",
        'Write the name of a field of its table, such as field = "condition" (in an event also '
        '"capacity"). Leave the key out if the passage supports the whole row.',
    ),
    "relation-pair": (
        "Two different propositions must have at most one relation.",
        "Name two different propositions, and keep one relation of them.",
    ),
    "last-hop": (
        "The chain of speakers must end with the outlet.",
        "End hops with the publisher of the article, or leave hops out.",
    ),
}
#: Rules about the seal of a file: its hash and its size in the descriptor.
_SEALS = frozenset({"hash", "bytes"})

_FIELD = re.compile(r"[a-z]+(?:_[a-z]+)+")


def told(report: Report, copied: Package, package: Package, coded: CodedSheet) -> list[Finding]:
    """Give each finding about a new row its line in the sheet. Returns what can wait.

    `copied` is the package with the new rows, `package` is the one without them.
    """
    teller = _Teller(copied, package, coded)
    # In the words of the sheet, two findings can be the same.
    # A table with a fault is not sealed anew: its old seal is no second fault.
    faulty = {finding.table for finding in report.findings if finding.rule not in _SEALS}
    causes = [one for one in report.findings if one.rule not in _SEALS or one.table not in faulty]
    found = list(dict.fromkeys(map(teller.told, causes)))
    report.findings = [finding for finding in found if finding.rule not in AFTERWARDS]
    return [finding for finding in found if finding.rule in AFTERWARDS]


def contradicted(findings: Iterable[Finding]) -> list[str]:
    """The claims of the collection that a new claim contradicts, and that are not disputed yet."""
    return [finding.value or "" for finding in findings if finding.rule == TO_DISPUTE]


class _Teller:
    """Tells the findings of one package in terms of the sheet."""

    def __init__(self, copied: Package, package: Package, coded: CodedSheet) -> None:
        self.copied, self.package = copied, package
        self.lines = coded.faults.lines
        self.new = {(row.table, row.key): row for row in coded.new}
        self.keys: dict[str, list[tuple[str, ...]]] = {}
        #: What the sheet calls rows, by identifier.
        self.names = coded.names

    def told(self, finding: Finding) -> Finding:
        key = self._key(finding)
        row = self.new.get((finding.table or "", key))
        is_contradicted = finding.rule == CONTRADICTED and finding.value == "as-reported"
        if row is not None and finding.rule in AFTERWARDS:
            return finding
        if row is not None:
            told = self._contradicted(finding, row) if is_contradicted else _in_words(finding)
            value = self.names.get(finding.value or "", finding.value)
            return in_sheet(replace(told, value=value), row, self.lines)
        finding = replace(finding, file=str(self.package.root / finding.file))
        against = self._against(key[0]) if is_contradicted and key else []
        lines = [
            self.lines.at(self.new["claims", (other,)].path)
            for other in against
            if ("claims", (other,)) in self.new
        ]
        return self._to_dispute(finding, key[0], min(lines)) if lines else finding

    def _to_dispute(self, finding: Finding, claim: str, line: int) -> Finding:
        """A claim of the collection that must become disputed: which cell to change, and to what."""
        place = line_of(self.package, "claims", claim) or finding.line
        return replace(
            finding,
            rule=TO_DISPUTE,
            line=place,
            row=None,
            value=claim,
            message=f"the claim on line {line} of the sheet contradicts {claim}, which is not disputed",
            hint="Run the command again with --dispute. Or change standing from as-reported to "
            "disputed on this line, and run the command again.",
        )

    def _contradicted(self, finding: Finding, row: NewRow) -> Finding:
        """A new claim that the sheet calls as-reported, although another claim contradicts it."""
        names = []
        for other in self._against(row.key[0]):
            new = self.new.get(("claims", (other,)))
            names.append(f"the claim on line {self.lines.at(new.path)}" if new else other)
        message = f"another claim contradicts this one: {', '.join(names[:5])}."
        return replace(finding, message=message, hint="Leave standing out, or write disputed.")

    def _against(self, claim: str) -> list[str]:
        return self._pairs.get(claim, [])

    @cached_property
    def _pairs(self) -> dict[str, list[str]]:
        """The claims that contradict a claim."""
        found: dict[str, list[str]] = defaultdict(list)
        with suppress(CannotRun):  # then the messages name nobody
            for pair in contradictions(self.copied):
                found[pair.claim_id].append(pair.other_id)
                found[pair.other_id].append(pair.claim_id)
        return found

    def _key(self, finding: Finding) -> tuple[str, ...]:
        """The primary key of the row that a finding is about; empty if it is about none."""
        table = finding.table
        resource = self.copied.resource(table) if table is not None else None
        if table not in BY_TABLE or resource is None or finding.row is None:
            return ()
        if table not in self.keys:
            self.keys[table] = _keys(resource, BY_TABLE[table].table.key)
        known = self.keys[table]
        return known[finding.row - 1] if finding.row <= len(known) else ()


def _keys(resource: Resource, names: Sequence[str]) -> list[tuple[str, ...]]:
    """The primary key of each row; none if the table is not an ordinary CSV file: it has no new rows."""
    try:
        rows = cells_of(resource, read_bytes(resource.file, LARGEST_TEXT))
        places = [resource.field_names.index(name) for name in names]
    except ValueError:  # NotLossless, or a field that the schema does not have
        return []
    return [tuple(row[place] for place in places) for row in rows]


def _in_words(finding: Finding) -> Finding:
    """A finding in the words for the writer of a sheet, if there are any."""
    message, hint = _WORDS.get(finding.rule, (finding.message, finding.hint))
    return replace(finding, message=message, hint=hint)


def in_sheet(finding: Finding, row: NewRow, lines: Lines) -> Finding:
    """A finding about a new row, with its line in the sheet and the keys of the sheet."""
    path = row.paths.get(finding.field or "", row.path)
    key = key_of(row.table, finding.field or "")
    if finding.field == BY_TABLE[row.table].table.identifier:  # the writer never saw it
        key, finding = "", replace(finding, value=None)
    return replace(
        finding,
        file=lines.file,
        line=lines.at(path),
        row=None,
        field=key or None,
        message=_keyed(row.table, finding.message),
        hint=_keyed(row.table, finding.hint) if finding.hint else None,
    )


def _keyed(table: str, text: str) -> str:
    """A text with the keys of the sheet instead of the fields of a table."""
    return _FIELD.sub(lambda match: key_of(table, match.group()), text)


def line_of(package: Package, table: str, key: str) -> int | None:
    """The line of a row in the file of a table, by its key."""
    resource = package.resource(table)
    if resource is None:
        return None
    place = resource.field_names.index(BY_TABLE[table].table.key[0])
    text = read_bytes(resource.file, LARGEST_TEXT).decode(resource.encoding).removeprefix("\ufeff")
    dialect = resource.dialect
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=dialect.delimiter, quotechar=dialect.quote
    )
    begins = 1
    for row in reader:
        if row[place : place + 1] == [key]:
            return begins
        begins = reader.line_num + 1
    return None
