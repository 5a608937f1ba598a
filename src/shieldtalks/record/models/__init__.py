"""The definition of every table of the record: fields, types, constraints, keys, descriptions, examples."""

from __future__ import annotations

from .catalogue import Actor, Alias, Code, Retired, Source
from .comparison import Comparison
from .diplomacy import Event, Participant, Proposal, Response
from .evidence import Attribution, Coding, Evidence
from .outside import Corroboration, Reference
from .spec import EDTF, RECORD_PREFIXES, Record, TableFacts
from .statements import Claim, Proposition, Relation

#: The record classes. The tables are listed in this order everywhere.
RECORDS: tuple[type[Record], ...] = (
    Source,
    Actor,
    Alias,
    Event,
    Participant,
    Proposal,
    Response,
    Proposition,
    Claim,
    Relation,
    Evidence,
    Attribution,
    Coding,
    Comparison,
    Code,
    Reference,
    Corroboration,
    Retired,
)

#: The record class of each table, by table name.
BY_TABLE: dict[str, type[Record]] = {record.table.name: record for record in RECORDS}

__all__ = [
    "BY_TABLE",
    "EDTF",
    "RECORDS",
    "RECORD_PREFIXES",
    "Actor",
    "Alias",
    "Attribution",
    "Claim",
    "Code",
    "Coding",
    "Comparison",
    "Corroboration",
    "Event",
    "Evidence",
    "Participant",
    "Proposal",
    "Proposition",
    "Record",
    "Reference",
    "Relation",
    "Response",
    "Retired",
    "Source",
    "TableFacts",
]
