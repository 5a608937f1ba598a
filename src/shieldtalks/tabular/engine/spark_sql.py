"""Turns the SQL of schemas and rules into Spark's: other quotes, and a few functions with other names.

Spark reads "x" as a text and takes a backslash in a text for an escape. Here, names get backticks and
texts get backslashes. A name with unusual characters becomes `u_` and its bytes, so that every server
takes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .spark_patterns import in_spark

#: Names that servers take as they are.
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ENCODED = "u_"

_TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*|/\*.*?\*/)|(?P<text>'(?:[^']|'')*')|(?P<name>"(?:[^"]|"")*")"""
    r"""|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"""
    r"""|(?P<other><>|<=|>=|!=|==|\|\||.)""",
    re.DOTALL,
)


class Token(NamedTuple):
    """A part of an SQL statement: its kind (text, name, word, number, other) and how it is written."""

    kind: str
    raw: str

    @property
    def value(self) -> str:
        """The text or the name without its quotes."""
        quote = self.raw[:1]
        is_quoted = self.kind in ("text", "name")
        return self.raw[1:-1].replace(quote * 2, quote) if is_quoted else self.raw

    def says(self, word: str) -> bool:
        """Whether it is this word or this character, outside quotes."""
        return self.kind in ("word", "other") and self.raw.upper() == word


def tokens(sql: str) -> list[Token]:
    """The parts of a statement, without blanks and comments."""
    found = ((match.lastgroup or "", match[0]) for match in _TOKEN.finditer(sql))
    return [Token(kind, raw) for kind, raw in found if kind != "space"]


def translated(sql: str) -> str:
    """A statement of the other engines as Spark reads it. Raises ValueError if that is not possible."""
    found = tokens(sql)
    while found and found[-1].raw == ";":
        found.pop()
    return written(found)


def name(text: str) -> str:
    """A name as Spark reads it, in backticks."""
    if _PLAIN_NAME.fullmatch(text) and not text.startswith(_ENCODED):
        return f"`{text}`"
    return f"`{_ENCODED}{text.encode('utf-8', 'surrogatepass').hex()}`"


def text(value: str) -> str:
    """A text as Spark reads it, in quotes."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def written(found: Sequence[Token]) -> str:
    """The parts of a statement as Spark reads them."""
    parts: list[str] = []
    place = 0
    while place < len(found):
        token = found[place]
        following = found[place + 1] if place + 1 < len(found) else None
        count, change = _FUNCTIONS.get(token.raw.lower() if token.kind == "word" else "", _NONE)
        if change is not None and following is not None and following.says("("):
            arguments, place = arguments_at(found, place + 2)
            if len(arguments) == count:
                parts.append(change(*arguments))
                continue
            parts += [token.raw, f"({', '.join(map(written, arguments))})"]
            continue
        parts.append(_one(token))
        place += 1
        is_like = token.says("LIKE") or token.says("ILIKE")
        if is_like and following is not None and following.kind == "text":
            is_escaped = place + 1 < len(found) and found[place + 1].says("ESCAPE")
            # Without ESCAPE, a backslash is an escape for Spark, and an ordinary character elsewhere.
            pattern = following.value if is_escaped else following.value.replace("\\", "\\\\")
            parts.append(text(pattern))
            place += 1
    return " ".join(parts)


def _one(token: Token) -> str:
    if token.kind == "text":
        return text(token.value)
    if token.kind == "name":
        return name(token.value)
    if token.kind == "number" and not token.raw.isdecimal():
        return f"{token.raw}D"  # Spark would take it for a decimal of few digits
    if token.raw in "`\\;":
        raise ValueError(f"the character {token.raw} is not allowed outside quotes")
    return token.raw


def arguments_at(found: Sequence[Token], place: int) -> tuple[list[list[Token]], int]:
    """The arguments of a function from behind its bracket, and the place after its end."""
    arguments: list[list[Token]] = [[]]
    depth = 0
    for number in range(place, len(found)):
        token = found[number]
        if token.says(")") and depth == 0:
            return ([] if arguments == [[]] else arguments), number + 1
        depth += token.says("(") - token.says(")")
        if token.says(",") and depth == 0:
            arguments.append([])
        else:
            arguments[-1].append(token)
    raise ValueError("a bracket is not closed")


def _full_match(value: list[Token], pattern: list[Token]) -> str:
    if [token.kind for token in pattern] != ["text"]:
        raise ValueError("the pattern of regexp_full_match is not a text in quotes")
    found = in_spark(pattern[0].value)
    if found is None:
        raise ValueError(f"Spark cannot check the pattern {pattern[0].value}")
    return f"(({written(value)}) RLIKE {text(found)})"


def _trim(side: str, value: list[Token], characters: list[Token]) -> str:
    return f"trim({side} {written(characters)} FROM {written(value)})"


def _substr(value: list[Token], start: list[Token], length: list[Token]) -> str:
    """A part of a text. A place before its first character counts: `substr('river', 0, 2)` is `r`."""
    x, s, n = (f"({written(one)})" for one in (value, start, length))
    if [token.kind for token in start] == ["number"] and start[0].raw.strip("0"):
        return f"substr({x}, {s}, {n})"
    return (
        f"CASE WHEN {s} = 0 THEN substr({x}, 1, {n} - 1) "
        f"WHEN {s} < - length({x}) THEN substr({x}, 1, {n} + {s} + length({x})) "
        f"ELSE substr({x}, {s}, {n}) END"
    )


_Change = Callable[..., str]
_NONE: tuple[int, _Change | None] = 0, None

#: Functions that Spark does not have, or that it takes otherwise, each with the number of its arguments.
_FUNCTIONS: dict[str, tuple[int, _Change | None]] = {
    "regexp_full_match": (2, _full_match),
    "ltrim": (2, lambda value, characters: _trim("LEADING", value, characters)),
    "rtrim": (2, lambda value, characters: _trim("TRAILING", value, characters)),
    "substr": (3, _substr),
}
