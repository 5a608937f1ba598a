"""What a sheet calls something, and what the tables call it: actors, codes, events, propositions."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches

from ..models import BY_TABLE
from ..names import folded
from .faults import Faults
from .lines import Path
from .tables import Row, Tables, field_kind

#: The fields by which a row can be named in a sheet, besides its identifier.
NAMED_BY = {
    "actors": ("name",),
    "events": ("label",),
    "proposals": ("label",),
    "propositions": ("text",),
    "references": ("title", "url"),
    "sources": ("title",),
}
#: What a sheet calls a row of a table.
ONE = {
    "actors": "actor",
    "events": "event",
    "proposals": "proposal",
    "propositions": "proposition",
    "references": "reference",
    "sources": "source",
    "responses": "answer",
    "claims": "claim",
}
_HOW = {
    "actors": "Use a name or alias of the table actors, or add it to the sheet as [[actor]].",
    "events": "Use the label or identifier of an event of this sheet or of the collection.",
    "proposals": "Use the label or identifier of a proposal of this sheet or of the collection.",
    "propositions": "Use the text or identifier of a proposition, or add it as [[proposition]].",
    "references": "Use the title or identifier of a document, or add it as [[reference]].",
}


class Names:
    """The names of all rows, for a sheet that is resolved into identifiers."""

    def __init__(self, tables: Tables, faults: Faults) -> None:
        self.faults, self._tables = faults, tables
        #: Whether a code that is not in its vocabulary is taken as it is.
        self.any_code = False
        #: By table and folded name: the identifiers, each once.
        self.known: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        self.shown: dict[str, str] = {}
        self.codes: dict[str, dict[str, str]] = defaultdict(dict)
        self.terms: dict[str, dict[str, str]] = defaultdict(dict)
        for table in NAMED_BY:
            for row in tables.old.get(table, []):
                self.name(table, row)
        for row in tables.old.get("aliases", []):
            self.alias(row["actor_id"], row["alias"])
        for row in tables.old.get("codes", []):
            self.code(row)

    def name(self, table: str, row: Row) -> None:
        """Make a row known by its identifier and its names."""
        identifier = row[BY_TABLE[table].table.key[0]]
        self.known[table][identifier][identifier] = None
        for field in NAMED_BY[table]:
            if row.get(field):
                self.known[table][folded(row[field])][identifier] = None
                self.shown.setdefault(identifier, row[field])

    def alias(self, actor_id: str, alias: str) -> None:
        """Make an actor known by another name."""
        self.known["actors"][folded(alias)][actor_id] = None

    def code(self, row: Row) -> None:
        """Make a code known, by itself and by its label."""
        self.codes[row["scheme"]].setdefault(folded(row["label"]), row["code"])
        self.terms[row["scheme"]][row["code"].casefold()] = row["code"]

    def same(self, table: str, name: str) -> list[str]:
        """The identifiers of the rows with this name."""
        return list(self.known[table].get(folded(name), ()))

    def find(self, table: str, given: str, path: Path) -> str:
        """The identifier of what is meant. If it is not exactly one row, that is a fault."""
        known = self.known[table]
        found = list(known.get(given) or known.get(folded(given)) or ())
        if len(found) == 1:
            return found[0]
        one = ONE[table]
        if found:
            message = f'several {one}s are called "{given}"'
            which = f"Use one of {', '.join(found)}."
            if any(map(self._tables.is_given, found)):  # nobody knows the identifiers of new rows
                which = f"Give each {one} of the sheet a name that no other has."
            self.faults.add(path, message, which, given)
            return ""
        near = [] if self.faults.are_many else get_close_matches(folded(given), known, n=3)
        ids = dict.fromkeys(identifier for name in near for identifier in known[name])
        meant = " or ".join(f'"{self.shown.get(one, one)}"' for one in ids)
        hint = f"Did you mean {meant}?" if meant else _HOW.get(table)
        self.faults.add(path, f'there is no {one} "{given}"', hint, given)
        return ""

    def find_code(self, scheme: str, given: str, path: Path) -> str:
        """The code of a vocabulary that is meant, given by itself or by its label."""
        terms, labels = self.terms[scheme], self.codes[scheme]
        if not terms:
            return given  # a vocabulary without codes accepts any text
        found = terms.get(given.casefold()) or labels.get(folded(given))
        if found or self.any_code:
            return found or given
        is_short = len(terms) <= 12
        all_names = [] if self.faults.are_many else [*terms, *labels]
        cutoff = 0.75 if is_short else 0.5
        near = get_close_matches(given.casefold(), all_names, n=1, cutoff=cutoff)
        if near:
            hint = f'Did you mean "{terms.get(near[0]) or labels[near[0]]}"?'
        elif is_short:
            hint = f"Use one of {', '.join(terms.values())}."
        else:
            hint = "The table codes lists all codes. Add a new one to the sheet as [[code]]."
        self.faults.add(path, f'"{given}" is not a code of the vocabulary {scheme}', hint, given)
        return ""

    def find_action(self, given: str, path: Path) -> str:
        """The action code that is meant: with its scheme in front, or by its label."""
        scheme, colon, code = given.partition(":")
        if colon and scheme in self.terms:
            found = self.find_code(scheme, code, path)
            return f"{scheme}:{found}" if found else ""
        schemes = [one for one in ("cameo", "plover") if folded(given) in self.codes[one]]
        if len(schemes) == 1:
            return f"{schemes[0]}:{self.codes[schemes[0]][folded(given)]}"
        if self.any_code and not schemes:
            return given
        if not any(self.terms[one] for one in ("cameo", "plover")):
            message = f'the collection has no action codes, so "{given}" cannot be one'
            self.faults.add(path, message, "Leave codes out, or add each code as [[code]].", given)
            return ""
        hint = 'Write it with its scheme, such as "cameo:010".'
        if not schemes:
            labels = [*self.codes["cameo"], *self.codes["plover"]]
            near = get_close_matches(folded(given), labels, n=1)
            hint = f'Did you mean "{near[0]}"? {hint}' if near else hint
        self.faults.add(path, f'"{given}" is not exactly one action code', hint, given)
        return ""

    def cell(self, table: str, field: str, given: str, path: Path) -> str:
        """The content of a cell: a code or an identifier if the field takes one, otherwise the text."""
        if given == "":
            return ""
        kind, what = field_kind(table, field)
        if kind == "vocabulary":
            return self.find_code(what, given, path)
        if kind == "references" and what in NAMED_BY:
            return self.find(what, given, path)
        return given
