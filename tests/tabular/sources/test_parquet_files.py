"""Parquet files: every type of value, exactly."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from shieldtalks.tabular.tables.rows import rows
from shieldtalks.tabular.validation import validate_package
from tests.support.sources import package_of, parquet, schema_of

MOMENT = datetime(2024, 2, 29, 13, 45, 1, 500000)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (pa.array([2**63 - 1], pa.int64()), "9223372036854775807"),
        (pa.array([2**64 - 1], pa.uint64()), "18446744073709551615"),
        (pa.array([Decimal("1.50")], pa.decimal128(5, 2)), "1.50"),
        (pa.array([Decimal("0E-10")], pa.decimal128(20, 10)), "0.0000000000"),
        (pa.array([0.1], pa.float32()), "0.1"),
        (pa.array([0.1], pa.float64()), "0.1"),
        (pa.array([float("nan")], pa.float64()), "NaN"),
        (pa.array([float("-inf")], pa.float64()), "-INF"),
        (pa.array([False]), "false"),
        (pa.array([date(1, 1, 1)], pa.date32()), "0001-01-01"),
        (pa.array([date(2024, 2, 29)], pa.date64()), "2024-02-29"),
        (pa.array([4_000_000], pa.int32()).cast(pa.date32()), "day 4000000 after 1970-01-01"),
        (pa.array([MOMENT], pa.timestamp("us")), "2024-02-29T13:45:01.5"),
        (pa.array([MOMENT], pa.timestamp("ms", "Europe/Berlin")), "2024-02-29T13:45:01.5Z"),
        (pa.array([1], pa.timestamp("ns")), "1970-01-01T00:00:00.000000001"),
        (pa.array([time(7, 30)], pa.time32("s")), "07:30:00"),
        (pa.array([time(7, 30, 0, 1)], pa.time64("us")), "07:30:00.000001"),
        (pa.array([-1500], pa.duration("ms")), "-PT1.5S"),
        (pa.array([[1, None, 2]]), "[1, null, 2]"),
        (pa.array([{"a": Decimal("1.50"), "b": "é"}]), '{"a": 1.50, "b": "é"}'),
        (pa.array([b"\x00\xff"], pa.binary()), "AP8="),
        (pa.array(["x"]).dictionary_encode(), "x"),
        (pa.array([None], pa.null()), None),
    ],
)
def test_values(tmp_path: Path, values: Any, wanted: str | None) -> None:
    entry = {"path": "a.parquet", "schema": schema_of(a="any", b="any")}
    content = parquet({"a": values, "b": pa.array(["end"])})
    package = package_of(tmp_path, entry, files={"a.parquet": content})
    (row,) = rows(package.resources[0])
    assert row == {"a": wanted, "b": "end"}


def test_rows_of_several_row_groups(tmp_path: Path) -> None:
    content = parquet({"id": pa.array([1, 2, 3, 3]), "name": pa.array(["x"] * 4)}, row_group_size=3)
    package = package_of(tmp_path, {"path": "a.parquet"}, files={"a.parquet": content})
    (finding,) = validate_package(package).findings
    assert finding.place == "row 1 of row group 2"
    assert finding.message == '"3" is already used on row 3 of row group 1'
    assert finding.line is None


def test_a_file_with_far_too_much_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHIELDTALKS_UNPACK_MIB", "1")
    content = parquet({"id": pa.array([1] * 2000), "name": pa.array(["x" * 1000] * 2000)})
    package = package_of(tmp_path, {"path": "a.parquet"}, files={"a.parquet": content})
    (finding,) = validate_package(package).findings
    assert finding.rule == "unsupported"
    assert "as CSV, it is larger than 1 MiB" in finding.message
