"""A guess about bare files: what it says, on what evidence, and how certain it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..findings import counted, cut
from ..jsontext import dumps


class Certainty(StrEnum):
    """How certain a guess is. Only what is certain or likely is in the descriptor."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNCERTAIN = "uncertain"


CERTAIN, LIKELY, UNCERTAIN = Certainty.CERTAIN, Certainty.LIKELY, Certainty.UNCERTAIN


@dataclass(frozen=True, slots=True)
class Guess:
    """One guess about a file, a table or a field. An uncertain one is left out of the descriptor."""

    #: What the guess is about, such as `type`, `primaryKey`, `foreignKeys` or `encoding`.
    about: str
    #: The value in the descriptor; None if nothing was written.
    value: Any
    #: Why, in one sentence without a full stop.
    evidence: str
    certainty: Certainty = CERTAIN
    table: str = ""
    field: str = ""


@dataclass(slots=True)
class Guesses:
    """The guesses about one table, in the order in which they were made."""

    table: str
    all: list[Guess] = field(default_factory=list)

    def add(
        self,
        about: str,
        value: Any,
        evidence: str,
        certainty: Certainty = CERTAIN,
        field: str = "",
    ) -> None:
        """Add a guess about the table, or about a field of it."""
        self.all.append(Guess(about, value, evidence, certainty, self.table, field))

    def of(self, field: str) -> Iterator[Guess]:
        """The guesses about a field; "" means those about the table."""
        return (guess for guess in self.all if guess.field == field)


def number(count: int) -> str:
    """A count as people read it: 1,453."""
    return f"{count:,}"


def many(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun, as people read it: 1,453 rows."""
    words = counted(count, noun, plural)
    return f"{number(count)}{words[len(str(count)) :]}"


def quoted(text: str) -> str:
    """A value of a file, in quotes and on one line."""
    return dumps(cut(text, 40))


def few(texts: list[str], most: int = 3) -> str:
    """The first of some values, in quotes."""
    shown = ", ".join(quoted(text) for text in texts[:most])
    return f"{shown}, ..." if len(texts) > most else shown
