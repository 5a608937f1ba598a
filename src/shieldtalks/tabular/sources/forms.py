"""The forms in which a table can be, and which of them the readers of CSV read as they are."""

from __future__ import annotations

from ..package import Resource
from ..package.kinds import INLINE

#: The module that reads each form (see `kinds.form_of`). A new source is one line here.
SOURCES = {
    INLINE: "inline",
    "json": "json",
    "jsonl": "jsonl",
    "xlsx": "xlsx",
    "parquet": "parquet",
}

#: The forms that can be read.
FORMS = frozenset({"csv", "tsv", *SOURCES})

#: How a file may be compressed.
COMPRESSIONS = frozenset({"", "gz", "zip"})

#: Properties of a resource that describe its own file, not a plain one or an exported one.
OF_THE_FILE = (
    *("path", "data", "format", "mediatype", "encoding", "dialect", "compression"),
    *("innerpath", "extrapaths", "hash", "bytes"),
)


def is_plain(resource: Resource) -> bool:
    """Whether the readers of CSV read the files of a table as they are."""
    return resource.form in ("csv", "tsv") and not any(part.compression for part in resource.parts)
