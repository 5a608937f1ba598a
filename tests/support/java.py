"""Java 17 or later for the Spark server of `make spark`: the installed one, else one of Debian in a folder.

`apt-get download` needs no rights of an administrator, and apt compares the checksum of the package.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

#: Spark 4 needs this version or a later one.
_OLDEST = 17
#: The packages of Debian and Ubuntu that are tried, the first one first.
_PACKAGES = ("openjdk-17-jre-headless", "openjdk-21-jre-headless")
_HINT = "Spark needs Java 17 or later: install openjdk-17-jre-headless, or set JAVA_HOME."


def java_home(folder: Path) -> Path:
    """The folder of Java. If none is installed, a package of Debian is unpacked in `folder`, once.

    Raises SystemExit if there is none and Debian's tools cannot get it.
    """
    found = _new_enough(_known(folder))
    if found is None and shutil.which("apt-get") and shutil.which("dpkg"):
        shutil.rmtree(folder, ignore_errors=True)
        if any(_unpacked(package, folder) for package in _PACKAGES):
            found = _new_enough(_homes(folder))
    if found is None:
        raise SystemExit(_HINT)
    return found


def _new_enough(homes: Iterable[Path]) -> Path | None:
    return next((home for home in homes if _version(home / "bin" / "java") >= _OLDEST), None)


def _known(folder: Path) -> Iterator[Path]:
    """The folders in which Java may be."""
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"])
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path).resolve().parents[1]
    yield from _homes(folder)


def _homes(folder: Path) -> list[Path]:
    return [java.parents[1] for java in sorted(folder.glob("usr/lib/jvm/*/bin/java"))]


def _version(java: Path) -> int:
    """The first number of a version of Java; 0 if it does not run."""
    try:
        done = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r'version "([0-9]+)', done.stderr)
    return int(found[1]) if found else 0


def _unpacked(package: str, folder: Path) -> bool:
    """Whether a package was downloaded and unpacked in a folder."""
    print(f"There is no Java 17 or later. Unpacking {package} in {folder} ...", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["apt-get", "download", package], cwd=folder, check=False)
    files = list(folder.glob("*.deb"))
    if done.returncode or not files:
        return False
    subprocess.run(["dpkg", "-x", files[0].name, "."], cwd=folder, check=True)
    files[0].unlink()
    for link in (folder / "usr").rglob("*"):  # its settings are in etc, by their full path
        if link.is_symlink() and str(link.readlink()).startswith("/etc/"):
            target = folder / str(link.readlink()).lstrip("/")
            link.unlink()
            link.symlink_to(target.absolute())
    return True
