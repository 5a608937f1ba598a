"""The sheet of an article that is coded already: every row whose evidence is in this article.

What belongs to several articles is in the sheet of each, in full: an event, a proposal or a proposition.
Passages of other articles are not. A row that only other articles state is in the sheet (as `context`)
if its rows refer to it. What outside documents say (`corroborations`) and how two codings had the rows
(`coders`) is not part of a sheet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...tabular.findings import CannotRun
from ...tabular.nearest import nearest
from ..evidence.anchors import Anchor, Copy
from ..models import BY_TABLE
from . import defaults, from_catalogue
from .defaults import People
from .from_context import needed
from .model import (
    TABLE_OF,
    TARGET_OF,
    Answer,
    Claim,
    Code,
    Context,
    Event,
    OtherSource,
    Part,
    Proposal,
    Proposition,
    Relation,
    Sheet,
    Span,
    Who,
)
from .naming import Naming
from .pruning import pruned
from .short_words import named
from .spans import Article
from .tables import Row, Tables, field_kind

_ENTRY: dict[str, type[Part]] = {
    "events": Event,
    "proposals": Proposal,
    "responses": Answer,
    "claims": Claim,
}


def sheet_of(tables: Tables, source_id: str, copy: Copy | None) -> Sheet:
    """The sheet of a source. With a copy, passages are named by their words, else by their numbers.

    Raises CannotRun if there is no such source, or if its rows have faults.
    """
    try:
        naming = Naming(tables)
        maker = _Maker(naming, source_id, copy)
        needs = needed(tables, source_id)
        maker.elsewhere = needs.evidence
        others = [_Maker(naming, other, None, some) for other, some in needs.rows.items()]
        return maker.sheet(others)
    except (ValueError, LookupError) as error:
        message = f"the rows of {source_id} do not match their tables"
        raise CannotRun(message, "Run `shieldtalks validate` to see what is wrong.") from error


class _Maker:
    """Turns the rows of one source into the entries of a sheet."""

    def __init__(
        self,
        naming: Naming,
        source_id: str,
        copy: Copy | None,
        only: Mapping[str, None] | None = None,
    ) -> None:
        self.all, self.tables, self.copy = naming.every, naming.every.old, copy
        #: The only rows of another article that are needed; None for the article of the sheet.
        self.only = only
        #: The evidence of other articles that rows of this one cannot do without.
        self.elsewhere: Mapping[str, list[Row]] = {}
        self.sorted: dict[str, list[Row]] = {}
        self.grouped: dict[tuple[str, str], dict[str, list[Row]]] = {}
        self.article = Article(copy) if copy else None
        self.naming = naming
        self.ids = self.naming.ids
        sources = self.ids["sources"]
        if source_id not in sources:
            near = nearest(source_id, sources)
            known = f"Use one of {', '.join(sources)}." if sources else "The collection is empty."
            hint = f'Did you mean "{near}"?' if near else known
            raise CannotRun(f'there is no source "{source_id}"', hint)
        self.source = sources[source_id]
        self.outlets = from_catalogue.outlets(self.source)
        self.published = self.source["published_edtf"]
        self.spans = self._spans(source_id)
        self.chains: dict[str, list[str]] = defaultdict(list)
        for row in sorted(self.tables.get("attributions", []), key=lambda row: int(row["hop"])):
            self.chains[row["evidence_id"]].append(row["actor_id"])
        self.roles: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self.tables.get("participants", []):
            self.roles[row["event_id"]][row["role"]].append(row["actor_id"])
        self.unnamed = {
            row["actor_id"]
            for row in self.tables.get("actors", [])
            if row["kind"] == "unnamed-source"
        }

    def _spans(self, source_id: str) -> dict[str, list[Row]]:
        """The evidence of this source by the row that it supports, for the whole row first."""
        found: dict[str, list[Row]] = defaultdict(list)
        rows = [row for row in self.tables.get("evidence", []) if row["source_id"] == source_id]
        for row in sorted(rows, key=lambda row: (row["field"] != "", row["evidence_id"])):
            target = next((row[name] for name in TARGET_OF.values() if row[name]), "")
            if self.only is None or target in self.only:
                found[target].append(row)
        return found

    def sheet(self, others: Sequence[_Maker]) -> Sheet:
        """The sheet of the article, with what it needs of others."""
        held = {row["proposition_id"] for row in self._held()}
        propositions = [self._proposition(row) for row in self._held()]
        entries = self._entries()
        context = [other.context(held) for other in others]
        source = from_catalogue.source(self.naming, self.source)
        relations = list(self._relations())
        codes = [code for maker in (self, *others) for code in maker.codes()]
        # Actors name documents, so they come before them.
        actors = from_catalogue.actors(self.naming)
        return Sheet(
            source=source,
            code=from_catalogue.terms(self.naming, codes),
            reference=from_catalogue.references(self.naming),
            actor=actors,
            proposition=propositions,
            relation=relations,
            context=context,
            **entries,
        )

    def context(self, held: set[str]) -> Context:
        """What the sheet of another article needs of this one. It has the propositions in `held`."""
        source = from_catalogue.source(self.naming, self.source)
        seal = {name: self.source[name] for name in ("canon_length", "canon_sha256")}
        propositions = [row for row in self._held() if row["proposition_id"] not in held]
        return Context(
            source=OtherSource.model_validate({**source.model_dump(by_alias=True), **seal}),
            proposition=[self._proposition(row) for row in propositions],
            **self._entries(),
        )

    def _entries(self) -> dict[str, Any]:
        """The events, and the proposals, answers and claims without an event here."""
        events = [self._event(row) for row in self._rows("events")]
        here = {row["event_id"] for row in self._rows("events")}
        proposals = [row for row in self._rows("proposals") if row["made_in_event_id"] not in here]
        claims = [self._claim(row) for row in self._rows("claims") if not row["said_in_event_id"]]
        elsewhere = [row for row in self._rows("claims") if row["said_in_event_id"]]
        claims += [self._claim(r) for r in elsewhere if r["said_in_event_id"] not in here]
        answers = [self._answer(r) for r in self._rows("responses") if r["event_id"] not in here]
        top = [self._proposal(row) for row in proposals if not self._is_part(row)]
        return {"event": events, "proposal": top, "answer": answers, "claim": claims}

    def _rows(self, table: str) -> list[Row]:
        """The rows of a table with evidence in this source, in the order of their passages."""
        if table not in self.sorted:
            rows = self.ids[table]
            here = [identifier for identifier in self.spans if identifier in rows]
            here.sort(key=lambda one: int(self.spans[one][0]["start"]))
            self.sorted[table] = [rows[one] for one in here]
        return self.sorted[table]

    def _with(self, table: str, field: str, identifier: str) -> list[Row]:
        """The same rows, only those that name a row in a field."""
        if (table, field) not in self.grouped:
            groups: dict[str, list[Row]] = defaultdict(list)
            for row in self._rows(table):
                groups[row[field]].append(row)
            self.grouped[table, field] = groups
        return self.grouped[table, field].get(identifier, [])

    def _entry(
        self,
        table: str,
        row: Row,
        given: Callable[[Mapping[str, str]], dict[str, str]],
        leave: Iterable[str] = (),
    ) -> dict[str, Any]:
        """The keys of an event, proposal, answer or claim that no default fills in, and its passages."""
        key = BY_TABLE[table].table.key[0]
        bounds = ("date_earliest", "date_latest")
        full = {name: cell for name, cell in row.items() if name not in (key, *bounds)}
        cells = pruned(full, given, frozenset(leave))
        values = self.naming.values(table, _ENTRY[table], cells)
        passages = [self._span(one, row) for one in self.spans[row[key]]]
        if passages and passages[0].field is None:
            values |= passages.pop(0).model_dump(exclude_none=True)
        passages += [self._span(one, row) for one in self.elsewhere.get(row[key], ())]
        values["evidence"] = passages
        if table != "claims":
            values["codes"] = list(self._codings(table, row[key]))
        return values

    def _span(self, evidence: Row, row: Row) -> Span:
        anchor = Anchor(int(evidence["start"]), int(evidence["length"]), evidence["sha256"])
        chain = self.chains[evidence["evidence_id"]]
        is_elsewhere = evidence["source_id"] != self.source["source_id"]
        outlets = from_catalogue.outlets(self.ids["sources"][evidence["source_id"]])
        article = None if is_elsewhere else self.article
        usual = chain == defaults.hops(row.get("voiced_by_id", ""), outlets)
        own = bool(chain) and chain[0] in outlets
        quotation = "narration" if own else article.quotation(anchor) if article else ""
        how = {"stance": "supports", "directness": "explicit", "quotation": quotation}
        values = {name: evidence[name] for name, plain in how.items() if evidence[name] != plain}
        names = [self.naming.name("actors", actor) for actor in chain]
        more = {"field": evidence["field"] or None, "hops": None if usual else names, **values}
        if self.only is not None or is_elsewhere:
            more["sha256"] = anchor.sha256
        if is_elsewhere:
            more["source"] = evidence["source_id"]
        return named(anchor, None if is_elsewhere else self.copy).model_copy(update=more)

    def _codings(self, table: str, identifier: str) -> Iterator[str | Code]:
        for row in self.all.where("codings", TARGET_OF[table], identifier):
            self.naming.used["codes"][row["code_id"]] = None
            rank = int(row["rank"])
            plain = rank == 1 and not row["reason"]
            more = Code(
                code=row["code_id"],
                rank=rank if rank != 1 else None,
                reason=row["reason"] or None,
            )
            yield row["code_id"] if plain else more

    def _event(self, row: Row) -> Event:
        identifier = row["event_id"]
        values = self._entry("events", row, lambda cells: defaults.event(cells, self.published))
        inside = self._with("proposals", "made_in_event_id", identifier)
        return Event(
            **values,
            participants=self._participants(identifier),
            proposal=[self._proposal(one) for one in inside if not self._is_part(one)],
            answer=[self._answer(one) for one in self._with("responses", "event_id", identifier)],
            claim=[
                self._claim(one) for one in self._with("claims", "said_in_event_id", identifier)
            ],
        )

    def _participants(self, identifier: str) -> dict[str, Any]:
        roles: dict[str, list[str | Who]] = {}
        for row in self.all.where("participants", "event_id", identifier):
            name, capacity = self.naming.name("actors", row["actor_id"]), row["capacity"]
            who = Who(actor=name, capacity=capacity) if capacity else name
            roles.setdefault(row["role"], []).append(who)
        return {role: some[0] if len(some) == 1 else some for role, some in roles.items()}

    def _is_part(self, row: Row) -> bool:
        """Whether a proposal is written in the one that it is part of."""
        whole = self.ids["proposals"].get(row["part_of_id"])
        return (
            whole is not None
            and whole["proposal_id"] in self.spans
            and whole["made_in_event_id"] == row["made_in_event_id"]
        )

    def _proposal(self, row: Row) -> Proposal:
        parts = [
            one
            for one in self._with("proposals", "part_of_id", row["proposal_id"])
            if self._is_part(one)
        ]
        people = People(self.roles[row["made_in_event_id"]])
        whole = self.ids["proposals"][row["part_of_id"]] if self._is_part(row) else None
        leave = ["part_of_id"] if whole else []
        leave += ["made_in_event_id"] if row["made_in_event_id"] in self.spans else []
        values = self._entry(
            "proposals",
            row,
            lambda cells: defaults.proposal(cells, people, whole, bool(parts)),
            leave,
        )
        return Proposal(**values, part=[self._proposal(one) for one in parts])

    def _answer(self, row: Row) -> Answer:
        people = People(self.roles.get(row["event_id"], {}))
        leave = ["event_id"] if row["event_id"] in self.spans else []
        values = self._entry(
            "responses",
            row,
            lambda cells: defaults.answer(cells, people, self.published, self.unnamed),
            leave,
        )
        return Answer(**values)

    def _claim(self, row: Row) -> Claim:
        event_id = row["said_in_event_id"]
        people = People(self.roles.get(event_id, {}))
        held = self.ids["propositions"].get(row["proposition_id"], {}).get("text", "")
        values = self._entry(
            "claims",
            row,
            lambda cells: defaults.claim(cells, people, self.published, self.outlets[0], held),
            ["said_in_event_id"] if event_id in self.spans else [],
        )
        return Claim(**values)

    def _held(self) -> list[Row]:
        """The propositions of the claims of this source."""
        held = {row["proposition_id"] for row in self._rows("claims")}
        return [row for identifier, row in self.ids["propositions"].items() if identifier in held]

    def _proposition(self, row: Row) -> Proposition:
        return Proposition(**self.naming.plain("propositions", Proposition, row))

    def _relations(self) -> Iterator[Relation]:
        held = {row["proposition_id"] for row in self._held()}
        for row in self.tables.get("relations", []):
            ends = {row["proposition_id"], row["other_id"]}
            if ends & held:
                values = self.naming.plain("relations", Relation, row)
                yield Relation(**values, if_there=not ends <= held)

    def codes(self) -> Iterator[str]:
        """The codes in the fields of the rows of the sheet, with their scheme."""
        for table in (*TABLE_OF.values(), "propositions"):
            some = self._held() if table == "propositions" else self._rows(table)
            for field in BY_TABLE[table].model_fields:
                kind, scheme = field_kind(table, field)
                if kind == "vocabulary":
                    yield from (f"{scheme}:{row[field]}" for row in some)
