"""What a rule of a stranger may ask of a Spark server: one SELECT on the tables of the package.

A server knows other tables, files by their path, and functions that reach out. So the functions are those
of a list, and each table is one of the package or of the rule's own WITH.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .patterns import is_plain
from .spark_sql import Token, arguments_at, tokens

#: Functions that only compute. They are those that all engines have.
_FUNCTIONS = frozenset(
    [
        "abs",
        "avg",
        "cast",
        "coalesce",
        "count",
        "dense_rank",
        "first_value",
        "ifnull",
        "instr",
        "lag",
        "last_value",
        "lead",
        "length",
        "lower",
        "ltrim",
        "max",
        "min",
        "ntile",
        "nullif",
        "rank",
        "regexp_full_match",
        "replace",
        "round",
        "row_number",
        "rtrim",
        "substr",
        "sum",
        "trim",
        "upper",
        "varchar",
        "decimal",
    ]
)

#: Words that may stand before a bracket and are no functions.
_WORDS = frozenset(
    [
        "all",
        "and",
        "as",
        "between",
        "by",
        "case",
        "distinct",
        "else",
        "except",
        "exists",
        "filter",
        "from",
        "having",
        "in",
        "intersect",
        "is",
        "join",
        "not",
        "on",
        "or",
        "over",
        "select",
        "then",
        "union",
        "using",
        "values",
        "when",
        "where",
        "with",
    ]
)
#: Words that end a list of tables.
_ENDS = frozenset(
    [
        "where",
        "group",
        "having",
        "order",
        "limit",
        "union",
        "except",
        "intersect",
        "window",
        "on",
        "using",
        "select",
    ]
)


def check_rule(sql: str, tables: Collection[str]) -> None:
    """Raise ValueError if a rule asks for anything else than the tables of the package."""
    found = tokens(sql)
    while found and found[-1].raw == ";":
        found.pop()
    if not found or not (found[0].says("SELECT") or found[0].says("WITH")):
        raise ValueError("it is not one SELECT")
    own = _own(found)
    known = {table.casefold() for table in tables} | own
    for token, following in zip(found, [*found[1:], Token("", "")], strict=True):
        if token.raw == ";":
            raise ValueError("it is not one SELECT")
        if following.says("(") and token.kind in ("word", "name"):
            word = token.value.casefold()
            allowed = token.kind == "word" and word in _FUNCTIONS | _WORDS
            if not allowed and word not in own:
                raise ValueError(f"the function {token.raw} is not allowed on Spark")
    for place, token in enumerate(found):
        if token.says("REGEXP_FULL_MATCH"):
            _check_pattern(arguments_at(found, place + 2)[0])
    _check_tables(found, known)


def _check_pattern(arguments: Sequence[Sequence[Token]]) -> None:
    """Raise ValueError for a pattern that a server may match for ever."""
    pattern = arguments[-1][-1].value if arguments and arguments[-1] else ""
    if not is_plain(pattern):
        raise ValueError(f"Spark cannot check the pattern {pattern} in linear time")


def _own(found: Sequence[Token]) -> set[str]:
    """The names of the queries in WITH: each comes before AS and a bracket, or before its columns."""
    own: set[str] = set()
    for place, token in enumerate(found):
        if token.kind not in ("word", "name") or place == 0:
            continue
        before = found[place - 1]
        if not (before.says("WITH") or before.says("RECURSIVE") or before.says(",")):
            continue
        after = place + 1
        if after < len(found) and found[after].says("("):
            while after < len(found) and not found[after].says(")"):
                after += 1
            after += 1
        following = [one.raw.upper() for one in found[after : after + 2]]
        if following == ["AS", "("]:
            own.add(token.value.casefold())
    return own


def _check_tables(found: Sequence[Token], known: Collection[str]) -> None:
    """Raise ValueError if what follows FROM, JOIN or a comma between tables is no known table."""
    lists = [False]  # whether a list of tables is open, at each depth of brackets
    is_expected = False
    for place, token in enumerate(found):
        word = token.raw.casefold() if token.kind == "word" else ""
        if is_expected and token.says("("):
            lists.append(True)
            following = found[place + 1] if place + 1 < len(found) else token
            is_expected = not (following.says("SELECT") or following.says("WITH"))
            continue
        if is_expected:
            dotted = place + 1 < len(found) and found[place + 1].raw == "."
            if token.kind not in ("word", "name") or dotted or token.value.casefold() not in known:
                raise ValueError(f"{token.raw} is not a table of the package")
            is_expected = False
            continue
        if token.says("("):
            lists.append(False)
        elif token.says(")"):
            if len(lists) > 1:
                lists.pop()
        elif word in ("from", "join"):
            is_distinct = place > 0 and found[place - 1].says("DISTINCT")
            is_compared = (
                is_distinct and place > 1 and found[place - 2].raw.upper() in ("IS", "NOT")
            )
            if not is_compared:
                lists[-1] = is_expected = True
        elif word in ("lateral", "table", "pivot", "unpivot"):
            raise ValueError(f"{token.raw} is not allowed on Spark")
        elif token.says(",") and lists[-1]:
            is_expected = True
        elif word in _ENDS:
            lists[-1] = False
