"""Validation with the profile of this record, as the command line does it."""

from __future__ import annotations

from pathlib import Path

from ..tabular import validation
from ..tabular.findings import Report
from ..tabular.package import Package
from ..tabular.validation import Options as Options
from .profile import OURS


def with_ours(options: Options | None = None) -> Options:
    """The options, with our profile added to the known profiles."""
    return (options or Options())._replace(profiles=(OURS,))


def validate(given: Path, options: Options | None = None) -> Report:
    """The report on the package at `given`, a folder or a descriptor."""
    return validation.validate(given, with_ours(options))


def validate_package(package: Package, options: Options | None = None) -> Report:
    """The report on a package that is already read."""
    return validation.validate_package(package, with_ours(options))
