"""Names for the files and sheets of tables: each is allowed everywhere, and no two are the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from unicodedata import normalize

#: What some systems do not allow in the name of a file, and names that Windows keeps for devices.
_NOT_IN_FILES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
#: The longest name of a file without its ending, in bytes; most systems allow 255 with the ending.
_LONGEST = 200


def file_names(names: Sequence[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """The name of a file, without an ending, for each of these names: the name itself if it can be."""
    return distinct(names, _file_name, lambda name, room: _cut(name, _LONGEST - room), taken)


def distinct(
    names: Sequence[str],
    plain: Callable[[str], str],
    cut: Callable[[str, int], str] = lambda name, _: name,
    taken: Iterable[str] = (),
) -> dict[str, str]:
    """A different name for each name, also for readers to whom upper and lower case are the same.

    `plain` makes a name that is allowed, and `cut` leaves room for a number of characters at its end.
    A name that is allowed as it is stays as it is, if no earlier one or one of `taken` is the same.
    """
    used = {_folded(name) for name in taken}
    found: dict[str, str] = {}
    for name in sorted(dict.fromkeys(names), key=lambda name: plain(name) != name):
        chosen, number = plain(name), 1
        while _folded(chosen) in used:
            number += 1
            end = f"_{number}"
            chosen = cut(plain(name), len(end)) + end
        used.add(_folded(chosen))
        found[name] = chosen
    return {name: found[name] for name in names}


def _folded(name: str) -> str:
    return normalize("NFC", name).casefold()


def _file_name(name: str) -> str:
    plain = _cut(_NOT_IN_FILES.sub("_", name), _LONGEST).rstrip(". ") or "table"
    plain = f"_{plain[1:]}" if plain.startswith((".", "~")) else plain
    return f"{plain}_" if _DEVICES.match(plain) else plain


def _cut(name: str, most: int) -> str:
    return name.encode("utf-8", "surrogatepass")[:most].decode("utf-8", "ignore")
