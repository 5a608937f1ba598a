"""Data about the U.S.-Russian talks on missile defence in Europe, 2007-2009.

It records who proposed what, how each proposal was answered, and what each side claimed.

Ten names are all you need: `load` the record, `validate`, `describe`, `diff`, `export` and `verify`
packages, and the types `Dataset`, `Report`, `Finding` and `CannotRun`. To begin:

>>> import shieldtalks
>>> ds = shieldtalks.load()
>>> ds.search("radar", "proposals")[0].heading
'Radar in Russia'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import ExitStack
    from pathlib import Path

    from .record.dataset import Dataset as Dataset
    from .record.evidence.checked import Checks
    from .tabular.describe import Description
    from .tabular.diff import Difference
    from .tabular.findings import CannotRun as CannotRun
    from .tabular.findings import Finding as Finding
    from .tabular.findings import Report as Report
    from .tabular.package import Package

    #: A package: its folder, its datapackage.json, a zip, a wheel, or one that is loaded.
    Given = str | Path | Dataset

__all__ = [
    "CannotRun",
    "Dataset",
    "Finding",
    "Report",
    "describe",
    "diff",
    "export",
    "load",
    "validate",
    "verify",
]

__version__: str


def load(path: str | Path | None = None) -> Dataset:
    """The record at `path`: a folder, a datapackage.json, a zip or a wheel. Default: the installed record.

    Each table is a tuple of typed rows, and `frame` gives it to pandas or polars. Raises CannotRun if
    there is no package.

    >>> import shieldtalks
    >>> ds = shieldtalks.load()
    >>> ds["prp-0016"].label
    'Sites on Russian soil'
    >>> [answer.move for answer in ds.responses_to("prp-0016")]
    ['decline']
    """
    from .record import dataset

    return dataset.load(path)


def validate(package: Given, *, rules: str | Path | None = None, engine: str = "auto") -> Report:
    """The report on a package: every fault with file, line, row, field, and how to fix it.

    `rules` is a folder with SQL rules of your own, and `engine` is "sqlite", "duckdb", "spark" (the
    server that SPARK_REMOTE names) or "auto". A fault is a finding, never an exception. Raises
    CannotRun if a check could not run.

    >>> import shieldtalks
    >>> report = shieldtalks.validate(shieldtalks.load())
    >>> report.exit_code, report.findings
    (0, [])
    """
    from contextlib import ExitStack
    from pathlib import Path

    from .record.checking import validate_package
    from .tabular.findings import PackageError
    from .tabular.validation import Options, unread

    options = Options(engine=engine, rules=None if rules is None else Path(rules))
    with ExitStack() as stack:
        try:
            opened = _opened(package, stack)
        except PackageError as error:
            return unread(Path(str(package)), error)
        return validate_package(opened, options)


def describe(files: str | Path | Iterable[str | Path]) -> Description:
    """A descriptor for bare files, or for the files of a folder, with the evidence for each guess.

    Raises CannotRun if there is no table among them.

    >>> import pathlib, shieldtalks
    >>> _ = pathlib.Path("rivers.csv").write_text("name,length\\nElbe,1094\\nOder,840\\n")
    >>> found = shieldtalks.describe("rivers.csv")
    >>> [field["type"] for field in found.descriptor["resources"][0]["schema"]["fields"]]
    ['string', 'integer']
    """
    from .tabular.describe import describe as described

    return described(files)


def diff(old: Given, new: Given) -> Difference:
    """What differs between two packages, row by row, and the smallest version bump that this allows.

    Raises CannotRun if the two packages have nothing in common.

    >>> import shieldtalks
    >>> ds = shieldtalks.load()
    >>> shieldtalks.diff(ds, ds).changes
    ()
    """
    from contextlib import ExitStack

    from .record.releases import difference

    with ExitStack() as stack:
        return difference(_opened(old, stack), _opened(new, stack))


def export(
    form: str,
    package: Given,
    path: str | Path,
    *,
    tables: str | Sequence[str] = (),
    flat: bool = False,
    labels: bool = False,
    force: bool = False,
    check: bool = True,
    partition_by: str | None = None,
) -> None:
    """Write a package in another format: csv, json, jsonl, sqlite, parquet, xlsx, html and others.

    The package is validated first, unless `check` is false, and the output is written completely or not
    at all. `tables` names the tables to write; all are written by default. `flat` writes one row per
    proposal and answer, `labels` adds labels and names. `partition_by` names a field, for parquet: each of
    its values gets its own file. Raises CannotRun if the package has faults, or if `path` exists and
    `force` is false.

    >>> import pathlib, shieldtalks
    >>> shieldtalks.export("csv", shieldtalks.load(), "record", tables=["claims"])
    >>> pathlib.Path("record/data/claims.csv").exists()
    True
    """
    from contextlib import ExitStack
    from pathlib import Path

    from .exports.writing import export as write

    with ExitStack() as stack:
        opened, target = _opened(package, stack), Path(path)
        write(
            opened,
            form,
            target,
            tables,
            flat=flat,
            labels=labels,
            force=force,
            check=check,
            partition_by=partition_by,
        )


def verify(package: Given, copies: str | Path | Mapping[str, str | Path]) -> Checks:
    """Each row of evidence with its result in your copies of the articles.

    `copies` is a folder with src-0001.txt and so on, or the file of each source. The status of a row is
    verified, moved, ambiguous, not-found or no-copy. Raises CannotRun if a copy cannot be read.

    >>> import pathlib, shieldtalks
    >>> _ = pathlib.Path("copy.txt").write_text("The text of quite another article.")
    >>> checks = shieldtalks.verify(shieldtalks.load(), {"src-0002": "copy.txt"})
    >>> sorted({(check.source_id, check.status) for check in checks})
    [('src-0001', 'no-copy'), ('src-0002', 'not-found'), ('src-0003', 'no-copy')]
    """
    from contextlib import ExitStack

    from .record.dataset import Dataset
    from .record.evidence.checked import check

    with ExitStack() as stack:
        return check(Dataset(_opened(package, stack)), copies)


def _opened(given: Given, stack: ExitStack) -> Package:
    """The package that is meant. One that is unpacked from an archive is deleted with the stack."""
    from pathlib import Path

    from .record.dataset import Dataset
    from .tabular.package.opening import opened
    from .tabular.package.package import locate

    if isinstance(given, Dataset):
        return given.package
    return stack.enter_context(opened(locate(Path(given))))


#: The types among the ten names, with their modules. They are imported when they are first used.
_TYPES = {
    "Dataset": ".record.dataset",
    "CannotRun": ".tabular.findings",
    "Finding": ".tabular.findings",
    "Report": ".tabular.findings",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first used, so that the command line starts fast."""
    if name == "__version__":
        from .record.installed import ROOT
        from .tabular.package import read

        return read(ROOT).version
    if name in _TYPES:
        from importlib import import_module

        return getattr(import_module(_TYPES[name], __name__), name)
    from .tabular.nearest import nearest

    # Notebooks do not say which name was perhaps meant, so it is said here.
    near = nearest(name, [*__all__, "__version__"])
    meant = f'; did you mean "{near}"?' if near else ""
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}{meant}")


def __dir__() -> list[str]:
    """The ten names, and what Python knows of every module. Completion shows nothing else."""
    return [*__all__, *(name for name in globals() if name.startswith("__")), "__version__"]
