"""The sections of the page, in order. Each is a module, or a folder with what it alone needs."""

from __future__ import annotations

from collections.abc import Callable

from ..section import Inputs, Section
from . import ask, check, claims, download, events, exchange, ledger, positions, readings, records

#: What makes each section. A section that the job cannot have is None.
SECTIONS: tuple[Callable[[Inputs], Section | None], ...] = (
    exchange.section,
    ledger.section,
    positions.section,
    claims.section,
    events.section,
    records.section,
    ask.section,
    readings.section,
    check.section,
    download.section,
)
