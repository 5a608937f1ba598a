"""The passages of every entry of a sheet, found in the copy, and the rows of evidence for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..evidence.anchors import AnchorError
from . import defaults
from .catalogue import Catalogue
from .faults import Faults
from .items import Item, Passage
from .kept import note_kept
from .lines import Path
from .model import TARGET_OF, Coded, Span
from .publication import Publication
from .tables import Row

#: The keys that name a passage.
_WAYS = ("first", "last", "quote", "sentence", "at")


#: How an entry shows that it is a row of another article.
_HOW_SAME = {
    "event": "has the same name",
    "proposal": "has the same name",
    "answer": "is the same answer, reported by another article",
    "claim": "is the same claim, reported by another article",
}


def names_a_passage(span: Span) -> bool:
    """Whether an entry has a passage of its own."""
    return any(getattr(span, way) is not None for way in _WAYS)


def place_all(
    items: Iterable[Item], publications: Sequence[Publication], faults: Faults
) -> list[str]:
    """Find each passage in its article. Returns what the writer of the sheet should check."""
    notes: list[str] = []
    known = {other.entry.id: other for other in publications if other.entry.id}
    known |= {other.entry.title: other for other in publications if other.entry.title}
    for item in items:
        for span, path in _spans(item.entry, item.path):
            publication = item.publication if span.source is None else known.get(span.source)
            if publication is None:
                hint = "Add it as [[context]], or leave the key out."
                faults.add((*path, "source"), f'there is no article "{span.source}"', hint)
                continue
            try:
                anchor = publication.article.anchor(span)
            except AnchorError as error:
                is_last = f'"{span.last}" after' in str(error)
                faults.add((*path, "to") if is_last else _place(span, path), f"{error}.")
                continue
            where = f"{faults.lines.file}:{faults.lines.at(_place(span, path))}"
            if not publication.article.in_one_sentence(anchor):
                notes.append(f"{where}: the passage seems to be longer than one sentence: check it")
            cut = publication.article.cut_words(anchor)
            if cut:
                notes.append(f"{where}: the passage {cut} in the middle of a word: check it")
            item.passages.append(Passage(span, anchor, path, publication))
    return notes


def _spans(entry: Coded, path: Path) -> list[tuple[Span, Path]]:
    more = [(span, (*path, "evidence", n)) for n, span in enumerate(entry.evidence)]
    # A row that is already there may have no new passage.
    if names_a_passage(entry) or (not more and not entry.id):
        return [(entry, path), *more]
    return list(more)


def _place(span: Span, path: Path) -> Path:
    """Where the sheet names the passage, for a finding."""
    for way in _WAYS:
        if getattr(span, way) is not None:
            key = type(span).model_fields[way].alias or way
            return (*path, key)
    return path


def add_evidence(item: Item, catalogue: Catalogue) -> None:
    """Add the evidence of an entry, with the chain of speakers, unless it is already there."""
    tables, target = catalogue.tables, TARGET_OF[item.table]
    there = {
        (row["source_id"], row["start"], row["length"], row["field"]): row
        for row in tables.where("evidence", target, item.id)
    }
    before = [
        row
        for row in tables.where("evidence", target, item.id)
        if row["source_id"] == item.publication.source_id
    ]
    is_new_here = not before
    if item.is_old and item.passages and is_new_here and item.entry.id is None:
        lines = catalogue.faults.lines
        catalogue.notes.append(
            f"{lines.file}:{lines.at(item.path)}: {item.id} {_HOW_SAME[item.kind]}: "
            "it gets the passages of this entry"
        )
    if item.is_old:
        _note_corrected(item, before, catalogue)
    for passage in item.passages:
        span, path, field = passage.span, passage.path, passage.span.field or ""
        if (*passage.place, field) in there:
            _note_kept(passage, there[*passage.place, field], catalogue)
            continue
        passage.publication.use()
        chain = _chain(passage, item, catalogue)
        source_id, start, length = passage.place
        cells = {
            "evidence_id": tables.next_id("evidence"),
            "source_id": source_id,
            target: item.id,
            "field": field,
            "start": start,
            "length": length,
            "sha256": passage.anchor.sha256,
        }
        how = {
            "stance": "supports",
            "directness": "explicit",
            "quotation": quotation(passage, chain),
        }
        paths = {}
        for key, value in how.items():
            given = getattr(span, key)
            paths[key] = (*path, key)
            cells[key] = catalogue.names.cell(
                "evidence", key, value if given is None else given, paths[key]
            )
        tables.add("evidence", cells, path, paths)
        there[*passage.place, field] = tables.new[-1].cells
        for hop, actor in enumerate(chain):
            row = {"evidence_id": cells["evidence_id"], "hop": str(hop), "actor_id": actor}
            tables.add("attributions", row, (*path, "hops"))


def _note_kept(passage: Passage, row: Row, catalogue: Catalogue) -> None:
    """Note what an entry says otherwise of a passage that is there already."""
    span, path, tables = passage.span, passage.path, catalogue.tables
    given = {key: getattr(span, key) for key in ("stance", "directness", "quotation")}
    cells = {
        key: catalogue.names.cell("evidence", key, cell, (*path, key))
        for key, cell in given.items()
        if cell is not None
    }
    note_kept(catalogue, "evidence", row, cells, path)
    if span.hops:
        hops = tables.where("attributions", "evidence_id", row["evidence_id"])
        in_order = sorted(
            hops, key=lambda one: (len(one["hop"]), one["hop"])
        )  # it may be no number
        old = [one["actor_id"] for one in in_order]
        chain = {"hops": " ".join(_given_chain(passage, catalogue))}
        note_kept(
            catalogue, "attributions", {"hops": " ".join(old)}, chain, path, row["evidence_id"]
        )


def _note_corrected(item: Item, before: Sequence[Row], catalogue: Catalogue) -> None:
    """Note the passages of a row that the sheet does not have, if it has another one in their place."""
    named = {(*passage.place, passage.span.field or ""): passage for passage in item.passages}
    known = {(row["source_id"], row["start"], row["length"], row["field"]) for row in before}
    new = {place[-1]: passage for place, passage in named.items() if place not in known}
    old: dict[str, list[str]] = {}
    for row in before:
        if (row["source_id"], row["start"], row["length"], row["field"]) not in named:
            old.setdefault(row["field"], []).append(row["evidence_id"])
    lines = catalogue.faults.lines
    for field in sorted(new.keys() & old.keys()):
        ids = ", ".join(old[field])
        catalogue.notes.append(
            f"{lines.file}:{lines.at(_place(new[field].span, new[field].path))}: {item.id} gets this "
            f"passage and keeps the old one, {ids}. If you corrected it, remove {ids} from the tables "
            "evidence and attributions"
        )


def quotation(passage: Passage, chain: Sequence[str]) -> str:
    """How a passage is told: narration if the article itself speaks, else by its quotation marks."""
    publication = passage.publication
    is_own = chain[0] in publication.outlets
    return "narration" if is_own else publication.article.quotation(passage.anchor)


def _chain(passage: Passage, item: Item, catalogue: Catalogue) -> list[str]:
    if passage.span.hops:
        return _given_chain(passage, catalogue)
    return defaults.hops(item.cells.get("voiced_by_id", ""), passage.publication.outlets)


def _given_chain(passage: Passage, catalogue: Catalogue) -> list[str]:
    """The chain of speakers that the sheet gives. Nobody passes on what he or she said."""
    names, path = passage.span.hops or (), (*passage.path, "hops")
    found = [
        catalogue.names.find("actors", name, (*path, number)) for number, name in enumerate(names)
    ]
    for number, actor in enumerate(found[1:], 1):
        if actor and actor == found[number - 1]:
            message = f'"{names[number]}" is twice in a row in the chain of speakers'
            catalogue.faults.add((*path, number), message, "Write each speaker once.")
    return found
