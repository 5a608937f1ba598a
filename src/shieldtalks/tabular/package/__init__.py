"""The package on disk: its descriptor, its schemas, its files, its citation."""

from __future__ import annotations

from .package import DESCRIPTOR, Package, Resource, read

__all__ = ["DESCRIPTOR", "Package", "Resource", "read"]
