"""The record that is installed with this code, and the package that a command means by no argument."""

from __future__ import annotations

from pathlib import Path

from ..tabular.package import DESCRIPTOR, Package, read
from ..tabular.package.package import locate

_CODE = Path(__file__).resolve().parents[1]

#: The folder of the installed record: in a wheel the package's own, else the top of the checkout.
ROOT = _CODE if (_CODE / DESCRIPTOR).is_file() else _CODE.parents[1]


def meant(given: Path | None) -> Path:
    """The descriptor, zip or wheel that is meant.

    Nothing given means ./datapackage.json where there is one, else the installed record.
    """
    if given is not None:
        return locate(given)
    here = Path(DESCRIPTOR)
    return here if here.is_file() else ROOT / DESCRIPTOR


def read_meant(given: Path | None) -> Package:
    """The package that is meant (see `meant`). Raises PackageError where it cannot be read."""
    return read(meant(given))
