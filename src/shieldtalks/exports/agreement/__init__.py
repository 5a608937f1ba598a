"""Two codings side by side, as one page for a browser.

The page loads nothing and runs no program. Every text of a coding is escaped.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from ...record.agreement.comparison import Comparison, Disagreement
from ...record.agreement.text import summary
from ...record.agreement.units import Unit
from ...tabular.terminal import one_line

_STYLE = Path(__file__).with_name("page.css")


def parts(comparison: Comparison, names: tuple[str, str]) -> Iterator[str]:
    """The page, piece by piece; `names` are the paths of the two codings, as given."""
    style = _STYLE.read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = "Agreement of two codings"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"<p>A: {_text(names[0])}<br/>B: {_text(names[1])}</p>\n<p>{_text(summary(comparison))}</p>\n"
    )
    yield _agreement(comparison)
    yield "<h2>Pairs that differ</h2>\n"
    yield "" if comparison.disagreements else "<p>No pair differs.</p>\n"
    yield from map(_pair, comparison.disagreements)
    for side, letter in enumerate("AB"):
        yield f"<h2>Rows only in {letter}</h2>\n"
        alone = comparison.alone(side)
        rows = [(unit.unit_id, unit.title, _spans(unit)) for _, unit in alone]
        yield _table(("row", "what it says", "passage"), rows) if rows else "<p>None.</p>\n"
    yield "</main>\n</body>\n</html>\n"


def _text(value: object) -> str:
    """A text of a coding, harmless in HTML and on one line."""
    return escape(one_line(str(value)))


def _agreement(comparison: Comparison) -> str:
    rows = [
        (row.table, row.field, row.pairs, f"{row.share:.0%}", row.words)
        for row in comparison.agreement
    ]
    note = (
        "<p>The last column is Krippendorff's alpha for nominal values: 1 is full agreement, 0 is what "
        "chance would give. If both coders used only one value, alpha is not defined.</p>\n"
    )
    heads = ("table", "field", "pairs", "same", "alpha")
    found = _table(heads, rows) if rows else "<p>There are no pairs.</p>\n"
    return f"<h2>Agreement on each field</h2>\n{note}{found}"


def _pair(one: Disagreement) -> str:
    """Two rows side by side; only the fields on which they differ are marked."""
    lines = []
    for name, value in one.a.coded.items():
        mark = ' class="differs"' if name in one.fields else ""
        cells = f"<td>{_value(value)}</td><td>{_value(one.b.coded[name])}</td>"
        lines.append(f'<tr{mark}><th scope="row">{_text(name)}</th>{cells}</tr>\n')
    heads = "".join(
        f'<th scope="col">{letter}: {_text(unit.unit_id)}</th>'
        for letter, unit in (("A", one.a), ("B", one.b))
    )
    titles = f"<td>{_text(one.a.title)}</td><td>{_text(one.b.title)}</td>"
    places = f"<td>{_text(_spans(one.a))}</td><td>{_text(_spans(one.b))}</td>"
    return (
        f'<table>\n<caption>{_text(one.table)}</caption>\n<thead>\n<tr><td class="corner"></td>{heads}</tr>\n'
        f'</thead>\n<tbody>\n<tr><th scope="row">what it says</th>{titles}</tr>\n'
        f'<tr><th scope="row">passage</th>{places}</tr>\n{"".join(lines)}</tbody>\n</table>\n'
    )


def _value(value: str) -> str:
    return _text(value) if value else '<span class="empty">empty</span>'


def _spans(unit: Unit) -> str:
    """The passages of a row: the source, and the first and last character in canonical form."""
    return "; ".join(
        f"{source} {begin}-{end - 1}"
        for source, found in unit.place.items()
        for begin, end in found
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(
        f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>\n" for row in rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"
