"""What `shieldtalks validate` reads: packages, lone files, rules, and the reports on them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..tabular.findings import CannotRun, PackageError, Report, counted
from ..tabular.package import Package
from ..tabular.package.package import locate
from ..tabular.package.paths import is_inside
from .common import announce, no_collection, note, progress, with_settings

if TYPE_CHECKING:
    from ..tabular.engine.limits import Limits
    from ..tabular.validation import ExtraCheck, Options

#: Where `--rules` takes a folder, this word means the rules that the package brings.
PACKAGE_RULES = "package"


def options_of(
    engine: str,
    rules: Sequence[Path],
    rule_timeout: float,
    articles: Path | None,
    reference: bool,
    limits: Limits,
    spark_remote: str | None = None,
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
        engine=engine,
        spark_remote=spark_remote,
        limits=limits,
        reference=reference,
        rules=folder,
        rule_timeout=rule_timeout,
        also=also,
    )
    return with_ours(options._replace(package_rules=own))


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
    split: Path | None,
    force: bool,
) -> Report:
    """The report on one package or file, whose rows are written apart if `split` is given.

    No output may be one of its files.
    """
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
            options = options._replace(tell=show_step)
            if split is None:
                return validation.validate_package(source, options)
            return _split(source, options, split, force)


def _split(source: Package, options: Options, target: Path, force: bool) -> Report:
    """The report on a package, whose good and bad rows are written apart."""
    from ..tabular.split import Split
    from ..tabular.validation import validate_package

    with Split() as split:
        report = validate_package(source, options._replace(watch=split))
        report.split = split.write(target, source, report, options, force=force)
        return report


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
_DELIMITERS |= {"^": "carets", "~": "tildes", "\x1f": "U+001F", ":": "colons", " ": "blanks"}


def _announce_lone(source: Package) -> None:
    """Print how a file without a descriptor is read."""
    (table,) = (*source.resources, *source.bare)
    dialect = table.descriptor.get("dialect")
    delimiter = f", cells separated by {_DELIMITERS[dialect['delimiter']]}" if dialect else ""
    with_schema = f" against {table.schema_path}" if table.schema_path else ", its shape only"
    note(f"checking {source.shown}{with_schema}{delimiter}")


def check_split(split: Path, count: int, *, force: bool, only: Sequence[str]) -> None:
    """Raise CannotRun if the rows cannot be written apart into this folder."""
    from ..tabular.files import check_target

    if count > 1:
        raise CannotRun("--split takes one package or file", "Run the command once for each.")
    if only:
        message = "--split takes the findings of all rules, so it cannot be used with --only"
        raise CannotRun(message, "To make a rule count less, use --set RULE=warning.")
    if split.exists() and not split.is_dir():
        raise CannotRun(f"{split} is a file", "Give the path of a folder.")
    check_target(split, force=force)


def next_steps(report: Report, split: Path | None) -> Iterator[str]:
    """What was written beside the report, and what to do next."""
    rows = report.split
    if rows is not None:
        good, bad = (sum(t.good for t in rows.tables), sum(t.bad for t in rows.tables))
        others = counted(rows.others, "finding belongs", "findings belong")
        end = f"; {others} to no row: see other-findings.txt" if rows.others else ""
        yield f"wrote {rows.folder}: {counted(good, 'good row')}, {counted(bad, 'bad row')}{end}"
        if rows.remaining:
            left = counted(rows.remaining, "error")
            yield f"the good rows still have {left}: validate {rows.folder}/good to see them"
    elif split is not None:
        yield f"{split} was not written, because not everything could be checked"
    if report.shape_only:
        yield _describe_path(str(report.package["path"]))


def _describe(source: Package) -> str:
    return _describe_path(str(source.shown))


def _describe_path(path: str) -> str:
    from shlex import quote

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
