"""sql.js: SQLite as a program for browsers, which npm installs and an export can put into a page."""

from __future__ import annotations

from pathlib import Path

from ..tabular.findings import CannotRun
from ..tabular.reading import read_bytes

#: The file of the npm package `sql.js` that has everything in it.
FILE = "sql-wasm-inline.js"

_LARGEST = 8 << 20


def read_sql_js(path: Path) -> str:
    """The program in a file. Raises CannotRun if the file is not the one of `sql.js` that is needed."""
    hint = f"Run `npm install sql.js` and name node_modules/sql.js/dist/{FILE}."
    try:
        text = read_bytes(path, _LARGEST).decode("utf-8")
    except FileNotFoundError as error:
        raise CannotRun(f"{path}: there is no such file", hint) from error
    except ValueError as error:
        raise CannotRun(f"{path} is not {FILE}", hint) from error
    if (
        "initSqlJs" not in text or "AGFzbQ" not in text
    ):  # how a WebAssembly program begins in base64
        raise CannotRun(f"{path} is not {FILE}", hint)
    return text
