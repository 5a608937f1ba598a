"""Which paths in a descriptor may be opened: only files inside the package's folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

_DESCRIPTOR = "datapackage.json"

#: The longest path. Systems accept no longer one, and one with many folders takes long to resolve.
_LONGEST = 4096

#: The names of descriptors in YAML, which are not read.
YAML_DESCRIPTORS = ("datapackage.yml", "datapackage.yaml")


def yaml_descriptor(folder: Path) -> str | None:
    """The name of a descriptor in YAML in a folder; None if there is none."""
    for name in YAML_DESCRIPTORS:
        if (folder / name).is_file():
            return name
    return None


def without_descriptor(file: Path) -> str:
    """What to do if a descriptor does not exist: a command that writes it, if there is such a folder."""
    hint = f"Give a folder that contains a {_DESCRIPTOR}."
    if file.name != _DESCRIPTOR or not file.parent.is_dir():
        return hint
    import shlex

    folder, target = shlex.quote(str(file.parent)), shlex.quote(str(file))
    return f"{hint} To make one for the tables in {folder}, run: shieldtalks describe {folder} -o {target}"


def unsafe(root: Path, path: str) -> str | None:
    """Why a path in a descriptor may not be opened; None if it may."""
    fault = improper(path)
    if fault:
        return fault
    try:
        inside = (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # RuntimeError: symbolic links that form a cycle
        return "is not a valid path"
    return None if inside else "leads out of the package's folder through a symbolic link"


def rule_of(path: str) -> str:
    """The rule for a path that may not be opened: a remote address is allowed, but not supported."""
    return "unsupported" if "://" in path else "path"


def is_file(root: Path, path: str) -> bool:
    """Whether a path in a descriptor may be opened and is that of a file."""
    try:
        return unsafe(root, path) is None and (root / path).is_file()
    except OSError:  # the name is too long
        return False


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path is in a folder, or leads into it through symbolic links."""
    return path.resolve().is_relative_to(folder.resolve())


def improper(path: str) -> str | None:
    """Why this path is not allowed for any file of a package; None if it is allowed."""
    if len(path) > _LONGEST:
        return f"has more than {_LONGEST} characters"
    pure = PurePosixPath(path)
    if "://" in path:
        return "is a remote address; nothing is downloaded"
    if "\\" in path:
        return 'contains a backslash; use "/" instead'
    if not path or "\0" in path:
        return "is not a valid path"
    if path.endswith(("/", "/.")):
        return "is the path of a folder, not of a file"
    if pure.is_absolute() or path.startswith("~") or (len(path) > 1 and path[1] == ":"):
        return "is absolute"
    if ".." in pure.parts:
        return 'contains "..", which is not allowed'
    if any(part.startswith(".") for part in pure.parts):
        return "contains a hidden file or folder"
    return None
