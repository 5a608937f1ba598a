"""Texts that may mean "no value". Whether they do is decided by the type of the other values."""

from __future__ import annotations

from collections.abc import Iterable

from .names import word_set

#: Cells of blanks only.
BLANKS = frozenset((" ", "  ", "   ", "\u00a0"))

#: Texts that people and programs write where a value is missing.
TOKENS = word_set(
    "NA N/A n/a na N.A. n.a. NaN nan <NA> NaT #N/A #NV #NAME? #VALUE! #REF! #DIV/0! \\N "
    "NULL Null null None none NONE nil NIL - -- --- – — ? ?? . .. ... * "
    "0000-00-00 00.00.0000 00/00/0000 "
    "k.A. s.o. unknown Unknown UNKNOWN unbekannt missing Missing n.d. nd ND tbd TBD nodata "
    "(null) (NULL) <null> <NULL> [null] [NULL] … :"
) | {"k. A.", "keine Angabe", "not available", "no data", *BLANKS}

#: Those of them that mean "no value" also where the other values are texts.
CLEAR_TOKENS = word_set(
    "N/A n/a #N/A #NV <NA> NaN nan NaT NULL Null null \\N "
    "#NAME? #VALUE! #REF! #DIV/0! - -- --- ? ?? n.a. N.A. NA k.A. (null) (NULL) <null> <NULL> [null] [NULL]"
) | {"k. A.", "not available", "no data", *BLANKS}

#: Numbers that mean "no value" where they stand apart from all other values.
SENTINELS = word_set("-9 -99 -999 -9999 -99999 -999999 -99.0 -999.0 -9999.0 999 9999 99999 999999")


def in_order(tokens: Iterable[str]) -> list[str]:
    """Texts for "no value" as a descriptor lists them, the empty text first."""
    return ["", *sorted(set(tokens) - {""})]
