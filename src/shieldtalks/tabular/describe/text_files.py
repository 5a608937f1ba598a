"""Tables in delimited text: CSV, TSV and text files, read with the reader of Python."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..findings import CannotRun
from ..reading import open_regular, open_text
from .batches import Batch, of_rows
from .cutting import ENCODINGS, Cutter
from .dialect_found import Dialect
from .encoding import Encoding, encoding_of
from .guess import CERTAIN, Guesses, quoted
from .sniffing import sniff
from .twice_encoded import twice_encoded

#: The characters at the beginning of a file that are looked at to find the dialect.
_SAMPLE = 1 << 18

#: The longest cell that is read, in characters. A longer one is a quote that is never closed.
_LONGEST = 16 << 20


class TextTable:
    """The table in a text file."""

    def __init__(self, file: Path, path: str, name: str) -> None:
        self.name, self.path, self.file = name, path, file
        self.guesses = Guesses(name)
        self.natives: dict[int, set[str]] = {}
        self.lacks_cells = False
        #: Further words of the resource, such as the path in a zip.
        self.more: dict[str, Any] = {}
        self.encoding: Encoding = encoding_of(file)
        with open_text(file, self.encoding.codec, errors="replace") as stream:
            sample = stream.read(_SAMPLE)
            if stream.read(1):  # the last line may be cut
                sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
        self.is_empty = not sample.strip(" \t\r\n,;|\"'\ufeff")
        self.is_binary = "\0" in sample
        self.dialect: Dialect = sniff(sample, file.suffix.lower())
        self.labels, self.width = self.dialect.header, self.dialect.width
        self.guesses.add(
            "encoding", self.encoding.name, self.encoding.evidence, self.encoding.certainty
        )
        if self.encoding.name == "utf-8" and (twice := twice_encoded(sample)) is not None:
            what = f"{quoted(twice[0])} seems to be {quoted(twice[1])}, written as UTF-8 twice"
            advice = "export the file again, or write it as Windows-1252 and read it as UTF-8"
            self.guesses.add("note", None, f"{what}: {advice}", CERTAIN)
        for about, value, evidence, certainty in self.dialect.found:
            self.guesses.add(about, value, evidence, certainty)

    @property
    def words(self) -> dict[str, Any]:
        """The words of the resource: format, media type, encoding and dialect."""
        tabs = self.dialect.delimiter == "\t"
        kind = "tab-separated-values" if tabs else "csv"
        return {
            "format": "tsv" if tabs else "csv",
            "mediatype": f"text/{kind}",
            "encoding": self.encoding.name,
            "dialect": self._dialect_words(),
            **self.more,
        }

    @property
    def units(self) -> list[str]:
        """The unit of each column, if a row below the header has them."""
        return self.dialect.units

    @property
    def header_row(self) -> int:
        """The number of the row that is the header, counted from 1; 0 if there is none."""
        return self.dialect.header_row

    def _dialect_words(self) -> dict[str, Any]:
        dialect = self.dialect
        words: dict[str, Any] = {"delimiter": dialect.delimiter}
        if dialect.quote != '"':
            words["quoteChar"] = dialect.quote
        if dialect.escape:
            words["escapeChar"] = dialect.escape
        if dialect.skips_blanks:
            words["skipInitialSpace"] = True
        if dialect.comment:
            words["commentChar"] = dialect.comment
        if not dialect.header_row:
            words["header"] = False
        elif any(guess.about == "headerRows" for guess in self.guesses.all):
            words["headerRows"] = dialect.header_rows
        if dialect.units:
            words["commentRows"] = [dialect.rows_above]
        return words

    def rows(self) -> Iterator[list[str]]:
        """The rows below the header. Raises CannotRun if a cell has no end."""
        dialect = self.dialect
        with (
            self._to_the_end(),
            open_text(self.file, self.encoding.codec, errors="replace") as stream,
        ):
            reader = dialect.reader(stream)
            for _ in range(dialect.rows_above):
                next(reader, None)
            if not dialect.comment:
                yield from filter(None, reader)
            for row in reader:
                if row and not row[0].startswith(dialect.comment):
                    yield row

    def batches(self, width: int) -> Iterator[Batch]:
        """The rows below the header, in columns. Raises CannotRun if a cell has no end."""
        dialect, encoding = self.dialect, self.encoding.name
        is_plain = not (dialect.comment or dialect.skips_blanks or dialect.escape)
        if not is_plain or width < 2 or encoding not in ENCODINGS:
            yield from of_rows(self.rows(), width)
            return
        cutter = Cutter(dialect.delimiter, dialect.quote, encoding, width)
        with self._to_the_end(), open_regular(self.file) as stream:
            yield from cutter.batches(stream, dialect.rows_above)

    @contextmanager
    def _to_the_end(self) -> Iterator[None]:
        """Read cells up to a limit. Raises CannotRun if one has no end."""
        old = csv.field_size_limit(_LONGEST)
        try:
            yield
        except csv.Error as error:
            raise CannotRun(
                f"{self.path} cannot be cut into rows ({error})",
                "Look for a quote that is never closed, or leave this file out.",
            ) from error
        finally:
            csv.field_size_limit(old)


#: How files begin that are no delimited text, with what they are and what to do.
_BEGINNINGS = (
    (b"PK\x03\x04", "a zip archive or a workbook: give it the ending .zip or .xlsx"),
    (b"\x1f\x8b", "a gzip file: give it the ending .csv.gz"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook: save it as .xlsx or .csv"),
    (b"PAR1", "a Parquet file: give it the ending .parquet"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a document of a word processor"),
    (b"SQLite format 3", "an SQLite database: export its tables as .csv"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_MARKUP = re.compile(rb"\s*<(!doctype html|html|head|body|table|\?xml)\b", re.IGNORECASE)
_JSON = re.compile(rb'\s*(\[\s*[\[{]|\{\s*\r?\n|\{\s*"[^"\n]*"\s*:[^\n]*(\}\s*(\n|$)|$))')


def other_kind(file: Path) -> str:
    """What a file is by its first bytes if it is no delimited text, in words; otherwise ""."""
    with open_regular(file) as stream:
        start = stream.read(512).removeprefix(codecs.BOM_UTF8)
    for beginning, what in _BEGINNINGS:
        if start.startswith(beginning):
            return what
    if start.startswith(b"version ") and b"\noid sha256:" in start:
        return "a pointer of Git LFS: run `git lfs pull`"
    if _MARKUP.match(start):
        return "a document of HTML or XML: save its table as .csv"
    return "JSON: give it the ending .json or .jsonl" if _JSON.match(start) else ""


def looks_like_a_table(table: TextTable) -> bool:
    """Whether a text file is a table by its first rows, whatever its name."""
    rows = []
    for row in table.rows():
        rows.append(len(row))
        if len(rows) >= 200:
            break
    return table.width > 1 and len(rows) > 1 and rows.count(table.width) >= 0.95 * len(rows)
