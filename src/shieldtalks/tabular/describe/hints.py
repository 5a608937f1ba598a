"""What looks wrong in a table, and is only said: rows that are no rows of it, cells that are missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .datatype import Draft
from .guess import CERTAIN, UNCERTAIN, Guesses, few, many, quoted
from .missing import CLEAR_TOKENS
from .names import word_set
from .seen import SeenTable

#: Words of a row that is the sum of those above it.
_TOTALS = word_set(
    "total totals sum summe gesamt gesamtsumme insgesamt somme totaal totale razem suma celkem итого всего"
)

#: A value with more line breaks than this is hardly meant.
_MOST_LINES = 100

#: Fewer rows than this say nothing about one of them.
_FEW_ROWS = 3


def total(table: SeenTable, guesses: Guesses) -> None:
    """Say that a row at the end seems to be the sum of the others or a note, and no row of the table."""
    for number, row in enumerate(table.ends, table.rows - len(table.ends) + 1):
        is_last = number == table.rows
        where = "the last row" if is_last else f"row {number:,}"
        cells = [cell for cell in row if cell.strip()]
        if number < _FEW_ROWS or not cells:
            continue
        what = _begins_as_total(table, row, cells[0])
        if not what and is_last:
            what = _lacks_its_name(table)
        if what:
            evidence = f"{where} {what}: if it is the sum of the others, leave it out of the file"
            guesses.add("rows", None, evidence, UNCERTAIN)
        elif len(cells) == 1 and _is_note(table, row):
            evidence = f"{where} has only one value, {quoted(cells[0])}"
            evidence += ": if it is a note, leave it out of the file"
            guesses.add("rows", None, evidence, UNCERTAIN)


def blank_rows(table: SeenTable, guesses: Guesses) -> None:
    """Say that there are rows without any value."""
    if table.blank_rows:
        shown = ", ".join(f"{row:,}" for row in table.blank)
        more = table.blank_rows - len(table.blank)
        rows = f"rows {shown}" + (f" and {more:,} more" if more else "")
        which, them = (
            (f"row {shown} has", "it") if table.blank_rows == 1 else (f"{rows} have", "them")
        )
        guesses.add("rows", None, f"{which} no value: leave {them} out of the file", CERTAIN)


def _is_note(table: SeenTable, row: Sequence[str]) -> bool:
    """Whether a row with one value in the first column is alone in that."""
    if len(row) < 3 or not row[0].strip():
        return False
    return all(seen.marks[""] <= len(table.ends) + table.blank_rows for seen in table.columns[1:])


def _begins_as_total(table: SeenTable, row: Sequence[str], first: str) -> str:
    """That a row begins with a word for a sum, in words; "" if it does not."""
    words = re.findall(r"\w+", first.casefold())
    if len(words) > 2 or _TOTALS.isdisjoint(words):
        return ""
    seen = table.columns[row.index(first)]
    if seen.is_counted and seen.counts[first] > 1:
        return ""  # it is a value like others
    return f"begins with {quoted(first)}"


def _lacks_its_name(table: SeenTable) -> str:
    """That only the last row has no value in the first column, and numbers in others, in words."""
    first, last = table.columns[0], table.ends[-1]
    others = [cell for cell in last[1:] if cell.strip()]
    is_alone = first.marks[""] == 1 and not last[0] and table.rows - 1 == first.filled
    if not is_alone or not others or first.distinct != first.filled:
        return ""
    if not all(re.fullmatch(r"[-+]?[0-9][0-9., ']*", cell) for cell in others):
        return ""
    return f"is the only one without {quoted(first.name)}"


def second_header(drafts: Sequence[Draft], guesses: Guesses) -> None:
    """Say that the first row has words where all others have numbers or dates: units, or more names."""
    odd = [draft for draft in drafts if _differs_in_first_row(draft)]
    if odd and 2 * len(odd) >= sum(draft.seen.filled > 0 for draft in drafts):
        shown = few([draft.seen.example for draft in odd])
        what = f"row 1 has words such as {shown} where all others have numbers or dates"
        choice = "delete it, or set the headerRows of the dialect to both rows"
        evidence = f"{what}: if it has units or is a part of the header, {choice}"
        guesses.add("rows", None, evidence, UNCERTAIN)


def _differs_in_first_row(draft: Draft) -> bool:
    seen = draft.seen
    for fit in (seen.numbers.numbers, seen.moments.fit):
        if fit.misfits == 1 and fit.fits > 1 and fit.examples and fit.examples[0][1] == 1:
            return not seen.is_counted or seen.counts[fit.examples[0][0]] == 1
    return False


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


def perhaps_missing(drafts: Sequence[Draft], known: set[str], guesses: Guesses) -> None:
    """Say which texts may mean "no value" in columns of texts, where no type shows that they do.

    `known` are the keys, and the columns that refer to one.
    """
    for draft in drafts:
        if draft.name in known:
            continue
        marks = {text: n for text, n in draft.seen.marks.items() if text in CLEAR_TOKENS}
        found = sorted(set(marks) - set(draft.missing))
        if draft.type == "string" and draft.seen.filled and found and not draft.is_open:
            times = many(sum(marks[text] for text in found), "time")
            verb = "occurs" if len(found) == 1 else "occur"
            what = f"{few(found)} {verb} {times} and may mean that there is no value"
            guesses.add("missingValues", None, what, UNCERTAIN, draft.name)


def parts_of_one(tables: Sequence[SeenTable]) -> None:
    """Say that several files have the same header: they may be parts of one table."""
    groups: dict[tuple[str, ...], list[SeenTable]] = {}
    for table in tables:
        is_named = bool(table.bare.labels) and not table.skips_header
        words = table.bare.words
        if is_named and "sheetName" not in words.get("dialect", {}) and "innerpath" not in words:
            groups.setdefault(tuple(table.bare.labels), []).append(table)
    for labels, group in groups.items():
        if len(group) > 1 and len(labels) > 1:
            paths = few([table.bare.path for table in group])
            what = f"{len(group)} files have the same columns: {paths}"
            choice = 'make "path" a list of the files in one resource'
            evidence = f"{what}; if they are parts of one table, {choice}"
            group[0].guesses.add("path", None, evidence, UNCERTAIN)
