"""Made-up records: packages with the shipped schemas and the rows that a test names."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.support import ROOT
from tests.support.tables import write_table

Rows = list[dict[str, Any]]

#: What of the checkout makes the data package.
PARTS = ("datapackage.json", "data", "schemas")


def shipped(folder: Path) -> Path:
    """A copy of the shipped package, in a new folder."""
    folder.mkdir(parents=True)
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    return folder


def made_up(folder: Path, **tables: Rows) -> Path:
    """A package in `folder` with these rows, codes and actors as shipped; other tables are empty.

    A field that is not named is empty.
    """
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copy(ROOT / "datapackage.json", folder)
    (folder / "data").mkdir()
    for schema_file in sorted((folder / "schemas" / "tables").glob("*.json")):
        schema = json.loads(schema_file.read_text("utf-8"))
        target = folder / "data" / f"{schema['name']}.csv"
        if schema["name"] in ("codes", "actors", "sources", "references") and (
            schema["name"] not in tables
        ):
            shutil.copy(ROOT / "data" / target.name, target)
            continue
        fields = [field["name"] for field in schema["fields"]]
        write_table(target, tables.get(schema["name"], []), fields)
    return folder


def event(number: int, earliest: str, latest: str | None = None, **more: str) -> dict[str, Any]:
    """An event on a day, or between two; an empty side is open."""
    latest = earliest if latest is None else latest
    edtf = earliest if earliest == latest != "" else f"{earliest or '..'}/{latest or '..'}"
    return {
        "event_id": f"evt-{number:04}",
        "label": f"Event {number}",
        "description": "Made up.",
        "status": "occurred",
        "date_edtf": edtf,
        "date_earliest": earliest,
        "date_latest": latest,
        "date_basis": "stated",
        "factuality": "CT+",
    } | more


def proposal(number: int, event_number: int, **more: str) -> dict[str, Any]:
    """A proposal made in an event, by the United States to Russia."""
    return {
        "proposal_id": f"prp-{number:04}",
        "label": f"Proposal {number}",
        "description": "Made up.",
        "measure": "transparency",
        "kind": "measure",
        "form": "offer",
        "proposer_id": "act-0002",
        "addressee_id": "act-0001",
        "made_in_event_id": f"evt-{event_number:04}",
    } | more


def response(number: int, proposal_number: int, move: str, **more: str) -> dict[str, Any]:
    """An official answer of Russia to a proposal."""
    return {
        "response_id": f"rsp-{number:04}",
        "proposal_id": f"prp-{proposal_number:04}",
        "responder_id": "act-0001",
        "move": move,
        "authority": "official",
    } | more


def proposition(number: int, **more: str) -> dict[str, Any]:
    """A proposition about nothing in particular."""
    return {
        "proposition_id": f"pos-{number:04}",
        "text": f"Thing {number} is so.",
        "topic": "negotiation",
    } | more


def claim(number: int, proposition_number: int, factuality: str, **more: str) -> dict[str, Any]:
    """A claim of Russia about a proposition, on 5 May 2008."""
    return {
        "claim_id": f"clm-{number:04}",
        "proposition_id": f"pos-{proposition_number:04}",
        "text": f"Claim {number}.",
        "claimant_id": "act-0001",
        "date_edtf": "2008-05-05",
        "date_earliest": "2008-05-05",
        "date_latest": "2008-05-05",
        "date_basis": "stated",
        "speech_act": "assert",
        "factuality": factuality,
        "standing": "as-reported",
    } | more


def relation(number: int, other_number: int, kind: str) -> dict[str, Any]:
    """A relation between two propositions."""
    return {
        "proposition_id": f"pos-{number:04}",
        "other_id": f"pos-{other_number:04}",
        "kind": kind,
    }
