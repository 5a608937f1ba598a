"""What people have to add to proposals, answers and threats of profile 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .claims import Left, Row


def left(
    events: Sequence[Row], proposals: Sequence[Row], responses: Sequence[Row]
) -> Iterator[Left]:
    """The targets of threats, the proposals that answer another one, and combinations without a package."""
    threats = [row for row in events if row["status"] == "threatened"]
    named = dict.fromkeys(
        name for row in threats for name in (row["event_id"], row["announced_in_id"]) if name
    )
    for name in named:
        yield Left("events", name, "add the target of the threat to its participants (role target)")
    for row in proposals:
        if row["combination"] and row["kind"] != "package":
            what = "empty its combination, or make it a package: only a package has one"
            yield Left("proposals", row["proposal_id"], what)
    for row in responses:
        if row["move"] == "counter":
            what = f"name {row['proposal_id']} in the proposal that answers it (in_answer_to_id)"
            yield Left("responses", row["response_id"], what)
