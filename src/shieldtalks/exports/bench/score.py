"""Score a coding against the record: `python score.py CODING`.

CODING is a folder with the tables of a coding (events.csv and so on), or a file with one row per line in
the form of gold.jsonl: a `table`, `spans` (each with `source_id`, `start` and `length` in canonical
characters) and `values`. Rows are paired by their passages. For each table the output gives the share of
the record's rows that were found (recall) and of the coding's rows that are in the record (precision);
for each field the pairs with the same value and Krippendorff's alpha.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Two rows can be a pair if they have at least this share of their characters in common.
LEAST_OVERLAP = 0.3

#: The columns that decide between pairs of equal overlap.
LIKENESS = ("kind", "measure", "topic")

Row = dict[str, Any]


class Unusable(Exception):
    """A coding that cannot be scored."""


def read(file: Path) -> list[Row]:
    """The rows of a coding. Raises Unusable if a line is not a row."""
    rows = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Unusable(f"{file} is not UTF-8 text") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append(checked(json.loads(line)))
            except (json.JSONDecodeError, RecursionError) as error:
                raise Unusable(f"{file}:{number}: this line is not a JSON object") from error
            except ValueError as error:
                raise Unusable(f"{file}:{number}: {error}") from error
    return rows


def read_codebook(file: Path) -> Row:
    """A codebook. Raises Unusable if the file is none."""
    found: Any = None
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError):
        pass
    book: Row = found if isinstance(found, dict) else {}
    meant = book.get("meant")
    if not (isinstance(meant, dict) and all(isinstance(one, dict) for one in meant.values())):
        raise Unusable(f'{file} is not a complete codebook: it has no part "meant"')
    return book


def check_names(rows: list[Row], fields: list[Row]) -> list[str]:
    """The values that the record does not have, as `table.field`, each once.

    Raises Unusable if a row is of a table that the record does not have.
    """
    known = {(field["table"], field["field"]) for field in fields}
    tables = list(dict.fromkeys(field["table"] for field in fields))
    for row in rows:
        if row["table"] not in tables:
            raise Unusable(f'there is no table "{row["table"]}". Use one of {", ".join(tables)}')
    given = dict.fromkeys((row["table"], name) for row in rows for name in row["values"])
    return [f"{table}.{name}" for table, name in given if (table, name) not in known]


def read_tables(folder: Path, fields: list[Row]) -> list[Row]:
    """The rows of a coding that is a folder of tables. Raises Unusable if a table cannot be read."""
    tables = list(dict.fromkeys(field["table"] for field in fields))
    for needed in (tables, ["evidence"]):
        if not any((folder / f"{name}.csv").is_file() for name in needed):
            raise Unusable(f"{folder} has none of the tables {', '.join(needed)}")
    names = {row.get("actor_id"): row.get("name") for row in table(folder, "actors")}
    topics = {row.get("proposition_id"): row for row in table(folder, "propositions")}
    evidence, codings = table(folder, "evidence"), table(folder, "codings")
    found = []
    for name in tables:
        key = f"{name[:-1]}_id"
        codes = {
            (row.get(key), (row.get("code_id") or "").partition(":")[0]): row.get("code_id")
            for row in codings
            if row.get("rank") == "1"
        }
        # Between pairs of rows that fit equally well, the identifier decides.
        for row in sorted(table(folder, name), key=lambda one: one.get(key) or ""):
            values = {}
            for field in (one for one in fields if one["table"] == name):
                column = field["field"]
                cell = row.get(column, topics.get(row.get("proposition_id"), {}).get(column))
                if column.startswith("main "):
                    cell = codes.get((row.get(key), field["scheme"]))
                values[column] = (names.get(cell) if column.endswith("_id") else cell) or ""
            spans = [
                {"source_id": one.get("source_id"), "start": whole(one, "start")}
                | {"length": whole(one, "length")}
                for one in evidence
                if row.get(key) and one.get(key) == row[key] and not one.get("field")
            ]
            try:
                found.append(checked({"table": name, "spans": spans, "values": values}))
            except ValueError as error:
                raise Unusable(f"{folder}: {name}: {row.get(key)}: {error}") from error
    return found


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table in a folder; none if there is no such table."""
    file = folder / f"{name}.csv"
    if not file.is_file():
        return []
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            return list(csv.DictReader(text, strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise Unusable(f"{file} cannot be read: {error}") from error


def whole(row: dict[str, str], name: str) -> int:
    """A cell as a whole number; -1 if it is none."""
    cell = row.get(name) or ""
    return int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 15 else -1


def checked(row: Any) -> Row:
    """A row in which every part has the right type. Raises ValueError if it has not."""
    if not (isinstance(row, dict) and isinstance(row.get("table"), str)):
        raise ValueError('a row is an object with a "table", "spans" and "values"')
    values = row.get("values")
    if not (isinstance(values, dict) and all(isinstance(one, str) for one in values.values())):
        raise ValueError('"values" is an object in which each value is text')
    spans = row.get("spans")
    if not (isinstance(spans, list) and all(map(is_span, spans))):
        raise ValueError('"spans" is a list of objects with "source_id", "start" and "length"')
    return row


def is_span(span: Any) -> bool:
    """Whether this is a passage: a source, and a start and a length that are whole numbers."""
    return (
        isinstance(span, dict)
        and isinstance(span.get("source_id"), str)
        and all(
            type(span.get(name)) is int and span[name] >= least
            for name, least in (("start", 0), ("length", 1))
        )
    )


def place(row: Row) -> dict[str, list[tuple[int, int]]]:
    """For each source, the parts that the spans of a row cover: sorted, and apart from each other."""
    found: dict[str, list[tuple[int, int]]] = {}
    for span in sorted(row["spans"], key=lambda one: (one["source_id"], one["start"])):
        parts = found.setdefault(span["source_id"], [])
        begin, end = span["start"], span["start"] + span["length"]
        if parts and begin <= parts[-1][1]:
            parts[-1] = (parts[-1][0], max(parts[-1][1], end))
        else:
            parts.append((begin, end))
    return found


def overlap(
    one: dict[str, list[tuple[int, int]]], other: dict[str, list[tuple[int, int]]]
) -> float:
    """The characters in both places, as a share of those in one or both."""
    common = sum(
        max(min(end, last) - max(begin, first), 0)
        for source, parts in one.items()
        for begin, end in parts
        for first, last in other.get(source, ())
    )
    size = sum(
        end - begin for where in (one, other) for parts in where.values() for begin, end in parts
    )
    return common / (size - common) if size else 0.0


def match(gold: list[Row], coded: list[Row]) -> list[tuple[Row, Row]]:
    """The pairs of rows of one table. Pairs with the greatest overlap are made first."""
    gold_places, places = [place(row) for row in gold], [place(row) for row in coded]
    ranked = []
    for number, one in enumerate(gold_places):
        for other_number, other in enumerate(places):
            share = overlap(one, other)
            if share >= LEAST_OVERLAP:
                here, there = gold[number]["values"], coded[other_number]["values"]
                like = sum(here[name] == there.get(name, "") for name in LIKENESS if name in here)
                ranked.append((-share, -like, number, other_number))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, number, other_number in sorted(ranked):
        if number not in partner and other_number not in taken:
            partner[number] = other_number
            taken.add(other_number)
    return [(gold[number], coded[partner[number]]) for number in sorted(partner)]


def alpha(values: list[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha for nominal values. None if only one value occurs."""
    times = Counter(value for pair in values for value in pair)
    if len(times) < 2:
        return None
    total = sum(times.values())
    differing = sum(one != other for one, other in values)
    by_chance = total * total - sum(n * n for n in times.values())
    return 1 - differing * total * (total - 1) / (len(values) * by_chance)


def score(gold: list[Row], coded: list[Row], *, agreed: bool = False) -> list[Row]:
    """The scores of each table of the record; with `agreed`, only of the rows that A and B had alike.

    Those rows say nothing about the precision: the other rows of the coding may be in the record, too.
    """
    found = []
    for table in dict.fromkeys(row["table"] for row in gold):
        here = [row for row in gold if row["table"] == table]
        there = [row for row in coded if row["table"] == table]
        pairs = match(here, there)
        if agreed:
            here = [row for row in here if row.get("agreed")]
            pairs = [pair for pair in pairs if pair[0].get("agreed")]
        fields = []
        for name in here[0]["values"] if pairs else ():
            values = [(one["values"][name], other["values"].get(name, "")) for one, other in pairs]
            same = sum(one == other for one, other in values)
            fields.append(
                {"field": name, "pairs": len(pairs), "same": same, "alpha": alpha(values)}
            )
        recall = len(pairs) / len(here) if here else None
        precision = len(pairs) / len(there) if there and not agreed else None
        head = {"table": table, "record": len(here), "coding": len(there), "pairs": len(pairs)}
        found.append(head | {"recall": recall, "precision": precision, "fields": fields})
    return found


def translated(rows: list[Row], codebook: Row) -> list[Row]:
    """Rows that were coded with a changed codebook, with the codes of the original one."""
    schemes = {(field["table"], field["field"]): field["scheme"] for field in codebook["fields"]}
    found = []
    for row in rows:
        values = {
            name: codebook["meant"].get(schemes.get((row["table"], name)), {}).get(value, value)
            for name, value in row["values"].items()
        }
        found.append(row | {"values": values})
    return found


def one_name(row: Row, aliases: dict[str, str]) -> Row:
    """A row in which each actor has the name that the record uses."""
    values = {
        name: aliases.get(value, value) if name.endswith("_id") else value
        for name, value in row["values"].items()
    }
    return row | {"values": values}


def lines(scores: list[Row]) -> Iterator[str]:
    """The scores as text."""
    yield f"{'table':10} {'field':20} {'pairs':>5} {'same':>5} alpha"
    for one in scores:
        precision = "" if one["precision"] is None else f", precision {one['precision']:.0%}"
        counts = f"{one['record']} rows in the record, {one['coding']} in the coding"
        recall = "" if one["recall"] is None else f": recall {one['recall']:.0%}"
        yield f"{one['table']:10} {counts}{recall}{precision}"
        for row in one["fields"]:
            figure = "one value" if row["alpha"] is None else f"{row['alpha']:z.2f}"
            share = row["same"] / row["pairs"]
            yield f"{'':10} {row['field']:20} {row['pairs']:5} {share:5.0%} {figure}"


def notes(coding: Path, rows: list[Row], unknown: list[str]) -> Iterator[str]:
    """What the reader of the scores should know of a coding."""
    if unknown:
        yield f"not in the record, so not compared: {', '.join(unknown)}"
    for name in ("actors", "codings") if coding.is_dir() else ():
        if not (coding / f"{name}.csv").is_file():
            yield f"{coding} has no table {name}, so its values count as empty"
    if not rows:
        yield f"{coding} has no rows"


def main() -> None:
    """Score a coding, and exit with 2 if that is not possible."""
    parser = argparse.ArgumentParser(description="Score a coding against the record.")
    parser.add_argument("coding", type=Path, help="a folder of tables, or rows as in gold.jsonl")
    parser.add_argument("--codebook", type=Path, help="the changed codebook that the coder used")
    parser.add_argument(
        "--agreed", action="store_true", help="use only rows on which A and B agreed"
    )
    parser.add_argument("--json", action="store_true", help="write JSON")
    given = parser.parse_args()
    here = Path(__file__).parent
    try:
        gold = read(here / "gold.jsonl")
        codebook = json.loads((here / "codebooks" / "original.json").read_text(encoding="utf-8"))
        is_folder = given.coding.is_dir()
        coded = read_tables(given.coding, codebook["fields"]) if is_folder else read(given.coding)
        aliases = json.loads((here / "aliases.json").read_text(encoding="utf-8"))
        unknown = check_names(coded, codebook["fields"])
        coded = [one_name(row, aliases) for row in coded]
        if given.codebook:
            coded = translated(coded, read_codebook(given.codebook))
    except (Unusable, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    for note in notes(given.coding, coded, unknown):
        print(f"Note: {note}", file=sys.stderr)  # noqa: T201
    scores = score(gold, coded, agreed=given.agreed)
    print(json.dumps(scores, indent=2) if given.json else "\n".join(lines(scores)))  # noqa: T201


if __name__ == "__main__":
    try:
        main()
        sys.stdout.flush()
    except BrokenPipeError:  # such as `| head`: what was read is right
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
