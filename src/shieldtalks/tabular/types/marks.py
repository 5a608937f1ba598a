"""How a field writes its numbers: the decimal point, the mark between groups of digits, and signs around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..jsontext import JsonObject
from .numerals import WITHOUT_DIGITS
from .sql_words import literal, quoted

_FIRST, _LAST = re.compile("[0-9]"), re.compile("[0-9][^0-9]*$")
#: Characters that have a meaning of their own in a number.
_TAKEN = re.compile("[0-9+-]")


class Marks(NamedTuple):
    """The marks in the numbers of a field."""

    point: str = "."
    group: str = ""
    #: Whether nothing else may stand before and after a number, such as `€` or `%`.
    bare: bool = True

    @classmethod
    def of(cls, field: JsonObject, *, whole: bool) -> Marks:
        """The marks of a field; whole numbers have no decimal point."""
        point, group = field.get("decimalChar"), field.get("groupChar")
        return cls(
            point if isinstance(point, str) and not whole else ".",
            group if isinstance(group, str) else "",
            field.get("bareNumber") is not False,
        )

    def faults(self, *, whole: bool) -> Iterator[tuple[str, str]]:
        """What is wrong with the marks: the property, and a sentence about it."""
        if not self.point:
            yield "decimalChar", "the decimalChar is empty"
        for name, mark in (("decimalChar", self.point), ("groupChar", self.group)):
            if _TAKEN.search(mark):
                yield name, f'the {name} "{mark}" has a digit or a sign'
        if self.point == self.group and not whole:
            yield "groupChar", f'the decimalChar and the groupChar are both "{self.group}"'

    def pattern(self, *, whole: bool) -> str:
        """The form of a number with these marks."""
        group, point = quoted(self.group), quoted(self.point)
        digits = f"[0-9]+({group}[0-9]+)*" if group else "[0-9]+"
        if whole:
            return f"[+-]?{digits}"
        finite = f"[+-]?({digits}({point}[0-9]*)?|{point}[0-9]+)([eE][+-]?[0-9]+)?"
        return f"{finite}|{WITHOUT_DIGITS}"

    def plain(self, text: str) -> str:
        """A text of this form without the marks, as other systems write a number."""
        return (text.replace(self.group, "") if self.group else text).replace(self.point, ".")

    def plain_sql(self, column: str) -> str:
        """SQL for `plain`."""
        if self.group:
            column = f"replace({column}, {literal(self.group)}, '')"
        return f"replace({column}, {literal(self.point)}, '.')" if self.point != "." else column

    def core(self, text: str) -> str:
        """The number in a text, without what is around it; the text itself if it has no digit.

        What is around it has no digits. A sign may also be the first character of the text.
        """
        first, last = _FIRST.search(text), _LAST.search(text)
        if first is None or last is None:
            return text.strip()
        before, number = text[: first.start()], text[first.start() : last.start() + 1]
        rest = before.removesuffix(self.point)
        # A point after a letter belongs to a word, such as "Fr.".
        if rest != before and not rest[-1:].isalpha():
            before, number = rest, self.point + number
        if before[-1:] in ("+", "-") and before:
            return before[-1] + number
        return before[0] + number if before[:1] in ("+", "-") and before else number
