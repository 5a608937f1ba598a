"""The rows of a coding that are compared: their title, the place of their evidence, and their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...tabular.findings import CannotRun

#: The columns that are compared, by table. A column that ends in `_id` names an actor.
FIELDS = {
    "events": ("status", "factuality", "date_basis", "date_edtf", "country"),
    "proposals": ("measure", "kind", "form", "proposer_id", "addressee_id", "voiced_by_id"),
    "responses": ("move", "authority", "responder_id"),
    "claims": ("topic", "claimant_id", "voiced_by_id", "speech_act", "factuality", "standing"),
}

#: The schemes of action codes. Claims have no action codes.
SCHEMES = ("cameo", "plover")

#: A row as text; "" is a missing value.
Row = dict[str, str]

#: The tables of a coding, by name.
Coding = dict[str, list[Row]]

#: A part of a source: its first character and the one after its last, in canonical form.
Stretch = tuple[int, int]

#: The largest number that a start or a length can have.
_MOST = 1 << 40


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of one coding: its title, the place of its evidence, and the values to compare."""

    unit_id: str
    title: str
    #: For each source the parts that the evidence covers: sorted, and apart from each other.
    place: Mapping[str, Sequence[Stretch]]
    coded: dict[str, str]


def units(coding: Coding, table: str, same: Mapping[str, str] | None = None) -> list[Unit]:
    """The rows of a table of one coding.

    `same` says which other names an actor has: each other name with the name that it stands for.
    Raises CannotRun if the start or length of a span is no number.
    """
    key = f"{table[:-1]}_id"
    names = _names(coding, same or {})
    topics = {
        row.get("proposition_id", ""): row.get("topic", "")
        for row in coding.get("propositions", [])
    }
    places = _places(coding, key)
    codes = _main_codes(coding, key)
    labels = (
        {row.get("proposal_id", ""): row.get("label", "") for row in coding["proposals"]}
        if ("proposals" in coding)
        else {}
    )
    found = []
    for row in coding.get(table, []):
        unit_id = row.get(key, "")
        filled = {"topic": topics.get(row.get("proposition_id", ""), "")} | row
        coded = {name: _value(filled, name, names) for name in FIELDS[table]}
        for scheme in () if table == "claims" else SCHEMES:
            coded[_main_code(scheme)] = codes.get((unit_id, scheme), "")
        title = row.get("label") or row.get("text") or _answer(row, names, labels)
        found.append(Unit(unit_id, title, places.get(unit_id, {}), coded))
    return found


def lacking(coding: Coding, table: str) -> list[str]:
    """What a coding has no column or no table for, of what is compared in a table."""
    header = next(iter(coding.get(table, [])), None)
    if header is None:
        return []
    found = []
    for name in FIELDS[table]:
        known = name in header or (name == "topic" and "propositions" in coding)
        if not known or (name.endswith("_id") and "actors" not in coding):
            found.append(name)
    if table != "claims" and "codings" not in coding:
        found += map(_main_code, SCHEMES)
    return found


def _main_code(scheme: str) -> str:
    return f"main {scheme.upper()} code"


def _names(coding: Coding, same: Mapping[str, str]) -> dict[str, str]:
    """The name of each actor, by identifier."""
    return {
        row.get("actor_id", ""): same.get(row.get("name", ""), row.get("name", ""))
        for row in coding.get("actors", [])
    }


def _value(row: Row, name: str, names: Mapping[str, str]) -> str:
    value = row.get(name, "")
    return names.get(value, "") if name.endswith("_id") else value


def _places(coding: Coding, key: str) -> dict[str, dict[str, list[Stretch]]]:
    """For each row, the parts of each source that its evidence covers."""
    spans: defaultdict[str, defaultdict[str, list[Stretch]]]
    spans = defaultdict(lambda: defaultdict(list))
    for row in coding.get("evidence", []):
        if row.get(key) and not row.get("field"):
            start, length = _number(row, "start"), _number(row, "length")
            spans[row[key]][row.get("source_id", "")].append((start, start + length))
    return {
        unit_id: {source: [*_merged(sorted(parts))] for source, parts in sources.items()}
        for unit_id, sources in spans.items()
    }


def _number(row: Row, name: str) -> int:
    text = row.get(name, "")
    if text.isascii() and text.isdecimal() and len(text) < 15 and int(text) < _MOST:
        return int(text)
    shown = row.get("evidence_id") or "a row"
    raise CannotRun(
        f'evidence: {name} of {shown} is "{text[:40]}", which is not a number of characters',
        "Run `shieldtalks validate` on the coding, or correct the row.",
    )


def _merged(parts: Sequence[Stretch]) -> Iterator[Stretch]:
    """Sorted parts without those that overlap or touch: they become one."""
    begin, end = parts[0]
    for first, last in parts[1:]:
        if first > end:
            yield begin, end
            begin, end = first, last
        end = max(end, last)
    yield begin, end


def _main_codes(coding: Coding, key: str) -> dict[tuple[str, str], str]:
    return {
        (row[key], row.get("code_id", "").partition(":")[0]): row.get("code_id", "")
        for row in coding.get("codings", [])
        if row.get(key) and row.get("rank") == "1"
    }


def _answer(row: Row, names: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """The title of a response, because responses have no label."""
    responder = names.get(row.get("responder_id", ""), "")
    return f"{responder}: {row.get('move', '')} ({labels.get(row.get('proposal_id', ''), '')})"
