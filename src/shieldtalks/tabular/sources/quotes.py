"""The quoted cells of a part of a CSV file: whether they are written well, and what is inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import accumulate, compress
from operator import itemgetter

#: In a larger part, the cells are taken one by one, so that a file of quotes cannot fill the memory.
_LARGE = 4 << 20


def inside(part: bytes, quotes: int, delimiter: bytes) -> bytes | None:
    """The quoted cells of a part, joined; None if one of its quotes belongs to no quoted cell."""
    cells = _cell(delimiter)
    if len(part) <= _LARGE:
        found = b"".join(cells.findall(part))
    else:
        joined = BytesIO()
        joined.writelines(map(itemgetter(0), cells.finditer(part)))
        found = joined.getvalue()
    return found if found.count(b'"') == quotes else None


def inner_lines(form: bytes) -> Iterator[int]:
    """The lines of a part that begin inside a quoted cell. The first line is 0.

    `form` are the quotes and the line feeds of the part, in order.
    """
    # A pair of adjacent quotes changes nothing, so it is removed first: few quotes are left.
    feeds = form.replace(b'""', b"").split(b'"')
    lines = list(accumulate(map(len, feeds)))
    for number in compress(range(1, len(feeds), 2), feeds[1::2]):
        yield from range(lines[number - 1] + 1, lines[number] + 1)


@cache
def _cell(delimiter: bytes) -> re.Pattern[bytes]:
    """Matches a quoted cell with a delimiter, a line feed or nothing on each side. It never backtracks.

    It begins with a quote, because that is searched for quickly.
    """
    mark = re.escape(delimiter)
    before = rb'(?:(?<=\n")|(?<=' + mark + rb'")|(?<=\A"))'
    return re.compile(rb'"' + before + rb'[^"]*+(?:""[^"]*+)*+"(?=\n|' + mark + rb"|\Z)")
