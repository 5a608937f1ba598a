"""How the columns of a file are matched with the fields: `fieldsMatch`, and the case of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..package import Resource
from ..package.schema import constraints, fields_match
from .exact import RawRecord
from .fault import Fault
from .header import Header, compare, folded, limited, quoted, without_names


@dataclass(frozen=True, slots=True)
class Matching:
    """What the columns of a file must be."""

    names: Sequence[str]
    delimiter: str = ","
    mode: str = "exact"
    #: Why a field may not be missing, for each such field.
    needed: Mapping[str, str] = field(default_factory=dict)
    ignores_case: bool = False

    @classmethod
    def of(cls, resource: Resource) -> Matching:
        """What the columns of a table must be."""
        required = {
            entry["name"]: "it is required"
            for entry in resource.fields
            if constraints(entry).get("required") is True
        }
        keys = dict.fromkeys(resource.primary_key, "it is in the primary key")
        dialect, mode = resource.dialect, fields_match(resource.schema)
        return cls(
            resource.field_names, dialect.delimiter, mode, required | keys, dialect.ignores_case
        )

    def compared(self, header: RawRecord) -> Header:
        """The columns of the fields, and the faults of the header."""
        if self.ignores_case:
            header = replace(header, cells=_in_case(header.cells, self.names))
        if any("\r" in name for name in self.names):
            header = replace(header, cells=_with_line_ends(header.cells, self.names))
        if self.mode == "exact":
            return compare(header, self.names, self.delimiter)
        return limited(_by_name(header, self), header)


def _in_case(have: Sequence[str], want: Sequence[str]) -> list[str]:
    """The names of a header, each in the case of its field."""
    known = {name.casefold(): name for name in want}
    taken = {name for name in have if name in set(want)}
    named = []
    for name in have:
        meant = known.get(name.casefold(), name)
        if name != meant and meant not in taken:
            taken.add(meant)
            name = meant
        named.append(name)
    return named


def _with_line_ends(have: Sequence[str], want: Sequence[str]) -> list[str]:
    """The names of a header, each with the line endings of its field: a file may have others."""
    known = {name.replace("\r\n", "\n").replace("\r", "\n"): name for name in want}
    return [known.get(name.replace("\r\n", "\n").replace("\r", "\n"), name) for name in have]


def _by_name(header: RawRecord, matching: Matching) -> Header:
    """What a header has if its columns are matched by their names, in any order."""
    have, want, mode = header.cells, matching.names, matching.mode
    fields, times = set(want), Counter(have)
    if not fields.intersection(have):
        found = without_names(header, want, matching.delimiter, "the fields are")
        return Header([None] * len(want), set(want), found.faults)
    first = {name: index for index, name in reversed(list(enumerate(have)))}
    strangers = [name for name in first if name not in fields]
    found = Header([first.get(name) for name in want], fields - first.keys())

    def note(message: str, value: str | None = None) -> None:
        found.faults.append(Fault("header", header.line, message, value))

    for name, count in times.items():
        if count > 1:
            note(f"the column {quoted(name)} appears more than once", name)
    near = {folded(name): name for name in strangers}
    asked: set[str] = set()
    for name in want:
        why = matching.needed.get(name)
        if name in first:
            continue
        if mode in ("superset", "partial") and why is None:
            found.left_out.add(name)
            continue
        reason = f"; {why}" if why and mode in ("superset", "partial") else ""
        note(f"the column {quoted(name)} is missing{reason}{_meant(name, near)}")
        asked.add(near.get(folded(name), ""))
    if mode in ("equal", "superset"):
        missing = {folded(name): name for name in want if name not in first}
        for name in strangers:
            if name not in asked:
                note(f"the column {quoted(name)} is not in the schema{_meant(name, missing)}", name)
    return found


def _meant(name: str, near: Mapping[str, str]) -> str:
    """A question, if there is a name that differs only in case and in the blanks around it."""
    meant = near.get(folded(name))
    return f"; did you mean {quoted(meant)}?" if meant is not None else ""
