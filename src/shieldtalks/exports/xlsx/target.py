"""The file that the library writes a workbook to."""

from __future__ import annotations

from typing import IO


class Target:
    """A file for a zip archive, which takes everything and keeps nothing once `end` was called.

    After an error, the archive in the library is closed late, when Python forgets it. Then the file is
    closed or the disk is full, and Python would print a traceback.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file: IO[bytes] | None = file
        self._place = 0

    def end(self) -> None:
        """From now on, keep nothing."""
        self._file = None

    def write(self, data: bytes) -> int:
        """Write bytes, and return their number."""
        if self._file is not None:
            self._file.write(data)
        self._place += len(data)
        return len(data)

    def seek(self, place: int) -> int:
        """Go to a place in the file, counted from its start, and return it."""
        if self._file is not None:
            self._file.seek(place)
        self._place = place
        return place

    def tell(self) -> int:
        """The place in the file."""
        return self._place

    def flush(self) -> None:
        """Write what is in a buffer."""
        if self._file is not None:
            self._file.flush()
