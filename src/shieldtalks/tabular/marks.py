"""Sets of row numbers that need little memory: one bit per row, in pieces that hold a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: Rows per piece, as a power of two.
_BITS = 12


class Rows:
    """A set of row numbers, which count from 0 or 1."""

    __slots__ = ("_pieces",)

    def __init__(self, rows: Iterable[int] = ()) -> None:
        self._pieces: dict[int, bytearray] = {}
        for row in rows:
            self.add(row)

    def add(self, row: int) -> None:
        """Add a row."""
        piece = self._pieces.get(row >> _BITS)
        if piece is None:
            piece = self._pieces[row >> _BITS] = bytearray(1 << (_BITS - 3))
        place = row & ((1 << _BITS) - 1)
        piece[place >> 3] |= 1 << (place & 7)

    def __contains__(self, row: int) -> bool:
        piece = self._pieces.get(row >> _BITS)
        if piece is None:
            return False
        place = row & ((1 << _BITS) - 1)
        return bool(piece[place >> 3] >> (place & 7) & 1)

    def copy(self) -> Rows:
        """The same set, in memory of its own."""
        other = Rows()
        other.merge(self)
        return other

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def __iter__(self) -> Iterator[int]:
        for number in sorted(self._pieces):
            piece, first = self._pieces[number], number << _BITS
            for place in range(1 << _BITS):
                if piece[place >> 3] >> (place & 7) & 1:
                    yield first + place

    def merge(self, other: Rows) -> None:
        """Add the rows of another set."""
        for number, piece in other._pieces.items():
            own = self._pieces.setdefault(number, bytearray(len(piece)))
            whole = int.from_bytes(own, "little") | int.from_bytes(piece, "little")
            own[:] = whole.to_bytes(len(piece), "little")
