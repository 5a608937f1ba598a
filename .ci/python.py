"""Checks, for the Makefile, that this Python is new enough and that the virtual environment is its own.

It prints one line if Python is too old. It removes a virtual environment that another version of
Python made, so that make creates a new one. It must run on any Python, however old.
"""

import os
import shutil
import sys

OLDEST = (3, 11)


def main(venv):
    """Print what is wrong with this Python, if anything; remove `venv` if another Python made it."""
    if sys.version_info < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        print(
            "Shieldtalks needs Python %s or later. %s is Python %s. "
            "Name another one: make PYTHON=python%s"
            % (wanted, sys.executable, sys.version.split()[0], wanted)
        )
        return
    made_by = _version(os.path.join(venv, "pyvenv.cfg"))
    is_broken = not os.path.exists(os.path.join(venv, "bin", "python"))
    if os.path.isdir(venv) and (is_broken or made_by != list(sys.version_info[:2])):
        sys.stderr.write("Replacing %s, which another Python made.\n" % venv)
        shutil.rmtree(venv)


def _version(config):
    """The version of the Python that made a virtual environment, such as [3, 11]; [] if unknown."""
    if os.path.isfile(config):
        with open(config) as lines:
            for line in lines:
                name, _, value = line.partition("=")
                if name.strip() == "version":
                    return [int(part) for part in value.strip().split(".")[:2]]
    return []


if __name__ == "__main__":
    main(sys.argv[1])
