"""SQL that reads a CSV file with DuckDB's own reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .sql import identifier, literal, without_words

#: Bytes that the reader reads at once. Fewer than by default, so that less memory is allocated.
_BUFFER = 4 << 20

_GLOB = re.compile(r"[*?[]")


def csv_source(
    files: Sequence[Path],
    columns: Sequence[str],
    missing: Sequence[Sequence[str]],
    delimiter: str,
    *,
    header: bool,
    longest: int = 0,
) -> str:
    """SQL that reads CSV files one after the other as text, missing values as NULL.

    `longest` is the length of the longest line in bytes, if it is known.
    """
    read_as = [f"c{number}" for number in range(len(columns))]
    types = ", ".join(f"{column}: 'VARCHAR'" for column in read_as)
    empty_is_null = all("" in words for words in missing)
    null = "nullstr = ''" if empty_is_null else "nullstr = '\x01', allow_quoted_nulls = false"
    size = f"max_line_size = {longest}" if longest > 2_000_000 else f"buffer_size = {_BUFFER}"
    # DuckDB would expand a glob in a path. Inside brackets, a character only matches itself.
    paths = ", ".join(literal(_GLOB.sub(r"[\g<0>]", str(file))) for file in files)
    read = (
        f"read_csv([{paths}], auto_detect = false, header = {str(header).lower()}, "
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', new_line = '\\n', {null}, "
        f"strict_mode = true, {size}, columns = {{{types}}})"
    )
    # If empty cells are missing values in all columns, the reader has already handled them.
    others = [[word for word in words if word or not empty_is_null] for words in missing]
    values = [
        f"{without_words(f't.{column}', words)} AS {identifier(name)}"
        for column, name, words in zip(read_as, columns, others, strict=True)
    ]
    return f"(SELECT {', '.join(values)} FROM {read} AS t)"
