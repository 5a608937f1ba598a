"""Which paths of a descriptor may be followed: files inside the package's folder, nothing else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath


def unsafe(root: Path, path: str) -> str | None:
    """Why a path of a descriptor may not be followed; None where it may."""
    fault = improper(path)
    if fault:
        return fault
    try:
        inside = (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # RuntimeError: links that lead in a circle
        return "is not a usable path"
    return None if inside else "leaves the package's folder by a symbolic link"


def improper(path: str) -> str | None:
    """Why no file of a package can have this path, whatever is on the disk; None where one can."""
    pure = PurePosixPath(path)
    if "://" in path:
        return "is an address, not a file of the package; nothing is fetched"
    if not path or "\0" in path or "\\" in path:
        return "is not a usable path"
    if pure.is_absolute() or path.startswith("~") or (len(path) > 1 and path[1] == ":"):
        return "is absolute"
    if ".." in pure.parts:
        return "leaves the package's folder"
    if any(part.startswith(".") for part in pure.parts):
        return "goes through a hidden file or folder"
    return None
