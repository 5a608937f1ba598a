"""What `shieldtalks validate` reads: packages, lone files, rules, and the reports on them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from ..tabular.findings import CannotRun, PackageError, Report
from ..tabular.package import Package
from ..tabular.package.package import locate
from ..tabular.package.paths import is_inside
from .common import announce, no_collection, note, progress, with_settings

if TYPE_CHECKING:
    from ..tabular.validation import ExtraCheck, Options

#: Where `--rules` takes a folder, this word means the rules that the package brings.
PACKAGE_RULES = "package"


def options_of(
    engine: str,
    rules: Sequence[Path],
    rule_timeout: float,
    articles: Path | None,
    reference: bool,
) -> Options:
    """How the packages are checked."""
    from ..record.checking import with_ours
    from ..tabular.validation import Options

    also: tuple[ExtraCheck, ...] = ()
    if articles is not None:
        from ..record.evidence.sealed import against

        also = (against(articles),)
    folder, own = rule_sources(rules)
    options = Options(
        engine=engine, reference=reference, rules=folder, rule_timeout=rule_timeout, also=also
    )
    return with_ours(replace(options, package_rules=own))


def rule_sources(given: Sequence[Path]) -> tuple[Path | None, bool]:
    """The folder of rules, and whether the rules that a package brings run too."""
    folders = [path for path in given if str(path) != PACKAGE_RULES]
    if len(folders) > 1:
        raise click.UsageError("--rules takes one folder, and the word package.")
    return next(iter(folders), None), len(folders) < len(given)


def chosen(packages: Sequence[Path], installed: bool, schema: Path | None) -> list[Path]:
    """The packages and files to check: those that are named, and the installed record if it is asked for."""
    from ..record.installed import INSTALLED, judged_package

    named = [judged_package(given) for given in packages]
    if schema is not None and (installed or not named):
        raise CannotRun("--schema is for a file without a descriptor", "Name the file.")
    if installed:
        return [*named, INSTALLED]
    return named or [judged_package(None)]


def named_files(packages: Sequence[Path], *others: Path | None) -> Iterator[Path]:
    """The files that the command line names: packages, a schema, rules and copies of articles."""
    yield from (locate(path) for path in packages)
    for path in others:
        if path is not None and path.is_dir():
            yield from path.iterdir()
        elif path is not None:
            yield path


def report_on(
    path: Path,
    options: Options,
    levels: Sequence[str],
    *,
    schema: Path | None,
    strict: bool,
    outputs: Sequence[Path],
) -> Report:
    """The report on one package or file. No output may be one of its files."""
    from ..tabular import levels as chosen_levels
    from ..tabular import validation
    from ..tabular.files import refuse_sources
    from ..tabular.package.own_files import own_files

    with ExitStack() as stack:
        try:
            source = stack.enter_context(_opened(path, schema))
        except PackageError as error:
            for output in outputs:
                _refuse_unknown(output, path, error)
            note(f"checking {path}")
            return validation.unread(path, error)
        if source.is_lone:
            _announce_lone(source)
        else:
            announce("checking", source)
        for output in outputs:
            refuse_sources(output, own_files(source))
        if source.is_lone and options.reference:
            raise CannotRun("--reference needs a package with a descriptor", _describe(source))
        options = with_settings(options, source, levels, strict=strict)
        if options.settings.file is not None:
            for output in outputs:
                refuse_sources(output, [options.settings.file])
        for sentence in chosen_levels.check_settings(options, source):
            note(sentence)
        with progress() as show_step, no_collection():
            return validation.validate_package(source, replace(options, tell=show_step))


@contextmanager
def _opened(path: Path, schema: Path | None) -> Iterator[Package]:
    """The package at a path, or the file as a package of one table."""
    from ..tabular.package import lone
    from ..tabular.package.opening import opened

    if lone.is_lone(path, has_schema=schema is not None):
        yield lone.read(path, schema)
        return
    if schema is not None:
        message = f"{path} is a package, and --schema is for a file without a descriptor"
        raise CannotRun(message, "Leave out --schema: the descriptor names the schemas.")
    with opened(path) as package:
        yield package


#: The delimiters, in words.
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def _announce_lone(source: Package) -> None:
    """Print how a file without a descriptor is read."""
    (table,) = (*source.resources, *source.bare)
    dialect = table.descriptor.get("dialect")
    delimiter = f", cells separated by {_DELIMITERS[dialect['delimiter']]}" if dialect else ""
    with_schema = f" against {table.schema_path}" if table.schema_path else ", its shape only"
    note(f"checking {source.shown}{with_schema}{delimiter}")


def next_step(report: Report) -> str:
    """What to do after a file was checked without a schema; "" if there was one."""
    path = str(report.package["path"])
    return _describe_path(path) if report.shape_only else ""


def _describe(source: Package) -> str:
    return _describe_path(str(source.shown))


def _describe_path(path: str) -> str:
    return (
        f"To write a descriptor for it, run: shieldtalks describe {quote(path)} -o datapackage.json"
    )


def _refuse_unknown(output: Path, path: Path, error: PackageError) -> None:
    """Raise CannotRun if an output that exists may be a file of a package that cannot be read."""
    root = locate(path).parent
    if os.path.lexists(output) and is_inside(output, root):
        raise CannotRun(
            f"{error.message}, so {output} may be one of its files",
            "Choose another path for the output.",
        )
