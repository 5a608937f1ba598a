"""A Spark 4 server with Spark Connect, from the full `pyspark`: `make spark` runs the tests of Spark on it.

`python -m tests.support.spark_server COMMAND...` starts it, runs a command with its address in SPARK_REMOTE,
and ends it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

from tests.support.java import java_home

#: The seconds in which the server must start.
_PATIENCE = 180


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def spark(folder: Path) -> Iterator[str]:
    """The address of a server that stores its tables in `folder`. It ends with the block."""
    found = find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    home, port = Path(found.origin).parent, _free_port()
    command = [
        str(home / "bin" / "spark-submit"),
        *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
        *("--master", "local[2]", "--name", "tests"),
        *("--conf", f"spark.connect.grpc.binding.port={port}"),
        *("--conf", "spark.connect.grpc.binding.address=127.0.0.1"),
        *("--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=4"),
        "spark-internal",
    ]
    env = {**os.environ, "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}
    env["JAVA_HOME"] = str(java_home(Path(sys.prefix) / "java"))
    env.pop("SPARK_REMOTE", None)
    with (folder / "server.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    try:
        _wait(port, process, folder / "server.log")
        yield f"sc://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until something listens on a port."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def main(command: list[str]) -> int:
    """Run a command with a server beside it."""
    folder = Path(tempfile.mkdtemp())
    try:
        with spark(folder) as address:
            return subprocess.run(
                command, env={**os.environ, "SPARK_REMOTE": address}, check=False
            ).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
