"""Texts of each type made at random: values at the edges of machines and calendars, and slips."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.support.values import CLOCKS, EDGES, NUMERALS, YEARS

WORDS = [
    *NUMERALS,
    "0x1F",
    "1,5",
    "4.9e-324",
    "5e-324",
    "2e-324",
    "1.7976931348623157e308",
    "1e309",
    "-1e309",
    "1e-400",
    "-1e-400",
    "2.2250738585072014e-308",
    "2.225073858507201e-308",
    "0.30000000000000004",
    "0.3",
    "1E400",
    "+.5",
    "1e99999999999999999999",
    "1e-99999999999999999999",
    "0e99999999999999999999",
    "１",
    "1 000",
    "½",
]
TEXTS = [
    *(
        "a",
        "b",
        "ab",
        "A",
        "é",
        "e\u0301",
        "ß",
        "SS",
        "日本",
        "🙂",
        "0",
        "00",
        "1",
        "1.0",
        "true",
        "aa",
    ),
    *(
        " a",
        "a ",
        "\u00a0a",
        "a\u3000",
        "a\tb",
        "a b",
        "a,b",
        'a"b',
        '"',
        "'",
        "a\nb",
        "\n",
        "\\N",
        "x",
    ),
    *(
        "NULL",
        "NaN",
        "-",
        "--",
        "%",
        "_",
        "*",
        "[a]",
        "a@b.de",
        "a@b",
        "http:x",
        "x:y",
        "urn:x:y",
    ),
    *(
        "12345678-1234-1234-1234-123456789abc",
        "x" * 300,
        "\u2028",
        "\ufeff",
        "\u200b",
        "\u0130",
        "{x}",
    ),
    *(
        "a\u0085",
        "\u1680a",
        "a\u2009",
        "0x1F",
        "1_000",
        "\\",
        "\\\\",
        "${x}",
        "K",
        "\u212a",
        "ſ",
        "ﬁ",
    ),
    *(
        "mailto:a@b.de",
        "A@B.DE",
        "é@b.de",
        "a b@c.de",
        "12345678123412341234123456789ABC",
        "ab12",
        "AB",
    ),
    *(
        "http:é/ü",
        "http://[::1]/",
        "http://",
        "file:///x",
        "//x",
        "http:a b",
        "ftp:x:99999",
    ),
]
DAYS = [
    "-01-01",
    "-12-31",
    "-02-28",
    "-02-29",
    "-02-30",
    "-04-31",
    "-03-01",
    "-00-10",
    "-10-00",
    "-1-5",
]
ZONES = [
    *("", "", "", "Z", "Z", "+00:00", "-00:00", "+02:00", "-02:00", "+14:00", "-14:00", "+05:30"),
    *("+14:01", "+0200", "+02", "z", "+15:00", "-13:59", "+01:60", " Z", "UTC"),
]


def string(random: Random) -> str:
    """A text with blanks, quotes, line ends, delimiters, or a word of another type."""
    if random.randrange(4):
        return random.choice(TEXTS)
    if random.randrange(2):
        return "".join(random.choices("ab0Z-+:. ,;é日\t", k=random.randrange(5)))
    return "".join(
        chr(_not_half(random.randrange(0x20, 0x3000))) for _ in range(random.randrange(4))
    )


def _not_half(code: int) -> int:
    return code if not 0x7F <= code < 0xA0 else 0x61


def integer(random: Random) -> str:
    """A whole number, mostly at an edge, perhaps with needless signs and zeros."""
    if not random.randrange(8):
        return random.choice(WORDS)
    value = random.choice(
        [random.choice(EDGES), random.randint(-12, 12), random.randint(0, 10**20)]
    )
    sign = "-" if value < 0 else random.choice(["", "", "", "+"])
    return f"{sign}{'0' * random.choice([0, 0, 0, 1, 3])}{abs(value)}"


def number(random: Random) -> str:
    """A number: an integer, a word, or one with a point and an exponent."""
    kind = random.randrange(4)
    if kind == 0:
        return integer(random)
    if kind == 1:
        return random.choice(WORDS)
    digits = str(abs(random.choice([random.choice(EDGES), random.randint(0, 999)])))
    place = random.randrange(len(digits) + 1)
    exponent = random.choice(
        ["", "", "", "e0", "E+5", "e-30", "e30", "e308", "e-320", "e00", "e-05"]
    )
    sign = random.choice(["", "", "-", "+"])
    return f"{sign}{digits[:place]}.{digits[place:]}{random.choice(['', '', '0', '00'])}{exponent}"


def day(random: Random) -> str:
    """A day, often of a usual year."""
    years = YEARS if random.randrange(2) else ["2020", "2019", "2024"]
    return random.choice(years) + random.choice(DAYS)


def time(random: Random) -> str:
    """A time of day with or without a zone."""
    return random.choice(CLOCKS) + random.choice(ZONES)


def yearmonth(random: Random) -> str:
    """A month of a year."""
    return random.choice(YEARS) + random.choice(
        ["-01", "-12", "-02", "-02", "-00", "-13", "-1", ""]
    )


#: What makes texts of each type; most of them are right.
MAKERS: dict[str, Callable[[Random], str]] = {
    "integer": integer,
    "number": number,
    "boolean": lambda random: random.choice(["true", "True", "1", "0", "FALSE", "no", "tRUE"]),
    "date": day,
    "time": time,
    "datetime": lambda random: f"{day(random)}{random.choice('TTTTTt ')}{time(random)}",
    "year": lambda random: random.choice(YEARS),
    "yearmonth": yearmonth,
    "string": string,
    "any": string,
}
