"""Digits of numbers and fractions of seconds, read back by programs that are not ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.exports.test_digits import HELD, LONG, MOMENTS, WHOLE, made
from tests.support import MakePackage, Run

pytestmark = pytest.mark.client

Read = Callable[[Path], list[Any]]


def by_openpyxl(file: Path) -> list[Any]:
    from openpyxl import load_workbook

    rows = load_workbook(file)["things"].iter_rows(min_row=2, values_only=True)
    return [value for (value,) in rows]


def by_duckdb(file: Path) -> list[Any]:
    import duckdb

    return [value for (value,) in duckdb.sql(f"SELECT x FROM read_parquet('{file}')").fetchall()]


@pytest.mark.parametrize(
    ("form", "read", "type_", "cells", "stored", "said"),
    [
        ("xlsx", by_openpyxl, "number", HELD, [float(cell) for cell in HELD], ""),
        ("xlsx", by_openpyxl, "number", LONG, LONG, "digits than Excel keeps are text: things.x"),
        ("xlsx", by_openpyxl, "integer", WHOLE[:2], [0, 999999999999999], ""),
        ("xlsx", by_openpyxl, "integer", WHOLE[2:], WHOLE[2:], "are text: things.x"),
        ("xlsx", by_openpyxl, "datetime", MOMENTS, MOMENTS, ""),
        ("parquet", by_duckdb, "number", HELD, [float(cell) for cell in HELD], ""),
        (
            "parquet",
            by_duckdb,
            "number",
            LONG,
            [float(cell) for cell in LONG],
            "are rounded: things.x",
        ),
        ("parquet", by_duckdb, "integer", WHOLE, [int(cell) for cell in WHOLE], ""),
        ("parquet", by_duckdb, "datetime", MOMENTS, MOMENTS, ""),
    ],
)
def test_no_digit_is_lost_in_silence(
    form: str,
    read: Read,
    type_: str,
    cells: list[str],
    stored: list[Any],
    said: str,
    make_package: MakePackage,
    tmp_path: Path,
    run: Run,
) -> None:
    target = tmp_path / f"out.{form}"
    result = run("export", form, made(make_package, type_, cells), "-o", target, code=0)
    assert read(target) == stored
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == (3 if said else 2)
