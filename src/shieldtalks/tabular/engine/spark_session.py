"""A session on a Spark server that speaks Spark Connect: Spark 4, or Sail."""

from __future__ import annotations

import os
import re
import socket
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ..findings import CannotRun

#: The port of a server whose address has none.
_PORT = 15002
_ADDRESS = re.compile(r"sc://(\[[0-9A-Fa-f:]+\]|[^/:;\s]+)(?::([0-9]{1,5}))?(/.*)?")
#: The seconds in which a server must answer.
_PATIENCE = 10

#: What to do if something answers that is not Spark, and if a server refuses the client.
_OTHER = "Give the port of Spark Connect: 15002 on most servers."
_VERSIONS = (
    "The server must be Spark 4 or Sail. If the versions do not match, install the PySpark that the server "
    'supports, for example: pip install "pyspark-client<4.3"'
)

#: What an error says if nobody answers. The plain word may be in the text of a query.
_GONE = ("[RETRIES_EXCEEDED]", "StatusCode.UNAVAILABLE")

#: How often a request is sent again, each time after a longer pause: about 20 seconds in all.
RETRIES = 5

#: Settings that make the SQL mean the same on every server. Sail ignores those that it does not know.
_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.session.timeZone": "UTC",
}


def connect(remote: str | None) -> Any:
    """A new session on the server at `remote`, else at SPARK_REMOTE.

    Raises CannotRun if neither names a server, if it does not answer, or if the library is not there.
    """
    address = remote or os.environ.get("SPARK_REMOTE", "")
    if not address:
        raise CannotRun(
            "the engine spark needs the address of a Spark server",
            "Give --spark-remote sc://HOST:PORT, or set SPARK_REMOTE.",
        )
    match = _ADDRESS.fullmatch(address)
    shown = address.partition(";")[0].rstrip("/")  # a token may follow
    if match is None or int(match[2] or _PORT) > 0xFFFF:
        raise CannotRun(
            f'"{shown}" is not the address of a Spark server', "Write it as sc://HOST:PORT."
        )
    builder = _builder()
    _reach(shown, match[1].strip("[]"), int(match[2] or _PORT))
    session = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            session = builder.remote(address).create()
            session.client.set_retry_policies([_policy(RETRIES)])
            _await(session, shown)
            for name, value in _SETTINGS.items():
                session.conf.set(name, value)
    except Exception as error:
        if session is not None:  # otherwise the library says goodbye to it at the end, for a minute
            session.client._channel.close()
        if isinstance(error, CannotRun):
            raise
        raise CannotRun(
            f"the Spark server at {shown} cannot start a session ({reason(error)})", _VERSIONS
        ) from error
    # The library also warns when it gives up, which is what our own error says.
    warnings.filterwarnings("ignore", message=r".*RETRIES_EXCEEDED")
    return session


def _await(session: Any, address: str) -> None:
    """Raise CannotRun if what listens at an address does not speak as Spark Connect does."""
    import grpc

    try:
        grpc.channel_ready_future(session.client._channel).result(timeout=_PATIENCE)
    except grpc.FutureTimeoutError as error:
        raise CannotRun(f"what answers at {address} is not a Spark server", _OTHER) from error


def _builder() -> Any:
    """What makes sessions. Raises CannotRun if the library is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pandas, which we do not use
            from pyspark.sql.connect.session import SparkSession
    except Exception as error:  # the library raises its own kind if a part of it is missing
        if not isinstance(error, ImportError) and "import" not in type(error).__name__.lower():
            raise
        hint = 'Install it with: pip install "shieldtalks[spark]"'
        raise CannotRun("the client of Spark is not installed", hint) from error
    return SparkSession.builder


def _policy(retries: int) -> Any:
    """How often the library sends a request again. By itself, it would try for ten minutes."""
    from pyspark.sql.connect.client.retries import DefaultPolicy

    return DefaultPolicy(max_retries=retries)


def is_gone(error: BaseException) -> bool:
    """Whether an error means that the server does not answer any more."""
    found: BaseException | None = error
    while found is not None:
        if any(word in str(found) for word in _GONE):
            return True
        found = found.__cause__ or found.__context__
    return False


def aside(work: Callable[[], Any]) -> None:
    """Do something that may not return, in a thread that nobody waits for."""

    def run() -> None:
        with suppress(Exception):
            work()

    threading.Thread(target=run, daemon=True).start()


def _reach(address: str, host: str, port: int) -> None:
    """Raise CannotRun if nothing listens at an address. The library would try for minutes."""
    try:
        socket.create_connection((host, port), timeout=_PATIENCE).close()
    except (OSError, UnicodeError) as error:  # a name that is no name of a machine
        words = "this is not the name of a machine"
        if isinstance(error, OSError):
            words = error.strerror or str(error)
        raise CannotRun(
            f"no Spark server answers at {address} ({words})",
            "Start the server, or correct the address.",
        ) from error


def reason(error: BaseException) -> str:
    """The first line of what a server says of an error."""
    details = getattr(error, "details", None)  # of an error of the connection itself
    text = str(details() or error) if callable(details) else str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0][:500] if lines else type(error).__name__
