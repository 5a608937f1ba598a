"""Parquet files. Numbers, days and times keep every digit that the file has."""

from __future__ import annotations

import base64
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from ..findings import cut
from ..package import Resource
from ..reading import open_regular
from .cells import as_text
from .source import Cell, Damaged, Native, Note, Reading, SourceRow, library

_ROWS = 4096

#: How many of each unit are a second.
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}

_FIRST_DAY = date(1970, 1, 1).toordinal()


def read(part: Resource, note: Note) -> Reading:
    """How to read a Parquet file."""
    del note
    words = f'the table "{part.name}" is in a Parquet file, which'
    pa = library("pyarrow", "parquet", words)
    library("pyarrow.parquet", "parquet", words)
    with open_regular(part.file) as stream:
        file = _opened(pa, stream)
        groups = [file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups)]
    before = [*accumulate(groups, initial=0)]

    def place(number: int, column: int | None, name: str) -> str | None:
        del column, name
        if number == 1:  # the names of the columns
            return None
        group = bisect_left(before, number - 1) - 1
        return f"row {number - 1 - before[group]} of row group {group + 1}"

    return Reading(_rows(pa, part), place, is_named=True)


def _opened(pa: Any, stream: Any) -> Any:
    from pyarrow import parquet

    try:
        return parquet.ParquetFile(pa.PythonFile(stream, mode="r"), pre_buffer=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(error) from error


def _rows(pa: Any, part: Resource) -> Iterator[SourceRow]:
    with open_regular(part.file) as stream:
        file = _opened(pa, stream)
        names = file.schema_arrow.names
        yield SourceRow(1, names)
        number = 1
        batches = file.iter_batches(batch_size=_ROWS, use_threads=False)
        while True:
            try:
                batch = next(batches, None)
                columns = [_texts(pa, column) for column in batch.columns] if batch else []
            except (pa.ArrowException, OSError, ValueError, OverflowError, RecursionError) as error:
                raise _damaged(error) from error
            if batch is None:
                return
            for place in range(batch.num_rows):
                number += 1
                yield SourceRow(number, [column[place] for column in columns])


def _damaged(error: Exception) -> Damaged:
    message = f"the file is not a Parquet file, or it is damaged ({cut(str(error), 100)})"
    return Damaged(message, hint="Write it again.")


def _texts(pa: Any, column: Any) -> list[Cell]:
    """The values of a column as texts."""
    form = column.type
    if pa.types.is_dictionary(form):
        column = column.dictionary_decode()
        form = column.type
    if _is_text(pa, form):
        return list(column.cast(pa.large_string()).to_pylist())
    kind, make = _maker(pa, form)
    if pa.types.is_float16(form):
        column = column.cast(pa.float32())
    if pa.types.is_floating(form):
        # Arrow writes the fewest digits that give the same number, also of a float of 32 bits.
        column = column.cast(pa.string())
    elif pa.types.is_temporal(form) and not pa.types.is_interval(form):
        bits = pa.int32() if form.bit_width == 32 else pa.int64()
        column = column.cast(bits)
    values = column.to_pylist()
    return [None if value is None else Native(make(value), kind) for value in values]


def _is_text(pa: Any, form: Any) -> bool:
    is_view = getattr(pa.types, "is_string_view", lambda _: False)
    return bool(pa.types.is_string(form) or pa.types.is_large_string(form) or is_view(form))


def _maker(pa: Any, form: Any) -> tuple[str, Callable[[Any], str]]:
    """The kind of the values of a type, and what writes them."""
    types = pa.types
    if types.is_boolean(form):
        return "boolean", lambda value: "true" if value else "false"
    if types.is_integer(form):
        return "number", str
    if types.is_decimal(form):
        return "number", lambda value: format(value, "f")
    if types.is_floating(form):
        return "number", _float
    if types.is_date32(form):
        return "date", _day
    if types.is_date64(form):
        return "date", lambda value: _day(value // 86_400_000)
    if types.is_timestamp(form):
        zone = "Z" if form.tz else ""
        return "datetime", lambda value: _moment(value, _PER_SECOND[form.unit]) + zone
    if types.is_time(form):
        return "time", lambda value: _time(value, form.unit)
    if types.is_duration(form):
        return "duration", lambda value: _duration(value, _PER_SECOND[form.unit])
    if types.is_nested(form):
        return "json", lambda value: as_text(_plain(value))
    return "text", lambda value: _plain(value) if isinstance(_plain(value), str) else str(value)


def _float(text: str) -> str:
    named = {"nan": "NaN", "-nan": "NaN", "inf": "INF", "-inf": "-INF"}
    return named.get(text, text)


def _day(days: int) -> str:
    try:
        return date.fromordinal(days + _FIRST_DAY).isoformat()
    except (ValueError, OverflowError):
        return f"day {days} after 1970-01-01"


def _moment(value: int, per_second: int) -> str:
    seconds, part = divmod(value, per_second)
    days, of_day = divmod(seconds, 86400)
    unit = next(unit for unit, many in _PER_SECOND.items() if many == per_second)
    return f"{_day(days)}T{_clock(of_day, part, unit)}"


def _time(value: int, unit: str) -> str:
    seconds, part = divmod(value, _PER_SECOND[unit])
    return _clock(seconds, part, unit)


def _clock(seconds: int, part: int, unit: str) -> str:
    """A time of day, with a fraction only if it has one."""
    minutes, second = divmod(seconds, 60)
    digits = len(str(_PER_SECOND[unit])) - 1
    fraction = f".{part:0{digits}}".rstrip("0") if part else ""
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}{fraction}"


def _duration(value: int, per_second: int) -> str:
    sign = "-" if value < 0 else ""
    seconds, part = divmod(abs(value), per_second)
    digits = len(str(per_second)) - 1
    fraction = f".{part:0{digits}}".rstrip("0") if part else ""
    return f"{sign}PT{seconds}{fraction}S"


def _plain(value: Any) -> Any:
    """A value inside a list or a struct, as JSON has it. Numbers keep their digits."""
    from decimal import Decimal

    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return Native(str(value), "number")
    if isinstance(value, Decimal):
        return Native(format(value, "f"), "number")
    if isinstance(value, float):
        is_number = value - value == 0
        return Native(repr(value), "number") if is_number else _float(repr(value))
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, tuple):  # a pair of a map
        return [_plain(part) for part in value]
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():.6f}".rstrip("0").rstrip(".") + "S"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
