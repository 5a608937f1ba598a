"""Read a coding sheet. Each fault is a finding with its line, and all faults are reported at once."""

from __future__ import annotations

import tomllib
from pathlib import Path as File
from typing import Any

from pydantic import ValidationError

from ...tabular import toml
from ...tabular.findings import CannotRun
from ...tabular.mistyped import what_to_do
from ...tabular.nearest import nearest
from ...tabular.parser_words import toml_words
from ...tabular.reading import TooLong, read_bytes
from .faults import Faults
from .lines import Lines, Path, lines_of
from .model import Sheet

#: Names from the tables of a collection for which a sheet has another word.
_AS_TABLES = {"response": "answer", "responses": "answer"}

#: The largest sheet that is read, in bytes.
LARGEST_SHEET = 4_000_000


def read_sheet(file: File) -> tuple[Sheet | None, Faults]:
    """The sheet in a file, and its faults. It is None if it does not fit the layout.

    Raises CannotRun if the file cannot be read.
    """
    try:
        text = read_bytes(file, LARGEST_SHEET).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotRun(f"{file} is not UTF-8 text", "Save the sheet as UTF-8.") from error
    except OSError as error:
        raise CannotRun(
            f"{file} cannot be read ({error.strerror})", what_to_do(error, file)
        ) from error
    except TooLong as error:
        raise CannotRun(f"{file} cannot be read ({error})", "Name a coding sheet.") from error
    return parse_sheet(text, str(file))


def parse_sheet(text: str, name: str) -> tuple[Sheet | None, Faults]:
    """The same for the text of a sheet; `name` is the name of its file in the findings."""
    try:
        content = toml.loads(text)
        faults = Faults(lines_of(text, name))
        return _checked(content, faults)
    except tomllib.TOMLDecodeError as error:
        told = toml_words(error, text)
        faults = Faults(Lines(name, {(): told.line or 1}))
        hint = told.hint or "Correct the line."
        if not name.lower().endswith(".toml"):
            hint = f"{hint} A coding sheet is a TOML file: `shieldtalks sheet` starts one."
        faults.add((), told.with_column, hint)
        return None, faults
    except RecursionError:
        faults = Faults(Lines(name))
        faults.add((), "the sheet has too many tables within tables", "Use fewer levels.")
        return None, faults


def _checked(content: dict[str, Any], faults: Faults) -> tuple[Sheet | None, Faults]:
    try:
        return Sheet.model_validate(content), faults
    except ValidationError as error:
        # A value that may be of several types has a fault for each. Only the innermost ones help.
        found = [(_path(one["loc"]), one) for one in error.errors(include_url=False)]
        around = {path[:length] for path, _ in found for length in range(len(path))}
        told: set[Path] = set()
        meant = {
            (*path[:-1], _meant(path)) for path, one in found if one["type"] == "extra_forbidden"
        }
        for path, one in found:
            if one["type"] == "missing" and path in meant:  # it is there, but misspelt
                continue
            if path not in told and (path not in around or one["type"] == "missing"):
                told.add(path)
                _explain(path, str(one["type"]), str(one["msg"]), one.get("input"), faults)
        return None, faults


def _path(loc: Path) -> Path:
    """Where a fault is, without the parts that name a choice."""
    return tuple(part for part in loc if not _is_choice(part))


def _explain(path: Path, kind: str, message: str, value: Any, faults: Faults) -> None:
    """Tell a fault of the layout in plain words."""
    if kind == "extra_forbidden":
        near = _meant(path)
        hint = f'Did you mean "{near}"?' if near else _known(path[:-1])
        faults.add(path, f'there is no key "{path[-1]}" here', hint)
    elif kind == "missing" and isinstance(path[-1], int):
        faults.add(path[:-1], f'"{path[-2]}" needs two numbers', "Write its start and its length.")
    elif kind == "missing":
        is_table = keys_of(path) != keys_of(path[:-1])
        hint = f"Add the table [{path[-1]}]." if is_table else f'Add "{path[-1]} = ...".'
        faults.add(path[:-1], f'the key "{path[-1]}" is missing', hint)
    elif kind == "list_type" and isinstance(value, dict):
        name = ".".join(part for part in path if isinstance(part, str))
        message = f'"{path[-1]}" is not a list of tables'
        faults.add(
            path, message, f"Write [[{name}]], with two brackets, before what belongs to it."
        )
    else:
        wanted = {
            "string_type": "is not a text. Put it in quotes",
            "list_type": "is not a list. Write it in square brackets, or as [[...]]",
            "model_type": "is not a table",
            "dict_type": "is not a table. Write it in braces, with a key for each value",
            "int_type": "is not a whole number",
            "int_parsing": "is not a whole number",
            "bool_type": "is not true or false",
            "bool_parsing": "is not true or false",
            "tuple_type": "needs two numbers, its start and its length: [12, 50]",
        }
        shown = f'"{path[-1]}" ' if path else "the sheet "
        told = wanted.get(kind) or f"does not fit: {message[:1].lower()}{message[1:]}"
        is_list = kind == "model_type" and isinstance(value, list)
        once = f"Write it once, with single brackets: [{path[-1]}]." if is_list else None
        faults.add(path, f"{shown}{told}", once, value if isinstance(value, str) else None)


def _meant(path: Path) -> str | None:
    """The key that an unknown key is most like; None if it is like none."""
    known = keys_of(path[:-1])
    other = _AS_TABLES.get(str(path[-1]), "")
    return other if other in known else nearest(str(path[-1]), known)


def _is_choice(part: str | int) -> bool:
    """Whether a part of a path names a type that a value could have, not a key."""
    return isinstance(part, str) and (
        part in ("str", "function-before[_date_text(), str]")
        or part[:1].isupper()
        or part.startswith(("list[", "tuple["))
    )


def _known(path: Path) -> str:
    return f"Possible keys: {', '.join(sorted({*keys_of(path)}))}."


def keys_of(path: Path) -> list[str]:
    """The keys that the table at a path can have."""
    from typing import get_args

    from .model import Part

    def models(kind: Any) -> list[type[Part]]:
        if isinstance(kind, type) and issubclass(kind, Part):
            return [kind]
        return [model for inner in get_args(kind) for model in models(inner)]

    here: list[type[Part]] = [Sheet]
    for part in path:
        if isinstance(part, str):
            fields = [model.model_fields.get(part) for model in here]
            inner = [model for info in fields if info for model in models(info.annotation)]
            here = inner or here
    return [info.alias or name for model in here for name, info in model.model_fields.items()]
