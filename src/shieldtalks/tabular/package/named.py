"""A schema or a dialect that is in a JSON file of its own, inside the package's folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .. import jsontext
from ..findings import Finding
from ..jsontext import LARGEST_JSON
from ..reading import TooLong, next_step, read_bytes
from .paths import rule_of, unsafe

#: Makes the finding for a resource that cannot be used.
Refuse = Callable[..., Finding]


def load_json(file: Path) -> Any:
    """The value of a JSON file. Raises OSError, or jsontext.JsonError with a message for people."""
    try:
        data = read_bytes(file, LARGEST_JSON)
    except TooLong as error:
        raise jsontext.JsonError(str(error)) from error
    return jsontext.parse(data)


def of_file(root: Path, path: str, what: str, refuse: Refuse) -> Any | Finding:
    """The value of the file of a `schema` or a `dialect` (`what`), or why it cannot be used."""
    fault = unsafe(root, path)
    if fault:
        hint = "Keep every file inside the package's folder."
        return refuse(rule_of(path), f'{what} "{path}" {fault}', hint, f".{what}")
    rule = "schema" if what == "schema" else "descriptor"
    try:
        return load_json(root / path)
    except OSError as error:
        message = f"the {what} cannot be read ({error.strerror})"
        return refuse("file", message, next_step(error), file=path)
    except jsontext.JsonError as error:
        if path.lower().endswith((".yaml", ".yml")):
            hint = "Convert it to JSON, and name that file in the descriptor."
            message = f"the {what} is in YAML, and only JSON is read"
            return refuse(rule, message, hint, file=path)
        hint = f"Fix the JSON of the {what}."
        return refuse(rule, f"{error}", hint, file=path, line=error.line)
