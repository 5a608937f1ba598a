"""What the types of days and times have in common: the format `any`, and patterns of `strptime`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..package.schema import kind
from .base import FieldType, Form, Judge
from .strptime import Written, compiled


class Temporal(FieldType):
    """A type of days or times. A row has each as text in the default form, whatever the format is."""

    is_ordered = True

    @property
    def form(self) -> Form:
        """The form of the format: any text, of which `judge` knows more, unless it is the default."""
        form = kind(self.field)[1]
        usual = self.forms["default"]
        if form == "default":
            return usual
        if form == "any":
            return Form("", usual.words)
        try:
            compiled(form)
        except ValueError as error:
            raise KeyError(form) from error
        return Form("", f"{usual.words} of the form {form}")

    @property
    def free(self) -> Callable[[str], Written | None]:
        """What reads a text in the format `any`."""
        raise NotImplementedError

    def joined(self, written: Written) -> str:
        """The default form of what a text says."""
        raise NotImplementedError

    def plain_key(self, text: str) -> str | None:
        """The key of a text in the default form, as `equals_as` has it in SQL."""
        raise NotImplementedError

    def plain_text(self, text: str) -> str | None:
        """The default form of a text; None if it does not have the field's format."""
        form = kind(self.field)[1]
        if form == "default":
            return text
        written = self.free(text) if form == "any" else compiled(form).read(text)
        return None if written is None else self.joined(written)

    @property
    def judge(self) -> Judge | None:
        """What reads a text that is not in the default form."""
        return None if kind(self.field)[1] == "default" else self._judged

    def _judged(self, text: str) -> str | None:
        plain = self.plain_text(text)
        return None if plain is None else self.plain_key(plain)

    def stated_text(self, stated: Any) -> str:
        """A value that a schema states, in the default form: it may have the field's format instead."""
        plain = self.plain_text(str(stated))
        return str(stated) if plain is None else plain

    def accepts(self, stated: Any) -> bool:
        """Whether a value has the field's format or the default form."""
        return isinstance(stated, str) and self.plain_key(self.stated_text(stated)) is not None

    def compared_value(self, stated: Any) -> str:
        """The key of the value."""
        text = self.stated_text(stated)
        return self.plain_key(text) or text

    @property
    def reader(self) -> Callable[[str], Any] | None:
        """What writes a text in the default form; None if it has that form already."""
        return None if self.judge is None else self._read

    def _read(self, text: str) -> str:
        plain = self.plain_text(text)
        if plain is None:
            raise ValueError(text)
        return plain
