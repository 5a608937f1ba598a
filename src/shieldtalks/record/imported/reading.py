"""Read a file with marked passages: LangExtract or Web Annotation, as JSON or as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...tabular.findings import CannotRun
from ...tabular.jsontext import JsonError, parse
from ...tabular.mistyped import what_to_do
from ...tabular.reading import LARGEST_TEXT, TooLong, read_bytes
from . import langextract, webannotation
from .marked import Marked, Refused

_WAYS = "Name a JSONL file of LangExtract, or a JSON file with W3C Web Annotations."


def read_marked(file: Path) -> list[Marked | Refused]:
    """The passages in a file, in its order. Raises CannotRun if the file is of another kind."""
    try:
        content = read_bytes(file, LARGEST_TEXT).removeprefix(b"\xef\xbb\xbf")
    except TooLong as error:
        raise CannotRun(f"{file} cannot be read ({error})", "Import it in parts.") from error
    except OSError as error:
        raise CannotRun(
            f"{file} cannot be read ({error.strerror})", what_to_do(error, file)
        ) from error
    try:
        found = [*_marked(parse(content), "")]
    except JsonError as error:
        lines = [line for line in content.split(b"\n") if line.strip()]
        if len(lines) < 2 or not lines[0].rstrip().endswith((b"}", b"]")):
            place = f"{file}:{error.line}" if error.line else str(file)
            raise CannotRun(f"{place}: {error}", _WAYS) from error
        found = [*_lines(content)]
    if not any(isinstance(one, Marked) for one in found) and not found:
        raise CannotRun(f"{file} has no marked passages", _WAYS)
    return found


def _lines(content: bytes) -> Iterator[Marked | Refused]:
    """The passages of JSON Lines. A line that is no JSON is refused alone."""
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            try:
                yield from _marked(parse(line), f"line {number}: ")
            except JsonError:
                yield Refused(f"line {number}", "this is not a JSON object")


def _marked(value: Any, where: str) -> Iterator[Marked | Refused]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            place = f"{where}[{number}]"
            if isinstance(one, dict):
                yield from _object(one, f"{place}.", place)
            else:
                yield Refused(place, "this is not an object")
    elif isinstance(value, dict):
        yield from _object(value, where, where.removesuffix(": ") or "the file")
    else:
        yield Refused(where.removesuffix(": ") or "the file", "this is not an object")


def _object(value: dict[str, Any], where: str, place: str) -> Iterator[Marked | Refused]:
    if "extractions" in value:
        yield from langextract.marked(value, where)
    elif {"target", "items", "first", "@graph"} & value.keys():
        yield from webannotation.marked(value, where)
    else:
        yield Refused(place, "this is neither a document of LangExtract nor a W3C Web Annotation")
