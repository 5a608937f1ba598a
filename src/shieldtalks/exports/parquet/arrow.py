"""Tables as Arrow batches, each field with its type.

There are two readers, which give the same values: Arrow's own for plain CSV files, and one that
works row by row for everything else.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from ...tabular.findings import CannotRun
from ...tabular.jsontext import MOST_DIGITS, JsonObject, LongNumber, exact_float
from ...tabular.package.schema import codes, required_fields
from ...tabular.reading import open_regular
from ...tabular.sources.plain import as_csv
from ...tabular.types import type_of
from ..job import Row, Table, long_numbers

#: Rows per batch of the reader that works row by row.
_ROWS = 8192
#: Bytes of a CSV file that Arrow reads at a time; files with longer rows need the other reader.
_BLOCK = 2 << 20

#: The first day in Python, as in most other systems.
_FIRST_DAY = pa.scalar(date.min, pa.date32())


class NotPlain(Exception):
    """A file that Arrow's own reader cannot read, or would read as other values."""


def schema(table: Table, metadata: dict[str, str]) -> pa.Schema:
    """The Arrow schema of a table: types, nullability and descriptions."""
    required = required_fields(table.schema)
    fields = [
        pa.field(field["name"], _type(field), field["name"] not in required, _words(field))
        for field in table.fields
    ]
    return pa.schema(fields, metadata)


def plain_batches(
    table: Table, form: pa.Schema, rounded: set[str] | None = None
) -> Iterator[pa.RecordBatch]:
    """The table, read by Arrow. Raises NotPlain, perhaps after some batches, if Arrow cannot.

    A field with a number that has more digits than a double is added to `rounded`.
    """
    found = rounded if rounded is not None else set()
    if table.resource is None or table.resource.more:
        raise NotPlain
    if not all(type_of(field).is_plain for field in table.fields):
        raise NotPlain
    resource = as_csv(table.resource)
    missing = resource.missing
    if codecs.lookup(resource.encoding).name != "utf-8" or any(
        words != missing[0] for words in missing
    ):
        raise NotPlain
    reading = csv.ReadOptions(
        use_threads=False, block_size=_BLOCK, column_names=form.names, skip_rows_after_names=1
    )
    parsing = csv.ParseOptions(
        delimiter=resource.dialect.delimiter,
        newlines_in_values=True,
        ignore_empty_lines=False,
    )
    converting = csv.ConvertOptions(
        column_types=dict.fromkeys(form.names, pa.string()),
        null_values=missing[0],
        strings_can_be_null=True,
    )
    try:
        # Not by its path, because pyarrow cannot encode a name that is not UTF-8.
        with (
            open_regular(resource.file) as stream,
            pa.PythonFile(stream, mode="r") as file,
            csv.open_csv(file, reading, parsing, converting) as reader,
        ):
            for batch in reader:
                found |= {
                    goal.name
                    for goal, text in zip(form, batch, strict=True)
                    if goal.name not in found and _loses_digits(goal, text)
                }
                yield pa.record_batch(
                    [_cast(*each) for each in zip(table.fields, form, batch, strict=True)],
                    schema=form,
                )
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise NotPlain from error


def row_batches(
    table: Table, form: pa.Schema, rounded: set[str] | None = None
) -> Iterator[pa.RecordBatch]:
    """The table, read row by row. Raises CannotRun if a value is not of its field's type.

    A field with a number that has more digits than a double is added to `rounded`.
    """
    found = rounded if rounded is not None else set()
    rows = table.rows()
    before = 0
    lists = [goal.name for goal in form if goal.type == pa.list_(pa.float64())]
    while part := list(islice(rows, _ROWS)):
        found |= {name for row in part for name in long_numbers(row)}
        found |= {name for name in lists for row in part if _has_long_item(row[name])}
        try:
            yield _typed(table, form, part)
        except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError, OverflowError) as error:
            raise _misfit(table, form, part, before) from error
        before += len(part)


def _type(field: JsonObject) -> pa.DataType:
    if codes(field):
        is_ordered = field.get("categoriesOrdered") is True
        return pa.dictionary(pa.int32(), pa.string(), ordered=is_ordered)
    made: pa.DataType = type_of(field).arrow_type(pa)
    return made


def _words(field: JsonObject) -> dict[str, str]:
    """The title and the description of a field."""
    return {name: str(field[name]) for name in ("title", "description") if field.get(name)}


def _cast(field: JsonObject, goal: pa.Field, text: pa.Array) -> pa.Array:
    """A column of text, cast to its type. Raises ArrowInvalid if a value is not of the type."""
    if text.null_count and not goal.nullable:
        raise pa.ArrowInvalid(f"{goal.name} lacks a value")
    if codes(field):
        return _encoded(codes(field), text, goal)
    type_ = type_of(field)
    if goal.type == text.type:
        return text
    # Arrow reads more than the standard allows, such as hexadecimal numbers and the year 0.
    form = f"^({type_.forms['default'].pattern})$"
    if (
        not type_.arrow_is_strict
        and not pc.all(pc.match_substring_regex(text, form), min_count=0).as_py()
    ):
        raise pa.ArrowInvalid(f"{goal.name} has other forms")
    column = text.cast(goal.type)
    if goal.type == pa.date32() and pc.any(pc.less(column, _FIRST_DAY)).as_py():
        raise pa.ArrowInvalid(f"{goal.name} has other days")
    return column


def _loses_digits(goal: pa.Field, text: pa.Array) -> bool:
    """Whether a text of a column of doubles has digits that its double does not have."""
    if goal.type != pa.float64():
        return False
    long = text.filter(pc.greater(pc.utf8_length(text), MOST_DIGITS))
    for number in long.drop_null().to_pylist():
        with suppress(ValueError):
            if isinstance(exact_float(number), LongNumber):
                return True
    return False


def _has_long_item(value: Any) -> bool:
    return isinstance(value, list) and any(type(item) is LongNumber for item in value)


def _typed(table: Table, form: pa.Schema, part: list[Row]) -> pa.RecordBatch:
    columns = [
        _column(field, goal, [row[goal.name] for row in part])
        for field, goal in zip(table.fields, form, strict=True)
    ]
    return pa.record_batch(columns, schema=form)


def _column(field: JsonObject, goal: pa.Field, values: list[Any]) -> pa.Array:
    """A column of typed values. Raises what Arrow raises if a value is not of the type."""
    if None in values and not goal.nullable:
        raise ValueError(f"{goal.name} lacks a value")
    if codes(field):
        return _encoded(codes(field), pa.array(values, pa.string()), goal)
    return pa.array(type_of(field).column_values(values), goal.type)


def _encoded(known: list[str], text: pa.Array, goal: pa.Field) -> pa.Array:
    """A column of codes as indexes into the whole list of codes."""
    listed = pa.array(known, pa.string())
    numbers = pc.index_in(text, listed)
    if numbers.null_count != text.null_count:
        raise pa.ArrowInvalid("a value is none of the codes")
    return pa.DictionaryArray.from_arrays(numbers, listed, ordered=goal.type.ordered)


def _misfit(table: Table, form: pa.Schema, part: list[Row], before: int) -> CannotRun:
    """The error for the first value in these rows that is not of its field's type."""
    for number, row in enumerate(part, start=before + 1):
        for field, goal in zip(table.fields, form, strict=True):
            value = row[goal.name]
            try:
                _column(field, goal, [value])
            except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError, OverflowError):
                return CannotRun(
                    f"{table.name}, row {number}, {goal.name}: {_wrong(field, goal, value)}",
                    "A Parquet column has one type: fix the value, or export csv or json.",
                )
    return CannotRun(f"{table.name} does not fit its schema")


def _wrong(field: JsonObject, goal: pa.Field, value: Any) -> str:
    if value is None:
        return "there is no value"
    return (
        f'"{value}" is none of the codes' if codes(field) else f'"{value}" does not fit {goal.type}'
    )
