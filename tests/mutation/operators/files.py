"""Files as a whole, and the bytes of single rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tests.mutation.mutants import (
    CANNOT,
    MUST,
    REPAIRED,
    Book,
    Mutant,
    Sheet,
    lines_of,
    of_file,
    written,
)

from .base import OPERATORS, Operator, next_in, operator, some_rows

Lines = list[str]

#: The tables that can be empty: nothing refers to them, and no row needs one in them.
OPTIONAL = ("aliases", "coders", "retired")


def in_files(
    name: str,
    expected: str,
    sentence: str,
    change: Callable[[Lines], bytes | None],
    rows: bool = True,
    only: Callable[[Sheet], bool] = lambda _: True,
) -> None:
    """Register an operator on whole files; `rows`: only on tables that have rows and pass `only`."""

    def make(book: Book) -> Iterator[Mutant]:
        for sheet in book.sheets.values():
            if only(sheet) and (sheet.rows or not rows):
                yield of_file(sheet, 0, name, change)

    OPERATORS.append(Operator(name, expected, sentence, make))


def joined(lines: Lines) -> bytes:
    """The bytes of these lines."""
    return "".join(lines).encode("utf-8")


def half(lines: Lines) -> int:
    """The place of a row in the middle."""
    return max(1, len(lines) // 2)


in_files("file-lost", MUST, "A file is missing.", lambda _: None, rows=False)
in_files("file-empty", MUST, "A file is empty.", lambda _: b"", rows=False)
in_files(
    "rows-all-lost",
    MUST,
    "A file holds its header only.",
    lambda lines: joined(lines[:1]),
    only=lambda sheet: sheet.name not in OPTIONAL,
)
in_files(
    "rows-all-lost-unseen",
    CANNOT,
    "A file of a table that can be empty holds its header only: aliases, coders, retired identifiers. (The "
    "release rule finds the last.)",
    lambda lines: joined(lines[:1]),
    only=lambda sheet: sheet.name in OPTIONAL,
)
in_files("header-lost", MUST, "A file lacks its header.", lambda lines: joined(lines[1:]))
in_files(
    "file-cut",
    MUST,
    "A file breaks off inside a row.",
    lambda lines: joined(lines)[: -len(lines[-1]) + 5],
)
in_files(
    "merge-markers",
    MUST,
    "The marks of an unsettled merge stand in a file.",
    lambda lines: joined(
        [*lines[:2], "<<<<<<< HEAD\n", *lines[2:], "=======\n", ">>>>>>> other\n"]
    ),
)
in_files(
    "wide-encoding",
    MUST,
    "A file is saved as UTF-16.",
    lambda lines: "".join(lines).encode("utf-16"),
    rows=False,
)
in_files(
    "bom",
    REPAIRED,
    "A file begins with a byte order mark.",
    lambda lines: b"\xef\xbb\xbf" + joined(lines),
    rows=False,
)
in_files(
    "crlf",
    REPAIRED,
    "A file is saved with the line ends of Windows.",
    lambda lines: joined(lines).replace(b"\n", b"\r\n"),
    rows=False,
)
in_files(
    "crlf-once",
    REPAIRED,
    "One line of a file ends as on Windows.",
    lambda lines: joined([line[:-1] + "\r\n" if i == 1 else line for i, line in enumerate(lines)]),
)
in_files(
    "trailing-blank-line",
    REPAIRED,
    "A file ends with a blank line.",
    lambda lines: joined(lines) + b"\n",
    rows=False,
)
in_files(
    "blank-line-inside",
    REPAIRED,
    "There is a blank line between two rows.",
    lambda lines: joined([*lines[: half(lines)], "\n", *lines[half(lines) :]]),
)
in_files(
    "last-line-end-lost",
    REPAIRED,
    "The last line of a file has no end.",
    lambda lines: joined(lines)[:-1],
    rows=False,
)


def in_lines(
    name: str, expected: str, sentence: str, change: Callable[[bytes], bytes], most: int = 4
) -> None:
    """Register an operator on the bytes of single rows; it gets the row as it is in the file."""

    def make(book: Book) -> Iterator[Mutant]:
        for sheet, row in some_rows(book, most):

            def altered(lines: Lines, row: int = row) -> bytes:
                encoded = [line.encode("utf-8") for line in lines]
                encoded[row + 1] = change(encoded[row + 1])
                return b"".join(encoded)

            yield of_file(sheet, row + 1, name, altered)

    OPERATORS.append(Operator(name, expected, sentence, make))


in_lines(
    "bad-utf8",
    MUST,
    "A row contains a byte that is not UTF-8.",
    lambda line: line[:3] + b"\xff" + line[3:],
)
in_lines("latin-1", MUST, "A letter is saved in Latin-1.", lambda line: line[:-1] + b"caf\xe9\n")
in_lines("nul", MUST, "A row contains a NUL character.", lambda line: line[:3] + b"\x00" + line[3:])
in_lines(
    "stray-quote",
    MUST,
    "A cell that is not quoted contains a quote.",
    lambda line: line[:3] + b'"' + line[3:],
)
in_lines("unclosed-quote", MUST, "A quote is opened and not closed.", lambda line: b'"' + line)
in_lines(
    "text-after-quote",
    MUST,
    "Text follows a closing quote.",
    lambda line: b'"' + line.replace(b",", b'"x,', 1),
)
in_lines(
    "delimiter-lost",
    MUST,
    "A comma between two cells is lost.",
    lambda line: line.replace(b",", b"", 1),
)
in_lines(
    "delimiter-extra",
    MUST,
    "A row has one comma too many.",
    lambda line: line.replace(b",", b",,", 1),
)
in_lines("delimiter-at-end", MUST, "A row ends with a comma.", lambda line: line[:-1] + b",\n")
in_lines(
    "line-joined", MUST, "A row goes on in the line of the row before it.", lambda line: line[:-1]
)
in_lines(
    "line-broken",
    MUST,
    "A row is broken over two lines.",
    lambda line: line.replace(b",", b",\n", 1),
)
in_lines(
    "needless-quote",
    REPAIRED,
    "A cell is quoted that need not be.",
    lambda line: b'"' + line.replace(b",", b'",', 1),
)


@operator("semicolons", MUST, "A file is saved with semicolons, or tabs, for commas.")
def _(book: Book) -> Iterator[Mutant]:
    for sheet in book.sheets.values():
        for mark in ";\t":
            yield of_file(
                sheet,
                0,
                repr(mark),
                partial(_delimited, sheet, mark),
            )


@operator("file-of-other-table", MUST, "A file holds the rows of the next table.")
def _(book: Book) -> Iterator[Mutant]:
    names = list(book.sheets)
    for name in names:
        other = book.sheets[next_in(names, name)]
        yield of_file(book.sheets[name], 0, other.name, partial(_other, other))


def _delimited(sheet: Sheet, mark: str, _: Lines) -> bytes:
    return joined(lines_of(sheet.grid, mark))


def _other(sheet: Sheet, _: Lines) -> bytes:
    return written(sheet.grid)
