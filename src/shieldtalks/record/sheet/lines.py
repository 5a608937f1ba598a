"""On which line of a TOML file each key is. The text must be valid TOML: only `tomllib` judges that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: Where a value is: the keys and the places in lists that lead to it.
Path = tuple[str | int, ...]

#: The most levels of tables. No sheet needs more than ten.
DEEPEST = 40

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_OTHER = re.compile(r"[^,\]}\n#]*")
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\]|\\.)*"'),
    re.compile(r"'[^']*'"),
)


@dataclass(slots=True)
class Lines:
    """The lines of a sheet by path, and the name of its file."""

    file: str = "sheet"
    by_path: dict[Path, int] = field(default_factory=dict)

    def at(self, path: Path) -> int:
        """The line of a value. If it is not in the file, that of the nearest table around it."""
        while path and path not in self.by_path:
            path = path[:-1]
        return self.by_path.get(path, 1)


def lines_of(text: str, file: str) -> Lines:
    """The line of each key, table and list entry of a valid TOML text.

    Raises RecursionError if there are more than DEEPEST levels.
    """
    scanner = _Scanner(text, Lines(file))
    scanner.run()
    return scanner.lines


class _Scanner:
    """A walk through the text, which notes where each key begins."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text, self.lines = text.replace("\r\n", "\n"), lines
        self.place, self.line, self.counted = 0, 1, 0
        self.lists: dict[Path, int] = {}

    def run(self) -> None:
        table: Path = ()
        self._skip()
        while self.place < len(self.text):
            if self.text[self.place] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip()

    def _header(self) -> Path:
        is_list = self.text.startswith("[[", self.place)
        line = self._line()
        self.place += 2 if is_list else 1
        keys = self._keys()
        self.place += 2 if is_list else 1
        if len(keys) > DEEPEST:
            raise RecursionError
        path: Path = ()
        for number, one in enumerate(keys):
            path = (*path, one)
            if is_list and number == len(keys) - 1:
                self.lists[path] = self.lists.get(path, -1) + 1
                self.lines.by_path.setdefault(path, line)
            if path in self.lists:
                path = (*path, self.lists[path])
        self.lines.by_path.setdefault(path, line)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = (*table, *self._keys())
        self.lines.by_path.setdefault(path, line)
        self._skip()
        self.place += 1  # the equals sign
        self._value(path)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip()
            bare = _BARE.match(self.text, self.place)
            if bare:
                self.place = bare.end()
                keys.append(bare.group())
            else:
                quoted = self._string()
                keys.append(quoted[1:-1])
            self._skip()
            if not self.text.startswith(".", self.place):
                return keys
            self.place += 1

    def _value(self, path: Path) -> None:
        if len(path) > 2 * DEEPEST:  # each level has a key, and mostly a place in a list
            raise RecursionError
        self._skip()
        opening = self.text[self.place : self.place + 1]
        if opening in ("[", "{"):
            self.place += 1
            self._inside(path, "]" if opening == "[" else "}")
        elif opening in ('"', "'"):
            self._string()
        else:
            match = _OTHER.match(self.text, self.place)
            self.place = match.end() if match else self.place + 1

    def _inside(self, path: Path, closing: str) -> None:
        """The entries of a list, or the pairs of an inline table."""
        number = 0
        while self.place < len(self.text):
            self._skip()
            if self.text.startswith(closing, self.place):
                self.place += 1
                return
            if self.text.startswith(",", self.place):
                self.place += 1
                continue
            if closing == "]":
                self.lines.by_path.setdefault((*path, number), self._line())
                self._value((*path, number))
                number += 1
            else:
                self._pair(path)

    def _string(self) -> str:
        for pattern in _STRINGS:
            match = pattern.match(self.text, self.place)
            if match:
                self.place = match.end()
                return match.group()
        self.place += 1
        return '""'

    def _skip(self) -> None:
        match = _BLANK.match(self.text, self.place)
        self.place = match.end() if match else self.place

    def _line(self) -> int:
        self.line += self.text.count("\n", self.counted, self.place)
        self.counted = self.place
        return self.line
