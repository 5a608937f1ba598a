"""The records of two CSV files that only one of them has, without parsing the records that both have.

Equal stretches are compared as bytes. Where the files differ, the next record that both have is looked
for. So the work is linear, and the memory is that of the records that differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

#: The bytes that are compared at once: few after a difference, then twice as many each time.
_LEAST, _MOST = 1 << 12, 1 << 20
#: How many records of both files are looked at for one that both have: few first.
_WINDOWS = (8, 64, 512, 4096)
#: The most bytes of records that have no partner yet.
MOST_LOOSE = 32 << 20
#: The longest record.
_LONGEST = 16 << 20


class _Unlike(Exception):
    """The files differ in more than can be kept in memory, or not record by record."""


class _Side:
    """One of the two files, read from its start. `place` is where the next record starts in `bytes`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.bytes, self.place, self.is_ended = b"", 0, False

    def fill(self, size: int) -> int:
        """Read on, so that `size` bytes are there if the file has them. How many are there."""
        there = len(self.bytes) - self.place
        if there < size and not self.is_ended:
            more = self._file.read(max(size - there, _MOST))
            self.is_ended = not more
            self.bytes, self.place = self.bytes[self.place :] + more, 0
            return self.fill(size) if more else there
        return there

    def next(self, size: int) -> bytes:
        """The next `size` bytes, or as many as there are. They are not yet read."""
        self.fill(size)
        return self.bytes[self.place : self.place + size]

    def records(self, most: int) -> list[bytes]:
        """The next records: at most this many, and fewer if they are long. They are not yet read."""
        found: list[bytes] = []
        offset = 0
        while len(found) < most and offset <= MOST_LOOSE and (record := self._record(offset)):
            found.append(record)
            offset += len(record)
        return found

    def _record(self, offset: int) -> bytes:
        """The record that starts at this offset from the next one: up to a line end outside quotes."""
        end, quotes = offset, 0
        while True:
            line = self.bytes.find(b"\n", self.place + end) + 1
            if not line:
                there = len(self.bytes) - self.place
                if self.fill(there + 1) > there:
                    continue
                return self.bytes[self.place + offset :]
            quotes += self.bytes.count(b'"', self.place + end, line)
            end = line - self.place
            if quotes % 2 == 0:
                return self.bytes[self.place + offset : line]
            if end - offset > _LONGEST:
                raise _Unlike


def unlike(old: IO[bytes], new: IO[bytes]) -> tuple[list[bytes], list[bytes]] | None:
    """The records that only the old and only the new file has, each in order, with their line ends.

    Both files must be plain CSV with double quotes in their places. None if the files have too little in
    common, or if a record without a partner is blank or there twice.
    """
    try:
        return _unlike(_Side(old), _Side(new))
    except _Unlike:
        return None


def _unlike(old: _Side, new: _Side) -> tuple[list[bytes], list[bytes]]:
    gone: dict[bytes, None] = {}
    added: dict[bytes, None] = {}
    size = 0
    while True:
        _skip_equal(old, new)
        if not old.fill(1) and not new.fill(1):
            return list(gone), list(added)
        was, now = _until_both(old, new)
        for record in was:
            size += _put(record, gone, added)
        for record in now:
            size += _put(record, added, gone)
        old.place += sum(map(len, was))
        new.place += sum(map(len, now))
        if size > MOST_LOOSE:
            raise _Unlike


def _put(record: bytes, own: dict[bytes, None], other: dict[bytes, None]) -> int:
    """Add a record without a partner, or take its partner away. By how much the size grows."""
    if record in other:
        del other[record]
        return -len(record)
    if record in own or not record.strip():
        raise _Unlike
    own[record] = None
    return len(record)


def _skip_equal(old: _Side, new: _Side) -> None:
    """Go on to the first records that differ, or to the ends of both files."""
    size = _LEAST
    while True:
        was, now = old.next(size), new.next(size)
        is_equal = was == now
        if is_equal and len(was) < size:  # both files are at their end
            old.place += len(was)
            new.place += len(now)
            return
        whole = _whole_records(was, len(was) if is_equal else _first_difference(was, now))
        old.place += whole
        new.place += whole
        if not is_equal:
            return
        if not whole and size > _LONGEST:
            raise _Unlike
        size = min(size * 2, _MOST) if whole else size * 2


def _first_difference(one: bytes, other: bytes) -> int:
    """Where two texts that are not equal begin to differ."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _whole_records(text: bytes, end: int) -> int:
    """How many bytes before `end` are whole records."""
    end = text.rfind(b"\n", 0, end) + 1
    quotes = text.count(b'"', 0, end)
    while quotes % 2:
        before = text.rfind(b"\n", 0, end - 1) + 1
        quotes -= text.count(b'"', before, end)
        end = before
    return end


def _until_both(old: _Side, new: _Side) -> tuple[list[bytes], list[bytes]]:
    """The next records of both files up to one that both have; many records if there is none."""
    was: list[bytes] = []
    now: list[bytes] = []
    for most in _WINDOWS:
        was, now = old.records(most), new.records(most)
        places = {record: place for place, record in enumerate(was)}
        both = next(_both(places, now), None)
        if both is not None:
            return was[: both[0]], now[: both[1]]
        if len(was) < most and len(now) < most:
            break
    return was, now


def _both(places: dict[bytes, int], records: list[bytes]) -> Iterator[tuple[int, int]]:
    """The places, in both files, of each record that both have."""
    return ((places[record], own) for own, record in enumerate(records) if record in places)
