"""Data about the U.S.-Russian talks on missile defence in Europe, 2007-2009.

It records who proposed what, how each proposal was answered, and what each side claimed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .record.dataset import Dataset as Dataset
    from .record.dataset import load as load

__all__ = ["Dataset", "__version__", "load"]

__version__: str


def __getattr__(name: str) -> Any:
    """Import a name when it is first used, so that the command line starts fast."""
    if name == "__version__":
        from .record.installed import ROOT
        from .tabular.package import read

        return read(ROOT).version
    if name in ("Dataset", "load"):
        from .record import dataset

        return getattr(dataset, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
