"""A table file without a descriptor, as a package of one table.

Only the shape of such a file can be checked, unless a Table Schema is given. The delimiter of a text
file is that of its ending, or it is found in its first lines.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from .. import jsontext
from ..findings import CannotRun
from ..jsontext import JsonObject
from ..reading import open_regular
from . import schema as table_schema
from .named import load_json
from .package import DESCRIPTOR, Package, Resource

#: The endings of text files with rows, each with its delimiter; "" where it is found in the file.
_TEXT = {".csv": "", ".txt": "", ".dat": "", ".tsv": "\t", ".tab": "\t", ".psv": "|"}

#: The endings of other files with rows, and of compressed ones.
_OTHERS = frozenset({".jsonl", ".ndjson", ".xlsx", ".xlsm", ".parquet", ".parq"})
_COMPRESSED = frozenset({".gz"})

#: How many bytes of a file are looked at to find its delimiter.
_SAMPLE = 1 << 16

#: The encodings that a file states by its first bytes. A mark of UTF-8 changes nothing.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def is_lone(given: Path, *, has_schema: bool = False) -> bool:
    """Whether a path is a file with rows, not a package: by its ending, or because a schema is given.

    A JSON file that begins with a list has rows; any other is a descriptor. A zip is a file with rows
    if it has no descriptor and exactly one table.
    """
    if given.is_dir() or given.name == DESCRIPTOR:
        return False
    inner = _inner(given)
    ending = _ending(given, inner)
    if ending == ".json":
        return _begins_with_a_list(given, inner)
    if ending in (".zip", ".whl"):
        return False
    return has_schema or ending in _TEXT or ending in _OTHERS


def read(file: Path, schema_file: Path | None = None) -> Package:
    """The package of one file. Raises CannotRun if the schema is none."""
    schema, schema_path = _schema(file.parent, schema_file)
    names = [field["name"] for field in table_schema.fields_of(schema)]
    inner = _inner(file)
    ending, start = _ending(file, inner), _start(file, inner)
    name = file.name.partition(".")[0] or file.name
    if name.casefold().startswith("sqlite_"):  # SQLite keeps such names for its own tables
        name = f"table-{name}"
    entry: JsonObject = {"name": name, "type": "table"}
    if inner:
        entry["innerpath"] = inner
    if ending not in _OTHERS | {".json"}:
        encoding = _encoding(start)
        delimiter = _TEXT.get(ending) or _delimiter(start, encoding, names)
        dialect = {"delimiter": delimiter}
        entry |= {"format": "csv", "encoding": encoding, "dialect": dialect}
    if schema_path is not None:
        entry["schema"] = schema_path
    descriptor: JsonObject = {"resources": [entry]}
    resource = Resource(
        entry["name"], file.name, file, entry, schema, schema_path, is_lone=not names
    )
    tables = (resource,) if names else ()
    bare = () if names else (resource,)
    return Package(file.parent, file, descriptor, tables, bare=bare, is_lone=True)


def _schema(root: Path, file: Path | None) -> tuple[JsonObject, str | None]:
    """The Table Schema of a file, and its path as findings show it."""
    if file is None:
        return {"fields": []}, None
    hint = "Give a Table Schema: a JSON file with a list of fields."
    try:
        value: Any = load_json(file)
    except OSError as error:
        message = f"the schema {file} cannot be read ({error.strerror or error})"
        raise CannotRun(message, "Correct the path of --schema.") from error
    except jsontext.JsonError as error:
        line = f":{error.line}" if error.line else ""
        raise CannotRun(f"{file}{line}: {error}", hint) from error
    if isinstance(value, dict) and "resources" in value and "fields" not in value:
        message = f"{file} is the descriptor of a package, not a Table Schema"
        raise CannotRun(message, f"To check the package, run: shieldtalks validate {file}")
    fault = table_schema.unusable(value)
    if fault:
        raise CannotRun(f"{file}: {fault}", hint)
    repeated = jsontext.first_repeated(field["name"] for field in value["fields"])
    if repeated is not None:
        message = f'{file}: two fields have the name "{repeated}"'
        raise CannotRun(message, "Give each field a name of its own.")
    whole, folder = file.absolute(), root.absolute()
    is_inside = whole.is_relative_to(folder)
    path = whole.relative_to(folder).as_posix() if is_inside else str(whole)
    return table_schema.with_types(value, {"schema": value}, {}), path


def _inner(file: Path) -> str:
    """The name of the one table in a zip; "" for any other file."""
    if file.suffix.lower() != ".zip":
        return ""
    from .zipped import only_table  # few files are a zip

    return only_table(file, {*_TEXT, *_OTHERS, ".json"})


def _ending(file: PurePath, inner: str) -> str:
    """The ending of a file, without that of its compression."""
    return PurePath(inner or (file.stem if _is_compressed(file) else file.name)).suffix.lower()


def _is_compressed(file: PurePath) -> bool:
    return file.suffix.lower() in _COMPRESSED


def _begins_with_a_list(file: Path, inner: str) -> bool:
    return _start(file, inner).removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"["


def _start(file: Path, inner: str) -> bytes:
    """The first bytes of a file; none if it cannot be read, which is a finding later."""
    if inner:
        from .zipped import start_of

        return start_of(file, inner, _SAMPLE)
    try:
        with open_regular(file) as stream:
            start = stream.read(_SAMPLE)
        return zlib.decompressobj(31).decompress(start, _SAMPLE) if _is_compressed(file) else start
    except (OSError, zlib.error):
        return b""


def _encoding(start: bytes) -> str:
    return next((name for mark, name in _MARKS.items() if start.startswith(mark)), "utf-8")


def _delimiter(start: bytes, encoding: str, names: Sequence[str]) -> str:
    """The delimiter that cuts the rows best: into the fields of the schema, then as `describe` does it."""
    from ..delimiters import DELIMITERS, NAMES, cut, rare_delimiter, scores

    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(start)
    text = text.removeprefix("\ufeff")
    if len(start) == _SAMPLE:  # the last line may be cut
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text

    points = scores(text)
    rare = rare_delimiter(text, points)
    if rare is None and not names and max(points.values()) == points[","] > 0:
        from ..sentences import as_sentences

        if as_sentences(text):  # one column: with a delimiter that cuts no line
            return next((char for char in DELIMITERS if char not in text), ",")

    def fit(delimiter: str) -> tuple[int, float]:
        header = next(filter(None, cut(text, delimiter)), []) if names else []
        known = len(set(header) & set(names)) if len(header) > 1 else 0
        return known, points.get(delimiter, 0)

    return max(NAMES if names else DELIMITERS, key=fit) if rare is None else rare
