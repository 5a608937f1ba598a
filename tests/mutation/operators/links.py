"""Slips in identifiers and references."""

from __future__ import annotations

from tests.mutation.mutants import ARTICLES, CANNOT, MUST, SPREAD, Cell, target_of

from .base import ALL, in_cells, is_id, next_id, refers

SEEN_LINKS = {
    "sources.publisher_id",
    "proposals.voiced_by_id",
    "responses.voiced_by_id",
    "claims.voiced_by_id",
    "attributions.evidence_id",
}
#: The tables to which no other table refers.
UNNAMED = ("codings", "corroborations", "retired")
TARGETS = ("event_id", "proposal_id", "response_id", "claim_id")


def is_only_span(cell: Cell) -> bool:
    """Whether it ties the only span of a record as a whole to that record."""
    return (
        cell.sheet.name == "evidence"
        and cell.name in TARGETS
        and refers(cell)
        and cell.record["field"] == ""
        and cell.sheet.book.whole_row_evidence[cell.value] == 1
    )


def is_main_coding(cell: Cell) -> bool:
    """Whether it ties a main code to its row."""
    return (
        cell.sheet.name == "codings"
        and cell.name in TARGETS
        and refers(cell)
        and cell.record["rank"] == "1"
    )


def is_last_hop(cell: Cell) -> bool:
    """Whether it names the actor at the end of a chain."""
    row = cell.record
    return (
        cell.place == "attributions.actor_id"
        and int(row["hop"]) == cell.sheet.book.last_hops[row["evidence_id"]]
    )


def is_voice_hop(cell: Cell) -> bool:
    """Whether it names the first actor of the only chain of a row that has a voice."""
    if cell.place != "attributions.actor_id" or cell.record["hop"] != "0" or is_last_hop(cell):
        return False
    book = cell.sheet.book
    span = book.spans[cell.record["evidence_id"]]
    target = target_of(span)
    return span["field"] == "" and target in book.voiced and book.whole_row_evidence[target] == 1


def is_only_claim(cell: Cell) -> bool:
    """Whether it ties the only claim about a proposition to it."""
    names = [row[cell.column] for row in cell.sheet.rows]
    return cell.place == "claims.proposition_id" and names.count(cell.value) == 1


def is_only_use_of_reference(cell: Cell) -> bool:
    """Whether nothing else refers to a reference."""
    uses = [
        value
        for sheet in cell.sheet.book.sheets.values()
        if "reference_id" in sheet.header and sheet.name != "references"
        for value in sheet.column("reference_id")
    ]
    return cell.name == "reference_id" and uses.count(cell.value) == 1


def link_seen(cell: Cell) -> bool:
    """Whether a rule sees that this reference leads to another row."""
    tests = (
        is_only_span,
        is_main_coding,
        is_last_hop,
        is_voice_hop,
        is_only_claim,
        is_only_use_of_reference,
    )
    return cell.place in SEEN_LINKS or any(test(cell) for test in tests)


in_cells(
    "id-case",
    MUST,
    "An identifier is written in capitals.",
    is_id,
    lambda cell: [cell.value.upper()],
)
in_cells(
    "id-letter-o",
    MUST,
    "An identifier has the letter O instead of a zero.",
    lambda cell: is_id(cell) and "0" in cell.value,
    lambda cell: [cell.value.replace("0", "O", 1), cell.value[::-1].replace("0", "o", 1)[::-1]],
)
in_cells(
    "id-digit-lost",
    MUST,
    "A digit of an identifier is missing, or appears twice.",
    is_id,
    lambda cell: [cell.value[:-1], cell.value + cell.value[-1]],
)
in_cells(
    "key-renumbered",
    MUST,
    "A row gets another, unused identifier, and what refers to it does not.",
    lambda cell: is_id(cell) and cell.target is None and cell.sheet.name not in UNNAMED,
    lambda cell: [cell.value[:4] + "9876"],
)
in_cells(
    "coding-renumbered",
    CANNOT,
    "A coding, a corroboration or a retired row gets another, unused identifier; nothing in the "
    "package refers to them. (The release rule finds the retired one.)",
    lambda cell: is_id(cell) and cell.sheet.name in UNNAMED and cell.sheet.key == [cell.name],
    lambda cell: [cell.value[:4] + "9876"],
)
in_cells(
    "key-of-row-above",
    MUST,
    "The key of the row above is filled down.",
    lambda cell: cell.sheet.key == [cell.name] and cell.row > 0,
    lambda cell: [cell.sheet.rows[cell.row - 1][cell.column]],
)
in_cells(
    "nonexistent-id",
    MUST,
    "A reference of the right form leads to no row.",
    refers,
    lambda cell: [f"{cell.value[:4]}9876" if is_id(cell) else cell.value.split(":")[0] + ":999"],
    2 * SPREAD,
)
in_cells(
    "other-id-seen",
    MUST,
    "A reference leads to the next row of its table: the publisher, the only use of an outside "
    "document, the voice, the span of a hop, the actor at the end of a chain or at the start of the only "
    "chain of a voiced row, the row of a main code, the row of a record's only span, "
    "the proposition of its only claim.",
    lambda cell: refers(cell) and link_seen(cell),
    next_id,
    8 * SPREAD,
)
in_cells(
    "source-of-span",
    ARTICLES,
    "A span is said to stand in the next source.",
    lambda cell: cell.place == "evidence.source_id",
    next_id,
    ALL,
)
in_cells(
    "other-id",
    CANNOT,
    "Any other reference leads to the next row of its table.",
    lambda cell: refers(cell) and not link_seen(cell) and cell.place != "evidence.source_id",
    next_id,
    3 * SPREAD,
)
