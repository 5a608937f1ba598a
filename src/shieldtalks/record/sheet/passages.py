"""The passages of every entry of a sheet, found in the copy, and the rows of evidence for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..evidence.anchors import Anchor, AnchorError
from . import defaults
from .catalogue import Catalogue
from .faults import Faults
from .items import Item
from .lines import Path
from .model import TARGET_OF, Coded, Span
from .spans import Article

#: The keys that name a passage.
_WAYS = ("first", "last", "quote", "sentence", "at")


def names_a_passage(span: Span) -> bool:
    """Whether an entry has a passage of its own."""
    return any(getattr(span, way) is not None for way in _WAYS)


def place_all(items: Iterable[Item], article: Article, faults: Faults) -> list[str]:
    """Find each passage in the copy. Returns what the writer of the sheet should check."""
    notes: list[str] = []
    for item in items:
        for span, path in _spans(item.entry, item.path):
            try:
                anchor = article.anchor(span)
            except AnchorError as error:
                faults.add(_place(span, path), f"{error}.")
                continue
            if not article.in_one_sentence(anchor):
                where = f"{faults.lines.file}:{faults.lines.at(_place(span, path))}"
                notes.append(f"{where}: the passage seems to be longer than one sentence: check it")
            item.anchors.append((span, anchor, path))
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


def add_evidence(item: Item, article: Article, catalogue: Catalogue) -> None:
    """Add the evidence of an entry, with the chain of speakers, unless it is already there."""
    tables, target = catalogue.tables, TARGET_OF[item.table]
    source_id = catalogue.source["source_id"]
    there = {
        (row["start"], row["length"], row["field"])
        for row in tables.where("evidence", target, item.id)
        if row["source_id"] == source_id
    }
    if item.is_old and item.anchors and not there and item.entry.id is None:
        lines = catalogue.faults.lines
        catalogue.notes.append(
            f"{lines.file}:{lines.at(item.path)}: {item.id} has the same name: "
            "it gets the passages of this entry"
        )
    for span, anchor, path in item.anchors:
        field = span.field or ""
        seen = (str(anchor.start), str(anchor.length), field)
        if seen in there:
            continue
        there.add(seen)
        chain = _chain(span, path, item, catalogue)
        cells = {
            "evidence_id": tables.next_id("evidence"),
            "source_id": source_id,
            target: item.id,
            "field": field,
            "start": seen[0],
            "length": seen[1],
            "sha256": anchor.sha256,
        }
        how = {
            "stance": "supports",
            "directness": "explicit",
            "quotation": quotation(anchor, chain, article, catalogue.outlets),
        }
        paths = {}
        for key, value in how.items():
            given = getattr(span, key)
            paths[key] = (*path, key)
            cells[key] = catalogue.names.cell(
                "evidence", key, value if given is None else given, paths[key]
            )
        tables.add("evidence", cells, path, paths)
        for hop, actor in enumerate(chain):
            row = {"evidence_id": cells["evidence_id"], "hop": str(hop), "actor_id": actor}
            tables.add("attributions", row, (*path, "hops"))


def quotation(
    anchor: Anchor, chain: Sequence[str], article: Article, outlets: Sequence[str]
) -> str:
    """How a passage is told: narration if the article itself speaks, else by its quotation marks."""
    return "narration" if chain[0] in outlets else article.quotation(anchor)


def _chain(span: Span, path: Path, item: Item, catalogue: Catalogue) -> list[str]:
    if span.hops:
        return [
            catalogue.names.find("actors", name, (*path, "hops", number))
            for number, name in enumerate(span.hops)
        ]
    return defaults.hops(item.cells.get("voiced_by_id", ""), catalogue.outlets)
