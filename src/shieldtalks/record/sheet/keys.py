"""Which field of a table a key of the sheet fills in, and the converse."""

from __future__ import annotations

#: Keys whose field has not the same name, with or without `_id`.
_RENAMED = {
    ("events", "date"): "date_edtf",
    ("responses", "date"): "date_edtf",
    ("claims", "date"): "date_edtf",
    ("references", "date"): "date_edtf",
    ("sources", "published"): "published_edtf",
    ("proposals", "event"): "made_in_event_id",
    ("claims", "event"): "said_in_event_id",
}


def field_of(table: str, name: str, fields: set[str] | frozenset[str]) -> str | None:
    """The field of a table that a key of the sheet fills in; None if it fills in none."""
    renamed = _RENAMED.get((table, name))
    if renamed is not None:
        return renamed
    return next((one for one in (name, f"{name}_id") if one in fields), None)


def key_of(table: str, field: str) -> str:
    """The key of the sheet that fills in a field of a table: the converse of `field_of`."""
    keys = (key for (some, key), renamed in _RENAMED.items() if (some, renamed) == (table, field))
    stem = field.removesuffix("_earliest").removesuffix("_latest")
    if stem != field:
        return key_of(table, f"{stem}_edtf")
    return next(keys, field.removesuffix("_id").removesuffix("_edtf"))
