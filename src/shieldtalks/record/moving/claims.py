"""Claims of profile 1 as propositions, claims and relations of profile 2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: A row as text, by field.
Row = dict[str, str]

#: The fields of a claim that belong to its proposition in profile 2.
MOVED = ("topic", "about_event_id", "about_proposal_id", "about_actor_id")

#: What makes two claims one proposition.
_SAME = ("text", *MOVED)


@dataclass(frozen=True, slots=True)
class Left:
    """Something that a person has to do: the table, the identifier of the row, and what."""

    table: str
    record_id: str
    what: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows of three tables, and what is left to people."""

    propositions: list[Row]
    claims: list[Row]
    relations: list[Row]
    left: list[Left]


def moved(claims: Sequence[Row], oppositions: Sequence[Row]) -> Parts:
    """The claims with one proposition for each different content, and the oppositions as relations."""
    ids: dict[tuple[str, ...], str] = {}
    for row in claims:
        ids.setdefault(_content(row), f"pos-{len(ids) + 1:04}")
    propositions = [
        {"proposition_id": name, **dict(zip(_SAME, content, strict=True)), "notes": ""}
        for content, name in ids.items()
    ]
    held = [row | {"proposition_id": ids[_content(row)]} for row in claims]
    relations, open_pairs = _relations({row["claim_id"]: row for row in held}, oppositions)
    left = [*_texts(held), *_twice(propositions), *open_pairs]
    return Parts(propositions, held, relations, left)


def _content(row: Row) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in _SAME)


def _texts(claims: Sequence[Row]) -> Iterator[Left]:
    for row in claims:
        if row["factuality"].endswith("-"):
            yield Left("claims", row["claim_id"], "write the denial into its text")
        elif row["factuality"] != "CT+":
            yield Left("claims", row["claim_id"], "write the caution into its text")


def _twice(propositions: Sequence[Row]) -> Iterator[Left]:
    seen: dict[str, str] = {}
    for row in propositions:
        first = seen.setdefault(row["text"], row["proposition_id"])
        if first != row["proposition_id"]:
            yield Left("propositions", row["proposition_id"], f"it has the text of {first}")


def _relations(claims: dict[str, Row], oppositions: Sequence[Row]) -> tuple[list[Row], list[Left]]:
    """One relation for each pair of propositions, and the pairs of claims that a person must decide."""
    found: dict[frozenset[str], Row] = {}
    left = []
    for pair in oppositions:
        if pair["claim_id"] not in claims or pair["other_id"] not in claims:
            continue  # validation of profile 1 reports it
        one, other = claims[pair["claim_id"]], claims[pair["other_id"]]
        names = [one["proposition_id"], other["proposition_id"]]
        if names[0] == names[1]:
            continue  # one denies what the other holds: that is derived
        signs = {row["factuality"][-1:] for row in (one, other)}
        if pair["kind"] == "contradicts" and signs == {"+"}:
            kind, names = "excludes", sorted(names)
        elif pair["kind"] == "contradicts":
            what = f"decide how its proposition bears on that of {other['claim_id']}"
            left.append(Left("claims", one["claim_id"], what))
            continue
        else:
            kind = "qualifies"
            what = f"check that it qualifies {names[1]}, and not the other way round"
            left.append(Left("relations", names[0], what))
        row = {"proposition_id": names[0], "other_id": names[1], "kind": kind}
        if found.setdefault(frozenset(names), row) is not row:
            left.append(Left("relations", names[0], f"it bears on {names[1]} in two ways"))
    rows = sorted(found.values(), key=lambda row: (row["proposition_id"], row["other_id"]))
    return rows, left
