"""Generate a data package like this record.

Run `generate.py N DIR [--bad SHARE] [--changed K] [--seed S]`.

N claims give 2.41 N rows in seven tables, about 478 bytes per claim. The same arguments always give
the same bytes. With `--bad`, this share of the rows of claims and evidence has one wrong cell, and
`DIR/truth.json` lists exactly the findings that a validator should report. With `--changed`, K rows
of claims and K rows of evidence have another value than without, and the last row of evidence is missing.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

JsonObject = dict[str, Any]
Row = list[str]

#: A table has one row per this many claims, and at least one row.
DIVISORS = {
    "sources": 20,
    "actors": 100,
    "events": 20,
    "proposals": 10,
    "responses": 5,
    "claims": 1,
    "evidence": 1,
}
PREFIXES = {
    "sources": "src",
    "actors": "act",
    "events": "evt",
    "proposals": "prp",
    "responses": "rsp",
    "claims": "clm",
    "evidence": "evd",
}
MOST_CLAIMS = 20_000_000
MOST_BAD = 0.5

LANGUAGES = ("en", "ru", "cs", "pl", "de", "fr")
KINDS = ("state", "organisation", "office", "person", "outlet", "unnamed-source")
STATUSES = ("occurred", "agreed", "planned", "threatened")
MEASURES = (
    "radar-colocation",
    "joint-radar-use",
    "information-sharing",
    "transparency",
    "equality",
)
FORMS = ("offer", "suggestion", "request", "demand", "condition", "plan", "agreement")
MOVES = ("accept", "partly-accept", "decline", "defer", "counter", "acknowledge", "no-comment")
TOPICS = ("basing", "cooperation", "negotiation", "threat", "treaty", "verification")
SPEECH_ACTS = ("assert", "evaluate", "predict", "intend", "hope", "warn")
FACTUALITIES = ("CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu")
STANCES = ("supports", "qualifies", "contradicts")
DIRECTNESSES = ("explicit", "implicit", "presupposed")
DAYS = tuple((date(2007, 1, 1) + timedelta(days=day)).isoformat() for day in range(1096))

WORDS = [
    "radar",
    "interceptor",
    "site",
    "shield",
    "silo",
    "range",
    "crew",
    "notice",
    "visit",
    "inspector",
    "treaty",
    "annex",
    "clause",
    "draft",
    "meeting",
    "envoy",
    "minister",
    "adviser",
    "delegation",
    "capital",
    "border",
    "region",
    "budget",
    "committee",
    "timetable",
    "joint",
    "early",
    "warning",
    "data",
    "centre",
    "exchange",
    "control",
    "limited",
    "permanent",
    "temporary",
    "technical",
    "open",
    "refuses",
    "accepts",
    "weighs",
    "doubts",
    "expects",
    "repeats",
    "delays",
    "proposes",
    "answers",
    "offers",
    "reads",
    "counts",
    "before",
    "after",
    "under",
    "without",
    "between",
    "near",
    "until",
    "about",
    "against",
    "beyond",
    "toward",
    "during",
    "Kancelář",
    "Řím",
    "dépôt",
    "négociation",
    "Überprüfung",
    "Gespräch",
    "łączność",
    "współpraca",
    "щит",
    "ракета",
    "станция",
    "переговоры",
    "naïveté",
    "façade",
    "Ödland",
    "señal",
]

#: The digits of an identifier that does not exist, because rows are counted from 1.
NOWHERE = "0000000"


@dataclass(slots=True)
class Draw:
    """The random values of one table. `lost` contains the claims that no row can refer to."""

    random: random.Random
    rows: dict[str, int]
    lost: set[int] = field(default_factory=set)
    phrases: list[str] = field(default_factory=lambda: _phrases(2000))

    def one(self, values: tuple[str, ...] | list[str]) -> str:
        """A random value of these. All are equally likely."""
        return values[int(self.random.random() * len(values))]

    def link(self, table: str, share: float = 1.0) -> str:
        """The identifier of a row of another table in this share of the cases, otherwise empty."""
        drawn = self.random.random()
        return key(table, int(drawn / share * self.rows[table]) + 1) if drawn < share else ""

    def text(self, phrases: int) -> str:
        """Random text: 20 % with a comma, 3 % with quotes, 0.1 % with a line break."""
        drawn = self.random.random()
        parts = [self.one(self.phrases) for _ in range(phrases)]
        if 0.19 <= drawn < 0.22:
            parts[0] = f'"{parts[0]}"'
        joined = (", " if drawn < 0.2 else " ").join(parts)
        return joined.replace(" ", "\n", 1) if drawn < 0.001 else joined

    def digest(self) -> str:
        """A random value that looks like a SHA-256."""
        return f"{self.random.getrandbits(256):064x}"

    def days(self) -> tuple[str, str]:
        """Two days. The second is not before the first."""
        first = int(self.random.random() * (len(DAYS) - 30))
        return DAYS[first], DAYS[first + int(self.random.random() * 30)]

    def number(self, least: int, most: int) -> str:
        """A whole number from `least` to `most`."""
        return str(least + int(self.random.random() * (most - least + 1)))

    def claim(self, number: int) -> str:
        """The identifier of this claim. If the claim has lost its identifier, that of the next one."""
        while number in self.lost:
            number = number % self.rows["claims"] + 1
        return key("claims", number)


def _phrases(count: int) -> list[str]:
    draw = random.Random("phrases")  # noqa: S311 (made-up text)
    size = len(WORDS)
    return [
        " ".join(WORDS[int(draw.random() * size)] for _ in range((4, 5, 6, 8)[number % 4]))
        for number in range(count)
    ]


def key(table: str, number: int) -> str:
    """The identifier of a row. Rows are counted from 1."""
    return f"{PREFIXES[table]}-{number:07d}"


def _source(draw: Draw, number: int) -> Row:
    day, _ = draw.days()
    language, length = draw.one(LANGUAGES), draw.number(400, 9000)
    address = f"urn:benchmark:{number:07d}"
    publisher = draw.link("actors")
    return [draw.text(2), publisher, day, language, address, length, draw.digest()]


def _actor(draw: Draw, number: int) -> Row:
    return [f"{draw.one(WORDS)} {number}", draw.one(KINDS), draw.one(("RUS", "USA", "POL", "CZE"))]


def _event(draw: Draw, _: int) -> Row:
    return [draw.text(1), draw.text(3), draw.one(STATUSES), *draw.days()]


def _proposal(draw: Draw, _: int) -> Row:
    words = [draw.text(1), draw.text(3), draw.one(MEASURES), draw.one(FORMS)]
    return [*words, draw.link("actors"), draw.link("events")]


def _response(draw: Draw, _: int) -> Row:
    links = [draw.link("proposals"), draw.link("actors")]
    return [*links, draw.days()[0], draw.one(MOVES), draw.text(2)]


def _claim(draw: Draw, _: int) -> Row:
    links = [draw.link("actors"), draw.link("events", 0.7), draw.link("proposals", 0.6)]
    codes = [draw.one(SPEECH_ACTS), draw.one(FACTUALITIES)]
    return [draw.text(3), draw.one(TOPICS), *links, *draw.days(), *codes, draw.text(1)]


def _evidence(draw: Draw, number: int) -> Row:
    span = [draw.number(0, 8000), draw.number(40, 300), draw.digest()]
    codes = [draw.one(STANCES), draw.one(DIRECTNESSES)]
    return [draw.link("sources"), draw.claim(number), *span, *codes]


#: For each table: a function for the cells of a row after the identifier.
ROWS: dict[str, Callable[[Draw, int], Row]] = {
    "sources": _source,
    "actors": _actor,
    "events": _event,
    "proposals": _proposal,
    "responses": _response,
    "claims": _claim,
    "evidence": _evidence,
}


def _field(name: str, type_: str = "string", **constraints: Any) -> JsonObject:
    return {"name": name, "type": type_, "constraints": constraints}


def _text(name: str, longest: int, *, required: bool = True) -> JsonObject:
    return _field(name, required=required, maxLength=longest)


def _code(name: str, values: tuple[str, ...]) -> JsonObject:
    return _field(name, required=True, enum=list(values))


def _id(name: str, table: str, *, required: bool = True) -> JsonObject:
    return _field(name, required=required, pattern=f"{PREFIXES[table]}-[0-9]{{7}}")


def _day(name: str) -> JsonObject:
    return _field(name, "date", required=True)


def _sha256(name: str) -> JsonObject:
    return _field(name, required=True, pattern="[0-9a-f]{64}")


#: The fields of each table after the identifier.
FIELDS: dict[str, list[JsonObject]] = {
    "sources": [
        _text("title", 200),
        _id("publisher_id", "actors"),
        _day("published"),
        _code("language", LANGUAGES),
        _field("address", required=True, pattern="urn:benchmark:[0-9]{7}"),
        _field("canon_length", "integer", required=True, minimum=1),
        _sha256("canon_sha256"),
    ],
    "actors": [
        _text("name", 60),
        _code("kind", KINDS),
        _field("country", required=True, pattern="[A-Z]{3}"),
    ],
    "events": [
        _text("label", 120),
        _text("description", 400),
        _code("status", STATUSES),
        _day("date_earliest"),
        _day("date_latest"),
    ],
    "proposals": [
        _text("label", 120),
        _text("description", 400),
        _code("measure", MEASURES),
        _code("form", FORMS),
        _id("proposer_id", "actors"),
        _id("made_in_event_id", "events"),
    ],
    "responses": [
        _id("proposal_id", "proposals"),
        _id("responder_id", "actors"),
        _day("date"),
        _code("move", MOVES),
        _text("reason", 300, required=False),
    ],
    "claims": [
        _text("text", 400),
        _code("topic", TOPICS),
        _id("claimant_id", "actors"),
        _id("said_in_event_id", "events", required=False),
        _id("about_proposal_id", "proposals", required=False),
        _day("date_earliest"),
        _day("date_latest"),
        _code("speech_act", SPEECH_ACTS),
        _code("factuality", FACTUALITIES),
        _text("notes", 200, required=False),
    ],
    "evidence": [
        _id("source_id", "sources"),
        _id("claim_id", "claims"),
        _field("start", "integer", required=True, minimum=0),
        _field("length", "integer", required=True, minimum=40, maximum=300),
        _sha256("sha256"),
        _code("stance", STANCES),
        _code("directness", DIRECTNESSES),
    ],
}

#: For each table: the fields that refer to another table.
LINKS: dict[str, dict[str, str]] = {
    "sources": {"publisher_id": "actors"},
    "proposals": {"proposer_id": "actors", "made_in_event_id": "events"},
    "responses": {"proposal_id": "proposals", "responder_id": "actors"},
    "claims": {
        "claimant_id": "actors",
        "said_in_event_id": "events",
        "about_proposal_id": "proposals",
    },
    "evidence": {"source_id": "sources", "claim_id": "claims"},
}


def key_field(table: str) -> str:
    """The name of the field with the identifier."""
    return f"{table.removesuffix('s')}_id"


def schema(table: str, claims: int = 0) -> JsonObject:
    """The Table Schema of a table. From 10 million claims on, an identifier can have eight digits."""
    links = [
        {"fields": [name], "reference": {"resource": goal, "fields": [key_field(goal)]}}
        for name, goal in LINKS.get(table, {}).items()
    ]
    fields = [_id(key_field(table), table), *FIELDS[table]]
    if claims >= 10_000_000:
        fields = json.loads(json.dumps(fields).replace("-[0-9]{7}", "-[0-9]{7,8}"))
    return {
        "fields": fields,
        "primaryKey": [key_field(table)],
        **({"foreignKeys": links} if links else {}),
    }


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of wrong cell: the rule that it breaks, its field, and the wrong value."""

    rule: str
    field: str
    value: str


#: Two special values of a fault: the cell in upper case, and the identifier of an earlier row.
UPPER, EARLIER = "<upper>", "<earlier>"

FAULTS: dict[str, list[Fault]] = {
    "claims": [
        Fault("enum", "topic", "weather"),
        Fault("enum", "speech_act", "Assert"),
        Fault("pattern", "claim_id", UPPER),
        Fault("pattern", "said_in_event_id", "evt-12"),
        Fault("type", "date_earliest", "2009-02-29"),
        Fault("type", "date_latest", "yesterday"),
        Fault("required", "claim_id", ""),
        Fault("required", "text", ""),
        Fault("foreign-key", "claimant_id", f"act-{NOWHERE}"),
        Fault("foreign-key", "about_proposal_id", f"prp-{NOWHERE}"),
        Fault("primary-key", "claim_id", EARLIER),
        Fault("maxLength", "text", "щит " * 100 + "!"),
        Fault("maxLength", "notes", "x" * 201),
    ],
    "evidence": [
        Fault("enum", "stance", "denies"),
        Fault("pattern", "evidence_id", UPPER),
        Fault("pattern", "sha256", "0123456789abcdef" * 4 + "0"),
        Fault("type", "start", "12a"),
        Fault("type", "length", "99.5"),
        Fault("minimum", "start", "-1"),
        Fault("maximum", "length", "301"),
        Fault("required", "sha256", ""),
        Fault("required", "source_id", ""),
        Fault("foreign-key", "source_id", f"src-{NOWHERE}"),
        Fault("foreign-key", "claim_id", f"clm-{NOWHERE}"),
        Fault("primary-key", "evidence_id", EARLIER),
    ],
}


@dataclass(slots=True)
class Spoiler:
    """Puts wrong cells into the rows of one table and lists them.

    The first row is not changed, so that there is always an earlier identifier to repeat.
    """

    table: str
    share: float
    random: random.Random
    #: The rows that have lost their identifier.
    lost: set[int] = field(default_factory=set)
    truth: list[JsonObject] = field(default_factory=list)

    def spoil(self, number: int, line: int, row: Row) -> None:
        """Change one cell of a row, which starts on a line, to a wrong value, or none."""
        faults = FAULTS.get(self.table)
        if faults is None or number == 1 or self.random.random() >= self.share:
            return
        fault = faults[int(self.random.random() * len(faults))]
        names = [key_field(self.table), *(entry["name"] for entry in FIELDS[self.table])]
        column = names.index(fault.field)
        row[column] = self._value(fault, number, row[column])
        if column == 0:
            self.lost.add(number)
        place = {"table": self.table, "line": line, "row": number}
        self.truth.append(place | {"field": fault.field, "rule": fault.rule})

    def _value(self, fault: Fault, number: int, value: str) -> str:
        if fault.value == UPPER:
            return value.upper()
        if fault.value == EARLIER:
            earlier = 1 + int(self.random.random() * (number - 1))
            return key(self.table, 1 if earlier in self.lost else earlier)
        return fault.value


#: The column that `--changed` changes in a table, and its new value.
CHANGES = {
    "claims": (1, 'Another text, with a "quotation"\nand a line break'),
    "evidence": (3, "7"),
}


def _rows(table: str, draw: Draw, spoiler: Spoiler, changed: int) -> Iterator[Row]:
    """The rows of a table, one after the other. None is kept in memory."""
    make, count = ROWS[table], draw.rows[table]
    step = max(1, count // changed) if changed and table in CHANGES else 0
    line = 2  # behind the header
    for number in range(1, count + 1):
        row = [key(table, number), *make(draw, number)]
        spoiler.spoil(number, line, row)
        if step and number % step == 0:
            column, value = CHANGES[table]
            row[column] = value
        if not (step and table == "evidence" and number == count):
            yield row
        line += 1 + "".join(row).count("\n")


def _write(file: Path, header: Row, rows: Iterator[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write_json(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _resource(folder: Path, table: str) -> JsonObject:
    """The descriptor of a table that is already written, with hash and size."""
    file = folder / "data" / f"{table}.csv"
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "name": table,
        "path": f"data/{table}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "schema": f"schemas/{table}.json",
        "hash": f"sha256:{digest}",
        "bytes": file.stat().st_size,
    }


def generate(claims: int, folder: Path, bad: float = 0.0, seed: int = 0, changed: int = 0) -> None:
    """Write a package with this number of claims into a folder. The descriptor is written last."""
    for part in ("data", "schemas"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    rows = {table: max(1, claims // divisor) for table, divisor in DIVISORS.items()}
    truth: list[JsonObject] = []
    lost: set[int] = set()
    for table in DIVISORS:
        table_schema = schema(table, claims)
        draw = Draw(random.Random(f"{seed}:{table}"), rows, lost)  # noqa: S311 (repeatable)
        spoiler = Spoiler(table, bad, random.Random(f"{seed}:{table}:bad"))  # noqa: S311
        header = [entry["name"] for entry in table_schema["fields"]]
        _write(folder / "data" / f"{table}.csv", header, _rows(table, draw, spoiler, changed))
        _write_json(folder / "schemas" / f"{table}.json", table_schema)
        truth += spoiler.truth
        if table == "claims":
            lost = spoiler.lost
    if bad:
        _write_json(folder / "truth.json", truth)
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"benchmark-{claims}",
        "version": "1.0.0",
        "resources": [_resource(folder, table) for table in DIVISORS],
    }
    _write_json(folder / "datapackage.json", descriptor)


def main() -> None:
    """Read the arguments and write the package."""
    parser = argparse.ArgumentParser(description="Generate a data package like this record.")
    parser.add_argument(
        "claims", type=int, metavar="N", help=f"number of claims, from 1 to {MOST_CLAIMS}"
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder for the package")
    parser.add_argument(
        "--bad",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="share of rows with a wrong cell, from 0 to 0.5 (default 0)",
    )
    parser.add_argument(
        "--changed",
        type=int,
        default=0,
        metavar="K",
        help="number of changed rows in claims and in evidence (default 0)",
    )
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="random seed (default 0)")
    given = parser.parse_args()
    if not 1 <= given.claims <= MOST_CLAIMS:
        parser.error(f"N must be from 1 to {MOST_CLAIMS}")
    if not 0 <= given.bad <= MOST_BAD:
        parser.error(f"SHARE must be from 0 to {MOST_BAD}")
    generate(given.claims, given.folder, given.bad, given.seed, given.changed)


if __name__ == "__main__":
    main()
