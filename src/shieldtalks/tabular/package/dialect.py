"""The dialect of a CSV file: the values of the `dialect` of a resource, with the defaults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """The dialect of a delimited text file (Table Dialect, Data Package v2)."""

    delimiter: str = ","
    #: The declared line ending; "" if none is declared, so that any is allowed.
    line_terminator: str = ""


def csv_dialect(declared: Any) -> CsvDialect:
    """The dialect that a resource declares, or the defaults if it declares none."""
    if not isinstance(declared, dict):
        return CsvDialect()
    return CsvDialect(
        str(declared.get("delimiter", ",")),
        str(declared.get("lineTerminator", "")),
    )


def _is(*values: Any) -> Callable[[Any], bool]:
    """A test for these values. True is not 1 here."""
    return lambda value: any(type(value) is type(one) and value == one for one in values)


def _anything(_: Any) -> bool:
    return True


#: The keys of a dialect (CSV Dialect of v1, Table Dialect of v2), each with the test whether a value
#: is supported. Most of them may only state their default.
_SUPPORTED: dict[str, Callable[[Any], bool]] = {
    "delimiter": lambda value: isinstance(value, str) and len(value) == 1 and value not in '"\n\r',
    "lineTerminator": _is("\n", "\r\n"),
    "header": _is(True),
    "headerRows": _is([1]),
    "headerJoin": _anything,  # with one header row, there is nothing to join
    "commentRows": _is([]),
    "commentChar": _is(""),
    "quoteChar": _is('"'),
    "doubleQuote": _is(True),
    "skipInitialSpace": _is(False),
    "type": _is("delimited"),
    # The header must always have the case of the schema.
    "caseSensitiveHeader": _anything,
    # These say nothing about how a file is read, or belong to other formats than text.
    **dict.fromkeys(("csvddfVersion", "$schema", "name", "title", "description"), _anything),
    **dict.fromkeys(("property", "itemType", "itemKeys"), _anything),
    **dict.fromkeys(("sheetNumber", "sheetName", "table"), _anything),
}

#: The keys of a dialect that the standard has and that are never supported.
_REFUSED = ("escapeChar", "nullSequence")

#: All keys of a dialect that the standard has.
KEYS = (*_SUPPORTED, *_REFUSED)


def unsupported_keys(declared: dict[str, Any]) -> list[str]:
    """The keys of a dialect that need what is not supported."""
    return [key for key, value in declared.items() if not _SUPPORTED.get(key, _is())(value)]
