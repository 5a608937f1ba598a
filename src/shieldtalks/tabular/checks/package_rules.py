"""The rules that a package brings: the SQL files of the folder that its descriptor names as `x-rules`.

They are a stranger's, so they run only when they are asked for (`--rules package`), and within the same
limits as the rules of `--rules DIR`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..findings import CannotRun, Skipped
from ..package import Package
from ..package.own_files import rules_files, rules_folder
from .rules import Rule, parse

#: The word that means this folder, where `--rules` takes a folder.
PACKAGE = "package"

#: The most rules that a package may bring.
_MOST = 1000


def read(package: Package) -> list[Rule]:
    """The rules that a package brings. Raises CannotRun if there are none."""
    paths = list(islice(_paths(package), _MOST + 1))
    if not paths:
        raise CannotRun(f"{package.shown}: {_lacking(package)}", _HINT)
    if len(paths) > _MOST:
        message = f"{package.shown}: the folder of x-rules contains more than {_MOST} rules"
        raise CannotRun(message, "Name a folder with fewer of them: --rules DIR.")
    return [parse(package.root / path)._replace(inside=path) for path in sorted(paths)]


def not_run(package: Package) -> Iterator[Skipped]:
    """The rules that a package brings, which were not run. Their files are not opened."""
    for path in sorted(islice(_paths(package), _MOST)):
        name = path.rpartition("/")[2].removesuffix(".sql")
        yield Skipped(name, "the package brings this rule; to run it, use --rules package")


_HINT = "Name the folder of its rules in the descriptor as x-rules, or leave out --rules package."


def _paths(package: Package) -> Iterator[str]:
    folder = rules_folder(package.descriptor)
    if folder is None:
        return
    for path in rules_files(package.root, package.descriptor):
        inner = path.removeprefix(f"{folder}/")
        if path.endswith(".sql") and "/" not in inner:
            yield path


def _lacking(package: Package) -> str:
    """Why there are no rules."""
    named = package.descriptor.get("x-rules")
    if named is None:
        return "the package brings no rules: its descriptor has no x-rules"
    if rules_folder(package.descriptor) is None:
        return "x-rules is not the path of a folder inside the package"
    return f'the folder "{named}" of x-rules contains no rules'
