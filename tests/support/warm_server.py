"""A process that has loaded the program, and makes a copy of itself for each call.

Run by tests/support/warm.py: `python -P warm_server.py ADDRESS PRELUDE`. It ends when its standard input is
closed. The prelude is Python source that runs before anything is imported; its function `loaded` is called afterwards.
A call brings its code.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from typing import Any

#: The standard streams, by their number: how each is opened.
STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))

#: Libraries that commands import when they need them. None that starts threads: a copy has only one.
LIBRARIES = ("_duckdb", "jsonschema", "re2")


def serve(address: str, prelude: str) -> None:
    """Load the program, then answer calls until standard input is closed."""
    import gc
    import select

    space: dict[str, Any] = {"__name__": "__main__"}
    exec(prelude, space)  # noqa: S102 (our own)
    load()
    space.get("loaded", lambda: None)()
    gc.freeze()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(address)
    listener.listen(64)
    print("ready", flush=True)
    while True:
        ready, _, _ = select.select([listener, 0], [], [])
        reap()
        if listener not in ready:
            return
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            return answer(connection, space)
        connection.close()


def reap() -> None:
    """Take note of the copies that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def load() -> None:
    """Import every module of the program."""
    from importlib import import_module
    from pkgutil import walk_packages

    import shieldtalks

    for found in walk_packages(shieldtalks.__path__, "shieldtalks."):
        if found.name.rpartition(".")[2] not in ("__main__", "generate"):
            import_module(found.name)
    for name in LIBRARIES:
        import_module(name)


def answer(connection: socket.socket, space: dict[str, Any]) -> None:
    """Run one call in a process of its own, and send its exit code."""
    size = int.from_bytes(connection.recv(4, socket.MSG_WAITALL), "little")
    data, numbers, _, _ = socket.recv_fds(connection, size, 3)
    while len(data) < size:
        data += connection.recv(size - len(data))
    opened, folder, code, count, *words = data.split(b"\0")
    child = os.fork()
    if child == 0:
        connection.close()
        become(dict(zip(opened.decode(), numbers, strict=True)), folder, words[int(count) :])
        sys.argv = ["shieldtalks", *map(os.fsdecode, words[: int(count)])]
        exec(compile(code, "<call>", "exec"), space)  # noqa: S102 (our own)
        return
    for number in (0, 1, 2, *numbers):
        os.close(number)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(OSError):
        connection.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def become(files: dict[str, int], folder: bytes, variables: list[bytes]) -> None:
    """Take the files, the folder and the environment of the caller, as a new process has them."""
    import tempfile
    import time

    for number, (name, mode) in enumerate(STREAMS):
        if str(number) in files:
            os.dup2(files[str(number)], number)
        else:
            os.close(number)
    for number in files.values():
        os.close(number)
    os.chdir(folder)
    os.environ.clear()
    os.environb.update(variable.split(b"=", 1) for variable in variables)
    time.tzset()
    tempfile.tempdir = None
    sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    for number, (name, mode) in enumerate(STREAMS):
        setattr(sys, name, stream(number, mode) if str(number) in files else None)


def stream(number: int, mode: str) -> Any:
    """A standard stream as Python opens it."""
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "").partition(":")
    usual = "backslashreplace" if number == 2 else "strict"
    errors = errors if errors and number < 2 else usual
    opened = open(number, mode, encoding=encoding or "utf-8", errors=errors, closefd=False)  # noqa: SIM115, PTH123
    opened.reconfigure(line_buffering=number == 2 or opened.isatty())  # type: ignore[union-attr]
    return opened


if __name__ == "__main__":
    serve(*sys.argv[1:])
