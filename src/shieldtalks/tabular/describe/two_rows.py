"""A header of two rows, such as years above and measures below: the names are those of both together."""

from __future__ import annotations

from collections.abc import Sequence

from ..package.dialect import CsvDialect
from ..shapes import is_value, is_year
from ..sources.sections import joined
from .dialect_found import Dialect
from .guess import LIKELY, few
from .missing import TOKENS
from .units_row import are_units, is_of_values


def find_two_rows(rows: Sequence[list[str]], dialect: Dialect) -> None:
    """Find a second row of the header above or below the first one, if that one has no good names."""
    number = dialect.header_row
    if not number or _are_good(_padded(dialect.header, dialect.width)):
        return
    for upper in (number - 1, number - 2):
        if 0 <= upper < len(rows) - 1 and _are_two(rows, upper, dialect.width):
            names = joined([rows[upper], rows[upper + 1]], CsvDialect(), [])
            dialect.upper_row, dialect.header_row, dialect.header = upper + 1, upper + 2, names
            what = (
                f"rows {upper + 1} and {upper + 2} are the header together, as only both give each "
            )
            evidence = f"{what}column a name of its own: {few(names[-3:])}"
            dialect.found = [one for one in dialect.found if one[0] != "headerRows"]
            dialect.found.append(("headerRows", [upper + 1, upper + 2], evidence, LIKELY))
            return


def _are_two(rows: Sequence[list[str]], upper: int, width: int) -> bool:
    """Whether two rows are a header together."""
    above, lower, below = rows[upper], rows[upper + 1], rows[upper + 2 :]
    if sum(map(_is_filled, above)) < 2 or are_units(lower):
        return False
    if max(len(lower), len(above)) > width:
        return False
    if any(is_value(cell.strip()) and not is_year(cell.strip()) for cell in above):
        return False
    if any(is_value(cell.strip()) or cell.strip() in TOKENS for cell in lower):
        return False
    names = joined([above, lower], CsvDialect(), [])
    filled = [index for index, cell in enumerate(lower) if _is_filled(cell)]
    measured = [index for index in filled if is_of_values(index, below)]
    words = [index for index in filled if index not in measured]
    if any(index < len(above) and _is_filled(above[index]) for index in words):
        return False  # a name above a word: this is a row of the table
    return len(names) == width and _are_good(names) and 2 * len(measured) > len(filled)


def _is_filled(cell: str) -> bool:
    return cell.strip() != ""


def _are_good(names: Sequence[str]) -> bool:
    """Whether each column has a name of its own."""
    return all(map(_is_filled, names)) and len({name.casefold() for name in names}) == len(names)


def _padded(names: Sequence[str], width: int) -> list[str]:
    return [*names, *[""] * (width - len(names))]
