"""What the parsers of JSON and TOML say about a fault, in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple


class Told(NamedTuple):
    """A fault in plain words, with its line and column if they are known, and what to do."""

    message: str
    hint: str = ""
    line: int | None = None
    column: int | None = None

    @property
    def with_column(self) -> str:
        """The message with the column."""
        return f"{self.message}, in column {self.column}" if self.column else self.message


#: What Python's JSON parser says, in plain words. Its words differ between the versions of Python.
_JSON = (
    ("Expecting property name", 'a name in quotes (") is missing'),
    ("Expecting value", "a value is missing or not valid"),
    ("Expecting ':'", "a colon is missing"),
    ("Expecting ','", "a comma or a closing bracket is missing"),
    ("Illegal trailing comma", "there is a comma before a closing bracket"),
    ("Extra data", "there is more text after the end"),
    ("Invalid control character", "a text contains a line break or a control character"),
    ("Unterminated string", "a text has no closing quote"),
    ("Invalid \\", "a backslash in a text is not followed by a valid character"),
)

_QUOTE_IT = (
    'Put a text in straight quotes: key = "text". A date is 2031-05-06. A comment begins with #.'
)
_CLOSE = 'Put a quote (") at the end of the text. A quote inside a text is written \\".'
_NAME_IT = "Write it as [source] or [[event]]."
_ONCE = "Remove one of the two. If they are entries of a list, write [[...]] for each of them."

#: The same for TOML, with what to do.
_TOML = (
    ("Expected '=' after a key", 'there is no "=" after the key', 'Write key = "value".'),
    (
        "Invalid initial character for a key",
        "a key is missing or not valid",
        'Write key = "value".',
    ),
    (
        "Invalid statement",
        "this is neither a key nor a table",
        'Write key = "value", or [[event]].',
    ),
    ("Invalid value", "the value is missing or not valid", _QUOTE_IT),
    ("Invalid date", "there is no such date", "Write a date as 2031-05-06."),
    ("Expected newline", "there is more text after the value", _QUOTE_IT),
    ("Illegal character", "a text has no closing quote on its line", _CLOSE),
    ("Unterminated string", "a text has no closing quote", _CLOSE),
    ("Expected '\"", "a text has no closing quote", _CLOSE),
    ("Expected \"'", "a text has no closing quote", _CLOSE),
    ("Unclosed array", "a list is not closed, or a comma is missing", "Write it as [1, 2]."),
    (
        "Unclosed inline table",
        "a table in braces is not closed, or a comma is missing",
        'Write it as { key = "value", other = "value" }.',
    ),
    ("Expected ']", "the name of a table is not closed", _NAME_IT),
    ("Cannot overwrite", "this key appears twice in the same table", "Remove one of the two."),
    (
        "Duplicate inline table key",
        "this key appears twice in the braces",
        "Remove one of the two.",
    ),
    ("Cannot declare", "this table appears twice", _ONCE),
    ("Cannot redefine", "this table appears twice", _ONCE),
    ("Cannot mutate", "this table was closed above", "Write all its keys in one place."),
    ("Unescaped '\\'", "a backslash in a text is not valid", "Write it twice: \\\\."),
    ("Invalid hex value", "a backslash in a text is not valid", "Write it twice: \\\\."),
    ("Found invalid character", "a character is not allowed here", "Remove it."),
)
#: A value without quotes that looks like a date.
_DATE = re.compile(r"=\s*((?:\.\./)?[0-9]{1,4}[-./][0-9][0-9./~?%-]*)(?=\s*(?:[]},#]|$))")
_DAY = re.compile(r"[0-9]{1,4}([-./])[0-9]{1,2}\1[0-9]{1,4}")
#: The name of a table, or of an entry of a list.
_HEAD = re.compile(r"\s*(?P<open>\[{1,2})(?P<name>[^\[\]#]+)\]{1,2}")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
#: A key with its equals sign.
_PAIR = re.compile(r"[\w.-]+\s*=")
_CURLY = "“”„‘’«»"


def json_words(message: str) -> str:
    """What is wrong with a JSON text, from the message of Python's parser."""
    return next((plain for begin, plain in _JSON if message.startswith(begin)), message)


def toml_words(error: ValueError, text: str) -> Told:
    """What is wrong with a TOML text, from the error of Python's parser."""
    message = str(error)
    place = _PLACE.search(message)
    lines = text.splitlines() or [""]
    line = int(place[1]) if place and place[1] else len(lines)
    column = int(place[2]) if place and place[2] else None
    plain, hint = next(
        ((plain, hint) for begin, plain, hint in _TOML if message.startswith(begin)),
        (_PLACE.sub("", message), ""),
    )
    if message.startswith("Cannot overwrite") and (told := _too_early(lines[:line])):
        return told
    whole = lines[min(line, len(lines)) - 1]
    here = whole[max((column or 1) - 1, 0) :]
    plain, hint = _after_the_value(whole, here, message) or (plain, hint)
    if here[:1] in _CURLY and here:
        plain, hint = "curly quotes do not begin a text", 'Use straight quotes: key = "text".'
    elif here and here[0].isspace() and not here[0].isascii():
        code = f"U+{ord(here[0]):04X}"
        plain, hint = f"there is a special space here ({code})", "Write an ordinary space instead."
    date = _DATE.search(whole)
    if date and date.start(1) < (column or 0) <= date.end(1) + 1:
        column = date.start(1) + 1
        if _DAY.fullmatch(date[1]):
            plain, hint = f"{date[1]} is not a date", "Write a day as 2031-05-06: year, month, day."
        else:
            plain, hint = (
                f"{date[1]} needs quotes",
                f'Write it as "{date[1]}". Only a day needs none.',
            )
    return Told(plain, hint, line, column)


def _too_early(lines: Sequence[str]) -> Told | None:
    """The table that comes before the list entry that it belongs to; None if the last line names no table.

    The parser sees this fault only when the entry follows, on the last of these lines.
    """
    heads = [(number, _HEAD.match(line)) for number, line in enumerate(lines, start=1)]
    if not lines or not (last := heads[-1][1]):
        return None
    wanted, early = _keys(last), None
    for number, head in heads[:-1]:
        keys = _keys(head) if head else ()
        if head and head["open"] == "[[" and keys == wanted[: len(keys)]:
            early = None  # another entry of the list begins: what was before it is not in it
        elif head and keys[: len(wanted)] == wanted:
            early = early or (number, head)
    if early is None:
        return None
    number, head = early
    name, entry = head.group().strip(), f"[[{'.'.join(wanted)}]]"
    if _keys(head) == wanted:
        return Told(f"{name} is also written {entry}", f"Write {entry} each time.", number)
    message = f"{name} comes before the {entry} that it belongs to"
    return Told(message, f"Write {entry} above it, or move it below its {entry}.", number)


def _keys(head: re.Match[str]) -> tuple[str, ...]:
    return tuple(key.strip().strip("\"'") for key in head["name"].split("."))


def _after_the_value(line: str, here: str, message: str) -> tuple[str, str] | None:
    """What is wrong if text follows where a value or the name of a table ended; None if none does."""
    if not message.startswith(("Expected newline", "Unclosed")):
        return None
    if line.lstrip().startswith("["):
        return "there is more text after the name of the table", _NAME_IT
    before = line[: len(line) - len(here)].rstrip()
    if before.endswith('"') and '"' in here and here[:1].isalnum() and not _PAIR.match(here):
        return "a quote inside a text ends the text", 'Write it as \\": "He said \\"no\\"."'
    return None
