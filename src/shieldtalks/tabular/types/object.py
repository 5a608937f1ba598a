"""The type `object`: an object of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .base import Form
from .json_typed import JsonTyped


class Object(JsonTyped):
    """Objects of JSON; a row has them as dictionaries."""

    name = "object"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form("", "a JSON object")}
    python = dict
    holds = dict
    json = "object"

    @property
    def size_words(self) -> tuple[str, str]:
        """Keys are counted."""
        return "key", "keys"


TYPE = Object
