"""The type `any`: texts of which the schema says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .base import FieldType, Form


class AnyText(FieldType):
    """Texts without an order."""

    name = "any"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form("", "a value")}
    allows_blanks = True
    comparable_with = frozenset({"string"})


TYPE = AnyText
