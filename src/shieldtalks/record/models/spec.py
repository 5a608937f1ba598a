"""The words in which a table is defined: a record class, its table facts and its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

#: One EDTF level 1 date: a year, month or day, with `?` (uncertain), `~` (approximate) or `%` (both).
EDTF_DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?[?~%]?"

#: An EDTF level 1 date or interval; `..` leaves one side of an interval open.
EDTF = rf"{EDTF_DATE}|{EDTF_DATE}/({EDTF_DATE}|\.\.)|\.\./{EDTF_DATE}"

#: The tables whose rows are sealed by evidence, with the prefix of their identifiers.
RECORD_PREFIXES = {
    "sources": "src",
    "actors": "act",
    "events": "evt",
    "proposals": "prp",
    "responses": "rsp",
    "propositions": "pos",
    "claims": "clm",
    "evidence": "evd",
    "codings": "cod",
    "references": "ref",
    "corroborations": "cor",
}


@dataclass(frozen=True, slots=True)
class TableFacts:
    """The facts of a table that no single field carries."""

    name: str
    title: str
    key: tuple[str, ...]
    #: Why the table may hold no row (read by the fill-rate test and the codebook).
    empty_because: str = ""
    #: Whether the key is the identifier of a row in another table, so that a row has none of its own.
    about_rows: bool = False

    @property
    def identifier(self) -> str | None:
        """The field with the identifier of a row. None if the rows have none of their own."""
        return self.key[0] if len(self.key) == 1 and not self.about_rows else None


class Record(BaseModel):
    """One row of one table: immutable, every field named, `None` where the value is missing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: ClassVar[TableFacts]

    def _repr_html_(self) -> str:
        """The fields that are filled, for a notebook."""
        from ...tabular.notebook import html_table

        filled = [(name, str(value)) for name, value in self if value is not None]
        return html_table(("field", "value"), filled, f"A row of {self.table.name}")


def _field(description: str, example: Any, **extra: Any) -> Any:
    constraints = {
        name: extra.pop(name)
        for name in ("pattern", "ge", "le", "min_length", "max_length")
        if extra.get(name) is not None
    }
    facts = {name: value for name, value in extra.items() if value}
    return Field(
        description=description, examples=[example], json_schema_extra=facts or None, **constraints
    )


def identifier(table: str, description: str, number: int = 1) -> Any:
    """The key of a table: opaque, never reused, e.g. `evt-0001`."""
    prefix = RECORD_PREFIXES[table]
    return _field(
        description, f"{prefix}-{number:04}", pattern=rf"{prefix}-[0-9]{{4}}", unique=True
    )


def reference(table: str, description: str, number: int = 1, **extra: Any) -> Any:
    """A foreign key to the identifier of `table` (a self-reference where it is the own table)."""
    prefix = RECORD_PREFIXES[table]
    return _field(
        description,
        f"{prefix}-{number:04}",
        pattern=rf"{prefix}-[0-9]{{4}}",
        references=table,
        **extra,
    )


def code(scheme: str, description: str, example: str, **extra: Any) -> Any:
    """A bare code of one vocabulary; its allowed values are the rows of `codes` with that scheme."""
    return _field(description, example, vocabulary=scheme, **extra)


def text(description: str, example: str, *, max_length: int = 1000, **extra: Any) -> Any:
    """Free text in the curator's own words, or a literal such as an address."""
    return _field(description, example, max_length=max_length, **extra)


def edtf(description: str, example: str, **extra: Any) -> Any:
    """A date or interval in EDTF level 1, the form that keeps what is uncertain or open."""
    return _field(description, example, pattern=EDTF, edtf=True, **extra)


def bound(description: str, example: str, **extra: Any) -> Any:
    """An ISO day derived from an EDTF value; empty where that side is open."""
    return _field(description, example, **extra)


def count(description: str, example: int, *, at_least: int = 0, at_most: int | None = None) -> Any:
    """A whole number."""
    return _field(description, example, ge=at_least, le=at_most)


def number(description: str, example: float, **extra: Any) -> Any:
    """A decimal number."""
    return _field(description, example, **extra)


def flag(description: str, example: bool, **extra: Any) -> Any:
    """A boolean: true or false."""
    return _field(description, example, **extra)
