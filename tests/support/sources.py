"""Small packages whose tables are in JSON, workbooks, Parquet or compressed files."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from shieldtalks.tabular.package import Package, read

#: The schema of most of these tables.
RIVERS: dict[str, Any] = {
    "fields": [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}],
    "primaryKey": "id",
}


def package_of(
    folder: Path, *entries: Mapping[str, Any], files: Mapping[str, bytes | str] | None = None
) -> Package:
    """A package of these resources, called `rivers` unless they have a name, and of these files."""
    for name, content in (files or {}).items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    resources = [{"name": "rivers", "schema": RIVERS} | dict(entry) for entry in entries]
    text = json.dumps({"name": "sources", "resources": resources}, indent=1, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return read(folder)


def schema_of(**types: str) -> dict[str, Any]:
    """A schema with these fields."""
    return {"fields": [{"name": name, "type": type_} for name, type_ in types.items()]}


def workbook(rows: Sequence[Sequence[Any]], forms: Mapping[str, str] | None = None) -> bytes:
    """A workbook with one sheet of these rows, and with the number formats of some cells."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Rivers"
    for row in rows:
        sheet.append(list(row))
    for cell, form in (forms or {}).items():
        sheet[cell].number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(columns: Mapping[str, Any], **options: Any) -> bytes:
    """A Parquet file with these columns."""
    import pyarrow as pa
    from pyarrow import parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), out, **options)
    return out.getvalue()
