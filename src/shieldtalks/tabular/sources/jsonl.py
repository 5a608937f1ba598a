"""JSON Lines: an object or a list on each line. A line that is not valid is a fault of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from json import JSONDecodeError

from ..package import Resource
from ..parser_words import json_words
from .cells import decoder, items_of
from .fault import Fault
from .lines import Lines
from .source import Note, Reading, SourceRow

#: Faults of bytes that JSON itself judges.
_OF_JSON = frozenset({"control-character", "line-end"})


def read(part: Resource, note: Note) -> Reading:
    """How to read a file of JSON Lines."""
    return Reading(_rows(part, note))


def _rows(part: Resource, note: Note) -> Iterator[SourceRow]:
    lines = Lines(part.file, part.encoding)
    decode = decoder().decode
    index = number = 0
    while lines.has(index):
        text = lines[index]
        index += 1
        faults = [fault for fault in _faults(lines.faults, index) if fault.rule not in _OF_JSON]
        for fault in faults:
            if fault.rule == "bom":
                note(fault)
        if text.strip():
            number += 1
            try:
                row = items_of(decode(text), number, index, part)
            except (JSONDecodeError, RecursionError, ValueError) as error:
                row = _broken(number, index, text, error)
            row.faults = [*row.faults, *(fault for fault in faults if fault.rule != "bom")]
            yield row
        elif lines.has(index):
            note(Fault("blank-row", index, "the line is blank"))
        lines.forget(index - 1)


def _faults(found: deque[Fault], line: int) -> Iterator[Fault]:
    """The faults of the bytes of one line."""
    while found and found[0].line <= line:
        yield found.popleft()


def _broken(number: int, line: int, text: str, error: Exception) -> SourceRow:
    why = json_words(error.msg) if isinstance(error, JSONDecodeError) else "it is nested too deeply"
    if type(error) is ValueError:
        why = str(error)
    message = f"the line is not valid JSON ({why})"
    hint = "Write one object or one list on each line."
    return SourceRow(number, (), line, [Fault("source", line, message, text[:40], hint=hint)])
