"""The package on disk: its descriptor, its schemas, its files, its citation."""

from __future__ import annotations

from .kinds import DataFile
from .package import DESCRIPTOR, Package, read
from .resource import Resource

__all__ = ["DESCRIPTOR", "DataFile", "Package", "Resource", "read"]
