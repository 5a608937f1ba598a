"""Made-up codings of claims."""

from __future__ import annotations

from shieldtalks.record.agreement.units import Coding

#: A claim: identifier, topic, and start and length of its span.
Claim = tuple[str, str, int, int]


def coding(*claims: Claim, actor: str = "Elba") -> Coding:
    """A coding of these claims, all of them made by one actor."""
    return {
        "actors": [{"actor_id": "act-0001", "name": actor}],
        "claims": [
            {"claim_id": name, "text": f"It is {topic}.", "topic": topic, "claimant_id": "act-0001"}
            for name, topic, _, _ in claims
        ],
        "evidence": [
            {"evidence_id": f"evd-{name}", "source_id": "src-0001", "claim_id": name, "field": ""}
            | {"start": str(start), "length": str(length)}
            for name, _, start, length in claims
        ],
    }
