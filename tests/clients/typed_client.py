"""A program of somebody who uses the package with a type checker; it is checked, and run."""

from __future__ import annotations

from datetime import date
from typing import assert_type

import pandas
import polars

import shieldtalks
from shieldtalks.record.ledger.entries import Entry
from shieldtalks.record.models import Claim, Evidence, Record, Response


def main() -> None:
    dataset = shieldtalks.load()
    assert_type(dataset, shieldtalks.Dataset)
    assert_type(dataset.version, str | None)
    assert_type(dataset.claims, tuple[Claim, ...])
    assert_type(dataset.claims[0].text, str)
    assert_type(dataset.claims[0].date_earliest, date | None)
    assert_type(dataset["prp-0003"], Record)
    assert_type(dataset.responses_to("prp-0003"), tuple[Response, ...])
    assert_type(dataset.evidence_for("clm-0007"), tuple[Evidence, ...])
    assert_type(dataset.evidence[0].start, int)
    assert_type(dataset.ledger(as_of="2008-12-01"), tuple[Entry, ...])
    assert_type(dataset.ledger(date(2008, 12, 1))[0].state, str)
    assert_type(dataset.cite("prp-0003").text, str)
    assert_type([table.rows for table in dataset.tables], list[int])
    assert_type(dataset.frame("claims", labels=True, backend="pandas"), pandas.DataFrame)
    assert_type(dataset.frame("ledger", backend="polars"), polars.DataFrame)
    print(dataset.frame("claims", labels=True).head())


if __name__ == "__main__":
    main()
