"""The names of the fields, and the drafts of all fields of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .bare import Bare
from .datatype import Context, Draft, decide
from .guess import CERTAIN, LIKELY, UNCERTAIN, Guesses, few, many, quoted
from .names import word_set
from .seen import SeenTable


def field_names(bare: Bare) -> tuple[list[str], bool]:
    """The names of the fields, and whether they differ from the header, which the reader then skips."""
    labels = [*bare.labels, *[""] * (bare.width - len(bare.labels))][
        : max(bare.width, len(bare.labels))
    ]
    taken = Counter(label.casefold() for label in labels)
    used: set[str] = set()
    names = []
    for number, label in enumerate(labels, 1):
        name = label if label.strip() else f"column_{number}" if bare.labels else f"field{number}"
        first, times = name, 1
        while name.casefold() in used or (times > 1 and name.casefold() in taken):
            times += 1
            name = f"{first}_{times}"
        used.add(name.casefold())
        names.append(name)
    renamed = bool(bare.labels) and names != labels
    if renamed:
        _say(bare, labels, names)
    return names, renamed


def _say(bare: Bare, labels: Sequence[str], names: Sequence[str]) -> None:
    twice = [
        label for label, name in zip(labels, names, strict=True) if label.strip() and label != name
    ]
    if twice:
        what = f"the header has {few(twice)} more than once"
    else:
        empty = sum(not label.strip() for label in labels)
        what = f"{empty} of the columns {'has' if empty == 1 else 'have'} no name"
    changed = [name for label, name in zip(labels, names, strict=True) if label != name]
    evidence = f"{what}, so the header is skipped and the columns are called {few(changed)}"
    bare.guesses.add(
        "header", False, f"{evidence}; give each column a name of its own in the file", LIKELY
    )


def drafts(table: SeenTable, guesses: Guesses) -> list[Draft]:
    """The fields of a table with their types. What is certain of some decides what others leave open."""
    first = [decide(seen, Guesses(table.name), Context()) for seen in table.columns]
    context = _context(table, first)
    return [decide(seen, guesses, context) for seen in table.columns]


def _context(table: SeenTable, found: Sequence[Draft]) -> Context:
    decimals: set[str] = set()
    orders: set[bool] = set()
    for draft in found:
        if draft.type == "number":
            sure = draft.seen.numbers.sure
            decimals |= {
                char for (what, char), count in sure.items() if what == "decimal" and count
            }
        elif draft.type in ("date", "datetime") and draft.format.startswith(("%d", "%m")):
            orders.add(draft.format.startswith("%d"))
    delimiter = table.bare.words.get("dialect", {}).get("delimiter", ",")
    return Context(
        decimals.pop() if len(decimals) == 1 else "",
        orders.pop() if len(orders) == 1 else None,
        delimiter,
    )


def fill_from_others(tables: Sequence[tuple[SeenTable, list[Draft]]]) -> None:
    """Give a column whose type is open that of the columns of the same name in other tables."""
    known: dict[str, list[tuple[str, Draft]]] = {}
    for table, found in tables:
        for draft in found:
            if not draft.is_open:
                known.setdefault(draft.name, []).append((table.name, draft))
    for table, found in tables:
        for draft in found:
            others = known.get(draft.name, []) if draft.is_open else []
            kinds = {(other.type, other.format, repr(other.words)) for _, other in others}
            if len(kinds) == 1 and _fits(draft, others[0][1]):
                _take(draft, others[0], table)


def _fits(draft: Draft, other: Draft) -> bool:
    """Whether an open column can have the type of another one."""
    seen = draft.seen
    if not seen.filled:
        return all(not text for text in seen.marks)
    ways = seen.moments.common
    return (other.type, other.format) in ways and all(not text for text in seen.marks)


def _take(draft: Draft, other: tuple[str, Draft], table: SeenTable) -> None:
    name, model = other
    draft.type, draft.format, draft.words = model.type, model.format, dict(model.words)
    guesses = table.guesses
    guesses.all = [
        guess
        if guess.about != "type" or guess.field != draft.name
        else replace(guess, about="note")
        for guess in guesses.all
    ]
    said = "empty" if not draft.seen.filled else "open to two readings"
    value = {"type": draft.type, "format": draft.format} if draft.format else draft.type
    evidence = f"it is {said} here, and the column of the same name in {name} has this type"
    guesses.add("type", value, evidence, LIKELY, draft.name)


#: Fewer rows than this say little about whether every row has a value.
_MANY_ROWS = 20


def presence(
    table: SeenTable, found: Sequence[Draft], key: Sequence[str], guesses: Guesses
) -> None:
    """Which fields are required, and which are unique besides the primary key."""
    from . import names

    open_ones = 0
    for draft in found:
        seen = draft.seen
        if draft.name in key:
            draft.constraints["required"] = True
            if len(key) == 1:
                draft.constraints["unique"] = True
            continue
        if draft.type == "any" or not draft.is_filled:
            continue
        if table.rows < _MANY_ROWS:
            open_ones += 1
            continue
        draft.constraints["required"] = True
        guesses.add(
            "required", True, f"filled in all {many(table.rows, 'row')}", LIKELY, draft.name
        )
        named = names.is_key_name(draft.name) or draft.format in ("email", "uuid")
        if seen.is_unique and draft.type in ("string", "integer") and named:
            draft.constraints["unique"] = True
            evidence = f"no value occurs twice in {table.rows:,} rows, as in an identifier"
            guesses.add("unique", True, evidence, LIKELY, draft.name)
    if open_ones and table.rows:
        what = f"{open_ones} more columns are" if open_ones > 1 else "1 more column is"
        evidence = (
            f"{what} filled in all {many(table.rows, 'row')}: too few to say that they are required"
        )
        guesses.add("required", None, evidence, UNCERTAIN)


#: Words of a row that is the sum of those above it.
_TOTALS = word_set(
    "total totals sum summe gesamt gesamtsumme insgesamt somme totaal totale razem suma celkem итого всего"
)


def total(table: SeenTable, guesses: Guesses) -> None:
    """Say that the last row seems to be the sum of the others, which is no row of the table."""
    cells = [cell for cell in table.last if cell.strip()]
    if table.rows < 3 or not cells:
        return
    words = re.findall(r"\w+", cells[0].casefold())
    if len(words) > 2 or _TOTALS.isdisjoint(words):
        return
    seen = table.columns[table.last.index(cells[0])]
    if seen.is_counted and seen.counts[cells[0]] > 1:
        return  # it is a value like others
    what = f"the last row begins with {quoted(cells[0])}"
    evidence = f"{what}: if it is the sum of the others, leave it out of the file"
    guesses.add("rows", None, evidence, UNCERTAIN)


#: A value with more line breaks than this is hardly meant.
_MOST_LINES = 100


def uneven(table: SeenTable, guesses: Guesses) -> None:
    """Say which rows have more or fewer cells than the header, and which values have very many lines."""
    for column in table.columns:
        if column.line_breaks > _MOST_LINES:
            evidence = (
                f"a value has {column.line_breaks + 1:,} lines: perhaps a quote is never closed"
            )
            guesses.add("rows", None, evidence, CERTAIN, column.name)
    if table.uneven_rows:
        rows = ", ".join(f"{row:,}" for row in table.uneven)
        more = table.uneven_rows - len(table.uneven)
        shown = f"rows {rows} and {more:,} more have" if more else f"rows {rows} have"
        shown = f"row {rows} has" if table.uneven_rows == 1 else shown
        evidence = (
            f"{shown} another number of cells than the header; `shieldtalks validate` shows them"
        )
        guesses.add("rows", None, evidence, CERTAIN)
