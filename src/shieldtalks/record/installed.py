"""The record that is installed with this code, and the default package of the commands."""

from __future__ import annotations

import os
from pathlib import Path

from ..tabular.findings import CannotRun
from ..tabular.package import DESCRIPTOR, Package, read
from ..tabular.package.package import locate
from ..tabular.package.paths import yaml_descriptor

_CODE = Path(__file__).resolve().parents[1]

#: The folder of the installed record. It is inside the import package if that was installed from a
#: wheel, otherwise the root of the checkout.
ROOT = _CODE if (_CODE / DESCRIPTOR).is_file() else _CODE.parents[1]

#: The descriptor of the installed record.
INSTALLED = ROOT / DESCRIPTOR


def judged_package(given: Path | None) -> Path:
    """The path of the package that a command judges: the given one, or the one in the current folder.

    The installed record is never meant by default, so that a job in the wrong folder fails. Raises
    CannotRun if no package is given and there is none in the current folder.
    """
    if given is None and not os.path.lexists(DESCRIPTOR):
        message = f"no package is named, and this folder contains no {DESCRIPTOR}"
        yaml = yaml_descriptor(Path())
        if yaml is not None:
            message += f". It contains {yaml}, but descriptors in YAML are not read: convert it"
        raise CannotRun(
            message,
            "Name the folder of a package. To make a descriptor for the tables in this folder, run "
            "`shieldtalks describe . -o datapackage.json`. To check the installed record, run "
            "`shieldtalks validate --installed`.",
        )
    return locate(given or Path(DESCRIPTOR))


def locate_package(given: Path | None) -> Path:
    """The path of the given package: its descriptor, or the zip or wheel itself.

    The default is ./datapackage.json if there is one, otherwise the installed record.
    """
    if given is not None:
        return locate(given)
    here = Path(DESCRIPTOR)
    return here if os.path.lexists(here) else INSTALLED


def read_package(given: Path | None) -> Package:
    """The given or default package (see `locate_package`). Raises PackageError if it cannot be read."""
    return read(locate_package(given))
