"""The common form of identifiers: which characters stay the same, and where digits and letters are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import alike
from .alike import CLASSES, Part

_PARTS = re.compile(r"[0-9]+|[A-Z]+|[a-z]+|[-_.:/#]")
_HEX = re.compile("[0-9a-f]+|[0-9A-F]+")

#: The longest identifier.
_LONGEST = 80

#: So many hexadecimal numbers may have their letters in the same places by chance.
_FEW = 3

#: Digits that are the same in so many values are part of the form.
_MANY = 50


@dataclass(slots=True)
class Template:
    """The form that all values of a column share, as long as they share one."""

    parts: list[Part] | None = None
    count: int = 0
    is_alive: bool = True
    #: The length of the values, if all are hexadecimal numbers of one length; 0 before the first.
    hex_length: int = 0
    is_hex: bool = True
    _has_letters: bool = False
    _has_digits: bool = False
    _cases: set[str] = field(default_factory=set)
    #: What finds values that change nothing of the form; None if the form changed.
    _known: list[alike.Finder] | None = None

    def add_all(self, values: list[str]) -> None:
        """Take in values. If all have the form that is known so far, this is fast."""
        if self.count and self._all_known(values):
            self.count += len(values)
            return
        for value in values:
            if self.count and self._all_known([value]):
                self.count += 1
                continue
            self.add(value)
            if not self.is_alive:
                return

    def _all_known(self, values: list[str]) -> bool:
        """Whether no value changes what is known of the form."""
        joined = "\n".join(values)
        if joined.count("\n") != len(values) - 1:
            return False
        if self._known is None:
            hexes = self._hex_finder() if self.is_hex else None
            if self.is_hex and hexes is None:
                return False
            self._known = [hexes] if hexes else []
            if self.parts is not None:
                self._known.append(alike.finder(self.parts))
        return all(finds(joined, len(values)) for finds in self._known)

    def _hex_finder(self) -> alike.Finder | None:
        """What finds hexadecimal numbers that change nothing; None if nearly every one may."""
        if not self._has_digits or not self.hex_length:
            return None
        if not self._has_letters:
            return alike.hex_finder("", self.hex_length)
        return alike.hex_finder("".join(sorted(self._cases)), self.hex_length)

    def add(self, value: str) -> None:
        """Take in a value."""
        self._known = None
        self.count += 1
        if self.is_hex:
            self._add_hex(value)
        if self.parts is None and self.count > 1:
            self.is_alive = self.is_hex
            return
        found = parts_of(value)
        if found is None:
            self.parts = None
        elif self.count == 1:
            self.parts = found
        elif self.parts is not None and not self._merge(found):
            self.parts = None
        self.is_alive = self.parts is not None or self.is_hex

    def _merge(self, found: list[Part]) -> bool:
        own = self.parts or []
        return len(own) == len(found) and all(
            mine.merge(other) for mine, other in zip(own, found, strict=True)
        )

    def _add_hex(self, value: str) -> None:
        self.hex_length = self.hex_length or len(value)
        if len(value) != self.hex_length or len(value) < 6 or _HEX.fullmatch(value) is None:
            self.is_hex = False
            return
        self._has_digits = self._has_digits or any(char.isdigit() for char in value)
        if any(char.isalpha() for char in value):
            self._has_letters = True
            self._cases.add("A-F" if value.upper() == value else "a-f")

    @property
    def hex_pattern(self) -> str:
        """The pattern of hexadecimal numbers of one length; "" if they are none, or have a clearer form."""
        return "" if self.parts and self.count > _FEW else self._hex

    @property
    def _hex(self) -> str:
        is_number = self.is_hex and self._has_digits and self._has_letters and len(self._cases) == 1
        return f"[0-9{next(iter(self._cases))}]{{{self.hex_length}}}" if is_number else ""

    @property
    def signature(self) -> str:
        """A text that is equal for equal forms; "" if the values share none."""
        if self.hex_pattern:
            return self.hex_pattern
        if not self.parts:
            return ""
        return "".join(part.text or f"<{part.kind}>" for part in self.parts)

    @property
    def is_code(self) -> bool:
        """Whether the form is more than that of a word: it has digits or marks, or one length."""
        parts = self.parts or []
        has_marks = any(part.kind in ("d", "mark") for part in parts)
        one_length = bool(parts) and all(part.shortest == part.longest for part in parts)
        return bool(self.hex_pattern) or has_marks or (self.count > 1 and one_length)

    @property
    def is_specific(self) -> bool:
        """Whether a value of this form is hardly one of another table by chance.

        It has letters that are the same in all values, and digits or letters that differ.
        """
        if self.hex_pattern:
            return self.hex_length >= 8
        parts = self.parts or []
        fixed = any(part.kind in "Ul" and part.text for part in parts)
        return self.count > 1 and fixed and any(not part.text for part in parts)

    @property
    def pattern(self) -> str:
        """A regular expression for the whole of each value; "" if the values share no form."""
        if self.hex_pattern:
            return self.hex_pattern
        return "".join(map(self._part, self.parts or []))

    def _part(self, part: Part) -> str:
        if part.text and (part.kind != "d" or self.count >= _MANY):
            return re.sub(r"([.])", r"\\\1", part.text)
        chars = CLASSES[part.kind]
        is_fixed = part.shortest == part.longest and (part.is_padded or self.count >= 20)
        if part.kind != "d" and part.shortest == part.longest:
            is_fixed = True
        if not is_fixed:
            return f"{chars}+"
        return chars if part.longest == 1 else f"{chars}{{{part.longest}}}"


def parts_of(value: str) -> list[Part] | None:
    """The runs of an identifier; None if a text has other characters than identifiers have."""
    if len(value) > _LONGEST:
        return None
    parts, at = [], 0
    for found in _PARTS.finditer(value):
        if found.start() != at:
            return None
        text = found[0]
        kind = "d" if text[0].isdigit() else "U" if "A" <= text[0] <= "Z" else "l"
        if not text[0].isalnum():
            kind = "mark"
        parts.append(Part(kind, text, len(text), len(text), kind == "d" and text[0] == "0"))
        at = found.end()
    return parts if parts and at == len(value) else None
