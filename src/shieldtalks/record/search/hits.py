"""Find rows by words: in names, aliases, labels, texts and descriptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ...tabular.findings import CannotRun
from ...tabular.nearest import nearest
from .. import models
from ..measures import SCHEME, Measures
from ..schemas import extras
from ..short import ShortTable
from .words import tokens, verbs, words

if TYPE_CHECKING:
    from ..dataset import Dataset

#: How much a word counts, by where it is: the identifier or name of the row, its own texts, the words
#: of its codes, the names of rows that it refers to, and its notes.
_NAME, _TEXT, _LABEL, _LINK, _NOTE = 10, 6, 4, 2, 1

#: The tables about the vocabularies and about outside documents: their rows count this much less.
_ASIDE, _LESS = {"codes", "references", "corroborations", "codings"}, 0.5

#: A text that is only this word counts this much more.
_WHOLE = 2

#: A word that only begins like a word of the text, or is a form of it, counts this much less.
_BEGINNING = 0.5

#: The fewest letters of a word that may be the beginning of another one.
_SHORTEST = 3

#: The fields with the name of a row.
_NAMES = {"name", "label", "title", "text"}

#: The fields with a code that says what a row is about.
_SUBJECTS = {"move", "topic"}

#: The fields that say something about a row, but not what it is about.
_NOTES = {"notes", "reason", "condition", "citation"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that contains all the words, with the text in which the most important ones are."""

    record_id: str
    table: str
    #: The name of the row, in one line.
    heading: str
    #: Where the text is: a field, or "aliases", "capacity" or the field that refers to another row.
    field: str
    text: str
    #: How well the row fits; only its order has a meaning.
    score: float


class Hits(ShortTable[Hit]):
    """The rows that were found, the best first."""

    __slots__ = ()
    columns = ("record_id", "table", "heading", "field", "score")


@dataclass(frozen=True, slots=True)
class _Text:
    field: str
    text: str
    weight: int
    tokens: frozenset[str]


def search(dataset: Dataset, wanted: str, table: str | None = None) -> Hits:
    """The rows that contain all the words, the best first. "radars" also finds "radar".

    A word of three or more letters also finds the words that begin with it, and "declined" finds
    "decline". With `table`, only rows
    of this table are found. Raises CannotRun if no word is given, or if there is no such table.
    """
    asked = list(dict.fromkeys(words(wanted)))
    if not asked:
        raise CannotRun("there is no word to search for", "Give at least one word or number.")
    indexed = _index(dataset)
    known = {row.table.name for row, _ in indexed.values()}
    if table is not None and table not in known:
        near = nearest(table, known)
        hint = f'Did you mean "{near}"?' if near else f"Use one of {', '.join(sorted(known))}."
        raise CannotRun(f'there is no table "{table}" with texts', hint)
    place = {record.table.name: number for number, record in enumerate(models.RECORDS)}
    found = [
        hit
        for record_id, (row, texts) in indexed.items()
        if table in (None, row.table.name)
        and (hit := _hit(dataset, record_id, row, texts, asked)) is not None
    ]
    return Hits(sorted(found, key=lambda hit: (-hit.score, place[hit.table], hit.record_id)))


def nearest_words(dataset: Dataset, wanted: str) -> str | None:
    """The words with each unknown one replaced by the most similar known one.

    None if every word is known, or if no word is similar to an unknown one.
    """
    known = frozenset(
        token for _, texts in _index(dataset).values() for text in texts for token in text.tokens
    )
    asked = list(dict.fromkeys(words(wanted)))
    meant = []
    for word in asked:
        near = word if _fit(word, known) else nearest(word, known)
        if near is None:
            return None
        meant.append(near)
    return " ".join(meant) if meant != asked else None


def _hit(
    dataset: Dataset,
    record_id: str,
    row: models.Record,
    texts: Sequence[_Text],
    asked: Sequence[str],
) -> Hit | None:
    by_text: dict[int, float] = defaultdict(float)
    score = 0.0
    for word in asked:
        values = [
            (text.weight * _fit(word, text.tokens) + (_WHOLE if text.tokens == {word} else 0), -n)
            for n, text in enumerate(texts)
        ]
        best, number = max(values, default=(0.0, 0))
        if not best:
            return None
        score += best
        by_text[-number] += best
        # A word that is in several texts of the row counts a little more.
        score += sum(value for value, _ in values) / 100
    if row.table.name in _ASIDE:
        score *= _LESS
    shown = texts[max(by_text, key=lambda number: (by_text[number], -number))]
    from ..description.context import context

    return Hit(
        record_id=record_id,
        table=row.table.name,
        heading=context(dataset).heading(row),
        field=shown.field,
        text=shown.text,
        score=round(score, 2),
    )


def _fit(word: str, known: frozenset[str]) -> float:
    if word in known:
        return 1
    if len(word) >= _SHORTEST and any(token.startswith(word) for token in known):
        return _BEGINNING
    return 0 if known.isdisjoint(verbs(word)) else _BEGINNING


@lru_cache(maxsize=2)
def _index(dataset: Dataset) -> dict[str, tuple[models.Record, list[_Text]]]:
    """The texts of each row that has its own identifier, by identifier."""
    from ..description.context import context

    indexed = context(dataset)
    more = _of_parts(dataset)
    measures = Measures(dataset.codes)
    aliases = _aliases(dataset)
    found = {}
    for record_id, row in indexed.rows.items():
        texts = [
            *_own(row, indexed, measures),
            *more.get(record_id, ()),
            *_linked(row, indexed, aliases),
        ]
        if any(weight != _LINK for _, _, weight in texts):
            texts.insert(0, (row.table.key[0], record_id, _NAME))
            made = [_Text(one[0], one[1], one[2], frozenset(tokens(one[1]))) for one in texts]
            found[record_id] = (row, made)
    return found


#: A field, its text and its weight.
_Found = tuple[str, str, int]


def _own(row: models.Record, indexed: Any, measures: Measures) -> Iterator[_Found]:
    """The texts of a row: its own, and the labels of its codes."""
    for name, info in type(row).model_fields.items():
        value, facts = getattr(row, name), extras(info)
        if not isinstance(value, str) or facts.get("references") or facts.get("edtf"):
            continue
        if facts.get("vocabulary") == SCHEME:
            path = list(measures.path(value))
            yield name, ", ".join(measures.labels.get(one, one) for one in path), _LABEL
        elif facts.get("vocabulary"):
            label = indexed.label(row, name)
            text = label if label.casefold() == value else f"{label} ({value})"
            yield name, text, _LABEL if name in _SUBJECTS else _NOTE
        elif name in _NAMES:
            yield name, value, _NAME
        elif name in _NOTES:
            yield name, value, _NOTE
        elif " " in value or name in ("place", "publisher", "byline", "code"):
            yield name, value, _TEXT


def _linked(row: models.Record, indexed: Any, aliases: dict[str, str]) -> Iterator[_Found]:
    """The names of the rows that a row refers to, and their aliases."""
    if isinstance(row, models.Evidence | models.Coding | models.Corroboration):
        return
    for name, info in type(row).model_fields.items():
        other = (
            indexed.rows.get(getattr(row, name) or "") if extras(info).get("references") else None
        )
        if other is not None:
            also = aliases.get(getattr(row, name), "")
            yield name, indexed.heading(other) + (f" ({also})" if also else ""), _LINK


def _of_parts(dataset: Dataset) -> dict[str, list[_Found]]:
    """The texts of the rows that belong to another row: aliases and participants."""
    found: dict[str, list[_Found]] = defaultdict(list)
    for alias in _rows(dataset, "aliases"):
        found[alias.actor_id].append(("aliases", alias.alias, _NAME))
    names = {actor.actor_id: actor.name for actor in dataset.actors}
    for part in _rows(dataset, "participants"):
        name = names.get(part.actor_id, part.actor_id)
        office = f" ({part.capacity})" if part.capacity else ""
        found[part.event_id].append(("participants", name + office, _LINK))
    return found


def _aliases(dataset: Dataset) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for alias in _rows(dataset, "aliases"):
        found[alias.actor_id].append(alias.alias)
    return {actor_id: ", ".join(names) for actor_id, names in found.items()}


def _rows(dataset: Dataset, table: str) -> tuple[Any, ...]:
    """The rows of a table that a collection may not have."""
    return getattr(dataset, table) if dataset.package.resource(table) is not None else ()
