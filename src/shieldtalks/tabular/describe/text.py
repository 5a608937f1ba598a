"""The guesses of a description as text: table by table, field by field, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..findings import cut
from ..jsontext import dumps
from ..terminal import one_line
from . import Description
from .guess import UNCERTAIN, Guess, many

#: A value is cut to this many characters.
_LONGEST = 100


def lines(description: Description) -> Iterator[str]:
    """The lines of the explanation."""
    for entry in description.descriptor["resources"]:
        name = entry["name"]
        guesses = [guess for guess in description.guesses if guess.table == name]
        rows = many(description.rows.get(name, 0), "row")
        yield one_line(f"{name} ({entry['path']}): {rows}")
        yield from (f"  {line(guess)}" for guess in guesses if not guess.field)
        for field in entry["schema"]["fields"]:
            yield one_line(f"  {field['name']}")
            yield from (f"    {line(guess)}" for guess in guesses if guess.field == field["name"])
    for path, why in description.left_out:
        yield one_line(f"left out {path}: {why}")


def line(guess: Guess) -> str:
    """One guess on a line."""
    if guess.value is None:
        about = "" if guess.about in ("note", "rows") else f"{guess.about}: "
        head = "left out: " if guess.certainty is UNCERTAIN else "note: "
        return one_line(f"{head}{about}{guess.evidence}")
    return one_line(f"{guess.about}: {_shown(guess.value)} ({guess.certainty}): {guess.evidence}")


def place(guess: Guess) -> str:
    """The table and the field of a guess, for a line of its own."""
    return f"{guess.table}: {guess.field}" if guess.field else guess.table


def _shown(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        quoted = [one if one.strip() and "," not in one else dumps(one) for one in value]
        return cut(", ".join(quoted), _LONGEST)
    if isinstance(value, dict) and value.keys() == {"resource", "fields"}:
        return f"{value['resource'] or 'this table'}.{', '.join(value['fields'])}"
    if isinstance(value, dict) and "type" in value:
        more = (f"{name} {dumps(one)}" for name, one in value.items() if name != "type")
        return cut(", ".join([value["type"], *more]), _LONGEST)
    return cut(value if isinstance(value, str) and value.strip() else dumps(value), _LONGEST)
