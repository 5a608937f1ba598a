"""WITH RECURSIVE on a server that does not know it: one level after the other, each stored.

A level is what the recursive part gives for the rows of the level before. The last one is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .spark_sql import Token, name, tokens, written

#: The most levels. A rule that needs more could not be checked.
_MOST_LEVELS = 1000

#: Stores the rows of a SELECT of Spark's SQL, with these names of columns if some are given.
#: It returns the name of the table, the number of its rows and the names of its columns.
Keep = Callable[[str, Sequence[str]], tuple[str, int, list[str]]]


class Part(NamedTuple):
    """One of the queries of WITH: its name, the names of its columns if they are stated, and the query."""

    name: Token
    columns: list[Token]
    body: list[Token]


def without_recursion(sql: str, keep: Keep) -> str:
    """A statement in Spark's SQL. What is recursive in it was computed, and is in stored tables.

    Raises ValueError if that is not possible.
    """
    found = tokens(sql)
    while found and found[-1].raw == ";":
        found.pop()
    if len(found) < 2 or not (found[0].says("WITH") and found[1].says("RECURSIVE")):
        return written(found)
    parts, main = parts_of(found[2:])
    known: list[str] = []
    for part in parts:
        body = written(part.body)
        stated = f" ({', '.join(_name(column) for column in part.columns)})" if part.columns else ""
        if any(_is(token, part.name) for token in part.body):
            body, stated = _computed(part, known, keep), ""
        known.append(f"{_name(part.name)}{stated} AS ({body})")
    return f"WITH {', '.join(known)} {written(main)}"


def _computed(part: Part, known: list[str], keep: Keep) -> str:
    """The SELECT of all levels of a recursive query."""
    branches, is_all = _branches(part.body)
    starts = [one for one in branches if not any(_is(token, part.name) for token in one)]
    steps = [one for one in branches if one not in starts]
    if not starts or not steps:
        raise ValueError("its recursive query has no part to start with")
    columns = [_name(column).strip("`") for column in part.columns]
    before = f"WITH {', '.join(known)} " if known else ""
    union = " UNION ALL " if is_all else " UNION "
    level, rows, columns = keep(before + union.join(map(written, starts)), columns)
    levels = [level]
    while rows:
        if len(levels) > _MOST_LEVELS:
            raise ValueError(f"its recursion does not end within {_MOST_LEVELS} levels")
        last = f"{_name(part.name)} AS (SELECT * FROM {levels[-1]})"
        step = f"WITH {', '.join([*known, last])} {union.join(map(written, steps))}"
        if not is_all:  # a row that is there already leads nowhere
            step = f"SELECT * FROM ({step}) EXCEPT SELECT * FROM ({_all(levels)})"
        level, rows, _ = keep(step, columns)
        levels.append(level)
    return _all(levels)


def _all(levels: Sequence[str]) -> str:
    return " UNION ALL ".join(f"SELECT * FROM {level}" for level in levels)


def parts_of(found: Sequence[Token]) -> tuple[list[Part], list[Token]]:
    """The queries behind WITH, and the tokens after them. Raises ValueError if they cannot be read."""
    parts, place = [], 0
    while place + 2 < len(found):
        named, place = found[place], place + 1
        columns: list[Token] = []
        if found[place].says("("):
            listed, place = inside(found, place)
            columns = [token for token in listed if not token.says(",")]
        is_query = [one.raw.upper() for one in found[place : place + 2]] == ["AS", "("]
        if named.kind not in ("word", "name") or not is_query:
            raise ValueError("its WITH cannot be read")
        body, place = inside(found, place + 1)
        parts.append(Part(named, columns, body))
        if place >= len(found) or not found[place].says(","):
            return parts, list(found[place:])
        place += 1
    raise ValueError("its WITH cannot be read")


def inside(found: Sequence[Token], place: int) -> tuple[list[Token], int]:
    """What is between the bracket at a place and its end, and the place after that."""
    depth = 0
    for number in range(place, len(found)):
        depth += found[number].says("(") - found[number].says(")")
        if depth == 0:
            return list(found[place + 1 : number]), number + 1
    raise ValueError("a bracket is not closed")


def _branches(body: Sequence[Token]) -> tuple[list[list[Token]], bool]:
    """The queries that UNION joins, and whether it is UNION ALL."""
    branches: list[list[Token]] = [[]]
    depth, is_all = 0, True
    for number, token in enumerate(body):
        depth += token.says("(") - token.says(")")
        if depth == 0 and token.says("UNION"):
            branches.append([])
            is_all = is_all and number + 1 < len(body) and body[number + 1].says("ALL")
        elif not (token.says("ALL") and body[number - 1].says("UNION")):
            branches[-1].append(token)
    return branches, is_all


def _is(token: Token, named: Token) -> bool:
    return token.kind in ("word", "name") and token.value.casefold() == named.value.casefold()


def _name(token: Token) -> str:
    return name(token.value)
