"""The words of a column that may be one of yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .tracking import Place

#: Pairs of words for true and false, in small letters.
PAIRS = (
    ("true", "false"),
    ("yes", "no"),
    ("ja", "nein"),
    ("oui", "non"),
    ("si", "no"),
    ("sí", "no"),
    ("sim", "não"),
    ("да", "нет"),
    ("tak", "nie"),
    ("ano", "ne"),
    ("wahr", "falsch"),
    ("vrai", "faux"),
    ("verdadero", "falso"),
    ("verdadeiro", "falso"),
    ("vero", "falso"),
    ("waar", "onwaar"),
    ("prawda", "fałsz"),
    ("истина", "ложь"),
    ("ja", "nej"),
    ("ja", "nee"),
    ("ja", "nei"),
    ("evet", "hayır"),
    ("igen", "nem"),
    ("kyllä", "ei"),
    ("так", "ні"),
    ("ναι", "όχι"),
    ("はい", "いいえ"),
    ("是", "否"),
    ("예", "아니오"),
    ("예", "아니요"),
    ("on", "off"),
    ("y", "n"),
    ("t", "f"),
    ("j", "n"),
)

#: Pairs of which one word alone is enough.
_CLEAR = frozenset(("true", "false", "wahr", "falsch", "vrai", "faux", "yes", "ja", "oui"))

#: The words that the standard takes for true and false if a field says nothing.
STANDARD = (("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0"))

#: More different texts than this are not words for yes and no.
_MOST = 8


@dataclass(slots=True)
class Words:
    """The different texts of a column, as long as they are few."""

    seen: dict[str, int] = field(default_factory=dict)

    @property
    def is_alive(self) -> bool:
        """Whether there are few enough different texts."""
        return len(self.seen) <= _MOST

    def add(self, value: str, place: Place) -> None:
        """Count a value."""
        if value not in self.seen:
            self.seen[value] = place(value)


def as_boolean(seen: Mapping[str, int]) -> tuple[list[str], list[str]] | None:
    """The words for true and for false; None if the texts are no such words."""
    folded = {value.casefold() for value in seen}
    for true, false in PAIRS:
        if folded <= {true, false} and (len(folded) == 2 or folded & _CLEAR):
            return (
                sorted(value for value in seen if value.casefold() == true),
                sorted(value for value in seen if value.casefold() == false),
            )
    return None


def in_standard_words(seen: Mapping[str, int]) -> bool:
    """Whether the texts are the standard's own words for true and false, with digits among the words."""
    true, false = (set(known) & seen.keys() for known in STANDARD)
    found = true | false
    return found == seen.keys() and bool(true and false) and not found <= {"0", "1"}
