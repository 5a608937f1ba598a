"""The dialect of a delimited text file: what a resource declares, with the defaults, and what is wrong in it.

The keys are those of Table Dialect (Data Package v2) and of CSV Dialect (v1).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..jsontext import JsonObject
from ..nearest import nearest
from . import controls

#: The two line endings that every program reads.
USUAL_ENDS = ("\n", "\r\n")


class CsvDialect(NamedTuple):
    """The dialect of a delimited text file (Table Dialect, Data Package v2)."""

    delimiter: str = ","
    #: The declared line ending; "" if none is declared, so that LF and CRLF are allowed.
    line_terminator: str = ""
    #: The quote character; "" if quotes have no meaning.
    quote: str = '"'
    double_quote: bool = True
    #: The escape character; "" if there is none.
    escape: str = ""
    skip_initial_space: bool = False
    #: The rows of the header, counted from 1, in order; none if the file has no header.
    header_rows: tuple[int, ...] = (1,)
    header_join: str = " "
    comment_rows: frozenset[int] = frozenset()
    #: With what a comment starts; "" if there are no such comments.
    comment_char: str = ""
    #: One more text that means "no value"; None if there is none.
    null_sequence: str | None = None
    #: Whether "Name" in the header may be the field "name".
    ignores_case: bool = False

    @property
    def has_header(self) -> bool:
        """Whether the file has a header."""
        return bool(self.header_rows)

    @property
    def is_usual(self) -> bool:
        """Whether every CSV reader that knows the delimiter reads such a file."""
        return (
            len(self.delimiter) == 1
            and (self.delimiter == "\t" or self.delimiter.isprintable())
            and self.delimiter != '"'
            and self.line_terminator in ("", *USUAL_ENDS)
            and (self.quote, self.double_quote, self.escape) == ('"', True, "")
            and not self.skip_initial_space
            and self.header_rows == (1,)
            and not self.comment_rows
            and not self.comment_char
        )

    def unusual(self) -> JsonObject:
        """The keys that differ from their defaults, without the delimiter, as a dialect has them."""
        usual = CsvDialect()
        values: JsonObject = {
            "lineTerminator": "" if self.line_terminator in USUAL_ENDS else self.line_terminator,
            "quoteChar": self.quote,
            "doubleQuote": self.double_quote,
            "escapeChar": self.escape,
            "skipInitialSpace": self.skip_initial_space,
            "headerRows": list(self.header_rows),
            "headerJoin": self.header_join if len(self.header_rows) > 1 else usual.header_join,
            "commentRows": sorted(self.comment_rows),
            "commentChar": self.comment_char,
            "nullSequence": self.null_sequence,
        }
        defaults: tuple[object, ...] = (
            "",
            usual.quote,
            True,
            "",
            False,
            [1],
            usual.header_join,
            [],
            "",
            None,
        )
        return {
            key: value
            for (key, value), default in zip(values.items(), defaults, strict=True)
            if value != default
        }


def csv_dialect(declared: Any, *, is_tsv: bool = False) -> CsvDialect:
    """The dialect that is declared, or the defaults; a value that cannot be used counts as the default."""
    own = declared if isinstance(declared, dict) else {}

    def text(name: str, default: str) -> str:
        return own[name] if isinstance(own.get(name), str) else default

    quote = text("quoteChar", '"')[:1]
    escape = text("escapeChar", "")[:1]
    # An escape character that is the quote is a doubled quote in other words.
    doubled = own.get("doubleQuote") is not False or (escape == quote and escape != "")
    listed = _numbers(own.get("headerRows"), (1,))
    case_matters = own.get("caseSensitiveHeader")
    return CsvDialect(
        delimiter=text("delimiter", "") or ("\t" if is_tsv else ","),
        line_terminator=text("lineTerminator", ""),
        quote=quote,
        double_quote=doubled,
        escape="" if escape == quote else escape,
        skip_initial_space=own.get("skipInitialSpace") is True,
        header_rows=() if own.get("header") is False else listed,
        header_join=text("headerJoin", " "),
        comment_rows=frozenset(_numbers(own.get("commentRows"), ())),
        comment_char=text("commentChar", ""),
        null_sequence=own["nullSequence"] if isinstance(own.get("nullSequence"), str) else None,
        ignores_case=case_matters is False,
    )


def _numbers(value: Any, default: tuple[int, ...]) -> tuple[int, ...]:
    """The row numbers of a list, in order and each once."""
    if not isinstance(value, list) or not all(type(one) is int and one > 0 for one in value):
        return default
    return tuple(sorted(set(value)))


class DialectFault(NamedTuple):
    """A key of a dialect that cannot be used."""

    key: str
    message: str
    hint: str
    rule: str = "descriptor"
    #: The control that has the key; "" if the dialect itself has it.
    control: str = ""

    def place(self, written: JsonObject) -> tuple[str, ...]:
        """The place of the key in the dialect as it is written."""
        return (self.control, self.key) if self.control else controls.place_of(written, self.key)


#: The keys of a dialect that say how a delimited text file is read.
_READ = (
    *("delimiter", "lineTerminator", "quoteChar", "doubleQuote", "escapeChar", "nullSequence"),
    *("skipInitialSpace", "header", "headerRows", "headerJoin", "commentRows", "commentChar"),
    "caseSensitiveHeader",
)

#: All keys of a dialect that the standard has. The others say nothing about delimited text.
KEYS = (
    *_READ,
    *("type", "csvddfVersion", "$schema", "name", "title", "description"),
    *("property", "itemType", "itemKeys", "sheetNumber", "sheetName", "table"),
)


def unknown_keys(declared: JsonObject) -> Iterator[DialectFault]:
    """The keys of a dialect that the standard does not have."""
    for key in declared:
        if key not in KEYS and key not in controls.NAMES:
            near = nearest(key, KEYS, alike=0.75)
            hint = f'Did you mean "{near}"?' if near else "The standard has no such key."
            message = f'the dialect key "{key}" is not supported'
            yield DialectFault(key, message, hint, "unsupported")
    for own in controls.moved(declared):
        if own.key in declared and declared[own.key] != own.value:
            at = ".".join(own.place)
            message = f'the dialect has "{own.key}" and "{at}", and they differ'
            yield DialectFault(own.key, message, "Remove one of them.")
    for control, key in controls.unknown(declared):
        message = f'the key "{key}" in "{control}" of the dialect is not supported'
        hint = "The standard has no such key."
        yield DialectFault(key, message, hint, "unsupported", control)


def clashes(declared: JsonObject, dialect: CsvDialect) -> Iterator[DialectFault]:
    """The keys of a dialect that cannot be used, alone or beside the others. `dialect` is the same."""
    for key in ("delimiter", "lineTerminator"):
        if declared.get(key) == "":
            hint = f'Use one or more characters, or remove "{key}".'
            yield DialectFault(key, f'"{key}" of the dialect is empty', hint)
    for key in ("quoteChar", "escapeChar"):
        if isinstance(declared.get(key), str) and len(declared[key]) > 1:
            hint = "Use one character."
            yield DialectFault(key, f'"{key}" of the dialect has more than one character', hint)
    yield from _clashes(dialect)


def _clashes(dialect: CsvDialect) -> Iterator[DialectFault]:
    """Characters of a dialect that have two meanings, so that no file can be read with it."""
    ends = [dialect.line_terminator] if dialect.line_terminator else ["\n", "\r"]
    if dialect.line_terminator in USUAL_ENDS:
        ends = ["\n", "\r"]
    used = (("quoteChar", dialect.quote), ("escapeChar", dialect.escape))
    if any((dialect.delimiter + end).find(end) < len(dialect.delimiter) for end in ends):
        yield _clash("delimiter", "the line ending")
    for key, char in used:
        if char and char in dialect.delimiter:
            yield _clash(key, "the delimiter")
        elif char and any(char in end for end in ends):
            yield _clash(key, "the line ending")
        elif char and dialect.comment_char and dialect.comment_char == char:
            yield _clash(key, "commentChar")
    if dialect.comment_char and any(end in dialect.comment_char for end in ends):
        yield _clash("commentChar", "the line ending")


def _clash(key: str, other: str) -> DialectFault:
    message = f'"{key}" and {other} of the dialect cannot be distinguished'
    return DialectFault(key, message, "Use different characters.")
