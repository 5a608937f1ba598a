"""The files to describe: found in a folder or named one by one, and opened by what they are."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import combining, normalize

from ..findings import CannotRun, counted
from ..package.paths import improper
from .bare import Bare
from .text_files import TextTable, looks_like_a_table, other_kind

#: Endings of delimited text. A file with another of `_TEXTS` is a table if it looks like one.
_DELIMITED = (".csv", ".tsv", ".tab")
_TEXTS = (*_DELIMITED, ".txt", ".dat", ".psv")
#: Endings of tables that are not described, with what to do about them.
_OTHERS = {
    **dict.fromkeys((".bz2", ".xz", ".zst", ".7z"), "it is compressed: unpack it"),
    **dict.fromkeys((".xls", ".ods", ".xlsb"), "save it as .xlsx or .csv"),
    **dict.fromkeys((".feather", ".sqlite", ".db"), "export it as .csv"),
}

#: The most files of a folder.
_MOST_FILES = 1000

#: What opens a file: it gives the tables in it. The name is for a table that has none of its own.
Opener = Callable[[Path, str, str], Iterable[Bare]]


@dataclass(slots=True)
class Collected:
    """The tables that were found, and the files that were left out, each with the reason."""

    root: Path
    tables: list[Bare] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def collect(given: Sequence[Path], base: Path | None, openers: dict[str, Opener]) -> Collected:
    """Open the files that are given, or those of the folder. Raises CannotRun if there is no table.

    `base` is the folder of the descriptor, if it is known; all files must be in it.
    """
    files, root = _files(given, base, openers)
    found = Collected(root)
    taken: set[str] = set()
    for file in files:
        path = _relative(file, root)
        fault = improper(path)
        if fault:
            found.left_out.append((path, f"its path {fault}"))
            continue
        try:
            for table in _open(file, path, _stem(file), file in given, openers):
                table.name = _free_name(table.name, path, taken)
                _add(found, table)
        except CannotRun as error:
            found.left_out.append((path, error.message))
        except OSError as error:
            found.left_out.append((path, f"it cannot be read ({error.strerror or error})"))
    if not found.tables:
        raise CannotRun(
            _nothing(given, found), "Name files that are tables, or a folder with such files."
        )
    return found


def _add(found: Collected, table: Bare) -> None:
    if table.width:
        found.tables.append(table)
    else:
        found.left_out.append((table.path, "it is empty"))


def _files(
    given: Sequence[Path], base: Path | None, openers: dict[str, Opener]
) -> tuple[list[Path], Path]:
    """The files, and the folder to which their paths are relative."""
    folders = [path for path in given if path.is_dir()]
    if folders and len(given) > 1:
        raise CannotRun(f"{folders[0]} is a folder", "Name one folder, or name files only.")
    if folders:
        files = list(_in_folder(folders[0], (*_TEXTS, *openers, *_OTHERS)))
        return files, base or folders[0]
    for path in given:
        if not os.path.lexists(path):
            raise CannotRun(f"{path}: the file does not exist", "Check the path.")
    here = Path.cwd()
    inside = all(path.resolve().is_relative_to(here) for path in given)
    if base is None:
        base = (
            here if inside else Path(os.path.commonpath([path.resolve().parent for path in given]))
        )
    return list(dict.fromkeys(given)), base


def _in_folder(folder: Path, endings: Sequence[str]) -> Iterator[Path]:
    """The files of a folder and its inner folders that may be tables, in order. Hidden ones are left out."""
    count = 0
    for place, inner, names in os.walk(folder):
        inner[:] = sorted(
            name for name in inner if not name.startswith((".", "__")) and name != "node_modules"
        )
        for name in sorted(names):
            file = Path(place, name)
            if name.startswith((".", "~$")) or not name.lower().endswith(tuple(endings)):
                continue
            if name.endswith(("package.json", "schema.json")) or file.is_symlink():
                continue
            count += 1
            if count > _MOST_FILES:
                raise CannotRun(
                    f"{folder} has more than {_MOST_FILES} files that may be tables",
                    "Describe its inner folders one by one.",
                )
            yield file


def _relative(file: Path, root: Path) -> str:
    try:
        return file.resolve().relative_to(root.resolve()).as_posix()
    except ValueError as error:
        raise CannotRun(
            f"{file} is not in the folder of the descriptor, {root}",
            "Write the descriptor into a folder that contains all the files.",
        ) from error


def _stem(file: Path) -> str:
    return re.sub(r"(\.[A-Za-z0-9]{1,7}){1,2}$", "", file.name) or file.name


def _free_name(given: str, path: str, taken: set[str]) -> str:
    """The name of a table: the given one, and with that of its folders and its file if it is taken."""
    whole = re.sub(r"\.[A-Za-z0-9]{1,7}$", "", path).replace("/", "-")
    longer = _slug(whole if whole.endswith(given) else f"{whole}-{given}")
    names = [_slug(given), longer, *(f"{longer}-{n}" for n in range(2, _MOST_FILES + 2))]
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())
    return name


def _slug(text: str) -> str:
    plain = "".join(char for char in normalize("NFKD", text) if not combining(char))
    text = plain if plain.isascii() else text  # version 1 of the standard has names of ASCII only
    slug = re.sub(r"[^\w.-]+", "-", text).strip("-._").lower() or "table"
    return f"table-{slug}" if slug.startswith("sqlite_") else slug


def _open(
    file: Path, path: str, name: str, is_named: bool, openers: dict[str, Opener]
) -> Iterable[Bare]:
    """The tables in a file. Raises CannotRun, with the reason, if there is none."""
    low = file.name.lower()
    for ending, opener in openers.items():
        if low.endswith(ending):
            return opener(file, path, name)
    for ending, why in _OTHERS.items():
        if low.endswith(ending):
            raise CannotRun(why)
    other = other_kind(file)
    if other:
        raise CannotRun(f"by its first bytes, it is {other}")
    table = TextTable(file, path, name)
    if table.is_empty:
        raise CannotRun("it is empty, or has no values")
    if table.is_binary:
        raise CannotRun("it contains zero bytes, so it is not a text file")
    if not low.endswith(_DELIMITED) and not is_named and table.dialect.is_aligned:
        raise CannotRun("its columns seem to be aligned with blanks: save it as .csv")
    if not low.endswith(_DELIMITED) and not is_named and table.width < 2:
        raise CannotRun("no delimiter cuts its lines: name the file if it is a table of one column")
    if not low.endswith(_DELIMITED) and not (is_named or looks_like_a_table(table)):
        raise CannotRun("its lines are not cut into the same number of cells, so it is no table")
    return [table]


def _nothing(given: Sequence[Path], found: Collected) -> str:
    if not found.left_out:
        return f"{given[0]} contains no files that may be tables, such as .csv files"
    shown = "; ".join(f"{path}: {why}" for path, why in found.left_out[:3])
    more = len(found.left_out) - 3
    shown += f"; {counted(more, 'more file')}" if more > 0 else ""
    return f"there is no table to describe: {shown}"
