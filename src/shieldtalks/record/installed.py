"""The record that is installed with this code, and the default package of the commands."""

from __future__ import annotations

from pathlib import Path

from ..tabular.package import DESCRIPTOR, Package, read
from ..tabular.package.package import locate

_CODE = Path(__file__).resolve().parents[1]

#: The folder of the installed record. It is inside the import package if that was installed from a
#: wheel, otherwise the root of the checkout.
ROOT = _CODE if (_CODE / DESCRIPTOR).is_file() else _CODE.parents[1]


def locate_package(given: Path | None) -> Path:
    """The path of the given package: its descriptor, or the zip or wheel itself.

    The default is ./datapackage.json if there is one, otherwise the installed record.
    """
    if given is not None:
        return locate(given)
    here = Path(DESCRIPTOR)
    return here if here.is_file() else ROOT / DESCRIPTOR


def read_package(given: Path | None) -> Package:
    """The given or default package (see `locate_package`). Raises PackageError if it cannot be read."""
    return read(locate_package(given))
