"""What was seen of a column and of a table in one pass over the rows, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import filterfalse, islice
from operator import lt

from .bare import Bare
from .batches import batches
from .digests import Digests
from .guess import Guesses
from .missing import SENTINELS, TOKENS
from .moments import Moments
from .numbers_written import Numbers
from .templates import Template
from .texts import Texts
from .tracking import Place, Tracker
from .words import Words

#: Different values of a column that are counted one by one.
MOST_COUNTED = 1000

#: Values of all columns of a table that are kept to be looked at once only, and those of one column.
_MOST_KNOWN, _MOST_KNOWN_OF_ONE = 300_000, 20_000

#: With so many values looked at, a few of each batch are enough.
_MANY_TESTED = 10_000

#: A column with longer values is prose, and no key.
_LONGEST_KEY = 120

#: So many different values of a column are kept.
_FIRST = 50

#: A value of so many characters may be one of which the quote is never closed.
_LONG = 2000

#: The rows at the end that are looked at.
_ENDS = 3

#: Uneven rows that are named.
_MOST_UNEVEN = 3

_MARKS = TOKENS | {""}
_NO_VALUES = _MARKS | SENTINELS
_LONGEST_MARK = max(map(len, _NO_VALUES))

#: The most different values of a column that is no key.
_MOST_DIGESTS = 8 << 20


@dataclass(slots=True)
class Seen:
    """What was seen of one column."""

    name: str
    index: int
    #: The rows of the table.
    rows: int = 0
    #: How often each different value occurs; complete only if `is_counted`.
    counts: Counter[str] = field(default_factory=Counter)
    is_counted: bool = True
    #: How often each text occurs that may mean "no value", the empty text included.
    marks: Counter[str] = field(default_factory=Counter)
    #: How often each number occurs that may mean "no value".
    sentinels: Counter[str] = field(default_factory=Counter)
    #: Whether no value, other than a mark, is known to occur twice.
    may_be_unique: bool = True
    #: Whether each cell so far comes after the one above it in the order of texts, so that all differ.
    rises: bool = True
    last: str = ""
    #: The different values, other than marks; None if the column can be no key and no reference.
    digests: Digests | None = field(default_factory=Digests)
    longest: int = 0
    shortest: int = 1 << 30
    #: Values with a blank at either end, and the first of them.
    padded: int = 0
    #: The number of words in the different values, to tell prose from names.
    words_in_all: int = 0
    tested: int = 0
    example: str = ""
    #: The first different values.
    first: list[str] = field(default_factory=list)
    numbers: Numbers = field(default_factory=Numbers)
    moments: Moments = field(default_factory=Moments)
    words: Words = field(default_factory=Words)
    texts: Texts = field(default_factory=Texts)
    template: Template = field(default_factory=Template)
    #: The kinds of values that the file itself types, such as `number`.
    natives: frozenset[str] = frozenset()
    #: The most line breaks in one value.
    line_breaks: int = 0
    #: Values that were looked at already, if they are no longer counted; empty if there are too many.
    known: set[str] = field(default_factory=set)
    most_known: int = 0
    settled: bool = False

    @property
    def empty(self) -> int:
        """How many cells are empty."""
        return self.marks[""]

    @property
    def filled(self) -> int:
        """How many cells are neither empty nor a mark for "no value"."""
        return self.rows - self.marks.total()

    def add(self, cells: Sequence[str], before: int) -> None:
        """Take in the next cells of the column, which come after `before` rows."""
        self.rows += len(cells)
        if not self.is_counted:
            self._add_uncounted(cells, before)
            return
        counts, known = self.counts, len(self.counts)
        if self.may_be_unique:
            self._note_repeats(cells)
        counts.update(cells)
        fresh: list[str] = []
        if len(counts) > known:
            for mark in _MARKS & counts.keys():
                self.marks[mark] += counts.pop(mark)
            fresh = list(islice(counts, known, None))
        for number in SENTINELS & counts.keys():
            self.sentinels[number] = counts[number]
        if len(counts) > MOST_COUNTED:
            self.is_counted = False
            if not self.may_be_unique and self.longest <= _LONGEST_KEY:
                self.known = {*counts} - SENTINELS
            self.counts = Counter()
        self._add_fresh(fresh, cells, before)

    def _note_repeats(self, cells: Sequence[str]) -> None:
        """Note whether a value, other than a mark, occurs twice, and whether all are in order."""
        self._note_order(cells)
        if not self.rises:
            values = [cell for cell in cells if cell not in _MARKS]
            self.may_be_unique = len({*values}) == len(values) and self.counts.keys().isdisjoint(
                values
            )

    def _note_order(self, cells: Sequence[str]) -> None:
        """Note whether each cell of the column so far comes after the one above it, in order."""
        if self.rises and cells:
            self.rises = (not self.last or self.last < cells[0]) and all(
                map(lt, cells, islice(cells, 1, None))
            )
            self.last = cells[-1]

    def _add_uncounted(self, cells: Sequence[str], before: int) -> None:
        """Take in cells of which it is no longer counted how often each occurs."""
        if self._is_settled():
            self._pass_over(cells)
            return
        self._note_order(cells)
        if self.may_be_unique and _NO_VALUES.isdisjoint(cells):
            self._add_fresh(list(cells), cells, before)
            return
        known = self.known
        values = dict.fromkeys(filterfalse(known.__contains__, cells) if known else cells)
        marked = 0
        for mark in _MARKS & values.keys():
            del values[mark]
            count = cells.count(mark)
            self.marks[mark] += count
            marked += count
        numbers = SENTINELS & values.keys()
        for number in numbers:
            self.sentinels[number] += cells.count(number)
        if self.may_be_unique and len(values) < len(cells) - marked:
            self.may_be_unique = False
        fresh = list(values)
        if known:
            known.update(values.keys() - numbers)
            if len(known) > self.most_known or self.longest > _LONGEST_KEY:
                known.clear()
        self._add_fresh(fresh, cells, before)

    def _add_fresh(self, fresh: list[str], cells: Sequence[str], before: int) -> None:
        """Take in values that are new, or not known to have been seen."""
        if self.digests is not None:
            self.digests.add(fresh, rising=self.rises)
        self._look_at(fresh, cells, before)

    def _is_settled(self) -> bool:
        """Whether nothing but lengths and marks can be learnt from further cells."""
        if self.digests is None and not self.settled:
            trackers = (self.numbers, self.moments, self.texts, self.words, self.template)
            self.settled = not any(tracker.is_alive for tracker in trackers)
        return self.settled

    def _pass_over(self, cells: Sequence[str]) -> None:
        """Take in texts of which only their lengths and the marks among them count."""
        lengths = set(map(len, cells))
        if min(lengths) <= _LONGEST_MARK:
            short = [cell for cell in cells if len(cell) <= _LONGEST_MARK]
            found = _NO_VALUES.intersection(short)
            for text in found & SENTINELS:
                self.sentinels[text] += short.count(text)
            for text in found & _MARKS:
                self.marks[text] += short.count(text)
            lengths.discard(0)
            if found & _MARKS > {""}:
                lengths = {len(cell) for cell in cells if cell not in _MARKS}
        if lengths:
            self._lengths(filterfalse(_MARKS.__contains__, cells), lengths, cells)

    def _look_at(self, fresh: list[str], cells: Sequence[str], before: int) -> None:
        if not fresh:
            return
        self.example = self.example or fresh[0]
        if len(self.first) < _FIRST:
            self.first += fresh[: _FIRST - len(self.first)]
        self._lengths(fresh, set(map(len, fresh)), fresh)
        self._show(fresh, lambda one: before + cells.index(one) + 1)
        if self.template.is_alive:
            self.template.add_all(fresh)
        if self.digests is not None and self._is_no_key():
            self.digests = None

    def _show(self, fresh: list[str], place: Place) -> None:
        """Show new values to what follows the column: together where they are all alike, else one by one."""
        odd = [value for value in fresh if value in SENTINELS] if self.sentinels else []
        usual = [value for value in fresh if value not in SENTINELS] if odd else fresh
        left: list[Tracker] = []
        for alike in (self.numbers, self.moments, self.texts) if usual else ():
            if alike.is_alive and not alike.add_alike(usual):
                left.append(alike)
        if self.words.is_alive:
            left.append(self.words)
        for value in usual if left else ():
            self._track(left, value, place)
        for value in odd if self.numbers.is_alive else ():
            self.numbers.add(value, place)

    def _track(self, trackers: list[Tracker], value: str, place: Place) -> None:
        for tracker in trackers:
            if tracker.is_alive:
                tracker.add(value, place)

    def _lengths(self, fresh: Iterable[str], lengths: set[int], cells: Iterable[str]) -> None:
        """Note how long new values among the cells are, and how many lines very long ones have."""
        longest = max(lengths)
        self.longest, self.shortest = max(self.longest, longest), min(self.shortest, min(lengths))
        self._sample(fresh)
        if longest > _LONG:
            self.line_breaks = max(self.line_breaks, max(value.count("\n") for value in cells))

    def _sample(self, fresh: Iterable[str]) -> None:
        """Look at some of the new values only: how many words they have, and blanks around them."""
        for value in islice(fresh, 200 if self.tested < _MANY_TESTED else 20):
            self.tested += 1
            self.words_in_all += value.count(" ") + 1
            if value[0].isspace() or value[-1].isspace():
                self.padded += 1

    def _is_no_key(self) -> bool:
        if self.longest > _LONGEST_KEY or self.words_in_all > 8 * self.tested:
            return True
        digests = self.digests
        repeats = not self.may_be_unique or (digests is not None and digests.has_repeats)
        if repeats and digests is not None and digests.most > _MOST_DIGESTS:
            return True
        return self.numbers.is_alive and self.numbers.decimals > 20

    @property
    def distinct(self) -> int | None:
        """How many different values there are; None if they were not all counted."""
        if self.is_counted:
            return len(self.counts)
        return None if self.digests is None else len(self.digests)

    @property
    def is_unique(self) -> bool:
        """Whether each value occurs once. Rows without a value do not count."""
        if not self.may_be_unique or any(n > 1 for mark, n in self.marks.items() if mark):
            return False
        return self.filled > 0 and self.distinct == self.filled


@dataclass(slots=True)
class SeenTable:
    """What was seen of one table."""

    bare: Bare
    columns: list[Seen]
    guesses: Guesses
    rows: int = 0
    #: The first rows with fewer or more cells than the header, and how many there are.
    uneven: list[int] = field(default_factory=list)
    uneven_rows: int = 0
    #: The last rows.
    ends: list[tuple[str, ...]] = field(default_factory=list)
    #: The first rows without any value, and how many there are.
    blank: list[int] = field(default_factory=list)
    blank_rows: int = 0
    #: Whether the names of the fields are not those of the header, so that readers skip it.
    skips_header: bool = False

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.bare.name


def _blank_rows(columns: Sequence[Sequence[str]]) -> list[int]:
    """The numbers of rows, from 1, of which all cells are empty."""
    found: list[int] | None = None
    for cells in columns if len(columns) > 1 else ():
        if found is None:
            found = [number for number, cell in enumerate(cells) if not cell] if "" in cells else []
        else:
            found = [number for number in found if not cells[number]]
        if not found:
            return []
    return [number + 1 for number in found or ()]


def look_through(bare: Bare, names: list[str], tell: Callable[[int], None]) -> SeenTable:
    """Read the rows of a table once. `tell` is called with the number of rows read so far."""
    width = len(names)
    most_known = min(_MOST_KNOWN // max(width, 1), _MOST_KNOWN_OF_ONE)
    columns = [Seen(name, index, most_known=most_known) for index, name in enumerate(names)]
    table = SeenTable(bare, columns, bare.guesses)
    for batch in batches(bare, width):
        table.uneven_rows += len(batch.uneven)
        fresh = batch.uneven[: _MOST_UNEVEN - len(table.uneven)]
        table.uneven += [table.rows + number for number in fresh]
        table.ends = [*table.ends, *zip(*(cells[-_ENDS:] for cells in batch.columns), strict=True)]
        del table.ends[:-_ENDS]
        blank = _blank_rows(batch.columns)
        table.blank_rows += len(blank)
        table.blank += [table.rows + number for number in blank[: _MOST_UNEVEN - len(table.blank)]]
        for column in table.columns:
            column.add(batch.columns[column.index], table.rows)
            batch.columns[column.index] = []  # it is freed while it is still in the caches
        table.rows += batch.count
        tell(table.rows)
    for column in table.columns:
        column.natives = frozenset(bare.natives.get(column.index, ()))
        column.known.clear()
    return table
