"""The rows that a coding sheet gives: every name resolved, every passage anchored, every default filled in.

How a row that is already there is recognised, so that the same sheet changes nothing:

- an event or a proposal by its label, or else by its main passage (source and span);
- an answer by its main passage, its proposal and its party, or else by its proposal, party, move,
  authority, and event or date;
- a claim by its main passage, its proposition and its claimant, or else by its proposition, claimant,
  and event or date;
- an actor, a document, a code or a proposition by its name;
- evidence by its row, its span and its field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from ..models import BY_TABLE
from .faults import Faults
from .model import Sheet
from .spans import Article, Positions
from .statements import Statements
from .tables import NewRow, Row, Tables


@dataclass(frozen=True, slots=True)
class CodedSheet:
    """What a sheet adds to a collection. If there are faults, the rows are not complete."""

    new: list[NewRow]
    #: What the writer of the sheet should know: what is already there, and what was left out.
    notes: list[str]
    faults: Faults
    #: The identifier of the article.
    source_id: str
    #: The events, proposals, answers and claims that are there already, as the sheet would have them.
    again: Sequence[NewRow] = ()
    #: What the rows of the collection and of the sheet are called, by identifier.
    names: Mapping[str, str] = field(default_factory=dict)

    def tables(self) -> dict[str, list[Row]]:
        """The new rows by table, as text; a missing value is ""."""
        found: dict[str, list[Row]] = {table: [] for table in BY_TABLE}
        for row in self.new:
            found[row.table].append(row.cells)
        return {table: rows for table, rows in found.items() if rows}


def rows_of(
    sheet: Sheet,
    faults: Faults,
    article: Article | Positions,
    existing: Mapping[str, list[Row]],
    *,
    any_code: bool = False,
) -> CodedSheet:
    """The rows that a sheet adds to these tables. The passages are found in the article.

    With `any_code`, a code that is not in its vocabulary is taken as it is.
    """
    tables = Tables(existing)
    statements = Statements(sheet, tables, faults, article)
    statements.names.any_code = any_code
    statements.run()
    catalogue = statements.catalogue
    told = dict.fromkeys((*statements.notes, *catalogue.notes))
    notes = sorted(told, key=lambda note: _line(note, faults.lines.file))
    names = statements.names.shown
    source_id = statements.publication.source_id
    return CodedSheet(tables.new, notes, faults, source_id, statements.again, names)


def _line(note: str, file: str) -> float:
    """The line of the sheet that a note is about. A note about the whole sheet comes last."""
    number = note.removeprefix(f"{file}:").partition(":")[0]
    return int(number) if number.isdecimal() else inf
