"""The sections of the page, in order. Each is a module, or a folder with what it alone needs."""

from __future__ import annotations

from collections.abc import Callable

from ..section import Inputs, Section
from . import check, claims, download, events, exchange, ledger, positions, readings, records

#: What makes each section.
SECTIONS: tuple[Callable[[Inputs], Section], ...] = (
    exchange.section,
    ledger.section,
    positions.section,
    claims.section,
    events.section,
    records.section,
    readings.section,
    check.section,
    download.section,
)
