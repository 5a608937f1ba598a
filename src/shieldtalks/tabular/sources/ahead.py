"""The files of the next tables, looked at while an engine reads a table: only with several threads.

One thread finds the facts about the bytes of each file in turn, another one its hash. An engine, a hash
and a file that is read leave the interpreter to others, so that these go on side by side.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from ..package import Resource
from ..reading import open_regular, states_of
from . import octets
from .csv import inspect, is_hashed
from .forms import is_plain

#: Bytes that are hashed at once: many, because the thread waits for its turn before each time.
_CHUNK = 1 << 20


#: A result, and what finds it.
_Work = tuple[Future[Any], Callable[[], Any]]


class Look(NamedTuple):
    """What is found of one file."""

    resource: Resource
    #: The state of the file before anything was read (see `reading.states_of`).
    before: list[tuple[int, int, int] | None]
    found: Future[octets.Octets]
    #: Its hash as hexadecimal digits; None if nothing is compared with it.
    digest: Future[str] | None

    def facts(self) -> octets.Octets:
        """The facts about the bytes, as soon as they are known. Raises what `octets.inspect` raises."""
        digest = self.digest.result() if self.digest is not None else ""
        return self.found.result()._replace(sha256=digest)


class Ahead:
    """Looks at the files of tables in their order, while this context lasts."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self._looks = {
            resource.name: Look(
                resource,
                states_of(resource.files),
                Future(),
                Future() if is_hashed(resource) else None,
            )
            for resource in resources
            if is_plain(resource) and not resource.more
        }
        self._is_over = False

    def __enter__(self) -> Ahead:
        looks = self._looks.values()
        self._start((look.found, _inspection(look.resource)) for look in looks)
        self._start((one.digest, _hashing(one.resource.file)) for one in looks if one.digest)
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over = True

    def look(self, resource: Resource) -> Look | None:
        """What is found of the file of a table; None if nobody looks at it."""
        return self._looks.get(resource.name)

    def _start(self, work: Iterable[_Work]) -> None:
        # A command that is interrupted does not wait for such a thread.
        Thread(target=self._work, args=(list(work),), daemon=True).start()

    def _work(self, work: Iterable[_Work]) -> None:
        for future, find in work:
            if self._is_over:
                return
            try:
                future.set_result(find())
            except Exception as error:  # it is raised where the result is needed
                future.set_exception(error)


def _inspection(resource: Resource) -> Callable[[], octets.Octets]:
    return lambda: inspect(resource, hashed=False)


def _hashing(file: Path) -> Callable[[], str]:
    def digest() -> str:
        found, buffer = hashlib.sha256(), bytearray(_CHUNK)
        view = memoryview(buffer)
        with open_regular(file) as stream:
            while size := stream.readinto(buffer):
                found.update(view[:size])
        return found.hexdigest()

    return digest
