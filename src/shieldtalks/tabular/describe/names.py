"""What the names of tables and columns hint at: their words, in the singular, whatever the style."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]+(?![a-zà-ÿ])|[A-ZÀ-ß]?[a-zà-ÿ]+|[A-Z]+|[0-9]+|[^\W\d_a-zA-Zà-ÿÀ-ß]+")


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


#: Words that say "this is an identifier", not of what.
KEY_WORDS = word_set(
    "id ids key code nr no num number nummer ref fk pk sk uuid guid uid identifier ident "
    "kennung symbol abbreviation abbr iso cd codigo código kod kode numero número numéro "
    "schluessel schlüssel clave clé код номер"
)

#: Words of a table's name that do not say what it is about.
_TABLE_WORDS = word_set("tbl table dim fact data list csv tab ref all the")

#: Words of a column that refers to a row of its own table.
SELF_WORDS = word_set(
    "parent previous prev next root superior manager supervisor boss predecessor "
    "successor replaces replaced reports original duplicate reply follows preceding "
    "upstream downstream above vorgesetzter eltern leader mentor spouse mother father "
    "master broader narrower precedes"
)

YEAR_WORDS = word_set("year years yr jahr annee année anno ano año rok год")
DATE_WORDS = word_set("date datum day tag fecha data dt dato jour дата")

TIME_WORDS = word_set(
    "time timestamp ts epoch unix created updated modified changed at zeit zeitstempel zeitpunkt heure hora"
)

#: Words of codes made of digits, which are no numbers.
DIGIT_WORDS = word_set(
    "zip zipcode postal postcode plz postleitzahl phone telephone tel telefon fax mobile "
    "isbn issn ean gtin upc iban barcode ssn fips ags"
)

#: Words of numbers in which a zero at the end counts.
VERSION_WORDS = word_set("version versions release section chapter kapitel")

#: Words of a column with a place on the map.
PLACE_WORDS = word_set(
    "lon lng long longitude lat latitude coordinate coordinates coord coords geo geopoint point "
    "location position place gps xy koordinaten"
)

#: Words of columns whose values come from the open world: a new row often brings a new one.
OPEN_WORDS = word_set(
    "name names title label city town village place country nation location region county "
    "district street address author publisher person owner surname lastname firstname "
    "vorname nachname ort stadt land ortsteil description text comment comments note "
    "notes remark remarks keyword species brand manufacturer maker company customer "
    "supplier employer artist model river fluss school university tags editor observer "
    "recorder by version url uri link path file filename language born birthplace"
)


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters: `customerID` and `customer_id` have the same."""
    return tuple(word.lower() for word in _WORDS.findall(name))


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """A word in the singular, by the rules of English; an unknown one stays."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def core(name: str) -> tuple[str, ...]:
    """The words of a column that say of what it is: without those that say that it identifies."""
    return tuple(singular(word) for word in words(name) if word not in KEY_WORDS)


def subject(table: str) -> tuple[str, ...]:
    """The words of a table that say what its rows are, in the singular."""
    every = [singular(word) for word in words(table) if not word.isdigit()]
    return tuple(word for word in every if word not in _TABLE_WORDS) or tuple(every)


def has(name: str, wanted: frozenset[str]) -> bool:
    """Whether a name has one of some words."""
    return not wanted.isdisjoint(words(name))


def is_key_name(name: str) -> bool:
    """Whether a name ends, or begins, as names of identifiers do."""
    found = words(name)
    return bool(found) and (found[-1] in KEY_WORDS or found[0] in ("id", "code"))


def is_question(name: str) -> bool:
    """Whether a name asks for yes or no, such as `is_open` or `hasCranes`."""
    found = words(name)
    return len(found) > 1 and (
        found[0] in ("is", "has", "was", "ist", "hat") or found[-1] == "flag"
    )


def alike(first: str, second: str) -> bool:
    """Whether two words are the same but for an ending, as a plural of another language has."""
    if first == second:
        return True
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter) and len(longer) - len(shorter) <= 2


def all_in(wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether all words occur among others, in any order and form."""
    return bool(wanted) and all(any(alike(word, one) for one in found) for word in wanted)


def is_short_for(short: str, long: str) -> bool:
    """Whether a word abbreviates another: `cust` or `cstmr` for `customer`."""
    if not 2 < len(short) < len(long) or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(char in rest for char in short)
