"""The row of a table that is its header, found among its first rows; or that there is none."""

from __future__ import annotations

import re
from itertools import pairwise

from ..delimiters import usual_width
from ..shapes import is_date, is_value, is_year
from .dialect_found import Dialect
from .guess import CERTAIN, LIKELY, UNCERTAIN, Certainty
from .missing import TOKENS
from .names import is_key_name

#: Fewer rows than this say nothing about their common form.
_FEW_ROWS = 3


def find_header(rows: list[list[str]], dialect: Dialect) -> None:
    """Find the header among rows, and whether there is one; the rows keep their places in the file."""
    width = dialect.width or usual_width(rows)
    dialect.width = width
    wanted = max((width + 1) // 2, 2) if width > 1 else 1
    first = next((n for n, row in enumerate(rows) if len(list(filter(None, row))) >= wanted), None)
    if first is None:
        first = next((n for n, row in enumerate(rows) if any(row)), None)
    if first is None:
        return
    header, below = rows[first], [row for row in rows[first + 1 :] if any(row)]
    is_header, evidence, certainty = _is_header(header, below)
    if not is_header:
        dialect.header_row = 0
        dialect.found.append(("header", False, evidence, certainty))
        return
    dialect.header_row, dialect.header = first + 1, header
    titles = [row for row in rows[:first] if any(row)]
    if first and (titles or not dialect.comment):
        said = (
            f"{_above(titles)} is above it; row {first + 1} is the first with names in most columns"
        )
        dialect.found.append(("headerRows", [first + 1], said, LIKELY))
    dialect.found.append(("header", True, evidence, certainty))
    if _lacks_first_name(header, below, width):
        dialect.header = ["", *header]
        said = "the header has one name less than the rows have cells"
        which = "the first column, in which all values differ, has none, as in files that R writes"
        dialect.found.append(("note", None, f"{said}; {which}", LIKELY))
        return
    other = _other_table(rows, first)
    if other:
        said = f"row {other}, after a blank row, seems to be the header of another table"
        advice = "put each table into a file or a sheet of its own"
        dialect.found.append(("note", None, f"{said}: {advice}", CERTAIN))
    elif len(header) < width and any(row[-1].strip() for row in below if len(row) == width):
        said = f"most rows have {width} cells, but the header has only {len(header)}"
        why = "perhaps cells with a delimiter, such as decimal commas, are not in quotes"
        dialect.found.append(("note", None, f"{said}: {why}", CERTAIN))


def _other_table(rows: list[list[str]], first: int) -> int:
    """The number of a row below a blank one that has names of columns, with values below them; 0 if none."""
    for number in range(first + 2, len(rows) - 1):
        row, below = rows[number], rows[number + 1]
        if any(rows[number - 1]) or not any(row):
            continue
        names = [cell.strip() for cell in row if cell.strip()]
        are_names = len(names) > 1 and len({*names}) == len(names) and TOKENS.isdisjoint(names)
        pairs = zip(row, below, strict=False)
        has_values = any(name.strip() and is_value(cell.strip()) for name, cell in pairs)
        if are_names and has_values and not any(map(is_value, names)):
            return number + 1
    return 0


def _above(titles: list[list[str]]) -> str:
    """What is above the header, in words."""
    title = " ".join(filter(None, titles[0])) if titles else ""
    if title.startswith("sep="):
        return 'the line "sep=" with the delimiter, which is for Excel,'
    return f'a title such as "{title[:40]}"' if titles else "a blank line"


def _lacks_first_name(header: list[str], below: list[list[str]], width: int) -> bool:
    """Whether the header begins with the second column, since the first has the names of the rows."""
    whole = [row for row in below if len(row) == width]
    if len(header) != width - 1 or len(whole) < 2 or len(whole) < 0.9 * len(below):
        return False
    if is_key_name(header[0]) and not all(row[0].strip().isdecimal() for row in whole):
        return False  # this is the name of the first column
    first = {row[0] for row in whole}
    return all(first) and len(first) == len(whole) and any(row[-1] for row in whole)


def _is_header(header: list[str], below: list[list[str]]) -> tuple[bool, str, Certainty]:
    """Whether a row is a header, with the evidence."""
    filled = [cell for cell in header if cell.strip()]
    values = [index for index, cell in enumerate(header) if is_value(cell.strip())]
    if values and not _are_names(header, values, below, len(filled)):
        shown = header[values[0]]
        return False, f'the first row contains values, such as "{shown}"', LIKELY
    if not below:
        return True, "it is the only row, and has no numbers and dates", LIKELY
    for index, name in enumerate(header):
        column = _column(index, below)
        if name and column and sum(map(is_value, column)) >= 0.6 * len(column):
            return True, f'"{name[:40]}" is the name of a column of values', CERTAIN
    for index, cell in enumerate(header):
        if _is_first_of(cell.strip(), _column(index, below)):
            return False, f'"{cell[:40]}" in the first row has the form of those below it', LIKELY
    repeated = [name for index, name in enumerate(header) if _occurs(name, index, below)]
    if repeated:
        evidence = f'"{repeated[0][:40]}" in the first row is also a value below it'
        return False, evidence, LIKELY if 2 * len(repeated) >= len(header) else UNCERTAIN
    if len(set(filled)) == len(filled) and all(len(name) <= 80 for name in filled):
        return True, "its cells are different short texts that do not occur below", LIKELY
    return True, "nothing shows that the first row is no header", UNCERTAIN


def _are_names(header: list[str], values: list[int], below: list[list[str]], filled: int) -> bool:
    """Whether the years and days in a row are names of columns: beside other names, or in order."""
    if not all(_is_name(header[index].strip(), _column(index, below)) for index in values):
        return False
    texts = [header[index].strip() for index in values]
    in_order = len(texts) > 1 and all(one < other for one, other in pairwise(texts))
    return filled > len(values) or (in_order and bool(below))


def _is_name(cell: str, column: list[str]) -> bool:
    """Whether a year or a day is the name of a column: there are hardly any in the column itself."""
    if is_year(cell):
        return 2 * sum(map(is_year, column)) < max(len(column), 1)
    return is_date(cell) and not any(map(is_date, column))


#: Codes of letters in this many rows are hardly in order by chance.
_MANY_ROWS = 20


def _is_first_of(cell: str, column: list[str]) -> bool:
    """Whether a cell is one of the codes below it: by the places of its digits, or by their order."""
    shape = _shape(cell)
    if len(column) < _FEW_ROWS or not shape:
        return False
    alike = [one for one in column if _shape(one) == shape]
    if any(char.isdigit() for char in cell):
        if len({*map(_letters, alike)}) == 1 and _letters(cell) != _letters(alike[0]):
            return False  # "Q1" is the name of a question with the answers A1, A2, ...
        return 2 * len(alike) > len(column) and len(set(alike)) > 1
    return (
        len(alike) == len(column) >= _MANY_ROWS
        and cell < column[0]
        and all(one < other for one, other in pairwise(column))
    )


def _shape(cell: str) -> str:
    """A text with one sign for each digit, letter and sign before a number; "" if it has other characters."""
    found = re.sub(r"[A-Z]", "A", re.sub(r"[a-z]", "a", re.sub(r"[0-9]", "9", cell)))
    found = re.sub(r"[+-](?=9)", "-", found)
    return found if len(cell) > 1 and re.fullmatch(r"[9Aa_.:/-]+", found) else ""


def _letters(cell: str) -> str:
    return re.sub("[0-9]", "", cell)


def _column(index: int, below: list[list[str]]) -> list[str]:
    return [row[index].strip() for row in below if index < len(row) and row[index].strip()]


def _occurs(name: str, index: int, below: list[list[str]]) -> bool:
    return bool(name) and sum(index < len(row) and row[index] == name for row in below) >= 2
