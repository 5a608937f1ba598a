"""A Sail server for tests: Spark Connect without Java, in a process of its own.

`python -m tests.support.sail COMMAND...` starts it, runs a command with its address in SPARK_REMOTE, and
ends it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SERVER = """
import sys
from pysail.spark import SparkConnectServer
server = SparkConnectServer()
server.start()
print(server.listening_address[1], flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def sail(folder: Path, **settings: str) -> Iterator[str]:
    """The address of a server that stores its tables in `folder`. It ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _SERVER],
        cwd=folder,
        env={**os.environ, "RUST_LOG": "error", **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield f"sc://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def main(command: list[str]) -> int:
    """Run a command with a server beside it."""
    with tempfile.TemporaryDirectory() as folder, sail(Path(folder)) as address:
        env = {**os.environ, "SPARK_REMOTE": address}
        return subprocess.run(command, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
