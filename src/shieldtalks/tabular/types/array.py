"""The type `array`: an array of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .base import Form
from .json_typed import JsonTyped


class Array(JsonTyped):
    """Arrays of JSON; a row has them as lists."""

    name = "array"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form("", "a JSON array")}
    python = list
    holds = list
    json = "array"

    @property
    def size_words(self) -> tuple[str, str]:
        """Items are counted."""
        return "item", "items"


TYPE = Array
