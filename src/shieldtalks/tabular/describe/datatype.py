"""The type of a column, decided from what was seen of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..jsontext import JsonObject
from . import names
from .days import as_moment
from .figures import as_number
from .guess import CERTAIN, LIKELY, UNCERTAIN, Guesses, few, many, number, quoted
from .missing import in_order
from .moments import DATE
from .seen import Seen
from .styles import style
from .words import STANDARD, as_boolean, in_standard_words


@dataclass(slots=True)
class Draft:
    """A field of the descriptor in the making."""

    seen: Seen
    type: str = "string"
    format: str = ""
    #: Further words of the field, such as `decimalChar`.
    words: JsonObject = field(default_factory=dict)
    #: The texts that mean "no value", other than the empty text.
    missing: list[str] = field(default_factory=list)
    constraints: JsonObject = field(default_factory=dict)
    #: Whether the type is open: empty columns, and formats that can be read in two ways.
    is_open: bool = False

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.seen.name

    @property
    def is_filled(self) -> bool:
        """Whether every row has a value."""
        seen = self.seen
        lost = sum(seen.marks[text] for text in ["", *self.missing])
        return seen.rows > 0 and not lost and not any(seen.sentinels[text] for text in self.missing)

    @property
    def field(self) -> JsonObject:
        """The field as the descriptor has it."""
        found: JsonObject = {"name": self.name, "type": self.type}
        if self.format:
            found["format"] = self.format
        found |= self.words
        if self.missing:
            found["missingValues"] = in_order(self.missing)
        if self.constraints:
            found["constraints"] = self.constraints
        return found


@dataclass(frozen=True, slots=True)
class Context:
    """What other columns of the same file say about a column."""

    #: The decimal character of the columns that are certain; "" if none is, or they differ.
    decimal: str = ""
    #: Whether days come before months in the columns that are certain; None if none is.
    day_first: bool | None = None
    delimiter: str = ","
    #: Whether the file itself types numbers, as JSON does, so that digits in texts are meant as texts.
    types_numbers: bool = False


def decide(seen: Seen, guesses: Guesses, context: Context) -> Draft:
    """The type of a column, with its format and its missing values."""
    draft = Draft(seen)
    say = _Sayer(draft, guesses)
    if not seen.filled:
        _empty(draft, say)
        return draft
    for attempt in (_edtf_by_name, _boolean, _number, as_moment, _text_form):
        if attempt(draft, say, context):
            break
    else:
        _plain_text(draft, say)
    if (draft.type != "string" or draft.format) and not draft.is_open:
        _missing(draft, say)
    if draft.type == "string" and seen.natives:
        kinds = ", ".join(sorted(seen.natives))
        what = f"some values are no texts in the file ({kinds}), and no other type has all values"
        say.type("any", what, LIKELY)
    return draft


class _Sayer:
    """Adds guesses about one field."""

    def __init__(self, draft: Draft, guesses: Guesses) -> None:
        self.draft, self.guesses = draft, guesses

    def type(self, name: str, evidence: str, certainty: Any = CERTAIN, **words: Any) -> bool:
        """Set the type, and say why."""
        draft = self.draft
        draft.type, draft.format = name, words.pop("format", "")
        draft.words = words
        value: Any = {"type": name} | ({"format": draft.format} if draft.format else {}) | words
        self.guesses.add("type", value if len(value) > 1 else name, evidence, certainty, draft.name)
        return True

    def forget(self, about: str) -> None:
        """Take back what was said."""
        name, guesses = self.draft.name, self.guesses
        guesses.all = [one for one in guesses.all if (one.field, one.about) != (name, about)]

    def note(self, about: str, evidence: str) -> None:
        """Say what is left out because it is uncertain."""
        self.guesses.add(about, None, evidence, UNCERTAIN, self.draft.name)

    def all(self, what: str) -> str:
        """The evidence that all values are of a form."""
        count = number(self.draft.seen.filled)
        return f"{count} of {count} values {what}"


def _empty(draft: Draft, say: _Sayer) -> None:
    draft.type, draft.is_open = "any", True
    marks = [text for text in draft.seen.marks if text]
    if marks:
        say.note("type", f"the column has no values, only {few(sorted(marks))}")
    elif draft.seen.rows:
        say.note("type", f"the column is empty in all {many(draft.seen.rows, 'row')}")
    else:
        say.note("type", "the table has no rows")


def _edtf_by_name(draft: Draft, say: _Sayer, context: Context) -> bool:
    del context
    if "edtf" not in names.words(draft.name) or not draft.seen.texts.all_are("edtf"):
        return False
    return say.type("string", "the values are dates in EDTF, which has no type; its name says so")


def _boolean(draft: Draft, say: _Sayer, context: Context) -> bool:
    del context
    seen = draft.seen
    pair = as_boolean(seen.words.seen) if seen.words.is_alive else None
    if seen.words.seen.keys() == {"0", "1"} and names.is_question(draft.name) and not seen.natives:
        return say.type(
            "boolean", say.all('are "0" or "1", and its name is that of a question'), LIKELY
        )
    if pair is None:
        mixed = seen.words.is_alive and not seen.natives and in_standard_words(seen.words.seen)
        shown = few(sorted(seen.words.seen), 6)
        return mixed and say.type("boolean", say.all(f"are one of {shown}"), LIKELY)
    words: dict[str, Any] = {}
    if not all(set(own) <= set(known) for own, known in zip(pair, STANDARD, strict=True)):
        true, false = pair
        words = {"trueValues": true, "falseValues": false}
        if not true or not false:
            say.note(
                "type",
                f"all {many(seen.filled, 'value')} are {few(true + false)}: perhaps a boolean",
            )
            return False
    shown = few([*pair[0], *pair[1]], 4)
    if not pair[0] or not pair[1]:
        one_of = "one of " if len(seen.words.seen) > 1 else ""
        return say.type("boolean", say.all(f"are {one_of}{shown}"), LIKELY, **words)
    return say.type("boolean", say.all(f"are one of {shown}"), CERTAIN, **words)


#: A telephone number has so many characters, with the plus sign.
_SHORTEST_PHONE = 9


def _number(draft: Draft, say: _Sayer, context: Context) -> bool:
    seen = draft.seen
    if not seen.numbers.numbers.is_perfect:
        return False
    if seen.natives and seen.numbers.padded:
        what = "some texts begin with a zero, as codes do, and other cells are numbers"
        say.note("type", f"{what}: write all of them as texts")
        return False
    if seen.natives:
        return as_number(draft, say, context)
    if names.has(draft.name, names.VERSION_WORDS) and not seen.numbers.integers.is_perfect:
        return say.type(
            "string", "its name says that the numbers are versions: 1.10 is not 1.1", LIKELY
        )
    if seen.numbers.padded:
        return say.type("string", "some begin with a zero, so they are codes and no numbers")
    if seen.numbers.plus == seen.filled and seen.shortest >= _SHORTEST_PHONE:
        return say.type("string", "all begin with a plus sign, as telephone numbers do", LIKELY)
    if names.has(draft.name, names.DIGIT_WORDS) and seen.numbers.integers.is_perfect:
        return say.type("string", "its name says that the digits are a code and no number", LIKELY)
    if seen.moments.fit.is_perfect and names.has(draft.name, names.DATE_WORDS):
        return say.type(DATE, say.all("are days written as 20201231"), LIKELY, format="%Y%m%d")
    four = seen.shortest == seen.longest == 4 and seen.texts.all_are("year")
    if four and names.has(draft.name, names.YEAR_WORDS) and (seen.numbers.highest or 0) < 2300:
        return say.type("year", say.all("have four digits, and its name says year"))
    if context.types_numbers:
        return say.type(
            "string", "the file has these digits as texts, and other numbers as numbers", LIKELY
        )
    return as_number(draft, say, context)


def _text_form(draft: Draft, say: _Sayer, context: Context) -> bool:
    del context
    texts = draft.seen.texts
    if texts.all_are("yearmonth"):
        return say.type("yearmonth", say.all("are months such as 2020-12"))
    if texts.all_are("duration"):
        return say.type("duration", say.all("are durations such as P1D"))
    if texts.all_are("geojson"):
        return say.type("geojson", say.all("are GeoJSON"))
    if texts.all_are("place") and _place(draft, say):
        return True
    for name, noun in (("object", "objects"), ("array", "arrays")):
        if texts.all_are(name):
            return say.type(name, say.all(f"are JSON {noun}"))
    for name, noun in (("uuid", "UUIDs"), ("email", "email addresses"), ("uri", "web addresses")):
        if texts.all_are(name):
            return say.type("string", say.all(f"are {noun}"), format=name)
    if texts.all_are("edtf"):
        evidence = "the values are dates of different precision (EDTF), which have no type"
        return say.type("string", evidence, LIKELY)
    return False


def _place(draft: Draft, say: _Sayer) -> bool:
    """A place on the map, if the order of longitude and latitude is known."""
    seen, found = draft.seen, names.words(draft.name)
    if seen.texts.first > 180 or seen.texts.second > 180 or len(seen.texts.written) > 1:
        return False
    lon = next(
        (n for n, word in enumerate(found) if word in ("lon", "lng", "long", "longitude")), None
    )
    lat = next((n for n, word in enumerate(found) if word in ("lat", "latitude")), None)
    is_object = seen.texts.all_are("object")
    form = "object" if is_object else "array" if seen.texts.all_are("array") else ""
    named = lon is not None and lat is not None
    lon_first = lon < lat if lon is not None and lat is not None else seen.texts.first > 90
    if is_object or (lon_first and seen.texts.second <= 90):
        why = "its name gives this order" if named else "the first number can be no latitude"
        evidence = say.all(
            f"are a longitude and a latitude; {'' if is_object else why}".rstrip("; ")
        )
        return say.type(
            "geopoint", evidence, CERTAIN if named else LIKELY, **({"format": form} if form else {})
        )
    if "." in seen.example or not names.PLACE_WORDS.isdisjoint(found):
        what = "the values may be places"
        why = "a geopoint needs the longitude first, and nothing shows that"
        say.note("type", f"{what}; {why}")
    return False


def _plain_text(draft: Draft, say: _Sayer) -> None:
    seen = draft.seen
    evidence = f"the values are texts such as {quoted(seen.example)}"
    say.type("string", evidence)
    found = style(seen.first)
    if found:
        say.note("type", found)
        return
    for fit, noun in ((seen.numbers.numbers, "numbers"), (seen.moments.fit, "dates or times")):
        if fit.misfits and fit.fits > 0 and not fit.is_given_up and fit.fits > 2 * fit.misfits:
            value, row = fit.examples[0]
            what = f"most values are {noun}, but {quoted(value)} in row {number(row)} is not"
            if value == draft.name:
                what += ": the row repeats the header"
            say.note("type", what)
    if seen.padded:
        say.note("type", "some values have blanks at the beginning or the end")


def _missing(draft: Draft, say: _Sayer) -> None:
    """The texts that are no values of the type: they mean that there is no value."""
    seen = draft.seen
    marks = {text: count for text, count in seen.marks.items() if text}
    if draft.type == "number":
        marks = {text: count for text, count in marks.items() if text.casefold() != "nan"}
    if draft.type not in ("integer", "number"):
        marks |= dict(seen.sentinels)
    lost = sum(marks.values())
    if not lost:
        return
    if seen.filled < 3 and lost > 10 * seen.filled:
        say.forget("type")
        say.type("string", f"nearly all values are {few(sorted(marks))}", LIKELY)
        say.note(
            "type",
            f"only {many(seen.filled, 'value')} would be left if {few(sorted(marks))} means missing",
        )
        return
    draft.missing = sorted(marks)
    verb = "occurs" if len(marks) == 1 else "occur"
    evidence = f"all other values fit the type; {few(sorted(marks))} {verb} {many(lost, 'time')}"
    say.guesses.add("missingValues", in_order(marks), evidence, CERTAIN, draft.name)
