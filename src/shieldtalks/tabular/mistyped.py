"""What to do about a file that a person named and that cannot be opened."""

from __future__ import annotations

import os
from pathlib import Path

from .nearest import nearest
from .reading import next_step

#: The most files of a folder that are looked through for the name that was meant.
_MOST = 2000


def what_to_do(error: OSError, file: Path) -> str:
    """The next step: a name like the one that was typed, or to check the path."""
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        return next_step(error)
    folder = file.parent
    if not folder.is_dir():
        return f"There is no folder {folder}. Check the path."
    try:
        with os.scandir(folder) as found:
            names = [entry.name for entry, _ in zip(found, range(_MOST), strict=False)]
    except OSError:
        return "Check the path."
    near = nearest(file.name, names)
    return f'Did you mean "{folder / near}"?' if near else "There is no such file. Check the path."
