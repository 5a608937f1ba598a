"""The command as a program that starts fast: a copy of a process that has loaded it already.

A new process of Python spends most of its time on imports. Where a test needs a process, but not its
start, it runs this program: the same streams, folder, environment, exit code and end of a process. Tests of
the start itself, of imports, or of variables that Python reads only at its start run the real one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = "from shieldtalks.cli import main; main(prog_name='shieldtalks')"

#: Hands over its streams, folder, arguments and environment, and ends as the copy ends. It imports no more
#: than Python itself does at its start.
CLIENT = """#!{python} -ISE
import os, sys
opened = ""
for number in range(3):
    try:
        os.fstat(number)
        opened += str(number)
    except OSError:
        pass
while True:
    number = os.open("/dev/null", os.O_RDWR)
    if number > 2:
        break
import _socket
server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
server.connect({address!r})
words = [os.fsencode(word) for word in sys.argv[1:]]
variables = [name + b"=" + value for name, value in os.environb.items()]
call = [opened.encode(), os.fsencode(os.getcwd()), {code!r}, b"%d" % len(words)]
data = b"\\0".join([*call, *words, *variables])
files = b"".join(int(number).to_bytes(4, sys.byteorder) for number in opened)
server.sendall(len(data).to_bytes(4, "little"))
sent = server.sendmsg([data], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)] if files else [])
server.sendall(data[sent:])
code = int(server.recv(16) or b"70")
if code < 0:
    import signal
    if -code != signal.SIGKILL:
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
os._exit(code)
"""


#: Where processes are copied. Elsewhere each call is a new process.
IS_WARM = sys.platform.startswith("linux")


class Warm:
    """A process that has loaded the program, and the programs that are copies of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.address = folder / "calls"

    def program(self, name: str, code: str = COMMAND) -> Path:
        """A program that runs this code with its arguments."""
        program = self._folder / name
        values = {"python": sys.executable, "address": str(self.address)}
        program.write_text(CLIENT.format(**values, code=code.encode()), "utf-8")
        program.chmod(0o755)
        return program


@contextmanager
def warm(prelude: str = "", **variables: str) -> Iterator[Warm]:
    """A process with the program. Code that it runs sees what the prelude defines.

    The variables are those of this process; each call brings its own.
    """
    folder = Path(tempfile.mkdtemp(prefix="warm-"))
    made = Warm(folder)
    server = subprocess.Popen(
        [
            *(sys.executable, "-P", str(Path(__file__).with_name("warm_server.py"))),
            *(str(made.address), prelude),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | variables,
        start_new_session=True,
    )
    with server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == b"ready\n"
            yield made
        finally:
            assert server.stdin is not None
            server.stdin.close()
            server.wait()
            shutil.rmtree(folder)
