"""The header of a file beside the fields of the schema: which column is which field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..findings import cut
from .exact import RawRecord
from .fault import Fault, spoiled

#: The most names or cells that a message lists, and the most faults of one header.
MOST_LISTED, MOST_FAULTS = 20, 100
#: A name or a line is cut to this many characters in a message.
_LONGEST = 200
#: Characters that are often used as a delimiter, with what messages call them.
_DELIMITERS = {",": '","', ";": '";"', "\t": "a tab", "|": '"|"'}


@dataclass(slots=True)
class Header:
    """What was found in a header."""

    #: The column of each field; None if there is none.
    places: list[int | None]
    #: Fields without a column.
    absent: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    #: Those of them that may be missing.
    left_out: set[str] = field(default_factory=set)


def listed(names: Sequence[str], form: str = "{}") -> str:
    """The first names (or cells) of a list, as a message shows them, and the number of the others."""
    shown = ", ".join(form.format(_cut(name)) for name in names[:MOST_LISTED])
    more = len(names) - MOST_LISTED
    return f"{shown} and {more} more" if more > 0 else shown


def compare(header: RawRecord, want: Sequence[str], delimiter: str) -> Header:
    """The columns of the fields `want`, and the faults of the header. The work is linear."""
    have = header.cells
    if not set(want).intersection(have) and len(want) > 1 and not header.is_damaged:
        found = without_names(header, want, delimiter)
    else:
        found = _with_names(header, want)
    return limited(found, header)


def alone(header: RawRecord) -> Header:
    """The faults of a header that no schema describes: names that appear twice, and columns without one."""
    hint = "Give each column a name of its own."
    found = Header([])
    for name, count in Counter(header.cells).items():
        if name and count > 1:
            message = f'the column "{_cut(name)}" appears more than once'
            found.faults.append(Fault("header", header.line, message, name, hint=hint))
    blank = [number for number, name in enumerate(header.cells, 1) if not name.strip()]
    if blank:
        columns = "column" if len(blank) == 1 else "columns"
        verb = "has" if len(blank) == 1 else "have"
        message = f"{columns} {listed([str(number) for number in blank])} {verb} no name"
        found.faults.append(Fault("header", header.line, message, hint=hint))
    return limited(found, header)


def limited(found: Header, header: RawRecord) -> Header:
    """What was found, with a bounded number of faults."""
    if len(found.faults) > MOST_FAULTS:
        more = f"{len(found.faults) - MOST_FAULTS} more columns do not match the schema"
        found.faults[MOST_FAULTS:] = [Fault("header", header.line, more)]
    return found


def resembles(cells: Sequence[str], want: Sequence[str]) -> bool:
    """Whether a line may be meant as this header: half of its cells are names of it, or nearly."""
    names = set(map(folded, want))
    return bool(cells) and 2 * sum(folded(cell) in names for cell in cells) >= len(want)


def without_names(
    header: RawRecord, want: Sequence[str], delimiter: str, rule: str = "the header must be"
) -> Header:
    """What to make of a first line that contains no field name. `rule` introduces the fields."""
    have = header.cells
    same_width = len(have) == len(want)
    if same_width and all(map(_nearly, have, want)):
        faults = [_called(header, index, name) for index, name in enumerate(want)]
        return Header(list(range(len(want))), set(), faults)
    message = (
        f'the first line contains no field name; it is "{_cut(delimiter.join(have))}", '
        f"but {rule}: {listed(want)}"
    )
    message += _other_delimiter(have, want, delimiter)
    faults = [Fault("header", header.line, message, ", ".join(have[:MOST_LISTED]))]
    if same_width:
        return Header(list(range(len(want))), set(), faults)
    return Header([None] * len(want), set(want), faults)


def _with_names(header: RawRecord, want: Sequence[str]) -> Header:
    """The columns of a header in which at least one field is found."""
    have = header.cells
    times, fields = Counter(have), set(want)
    first = {name: index for index, name in reversed(list(enumerate(have)))}
    found = Header([])
    note = found.faults.append
    for name, count in times.items():
        if count > 1:
            message = f'the column "{_cut(name)}" appears more than once'
            note(Fault("header", header.line, message, name))
    same_width = len(have) == len(want)
    near = {} if same_width else {folded(name): name for name in have if name not in fields}
    for index, name in enumerate(want):
        if name in first:
            found.places.append(first[name])
        elif same_width and header.is_damaged and spoiled(have[index]):
            found.places.append(index)
        elif same_width and have[index] not in fields:
            note(_called(header, index, name))
            found.places.append(index)
        else:
            message = f'the column "{_cut(name)}" is missing'
            if folded(name) in near:
                message += f'; did you mean "{_cut(near[folded(name)])}"?'
            note(Fault("header", header.line, message))
            found.places.append(None)
            found.absent.add(name)
    for index in _strangers(found, have):
        if times[have[index]] == 1:
            message = f'the column "{_cut(have[index])}" is not in the schema'
            note(Fault("header", header.line, message, have[index]))
    if not found.faults and found.places != list(range(len(want))):
        message = f"the columns are in the wrong order: {listed(have)}"
        note(Fault("header", header.line, message))
    return found


def _strangers(found: Header, have: Sequence[str]) -> Iterator[int]:
    """The columns that belong to no field."""
    taken = set(found.places)
    return (index for index in range(len(have)) if index not in taken)


def _called(header: RawRecord, index: int, name: str) -> Fault:
    """The fault of a column that has another name than its field."""
    actual = header.cells[index]
    message = f'column {index + 1} is called "{_cut(actual)}", not "{_cut(name)}"'
    if actual.strip() == name:
        message += " (blanks around the name)"
    elif actual.casefold() == name.casefold():
        message += " (upper and lower case)"
    elif _nearly(actual, name):
        message += " (blanks around the name, and upper and lower case)"
    return Fault("header", header.line, message, actual)


def _nearly(actual: str, name: str) -> bool:
    """Whether two names differ only in case and in the blanks around them."""
    return folded(actual) == folded(name)


def folded(name: str) -> str:
    """A name without the case of its letters and without the blanks around it."""
    return name.strip().casefold()


def _other_delimiter(have: Sequence[str], want: Sequence[str], delimiter: str) -> str:
    """A question, if a line of one cell gives the field names with another delimiter."""
    if len(have) != 1:
        return ""
    fields = set(map(folded, want))
    for char, shown in _DELIMITERS.items():
        cells = have[0].split(char)
        if char != delimiter and len(cells) > 1:
            known = sum(folded(cell.strip().strip('"')) in fields for cell in cells)
            if known or len(cells) == len(want):
                return f". Is the delimiter {shown}?"
    return ""


def quoted(name: str) -> str:
    """A name as a message shows it."""
    return f'"{_cut(name)}"'


def _cut(text: str) -> str:
    return cut(text, _LONGEST)


def ragged(record: RawRecord, header: RawRecord) -> list[Fault]:
    """The fault of a record with more or fewer cells than the header."""
    have, want = len(record.cells), len(header.cells)
    if have == want:
        return []
    counted = f"the row has {have} cell{'s' if have > 1 else ''}"
    if have < want:
        missing = listed(header.cells[have : have + MOST_LISTED])
        more = want - have - MOST_LISTED
        missing += f" and {more} more" if more > 0 else ""
        message = f"{counted}, {want - have} too few (missing: {missing})"
        return [Fault("missing-cell", record.line, message)]
    extra = listed(record.cells[want:], '"{}"')
    message = f"{counted}, {have - want} too many ({extra})"
    return [Fault("extra-cell", record.line, message, record.cells[want])]
