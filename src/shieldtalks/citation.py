"""How a package is cited."""

from __future__ import annotations

from .package import Package


def citation(package: Package) -> str | None:
    """The citation of a package with its version; None where the descriptor gives none."""
    stated = package.descriptor.get("bibliographicCitation")
    if not isinstance(stated, str):
        return None
    return f"{stated.rstrip('.')}, version {package.version}." if package.version else stated
