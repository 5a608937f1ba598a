"""What a rule of a stranger may ask of a Spark server: one SELECT on the tables of the package.

A server knows other tables, files by their path, and functions that reach out. So the functions are those
of a list, and each table is one of the package or of the rule's own WITH.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .patterns import is_plain
from .spark_recursion import inside, parts_of
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
#: Words that end a list of tables. ON does not: a comma behind its condition goes on with the list.
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
        "select",
    ]
)

#: The most queries inside one another.
_DEEPEST = 50


def check_rule(sql: str, tables: Collection[str]) -> None:
    """Raise ValueError if a rule asks for anything else than the tables of the package."""
    found = tokens(sql)
    while found and found[-1].raw == ";":
        found.pop()
    _check_query(found, frozenset(table.casefold() for table in tables))


def _check_query(found: Sequence[Token], known: frozenset[str], depth: int = 0) -> None:
    """Check one SELECT or VALUES, with its WITH. Each query of WITH is known only behind it.

    In front of it, and outside the query, a server would take its name for that of a table of its own.
    """
    if depth > _DEEPEST:
        raise ValueError("its queries are nested too deeply")
    if found and found[0].says("WITH"):
        is_recursive = len(found) > 1 and found[1].says("RECURSIVE")
        parts, found = parts_of(found[1 + is_recursive :])
        for part in parts:
            name = part.name.value.casefold()
            _check_query(part.body, known | {name} if is_recursive else known, depth + 1)
            known |= {name}
    # Behind WITH, a server also takes INSERT, and MAP, which runs a program.
    if not found or not (found[0].says("SELECT") or (depth and found[0].says("VALUES"))):
        raise ValueError("it is not one SELECT")
    main = _without_inner(found, known, depth)
    _check_words(main)
    _check_tables(main, known)


def _without_inner(found: Sequence[Token], known: frozenset[str], depth: int) -> list[Token]:
    """Check each query in brackets that has a WITH of its own. The tokens without these queries."""
    rest: list[Token] = []
    place = 0
    while place < len(found):
        rest.append(found[place])
        place += 1
        if rest[-1].says("(") and place < len(found) and found[place].says("WITH"):
            inner, place = inside(found, place - 1)
            _check_query(inner, known, depth + 1)
            rest += [Token("word", "SELECT"), Token("other", ")")]
    return rest


def _check_words(found: Sequence[Token]) -> None:
    """Raise ValueError for a function that is not in the list, and for what is no part of one SELECT."""
    for place, (token, following) in enumerate(
        zip(found, [*found[1:], Token("", "")], strict=True)
    ):
        if token.raw == ";":
            raise ValueError("it is not one SELECT")
        is_named = token.kind == "name" or token.raw.casefold() not in _FUNCTIONS | _WORDS
        if following.says("(") and token.kind in ("word", "name") and is_named:
            raise ValueError(f"the function {token.raw} is not allowed on Spark")
        # With a text behind USING, a server runs that text as a program.
        if token.says("WITH") or (token.says("USING") and not following.says("(")):
            raise ValueError(f"{token.raw} is not allowed here on Spark")
        # Such a pattern may take the server for ever, and no other engine has these words.
        if token.says("RLIKE") or token.says("REGEXP"):
            raise ValueError(f"{token.raw} is not allowed on Spark: use regexp_full_match")
        if token.says("REGEXP_FULL_MATCH"):
            _check_pattern(arguments_at(found, place + 2)[0])


def _check_pattern(arguments: Sequence[Sequence[Token]]) -> None:
    """Raise ValueError for a pattern that a server may match for ever."""
    pattern = arguments[-1][-1].value if arguments and arguments[-1] else ""
    if not is_plain(pattern):
        raise ValueError(f"Spark cannot check the pattern {pattern} in linear time")


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
            before = [one.raw.upper() for one in found[max(place - 3, 0) : place]]
            is_compared = before[-2:] == ["IS", "DISTINCT"] or before == ["IS", "NOT", "DISTINCT"]
            if not is_compared:
                lists[-1] = is_expected = True
        elif word in ("lateral", "table", "pivot", "unpivot"):
            raise ValueError(f"{token.raw} is not allowed on Spark")
        elif token.says(",") and lists[-1]:
            is_expected = True
        elif word in _ENDS:
            lists[-1] = False
