"""Validation with the profile of this record, as the command line does it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..tabular import validation
from ..tabular.findings import Report
from ..tabular.package import Package
from ..tabular.validation import Options as Options
from .installed import locate_package
from .profile import OURS


def with_ours(options: Options | None = None) -> Options:
    """The options, with our profile added to the known profiles."""
    return replace(options or Options(), profiles=(OURS,))


def validate(given: Path | None = None, options: Options | None = None) -> Report:
    """The report on the given package, or on the default one (see `installed.locate_package`)."""
    return validation.validate(locate_package(given), with_ours(options))


def validate_package(package: Package, options: Options | None = None) -> Report:
    """The report on a package that is already read."""
    return validation.validate_package(package, with_ours(options))
