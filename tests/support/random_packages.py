"""Small packages made at random: odd names, every type, values at edges, keys, faults of structure."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.support import random_dialects
from tests.support import random_texts as texts
from tests.support.cases import CASES
from tests.support.values import TYPES, is_valid

Json = dict[str, Any]

SECOND = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLES = ["t", "select", "true", "a-b", "_row", "t.csv", "x-1", "rowid", "main", "c", "null", "0"]
ODD_TABLES = ["Ünï", "a b", "🙂", 'a"b', "T", "{t}", "t\x01", "%s", "main.t"]
FIELDS = [
    *("id", "a", "rowid", "true", "null", "select", "_rowid_", "oid", "c0", "t", "NaN", "1", "-"),
    *(
        'a"b',
        "it's",
        "a b",
        "a,b",
        "a;b",
        "é",
        "e\u0301",
        "日本",
        "🙂",
        "[x]",
        "{x}",
        "{}",
        "%s",
        "\\",
    ),
    *("A", "r", "g", "count(*)", "--", "/*", "?", ":x", "$1", "@", "main.t", "first_row", "p"),
]
DELIMITERS = [";", "\t", "|", " ", "x", "0", "-", "'", "¦", "#", ":", ".", "e", "1", "{", "%", "\\"]
ENCODINGS = ["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "ascii", "utf-8-sig", "UTF8"]
MISSING: list[list[Any]] = [
    *(
        [""],
        ["", "NA"],
        ["NA", "-"],
        [],
        ["-99", ""],
        ["0", "1"],
        [" ", ""],
        ['"', "'"],
        ["a,b", ""],
    ),
    *(
        ["nan", "NaN", ""],
        ["é", "日本", ""],
        ["1e1", "", "2020-01-01", "true"],
        ["NaN"],
        ["\\N", "\n"],
    ),
    *(["a", "A", "{x}"], ["-1", "1.0", "01"], ["\u00a0", ""], ["24:00:00", "-0001", "0"], ["'"]),
]
PATTERNS = [
    *("[ab]+", "a.*", ".*[.:].*", "[^Z]*", "(ab|0)*", "[a-z]{1,3}", "..?", r"[+-]?[0-9]+", ".", ""),
    *(r"\w+", r"\W*", r"\d+", r"\D+", r"\s*\S+\s*", r"\p{L}+", r"\p{Lu}.*", r"\P{L}*", r"\i\c*"),
    *(
        r"[a-z-[b]]+",
        "[^a]",
        "a{2,}",
        "(a|b){1,2}",
        r"[\w-]+",
        r"[\d.]+",
        "[^\n]*",
        r"a\.b",
        "x{300}",
    ),
    *(
        "[é]+",
        "[à-ü]*",
        ".{1,3}",
        "a|b|",
        "(?:a)",
        "[ -~]*",
        "[a-c]{2}",
        "[0-9]{4}",
        "[A-Za-z0-9_]+",
    ),
    *("[0-9a-f]{2}", "[0-9a-f]{4}", "[^0-9]{1,}", "a?", r"\{x\}", r"\\", "['\"]*", r"[\]\[]+", "%"),
    *(
        "(?=a).*",
        "(?!b).*",
        "(?=.*[0-9]).+",
        "[a\u0301e]+",
        r"\n",
        r".|\n",
        r"[\s]+",
        r"[\S]+",
        r"\p{Nd}+",
        "[^\\s]+",
    ),
]
ODD_PATTERNS = [
    "a{,3}",
    "a$",
    "^a",
    r"\u0061",
    r"[\b]",
    "[[:alpha:]]+",
    "(",
    r"(a)\1",
    "a++",
]
LIMITS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]
ORDERED = [name for name, type_ in TYPES.items() if type_.order is not None and name != "string"]
#: What is put in the place of a line, or added to it.
FAULTS = [
    *("", "{d}", "{d}{d}{d}{d}", " ", '""', "x", '"', "\r", "\t", "{line}{d}", "{line}{d}x"),
    *("{line}\r", '{line}"', '"{line}', "{line}\x01", "{line}\0", "{line}\x0b", "\ufeff{line}"),
    *(
        "{line}\n",
        "{line}{line}",
        "{line}\x85",
        "\x1a",
        "'{line}'",
        " {line}",
        "{line} ",
        "# {line}",
    ),
    *('{line}"{d}"', "{line}\x1c", "{line}\u2028", "{line}\x0c{line}", '{line}{d}""', '""{line}'),
]
BYTES = [
    b"\xe9",
    b"\xff",
    b"\x92",
    b"\xc2",
    b"\xed\xa0\x80",
    b"\0",
    b"\r",
    b"\n",
    b'"',
    b"\x1a",
    b"",
]


@dataclass(frozen=True)
class Made:
    """A package: its descriptor and its other files."""

    descriptor: Json
    files: dict[str, bytes]

    def write(self, folder: Path) -> None:
        """Write the package into an empty folder."""
        text = json.dumps(self.descriptor, indent=1)
        (folder / "datapackage.json").write_text(text, "utf-8")
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


class Maker:
    """Makes one package. Most things in it are in order if `care` is near 1."""

    def __init__(self, random: Random, *, judged: bool = False, dialects: bool = False) -> None:
        """With `judged`, half of the fields are of types of which SQL cannot tell everything.

        With `dialects`, a third of the tables have more of a dialect than a delimiter.
        """
        self.random, self.judged, self.dialects = random, judged, dialects
        self.care = random.choice([0.5, 0.9, 0.99, 1.0, 1.0])
        self.second = random.random() < 0.5

    def slips(self) -> bool:
        """Whether something is wrong here."""
        return self.random.random() > self.care

    def once_in(self, times: int) -> bool:
        """True once in so many times."""
        return self.random.randrange(times) == 0

    def some(self, of: list[Any], least: int, most: int) -> list[Any]:
        """Some different ones."""
        size = min(self.random.randint(least, most), len(of))
        return self.random.sample(of, size)

    def package(self) -> Made:
        """A package of one to six tables."""
        names = _distinct(self.some(TABLES + (ODD_TABLES if self.slips() else []), 1, 6))
        resources: list[Json] = []
        files: dict[str, bytes] = {}
        for number, name in enumerate(names):
            path = f"{number}.csv"
            resource, files[path] = self.table(resources)
            resources.append({"name": name, "path": path} | resource)
        descriptor: Json = {"name": "made", "resources": resources}
        return Made(descriptor | ({"$schema": SECOND} if self.second else {}), files)

    def table(self, others: list[Json]) -> tuple[Json, bytes]:
        """A resource, which may refer to the others, and its file."""
        names = _distinct(self.some(FIELDS, 1, 5))
        missing = self.random.choice([None, None, *MISSING])
        size = self.random.randrange(9)
        made = [self.column(name, missing, size) for name in names]
        fields, columns = [field for field, _ in made], [column for _, column in made]
        schema: Json = {"fields": fields}
        if missing is not None:
            schema["missingValues"] = missing
        schema |= self.keys(fields, others)
        delimiter = self.random.choice(DELIMITERS) if self.once_in(3) else ","
        encoding = self.random.choice(ENCODINGS) if self.once_in(5) else "utf-8"
        resource: Json = {"schema": schema}
        if delimiter != "," or not self.once_in(9):  # where it is not stated, frictionless guesses
            resource["dialect"] = {"delimiter": delimiter}
        if encoding != "utf-8":
            resource["encoding"] = encoding
        rows = [list(row) for row in zip(*columns, strict=True)]
        if self.slips():
            names = self.random.choice(
                [names[::-1], names[1:], [*names, "z"], [*map(str.upper, names)]]
            )
        dialect = {"delimiter": delimiter}
        if self.dialects and self.once_in(3):
            dialect = resource["dialect"] = random_dialects.declared(self.random)
        return resource, self.file([names, *rows], dialect, encoding)

    def column(self, name: str, missing: Any, size: int) -> tuple[Json, list[str]]:
        """A field and its cells."""
        if self.judged and self.once_in(2):
            return self.judged_column(name, missing, size)
        type_ = self.random.choice(sorted(TYPES))
        field: Json = {"name": name, "type": type_}
        make = texts.MAKERS[type_]
        pool = [make(self.random) for _ in range(self.random.randint(1, 5))]
        if type_ == "string" and self.once_in(6):
            field["format"] = self.random.choice(["email", "uri", "uuid", "default"])
        if self.once_in(10):
            field["missingValues"] = self.random.choice(MISSING)
        valid = [text for text in pool if _is_right(type_, text)]
        field["constraints"] = self.constraints(type_, valid)
        if type_ in ("string", "integer") and valid and self.once_in(6):
            field["categories"] = self.stated(type_, valid, 5)
        if self.slips() and self.once_in(9):
            field |= self.random.choice(
                [{"type": "object"}, {"format": "%d/%m"}, {"decimalChar": ","}]
            )
        words = [*field.get("missingValues", missing or [""]), ""]
        cells = [self.cell(pool, valid, make, words) for _ in range(size)]
        return field, cells

    def judged_column(self, name: str, missing: Any, size: int) -> tuple[Json, list[str]]:
        """A field of which SQL cannot tell everything, and its cells."""
        case = CASES[self.random.choice(sorted(CASES))]
        right = [text for group in case.same for text in group]
        pool = self.some(right, 1, 4) + (self.some(case.bad, 0, 2) if self.slips() else [])
        found: Json = {}
        for rule in ("required", "unique"):
            if self.once_in(4):
                found[rule] = True
        if self.once_in(3):
            found["enum"] = self.some(right, 1, 3)
        if case.field["type"] in ("object", "array", "geojson", "list") and self.once_in(3):
            found |= {"minLength": self.random.randrange(3), "maxLength": self.random.randrange(4)}
        field = {"name": name, **case.field, "constraints": found}
        words = [*(missing or [""]), ""]
        cells = [self.random.choice(words if self.once_in(8) else pool) for _ in range(size)]
        return field, cells

    def cell(
        self, pool: list[str], valid: list[str], make: Callable[[Random], str], words: list[str]
    ) -> str:
        """The text of a cell."""
        if self.once_in(8):
            return self.random.choice(words)
        if self.slips():
            return self.random.choice([make, texts.string])(self.random)
        return self.random.choice(valid or pool)

    def stated(self, type_: str, valid: list[str], most: int) -> list[Any]:
        """Some values as a schema states them."""
        chosen = [valid[0], *self.some(valid, 0, most)]
        values = [int(v) if type_ == "integer" and self.once_in(2) else v for v in chosen]
        return list({str(value): value for value in values}.values())

    def constraints(self, type_: str, valid: list[str]) -> Json:
        """Constraints that this type has."""
        found: Json = {}
        for name in ("required", "unique"):
            if self.once_in(4):
                found[name] = self.once_in(2)
        if type_ == "string":
            if self.once_in(3):
                odd = ODD_PATTERNS if self.slips() else []
                found["pattern"] = self.random.choice([*PATTERNS, *odd])
            for name, values in (("minLength", (0, 1, 2)), ("maxLength", (0, 3, 299, 300))):
                if self.once_in(6):
                    found[name] = self.random.choice(values)
        if valid and type_ in ORDERED:
            for name in LIMITS if self.second else LIMITS[:2]:
                if self.once_in(5):
                    found[name] = self.stated(type_, [self.random.choice(valid)], 1)[0]
        if valid and self.once_in(5):
            found["enum"] = self.stated(type_, valid, 5)
        return found

    def keys(self, fields: list[Json], others: list[Json]) -> Json:
        """The keys of a table with these fields."""
        names = [field["name"] for field in fields]
        found: Json = {}
        if self.once_in(3):
            found["primaryKey"] = self.some(names, 1, 2)
        if self.once_in(3):
            found["uniqueKeys"] = [self.some(names, 1, 3) for _ in range(self.random.randint(1, 2))]
        targets = [("", fields), *((other["name"], other["schema"]["fields"]) for other in others)]
        links = [
            self.link(fields, *self.random.choice(targets)) for _ in range(self.random.randrange(4))
        ]
        return found | ({"foreignKeys": [link for link in links if link]} if any(links) else {})

    def link(self, fields: list[Json], goal: str, columns: list[Json]) -> Json:
        """A foreign key to a table; empty if no types fit."""
        numbers = {"integer", "number"}
        pairs = {
            own["name"]: other["name"]
            for own in fields
            for other in self.some(columns, len(columns), len(columns))
            if own["type"] == other["type"] or {own["type"], other["type"]} == numbers
            if goal or own is not other
        }
        swapped = {other: own for own, other in pairs.items()}
        chosen = self.some(list(swapped.items()), 1, 2)
        if not chosen:
            return {}
        columns_, own_ = ([pair[side] for pair in chosen] for side in (0, 1))
        reference = {
            "resource": goal,
            "fields": columns_ if self.once_in(2) or columns_[1:] else columns_[0],
        }
        if self.second and not goal:
            del reference["resource"]
        return {
            "fields": own_ if isinstance(reference["fields"], list) else own_[0],
            "reference": reference,
        }

    def file(self, rows: list[list[str]], dialect: Json, encoding: str) -> bytes:
        """The bytes of a table, which may have a few faults."""
        delimiter = dialect.get("delimiter", ",")
        if dialect.keys() == {"delimiter"} and len(delimiter) == 1:
            lines = self.lines(rows, delimiter)
        else:
            lines = random_dialects.lines_of(rows, dialect, self.random)
        while lines and self.slips():
            number = self.random.randrange(len(lines))
            fault = self.random.choice(FAULTS).replace("{d}", delimiter)
            lines[number] = fault.replace("{line}", lines[number])
        end = dialect.get("lineTerminator", "\n")
        if self.slips():
            end = self.random.choice(["\r\n", "\r"])
        text = "".join(line + end for line in lines)
        if self.once_in(10):
            text = text.removesuffix(end)
        content = text.encode(encoding, "replace")
        if self.slips():
            place = self.random.randrange(len(content) + 1)
            content = content[:place] + self.random.choice(BYTES) + content[place:]
        return content

    def lines(self, rows: list[list[str]], delimiter: str) -> list[str]:
        """The lines of a table in the usual dialect with this delimiter."""
        special = {delimiter, '"', "\n", "\r"}
        quoted, alone = self.once_in(3), len(rows[0]) == 1

        def written(cell: str) -> str:
            if quoted or special & set(cell) or (alone and not cell.strip()):
                return '"' + cell.replace('"', '""') + '"'
            return cell

        return [delimiter.join(map(written, row)) for row in rows]


def _distinct(names: list[str]) -> list[str]:
    """The names that differ by more than upper and lower case."""
    return list({name.casefold(): name for name in names}.values())


def _is_right(type_: str, text: str) -> bool:
    """Whether a text is of the type, and Python can count with it."""
    try:
        return is_valid(type_, text)
    except ArithmeticError:
        return False
