"""The quotes of delimited text, found in its first lines, and how one is written in a cell."""

from __future__ import annotations

import io
import re
from dataclasses import replace

from ..delimiters import DELIMITERS, NAMES, some_rows
from ..delimiters import cut as cut_rows
from ..findings import cut
from .dialect_found import Dialect
from .guess import CERTAIN, LIKELY, many

#: The most characters that are looked at, and the most cells in quotes.
_MOST, _MOST_CELLS = 1 << 16, 2000

#: What can be in quotes: two quotes for one, or a backslash before it.
_DOUBLED, _ESCAPED = r'(?:[^"]|"")*+', r'(?:[^"\\]|\\.)*+'


def quotes(body: str, dialect: Dialect) -> None:
    """Single quotes, if they surround cells and double quotes do not."""
    if '"' in body or "'" not in body:
        return
    mark = re.escape(dialect.delimiter)
    around = len(re.findall(rf"(?:^|{mark})'[^'\n]*'(?={mark}|\r?$)", body, re.MULTILINE))
    if around >= 3 and around >= 0.1 * body.count("\n"):
        dialect.quote = "'"
        evidence = (
            f"{around} cells of the first rows are in single quotes, and none in double quotes"
        )
        dialect.found.append(("quoteChar", "'", evidence, LIKELY))


def escape(body: str, dialect: Dialect) -> None:
    """A backslash before quotes or delimiters in a cell, if cells end where they should with it only."""
    start = body[:_MOST]
    if f"\\{dialect.delimiter}" in start and _before_delimiters(start, dialect):
        _lost_backslashes(start, dialect)
        return
    if dialect.quote != '"' or '\\"' not in start:
        return
    mark = re.escape(dialect.delimiter)
    if re.search(rf"(?:^|{mark})\\\\N(?={mark}|\r?$)", start, re.MULTILINE):
        return  # with an escape character, "\N" would be read as "N"
    places = [found.end() for found in re.finditer(rf'(?:^|{mark})(?=")', start, re.MULTILINE)]
    doubled, escaped = (
        re.compile(rf'"{inside}"(?={mark}|\r?$)', re.MULTILINE | re.DOTALL)
        for inside in (_DOUBLED, _ESCAPED)
    )
    fitting = [
        sum(form.match(start, place) is not None for place in places[:_MOST_CELLS])
        for form in (doubled, escaped)
    ]
    if fitting[1] <= fitting[0]:
        return
    dialect.escape = "\\"
    evidence = f"{fitting[1] - fitting[0]} cells of the first rows only end where they should"
    said = f"{evidence} if a backslash before a quote makes it a part of the cell"
    dialect.found.append(("escapeChar", "\\", said, LIKELY))
    _lost_backslashes(start, dialect)


def _lost_backslashes(start: str, dialect: Dialect) -> None:
    """Say that backslashes before other characters are not read, as in the path of a file."""
    mark = re.escape(dialect.delimiter)
    other = re.search(rf'(?<!\\)\\[^\\{mark}"\r\n]', start)
    if other is not None:
        place, ends = other.start(), rf'[{mark}"\r\n]'
        before = re.split(ends, start[max(0, place - 20) : place])[-1]
        shown = (before + re.split(ends, start[place : place + 20])[0]).strip()
        what = f'"{cut(shown, 40)}" is read as "{cut(shown.replace(chr(92), ""), 40)}"'
        said = f"{what}: with escapeChar, a backslash before any other character is left out, too"
        dialect.found.append(("note", None, said, CERTAIN))


def _before_delimiters(start: str, dialect: Dialect) -> bool:
    """Set a backslash before delimiters, if all rows have as many cells as the header with it only."""
    plain, escaped = (
        some_rows(replace(dialect, escape=char).reader(io.StringIO(start, newline="")))
        for char in ("", "\\")
    )
    width = len(plain[0]) if plain else 0
    odd = sum(len(row) > width for row in plain)
    if not odd or any(row and len(row) != width for row in escaped):
        return False
    dialect.escape = "\\"
    evidence = f"{odd} of the first rows only have as many cells as the header"
    said = f"{evidence} if a backslash before a delimiter makes it a part of the cell"
    dialect.found.append(("escapeChar", "\\", said, LIKELY))
    return True


def whole_lines(body: str, dialect: Dialect) -> None:
    """Say that each line as a whole is in quotes, so that the delimiters in it are none."""
    lines = [line for line in body.splitlines()[:100] if line.strip()]
    if len(lines) < 2 or not all(re.fullmatch(r'"([^"]|"")+"', line.strip()) for line in lines):
        return
    inner = "\n".join(line.strip()[1:-1].replace('""', '"') for line in lines)
    for delimiter in DELIMITERS:
        widths = {len(row) for row in cut_rows(inner, delimiter)}
        if len(widths) == 1 and max(widths) > 1:
            what = f"each line is in quotes as a whole, and {NAMES[delimiter]} would cut what is in them"
            said = f"{what} into {max(widths)} cells: remove the quotes around the lines"
            dialect.found.append(("note", None, said, CERTAIN))
            return


def stray_quotes(body: str, dialect: Dialect) -> None:
    """Say that there are quotes in cells that are not in quotes."""
    if dialect.quote not in body:
        return
    mark, quote = re.escape(dialect.delimiter), re.escape(dialect.quote)
    plain = rf"(?:^|(?<={mark}))[^{mark}{quote}\r\n]+{quote}[^{mark}\r\n]*(?={mark}|\r?$)"
    found = re.findall(plain, body[:_MOST], re.MULTILINE)
    whole = re.search(rf"(?:^|{mark}) *{quote}", body[:_MOST], re.MULTILINE)
    broken = rf"(?:^|(?<={mark})){quote}[^{quote}\r\n]*{quote}[^{mark}{quote}\r\n]+(?={mark}|\r?$)"
    if whole:
        found = re.findall(broken, body[:_MOST], re.MULTILINE)
        inside = rf"[^{quote}\n{mark}]*+[{mark}\n][^{quote}]*+"
        whole_cell = rf"(?:^|(?<={mark})){quote}{inside}{quote}(?={mark}|\r?$)"
        hidden = re.search(whole_cell, body[:_MOST], re.MULTILINE) if found else None
        if found and hidden is None:
            what = f"{many(len(found), 'cell')} of the first rows, such as {found[0]}, go on after quotes"
            said = f"{what}, so `shieldtalks validate` reports them"
            choice = 'set the quoteChar of the dialect to "" if quotes mean nothing'
            dialect.found.append(("quoteChar", None, f"{said}; {choice}", CERTAIN))
    elif found:
        shown = "1 cell" if len(found) == 1 else f"{len(found)} cells"
        said = f"{shown} of the first rows contain a quote and are not in quotes"
        said += ", so `shieldtalks validate` reports them; write such cells in quotes"
        choice = 'or set the quoteChar of the dialect to "" if quotes mean nothing'
        dialect.found.append(("quoteChar", None, f"{said}, {choice}", CERTAIN))
