"""The names of the fields, and the drafts of all fields of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import category

from .bare import Bare
from .datatype import Context, Draft, decide
from .guess import CERTAIN, LIKELY, UNCERTAIN, Guesses, few, many
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
    odd = [name for name in bare.labels if any(category(char) == "Cf" for char in name)]
    if odd:
        shown = ", ".join(ascii(name) for name in odd[:3])
        what = f"the header has characters that cannot be seen, in {shown}: remove them"
        bare.guesses.add("note", None, what, CERTAIN)
    if renamed:
        _say(bare, labels, names)
    return names, renamed


def _say(bare: Bare, labels: Sequence[str], names: Sequence[str]) -> None:
    twice = [
        label for label, name in zip(labels, names, strict=True) if label.strip() and label != name
    ]
    if twice:
        case = (
            " (upper and lower case are not told apart)" if len(set(labels)) == len(labels) else ""
        )
        what = f"the header has {few(list(dict.fromkeys(twice)))} more than once{case}"
    else:
        empty = sum(not label.strip() for label in labels)
        what = f"{empty} of the columns {'has' if empty == 1 else 'have'} no name"
    changed = [name for label, name in zip(labels, names, strict=True) if label != name]
    evidence = f"{what}, so the header is skipped and the columns are called {few(changed)}"
    # What was said of the header before would contradict this.
    bare.guesses.all = [guess for guess in bare.guesses.all if guess.about != "header"]
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
        any("number" in seen.natives for seen in table.columns),
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
        rows = f"all {many(table.rows, 'row')}" if table.rows > 1 else "the only row"
        evidence = f"{what} filled in {rows}: too few to say that they are required"
        guesses.add("required", None, evidence, UNCERTAIN)
