"""Tables that were made other files in temporary folders, kept so that nothing is done twice."""

from __future__ import annotations

import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from .. import temporary
from ..engine.storage import full

Made = TypeVar("Made")

#: The most tables that are kept at the same time.
_MOST = 64


class Home:
    """A temporary folder that exists as long as this value."""

    def __init__(self) -> None:
        self.path = temporary.system_folder()
        weakref.finalize(self, temporary.remove, self.path)


class Kept(Generic[Made]):
    """The last tables that were made, by what they were made from. `files` are the files of one."""

    def __init__(self, files: Callable[[Made], Iterable[Path]]) -> None:
        self._files = files
        #: The last one used is at the end.
        self._made: OrderedDict[object, Made] = OrderedDict()

    def get(self, key: object, make: Callable[[Home], Made]) -> Made:
        """The table of this key. It is made if it is not there; its folder is lost when a command ends.

        Raises what `make` raises; for a full disk, an error that says so.
        """
        if key not in self._made or not all(map(Path.exists, self._files(self._made[key]))):
            home = Home()
            try:
                self._made[key] = make(home)
            except OSError as error:
                raise full(error) or error from error
            if len(self._made) > _MOST:
                self._made.popitem(last=False)
        self._made.move_to_end(key)
        return self._made[key]
