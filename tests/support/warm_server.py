"""A process that has loaded the program, and makes a copy of itself for each call.

Run by tests/support/warm.py: `python -P warm_server.py ADDRESS PRELUDE`. It ends when its standard input
is closed. The prelude is Python source that runs before anything is imported; its function `loaded` is
called afterwards. A call brings its code.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

#: The standard streams, by their number: how each is opened.
STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))

#: Libraries that commands import when they need them. None that starts threads: a copy has only one.
LIBRARIES = ("_duckdb", "jsonschema", "re2")


def serve(address: str, prelude: str) -> None:
    """Load the program, then answer calls until standard input is closed."""
    import gc

    space: dict[str, Any] = {"__name__": "__main__"}
    exec(prelude, space)  # noqa: S102 (our own)
    load()
    space.get("loaded", lambda: None)()
    gc.freeze()
    ended, wake = os.pipe()  # the signal that a copy has ended writes to it
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(address)
    listener.listen(64)
    print("ready", flush=True)
    running: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([listener, 0, ended], [], [])
        if ended in ready:
            os.read(ended, 1000)
            tell(running)
        if listener in ready:
            connection, _ = listener.accept()
            number = os.fork()
            if number == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                listener.close()
                answer(connection, space)
            running[number] = connection
        elif 0 in ready:
            return


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


def tell(running: dict[int, socket.socket]) -> None:
    """Send the exit code of each copy that has ended to its caller."""
    with suppress(ChildProcessError):
        while True:
            number, status = os.waitpid(-1, os.WNOHANG)
            if not number:
                return
            with running.pop(number) as connection, suppress(OSError):
                connection.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def answer(connection: socket.socket, space: dict[str, Any]) -> None:
    """Run one call as the process that it is in, and end this process."""
    size = int.from_bytes(connection.recv(4, socket.MSG_WAITALL), "little")
    data, numbers, _, _ = socket.recv_fds(connection, size, 3)
    while len(data) < size:
        data += connection.recv(size - len(data))
    connection.close()
    opened, folder, code, count, *words = data.split(b"\0")
    become(dict(zip(opened.decode(), numbers, strict=True)), folder, words[int(count) :])
    sys.argv = ["shieldtalks", *map(os.fsdecode, words[: int(count)])]
    end = 0
    try:
        exec(compile(code, "<call>", "exec"), space)  # noqa: S102 (our own)
    except SystemExit as error:
        end = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        end = 1
    finish(end)


def finish(code: int) -> None:
    """End as Python does, but without the removal of each module, which takes longer than a short command."""
    import atexit
    import threading

    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            code = 120
    os._exit(code)


def become(files: dict[str, int], folder: bytes, variables: list[bytes]) -> None:
    """Take the files, the folder and the environment of the caller, as a new process has them."""
    import tempfile
    import time

    for number in range(3):
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
    opened = open(number, mode, encoding=encoding or "utf-8", errors=errors, closefd=False)  # noqa: SIM115
    lines, at_once = number == 2 or opened.isatty(), bool(os.environ.get("PYTHONUNBUFFERED"))
    opened.reconfigure(line_buffering=lines, write_through=at_once)  # type: ignore[union-attr]
    return opened


if __name__ == "__main__":
    serve(*sys.argv[1:])
